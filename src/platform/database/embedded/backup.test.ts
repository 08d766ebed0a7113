// R7: a backup taken while people write is whole and restores; a damaged one is refused before anything is touched.
import {
  copyFile,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { Refusal } from '../../../basics/refusal.ts'
import { writeArchive } from './archive.ts'
import { backupEmbedded } from './backup.ts'
import { inspectBackup } from './read-backup.ts'
import { restoreEmbedded } from './restore.ts'
import { ask, clear, newPlace } from './stage.fixture.ts'
import { type Embedded, startEmbedded } from './start.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let place: string
let scratch: string
let embedded: Embedded
const fileName = () => join(scratch, 'one.kontor')

beforeAll(async () => {
  place = await newPlace()
  scratch = await mkdtemp(join(tmpdir(), 'kontor-backup-'))
  embedded = await startEmbedded({ dataDir: join(place, 'data'), initdbWithoutSync: true })
  await ask(
    embedded.connection.owner,
    'CREATE TABLE pair (writer int, step int, half int, filler text)',
  )
})

afterAll(async () => {
  await embedded.stop()
  await clear(
    place,
    ['data', 'restored', 'occupied'].map((name) => join(place, name)),
  )
  await rm(scratch, { recursive: true, force: true })
})

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Refusal) return error.code
  throw error ?? new Error('nothing was refused')
}

/** Writes pairs of rows, each pair in one transaction, until told to end; the last step acknowledged. */
function writer(number: number, ended: () => boolean) {
  let acknowledged = 0
  const work = async () => {
    const client = new pg.Client({ ...embedded.connection.owner })
    await client.connect()
    while (!ended()) {
      const step = acknowledged + 1
      await client.query('BEGIN')
      for (const half of [1, 2]) {
        await client.query("INSERT INTO pair VALUES ($1, $2, $3, repeat('x', 2000))", [
          number,
          step,
          half,
        ])
      }
      await client.query('COMMIT')
      acknowledged = step
    }
    await client.end()
  }
  return { done: work(), acknowledged: () => acknowledged }
}

test('taken under writes, restored elsewhere: everything acknowledged before, no half of anything', async () => {
  let over = false
  const writers = [1, 2, 3].map((number) => writer(number, () => over))
  while (writers.some((one) => one.acknowledged() < 5)) await new Promise(setImmediate)
  const before = writers.map((one) => one.acknowledged())
  const summary = await backupEmbedded({ embedded, file: fileName(), about: { kontor: '0.1.0' } })
  const after = writers.map((one) => one.acknowledged())
  over = true
  await Promise.all(writers.map((one) => one.done))
  expect(after.every((steps, index) => steps > (before[index] ?? 0))).toBe(true)
  expect((await stat(fileName())).mode & 0o777).toBe(0o600)
  expect(await readdir(scratch)).toEqual(['one.kontor'])

  const restored = join(place, 'restored')
  const { manifest } = await restoreEmbedded({ file: fileName(), dataDir: restored })
  expect(manifest).toMatchObject({
    postgres: 18,
    about: { kontor: '0.1.0' },
    startLsn: summary.startLsn,
  })
  const copy = await startEmbedded({ dataDir: restored })
  const rows = await ask<{ writer: number; last: number; halves: number }>(
    copy.connection.owner,
    'SELECT writer, max(step) AS last, count(*)::int AS halves FROM pair GROUP BY writer ORDER BY writer',
  )
  expect(await copy.stop()).toEqual({ stopped: true })
  expect(rows).toHaveLength(3)
  for (const [index, { last, halves }] of rows.entries()) {
    expect(last).toBeGreaterThanOrEqual(before[index] ?? 0)
    // One step may have been committed whose acknowledgement had not arrived yet.
    expect(last).toBeLessThanOrEqual((after[index] ?? 0) + 1)
    expect(halves).toBe(2 * last)
  }
})

