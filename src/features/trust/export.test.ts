// Everything out, everything in: the same figures today and as of then, or nothing at all.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { type TestProgram, testProgram } from '../../../tests/program.ts'
import type { FileAnswer } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { openZip } from '../../platform/files/unzip.ts'
import { type ZipEntry, zipStream } from '../../platform/files/zip-out.ts'
import { metrics } from '../results/calc/metrics.ts'
import { dimensionIds, type MetricId, metricIds } from '../results/contract.ts'
import { principalFor } from '../team/door.ts'
import type { Manifest } from './manifest.ts'
import { leftOut } from './store-export.ts'

let from: TestDatabase
let to: TestDatabase
let world: ImportWorld
let other: TestProgram
let place: string
let archive: Buffer

const deals = `Opportunity Id,Seller,Customer,Product,Stage,Created On,Closed On,Amount,Currency
D-1,"Ana ""A."" Sol",=Evil & Co,Drill,Won,2025-01-02,2025-02-03,1000.50,EUR
D-2,Bo Lund,Acme,Drill,Lost,2025-01-05,2025-03-01,,EUR
D-3,Ana "A." Sol,Acme,Saw,Open,2025-03-05,,250,EUR
D-4,Bo Lund,Acme,Saw,Won,2025-02-01,2025-05-11,70,USD
`

async function bytesOf(answer: FileAnswer): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of answer.bytes) parts.push(part)
  return Buffer.concat(parts)
}

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'kontor-export-'))
  from = await freshDatabase()
  to = await freshDatabase()
  world = await importWorld(from)
  await world.call('rates.set', { currency: 'USD', day: '2025-05-01', rate: 0.9 })
  const rows = deals
    .replace(/^.*\n/, 'number,seller,customer,product,stage,opened,closed,amount,currency\n')
    .replaceAll('"Ana ""A."" Sol"', 'Ana')
    .replaceAll('Ana "A." Sol', 'Ana')
  const batch = await world.upload('deals.csv', rows, { kind: 'deals' })
  if (batch.state !== 'ready') throw new Error(JSON.stringify(batch.questions))
  await world.apply(batch.id)
  const { rows: found } = await world.call<{ rows: { id: string; number: string | null }[] }>(
    'deals.list',
  )
  const first = found[0]?.id ?? ''
  const edited = await world.call<{ changeId: string }>('deals.edit', { id: first, amount: 123_45 })
  await world.call('changes.undo', { id: edited.changeId })
  await world.call('deals.edit', { id: found[1]?.id, quantity: 3 })
  await world.call('customers.create', { name: '=1+1 "quoted", Ünïcode', traits: { note: '' } })
  archive = await bytesOf(await world.call<FileAnswer>('trust.export'))
  other = await testProgram(to)
}, 60_000)
afterAll(async () => {
  await from.close()
  await to.close()
  await rm(place, { recursive: true, force: true })
})

type Ask = (name: string, input: object) => Promise<{ rows: unknown[] }>

/** Every metric in total and by every dimension it has, with the facts behind each. */
async function allFigures(ask: Ask, more: object): Promise<unknown[]> {
  const answers: unknown[] = []
  const period = { from: '2025-01-01', until: '2026-01-01', ...more }
  for (const id of metricIds) {
    answers.push((await ask('results.figures', { metric: [id], ...period })).rows)
    for (const by of dimensionIds.filter((one) => metrics[id as MetricId].dimensions.includes(one)))
      answers.push((await ask('results.figures', { metric: [id], by: [by], ...period })).rows)
    answers.push((await ask('results.rows', { metric: id, ...period })).rows)
  }
  return answers
}

async function restored(program: TestProgram, who: Principal, bytes: Uint8Array) {
  return program.call<{ revision: number; name: string }>(
    who,
    'trust.restore',
    {},
    Readable.from([bytes]),
  )
}

async function entriesOf(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const file = join(place, 'read.zip')
  await writeFile(file, bytes)
  const zip = await openZip(file, { packed: 1e9, unpacked: 1e9, entries: 1_000 })
  const read = async (name: string) => {
    const parts: Uint8Array[] = []
    for await (const part of zip.read(name)) parts.push(part)
    return Buffer.concat(parts)
  }
  const manifest = JSON.parse((await read('manifest.json')).toString()) as Manifest
  const names = ['README.md', ...manifest.tables.flatMap((one) => [one.file, one.schema])]
  const entries = new Map<string, Buffer>()
  for (const name of [...names, 'manifest.json']) entries.set(name, await read(name))
  await zip.close()
  return entries
}

async function packed(entries: Map<string, Buffer>): Promise<Buffer> {
  const list: ZipEntry[] = [...entries].map(([name, bytes]) => ({ name, content: [bytes] }))
  const file = join(place, 'made.zip')
  await writeFile(file, zipStream(list, 'wide'))
  return readFile(file)
}

