// R1 and R2, the long versions: every fault point, 200 random moments, and the database's own process killed.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ended } from '../kontor-process.ts'
import { testSeed } from '../seed.ts'
import { faultPointsOf, playScenario, reopen, startScenario, wrongAfter } from './crash.ts'

const randomMoments = 200

/** After so many runs a new folder: `check` recomputes everything that the folder has ever seen. */
const runsPerFolder = 20

let dataDir = ''
let places = 0
let wholeMs = 0
let runs = 0

async function newFolder(): Promise<void> {
  if (dataDir !== '') await rm(dataDir, { recursive: true, force: true })
  dataDir = await mkdtemp(join(tmpdir(), 'kontor-crash-'))
  await playScenario(dataDir, join(dataDir, 'ack-first'), 'first')
}

async function sometimesNewFolder(): Promise<void> {
  runs += 1
  if (runs % runsPerFolder === 0) await newFolder()
}

beforeAll(async () => {
  await newFolder()
  const begun = performance.now()
  places = faultPointsOf(
    await playScenario(dataDir, join(dataDir, 'ack-whole'), 'whole', { KONTOR_FAULT_COUNT: '1' }),
  )
  wholeMs = performance.now() - begun
}, 120_000)
afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function nothingWrong(ackFile: string, tag: string, where: string): Promise<void> {
  const installation = await reopen(dataDir)
  try {
    expect(await wrongAfter(installation, ackFile, tag), where).toEqual([])
  } finally {
    await installation.close()
  }
}

test('R1: every fault point', async () => {
  for (let place = 1; place <= places; place++) {
    await sometimesNewFolder()
    const tag = `p${place}`
    const ackFile = join(dataDir, `ack-${tag}`)
    await playScenario(dataDir, ackFile, tag, { KONTOR_FAULT_AT: String(place) })
    await nothingWrong(ackFile, tag, `place ${place} of ${places}`)
  }
}, 3_600_000)

/** Pseudo-random numbers in [0, 1) from the seed (Park and Miller 1988). */
function* chances(seed: number): Generator<number> {
  let state = (seed % 2_147_483_646) + 1
  for (;;) {
    state = (state * 48_271) % 2_147_483_647
    yield state / 2_147_483_647
  }
}

test('R1: random moments', async () => {
  const chance = chances(testSeed)
  for (let index = 0; index < randomMoments; index++) {
    await sometimesNewFolder()
    const tag = `r${index}`
    const ackFile = join(dataDir, `ack-${tag}`)
    const child = startScenario(dataDir, ackFile, tag)
    const over = ended(child)
    const moment = Number(chance.next().value) * wholeMs
    const timer = setTimeout(() => child.kill('SIGKILL'), moment)
    await over
    clearTimeout(timer)
    await nothingWrong(ackFile, tag, `after ${Math.round(moment)} ms`)
  }
}, 3_600_000)

test('R2: the postmaster killed, alone and together with Kontor', async () => {
  const chance = chances(testSeed + 1)
  for (let index = 0; index < 20; index++) {
    await sometimesNewFolder()
    const tag = `m${index}`
    const ackFile = join(dataDir, `ack-${tag}`)
    const child = startScenario(dataDir, ackFile, tag)
    const over = ended(child)
    const moment = (0.3 + 0.7 * Number(chance.next().value)) * wholeMs
    const timer = setTimeout(async () => {
      const pid = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => '')
      const number = Number(pid.split('\n')[0])
      if (number > 0) process.kill(number, 'SIGKILL')
      if (index % 2 === 0) child.kill('SIGKILL')
    }, moment)
    await over
    clearTimeout(timer)
    await nothingWrong(ackFile, tag, `postmaster killed after ${Math.round(moment)} ms`)
  }
}, 3_600_000)
