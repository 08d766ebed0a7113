// R1: the program is killed at seeded places; after the restart everything acknowledged is there and nothing half-applied.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testSeed } from '../seed.ts'
import { faultPointsOf, playScenario, reopen, wrongAfter } from './crash.ts'

const killsPerRun = 20

let dataDir: string
let places: number
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kontor-crash-'))
  // The first run also makes the organisation; the places are counted on the second.
  await playScenario(dataDir, join(dataDir, 'ack-first'), 'first')
  const whole = await playScenario(dataDir, join(dataDir, 'ack-whole'), 'whole', {
    KONTOR_FAULT_COUNT: '1',
  })
  expect(whole.code, whole.stderr).toBe(0)
  places = faultPointsOf(whole)
}, 120_000)
afterAll(() => rm(dataDir, { recursive: true, force: true }))

/** Places spread over the whole scenario, moved by the seed. */
function seededPlaces(count: number): number[] {
  const step = places / count
  return Array.from(
    { length: count },
    (_, i) => 1 + (Math.floor(i * step + ((testSeed % 997) / 997) * step) % places),
  )
}

test('R1: twenty seeded kills lose nothing acknowledged and leave nothing half-applied', async () => {
  expect(places).toBeGreaterThan(killsPerRun)
  for (const [index, place] of seededPlaces(killsPerRun).entries()) {
    const tag = `k${index}`
    const ackFile = join(dataDir, `ack-${tag}`)
    const killed = await playScenario(dataDir, ackFile, tag, { KONTOR_FAULT_AT: String(place) })
    expect(killed.signal, `place ${place}: ${killed.stderr}`).toBe('SIGKILL')
    const installation = await reopen(dataDir)
    try {
      expect(
        await wrongAfter(installation, ackFile, tag),
        `killed at place ${place} of ${places}`,
      ).toEqual([])
    } finally {
      await installation.close()
    }
  }
}, 300_000)
