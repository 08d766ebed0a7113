// Quotas from files: every way a period is written, what is set aside and why, again, corrected, back out.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { FileAnswer } from '../../basics/contract.ts'
import { checkOrganisation } from '../../platform/database/check.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Quota {
  holder: { kind: string; name: string }
  period: { id: string }
  amount: number
  currency: string | null
  metric: string
  state: string
  version: number
}
const quotasOf = async (world: ImportWorld) =>
  (await world.call<{ rows: Quota[] }>('quotas.list', { limit: 200 })).rows
const told = (rows: readonly Quota[]) =>
  rows.map((row) => `${row.holder.name} ${row.metric} ${row.period.id} ${row.amount}`).sort()

const file = `Seller,Team,Period,Metric,Amount
Ana,,2026-Q1,,1000.50
Ana,,Q2 2026,revenue,2000
Ana,,3. Quartal 2026,Umsatz,3000
Ben,,01/2026,Units,12
Ben,,2026-2,Absatzmenge,13
,North,2026,Margin,5000
,North,FY2027,,6000
`

test('periods in every form, sellers and teams, money and counts', async () => {
  const world = await importWorld(db)
  const batch = await world.take('quotas.csv', file, { kind: 'quotas' })
  expect(batch.counts).toMatchObject({ read: 7, added: 7, rejected: 0 })
  const rows = await quotasOf(world)
  expect(told(rows)).toEqual([
    'Ana revenue 2026-Q1 100050',
    'Ana revenue 2026-Q2 200000',
    'Ana revenue 2026-Q3 300000',
    'Ben units 2026-01 12',
    'Ben units 2026-02 13',
    'North margin 2026 500000',
    'North revenue FY2027 600000',
  ])
  expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['approved']))
  expect(rows.filter((row) => row.currency === null)).toHaveLength(2)
  const again = await world.take('quotas.csv', file, { kind: 'quotas' })
  expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 7 })
  // One cell differs, one row is new.
  const next = file.replace('2000\n', '2000.01\n').replace('FY2027', 'FY2028')
  const corrected = await world.take('quotas.csv', next, { kind: 'quotas' })
  expect(corrected.counts).toMatchObject({ added: 1, updated: 1, unchanged: 5 })
  await world.call('imports.undo', { id: corrected.id })
  expect(told(await quotasOf(world))).toEqual(told(rows))
  await world.call('imports.undo', { id: batch.id })
  expect(await quotasOf(world)).toEqual([])
  expect((await world.call<{ rows: unknown[] }>('sellers.list')).rows).toEqual([])
  expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
})

test('year, quarter and month in cells of their own', async () => {
  const world = await importWorld(db)
  const parts = `Salesperson,Year,Quarter,Month,Quota
Ana,2026,Q1,,1
Ana,2026,2,,2
Ana,2026,,7,3
Ana,2027,,,4
`
  await world.take('parts.csv', parts, { kind: 'quotas' })
  expect(told(await quotasOf(world))).toEqual([
    'Ana revenue 2026-07 300',
    'Ana revenue 2026-Q1 100',
    'Ana revenue 2026-Q2 200',
    'Ana revenue 2027 400',
  ])
})

test('quotas of positions, known ones and new ones, and back', async () => {
  const world = await importWorld(db)
  const { id } = await world.call<{ id: string }>('positions.create', { name: 'Area North' })
  const file = `Position,Period,Metric,Amount
area north ,2026-Q1,,100
Key accounts,2026-Q1,,200
Key accounts,2026-Q1,Customers,3
Key accounts,2026-Q1,,300
`
  const batch = await world.take('seats.csv', file, { kind: 'quotas' })
  expect(batch).toMatchObject({
    counts: { read: 4, added: 2, rejected: 2 },
    created: { positions: 1 },
  })
  const { rows } = await world.call<{
    rows: { holder: { id: string; kind: string }; amount: number }[]
  }>('quotas.list', { positionId: id })
  expect(rows).toMatchObject([{ holder: { id, kind: 'position' }, amount: 10_000 }])
  const again = await world.take('seats.csv', `${file}\n`, { kind: 'quotas' })
  expect(again.counts).toMatchObject({ added: 0, unchanged: 2 })
  await world.call('imports.undo', { id: batch.id })
  expect(await quotasOf(world)).toEqual([])
  const positions = await world.call<{ rows: { name: string }[] }>('positions.list')
  expect(positions.rows.map(({ name }) => name)).toEqual(['Area North'])
  expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
})