describe('what is in the archive', () => {
  test('every table of an organisation is exported or left out for a reason', async () => {
    const { rows } = await from.owner.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id'
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`,
    )
    const manifest = JSON.parse(
      (await entriesOf(archive)).get('manifest.json')?.toString() ?? '',
    ) as Manifest
    const exported = manifest.tables.map((table) => table.name)
    expect([...exported, ...Object.keys(leftOut)].sort()).toEqual(
      rows.map((row) => row.name).sort(),
    )
    expect(manifest.tables.find((table) => table.name === 'deal')?.rows).toBeGreaterThan(4)
    expect(manifest.head.revision).toBeGreaterThan(5)
  })
})

describe('what is refused, and then nothing is stored', () => {
  const damage: [string, (entries: Map<string, Buffer>) => void, string][] = [
    [
      'a changed amount',
      (entries) => {
        const csv = entries.get('tables/sale.csv')?.toString() ?? ''
        entries.set('tables/sale.csv', Buffer.from(csv.replace('100050', '900050')))
      },
      'trust.export_broken',
    ],
    ['a missing table', (entries) => entries.delete('tables/sale.csv'), 'trust.export_broken'],
    [
      'a head that is another',
      (entries) => {
        const text = entries.get('manifest.json')?.toString() ?? ''
        const manifest = JSON.parse(text) as Manifest
        manifest.head.revision += 1
        entries.set('manifest.json', Buffer.from(JSON.stringify(manifest)))
      },
      'trust.export_broken',
    ],
    [
      'a later form',
      (entries) => {
        const text = entries.get('manifest.json')?.toString() ?? ''
        entries.set(
          'manifest.json',
          Buffer.from(text.replace('"formatVersion": 1', '"formatVersion": 2')),
        )
      },
      'trust.export_newer',
    ],
  ]
  test.each(damage)('%s', async (name, harm, code) => {
    const who = await other.organisation(`harm ${name}`)
    const entries = await entriesOf(archive)
    harm(entries)
    await expect(restored(other, who, await packed(entries))).rejects.toMatchObject({ code })
    expect(await other.call(who, 'customers.list')).toMatchObject({ rows: [] })
    const { rows } = await to.owner.query('SELECT count(*)::int AS n FROM restore_row')
    expect(rows).toEqual([{ n: 0 }])
  })

  test('a file that ends too early', async () => {
    const who = await other.organisation('cut')
    for (const part of [0.2, 0.7, 0.999]) {
      const cut = archive.subarray(0, Math.floor(archive.length * part))
      await expect(restored(other, who, cut)).rejects.toMatchObject({ code: 'trust.export_broken' })
    }
    expect(await other.call(who, 'customers.list')).toMatchObject({ rows: [] })
  })

  test('a content altered together with its sum', async () => {
    const who = await other.organisation('forged')
    const entries = await entriesOf(archive)
    const { createHash } = await import('node:crypto')
    const csv = Buffer.from(
      (entries.get('tables/sale.csv')?.toString() ?? '').replaceAll('100050', '900050'),
    )
    const manifest = JSON.parse(entries.get('manifest.json')?.toString() ?? '') as Manifest
    const table = manifest.tables.find((one) => one.name === 'sale')
    if (table) table.sha256 = createHash('sha256').update(csv).digest('hex')
    entries.set('tables/sale.csv', csv)
    entries.set('manifest.json', Buffer.from(JSON.stringify(manifest)))
    // The digest of the change that wrote the sale tells.
    await expect(restored(other, who, await packed(entries))).rejects.toMatchObject({
      code: 'trust.export_broken',
      message: expect.stringContaining('not what they were'),
    })
    expect(await other.call(who, 'customers.list')).toMatchObject({ rows: [] })
  })
})

test('an empty organisation gives the same figures, today and as of each earlier day, and no second import', async () => {
  const target = await other.organisation('target')
  const { revision, name } = await restored(other, target, archive)
  expect(name).toBe('Test')
  const who = await principalFor(to.database, world.who.orgId)
  const there: Ask = (operation, input) => world.call(operation, input)
  const here: Ask = (operation, input) => other.call(who, operation, input)
  expect(await allFigures(here, {})).toEqual(await allFigures(there, {}))
  const { rows } = await from.owner.query<{ day: string }>(
    `SELECT DISTINCT (at AT TIME ZONE 'Europe/Berlin')::date::text AS day FROM change WHERE org_id = $1`,
    [world.who.orgId],
  )
  for (const { day } of rows)
    expect(await allFigures(here, { asOf: day })).toEqual(await allFigures(there, { asOf: day }))
  expect(
    (await there('results.rows', { metric: 'revenue', from: '2025-01-01', until: '2026-01-01' }))
      .rows,
  ).toHaveLength(2)

  const before = await world.call<{ revision: number; hash: string }>('check.run')
  const after = await other.call<{ holds: boolean; hashAt: string; revision: number }>(
    who,
    'check.run',
    { at: before.revision },
  )
  // It is the same chain: an anchor written there holds here.
  expect(after).toMatchObject({ holds: true, hashAt: before.hash, revision })
  expect(revision).toBe(before.revision + 1)
  expect(
    await other.call(who, 'trust.compare-anchor', {
      org: world.who.orgId,
      revision: before.revision,
      hash: before.hash,
    }),
  ).toEqual({ same: true, reason: 'same', revision })
  const { rows: history } = await other.call<{ rows: { id: string; operation: string }[] }>(
    who,
    'changes.list',
  )
  expect(history[0]).toMatchObject({ operation: 'trust.restore' })
  await expect(other.call(who, 'changes.undo', { id: history[0]?.id })).rejects.toMatchObject({
    code: 'change.not_undoable',
  })
  await expect(restored(other, who, archive)).rejects.toMatchObject({ code: 'trust.not_empty' })
  const second = await other.organisation('second')
  await expect(restored(other, second, archive)).rejects.toMatchObject({ code: 'trust.lives_here' })
}, 120_000)