test('a flipped byte anywhere and a cut anywhere are refused, and the target stays untouched', async () => {
  const whole = await readFile(fileName())
  const damaged = join(scratch, 'damaged.kontor')
  const target = join(place, 'untouched')
  const places = fc.integer({ min: 0, max: whole.length - 1 })
  const fixed = [
    0,
    1,
    4,
    5,
    whole.length - 1,
    whole.length - 33,
    whole.length - 48,
    whole.length - 49,
  ]
  await fc.assert(
    fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ flip
      await writeFile(damaged, bytes)
      expect(await refusalOf(inspectBackup(damaged))).toBe('backup.damaged')
    }),
    { seed: testSeed, numRuns: 40, examples: fixed.map((at) => [at, 1] as [number, number]) },
  )
  await fc.assert(
    fc.asyncProperty(places, async (length) => {
      await copyFile(fileName(), damaged)
      await truncate(damaged, length)
      expect(await refusalOf(restoreEmbedded({ file: damaged, dataDir: target }))).toBe(
        'backup.damaged',
      )
    }),
    { seed: testSeed, numRuns: 20, examples: [[0], [1], [whole.length - 1], [whole.length - 48]] },
  )
  await expect(readdir(target)).rejects.toThrow('ENOENT')
})

test('made-up contents with a correct checksum are refused too', async () => {
  const forged = join(scratch, 'forged.kontor')
  const forge = async (entries: [string, string][]) => {
    await rm(forged, { force: true })
    const archive = await writeArchive(forged)
    for (const [name, content] of entries) await archive.text(name, content)
    await archive.close()
  }
  const manifest = (postgres: number, files: object[] = []) =>
    JSON.stringify({
      format: 1,
      postgres,
      takenAt: '',
      startLsn: '',
      stopLsn: '',
      about: {},
      files,
    })
  const restore = () =>
    refusalOf(restoreEmbedded({ file: forged, dataDir: join(place, 'untouched') }))

  await forge([['manifest.json', manifest(17)]])
  expect(await restore()).toBe('backup.other_major')
  await forge([['postgres/PG_VERSION', '18\n']])
  expect(await restore()).toBe('backup.damaged')
  await forge([
    ['postgres/PG_VERSION', '18\n'],
    ['manifest.json', manifest(18)],
  ])
  expect(await restore()).toBe('backup.damaged')
  await forge([
    ['postgres/../../evil', 'x'],
    ['manifest.json', manifest(18)],
  ])
  expect(await restore()).toBe('backup.damaged')
  await forge([['manifest.json', '{']])
  expect(await restore()).toBe('backup.damaged')
})

test('neither an existing file nor existing data are overwritten', async () => {
  expect(await refusalOf(backupEmbedded({ embedded, file: fileName() }))).toBe('backup.exists')
  expect(await refusalOf(backupEmbedded({ embedded, file: join(scratch, 'no', 'folder') }))).toBe(
    'backup.not_writable',
  )
  expect(await refusalOf(restoreEmbedded({ file: join(scratch, 'none'), dataDir: place }))).toBe(
    'backup.not_found',
  )
  const running = restoreEmbedded({ file: fileName(), dataDir: join(place, 'data'), force: true })
  expect(await refusalOf(running)).toBe('backup.target_running')

  const occupied = join(place, 'occupied')
  await restoreEmbedded({ file: fileName(), dataDir: occupied })
  expect(await refusalOf(restoreEmbedded({ file: fileName(), dataDir: occupied }))).toBe(
    'backup.target_not_empty',
  )
  const { movedAside } = await restoreEmbedded({ file: fileName(), dataDir: occupied, force: true })
  expect(await readdir(movedAside ?? '')).toContain('PG_VERSION')
  // Killed between the two renames: nobody starts with an empty database by mistake.
  await rm(join(occupied, 'postgres'), { recursive: true })
  expect(await refusalOf(startEmbedded({ dataDir: occupied }))).toBe('data.restore_interrupted')
})