test('what cannot be is set aside by line and column', async () => {
  const world = await importWorld(db)
  const bad = `Seller,Team,Period,Metric,Amount,Currency
Ana,North,2026-Q1,,1,
,,2026-Q1,,1,
Ana,,2026-Q5,,1,
Ana,,2026-03-01,,1,
Ana,,2026-Q1,Win rate,1,
Ana,,2026-Q1,,1,USD
Ana,,2026-Q1,Units,1.5,
Ana,,2026-Q1,,-1,
Ana,,2026-Q1,,1,EUR
ana ,,Q1 2026,Revenue,2,
`
  const batch = await world.take('bad.csv', bad, { kind: 'quotas' })
  expect(batch.counts).toMatchObject({ read: 10, added: 1, rejected: 9 })
  const { rows } = await world.call<{ rows: { line: number; code: string; column: string }[] }>(
    'imports.rejects',
    { id: batch.id },
  )
  expect(rows.map(({ line, code, column }) => [line, code, column])).toEqual([
    [2, 'quota.one_holder', 'Seller'],
    [3, 'quota.one_holder', 'Seller'],
    [4, 'quota.period_unfit', 'Period'],
    [5, 'quota.period_unfit', 'Period'],
    [6, 'quota.metric_unfit', 'Metric'],
    [7, 'quota.currency', 'Currency'],
    [8, 'quota.fraction', 'Amount'],
    [9, expect.any(String), 'Amount'],
    [11, 'duplicate_in_file', null],
  ])
})

test('a proposal that the file confirms is approved; what is approved already stays as decided', async () => {
  const world = await importWorld(db)
  await world.call('sellers.create', { name: 'Ana' })
  const set = (period: string, approve: boolean) =>
    world.call('quotas.set', { seller: 'Ana', period, amount: 100, approve, reason: 'Agreed' })
  await set('2026-Q1', false)
  await set('2026-Q2', true)
  const batch = await world.take('q.csv', 'Seller,Period,Quota\nAna,2026-Q1,1\nAna,2026-Q2,1\n', {
    kind: 'quotas',
  })
  expect(batch.counts).toMatchObject({ added: 0, updated: 1, unchanged: 1 })
  expect((await quotasOf(world)).map((row) => row.state)).toEqual(['approved', 'approved'])
})

test('a quota in another currency is not overwritten by an amount in the base currency', async () => {
  const world = await importWorld(db)
  await world.call('sellers.create', { name: 'Ana' })
  await world.call('rates.set', { currency: 'USD', day: '2026-01-01', rate: 0.5 })
  const set = (period: string, more: object = {}) =>
    world.call('quotas.set', { seller: 'Ana', period, amount: 200, approve: true, ...more })
  await set('2026-Q1', { currency: 'USD' })
  await set('2026-Q2')
  const file = 'Seller,Period,Quota\nAna,2026-Q1,1\nAna,2026-Q2,3\n'
  const batch = await world.take('q.csv', file, { kind: 'quotas' })
  expect(batch.counts).toMatchObject({ read: 2, updated: 1, rejected: 1 })
  const { rows } = await world.call<{ rows: object[] }>('imports.rejects', {
    id: batch.id,
  })
  expect(rows).toMatchObject([{ line: 2, code: 'quota.other_currency', column: 'Quota' }])
  const kept = await quotasOf(world)
  expect(kept.map((row) => `${row.period.id} ${row.amount} ${row.currency}`)).toEqual([
    '2026-Q2 300 EUR',
    '2026-Q1 200 USD',
  ])
})

test('the list as a file comes back in unchanged, without commitments', async () => {
  const world = await importWorld(db)
  await world.take('quotas.csv', file, { kind: 'quotas' })
  await world.call('quotas.commit', { seller: 'Ana', period: '2026-Q1', amount: 7 })
  for (const format of ['csv', 'xlsx'] as const) {
    const answer = await world.call<FileAnswer>('exports.table', {
      table: 'quotas',
      format,
      lang: 'de',
    })
    const parts: Uint8Array[] = []
    for await (const part of answer.bytes) parts.push(part)
    const batch = await world.take(answer.name, Buffer.concat(parts), { kind: 'quotas' })
    expect(batch.counts).toMatchObject({ read: 7, unchanged: 7, rejected: 0 })
  }
})
