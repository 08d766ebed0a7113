// What changed between two days: said by month, change and person, with what each change is about.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { OutputOf } from '../../basics/contract.ts'
import { addDays, dayOf } from '../../basics/period.ts'
import { monthsBetween, switchedDays } from './calc/between.ts'
import type { betweenContract } from './contract-between.ts'

type Between = OutputOf<(typeof betweenContract)['trust.between']>
type Changes = OutputOf<(typeof betweenContract)['trust.between-changes']>

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const today = dayOf(new Date().toISOString(), 'Europe/Berlin')
const [yesterday, dayBefore, tomorrow] = [addDays(today, -1), addDays(today, -2), addDays(today, 1)]
const deals = (...rows: readonly string[]) =>
  ['number,seller,customer,product,stage,opened on,closed on,amount,currency', ...rows].join('\n')
const row = (number: string, closed: string, amount: number) =>
  `${number},Ana,Acme,Pump,Won,2024-01-01,${closed},${amount}.00,EUR`

/** Everything up to now was done a day earlier; the last of it at the very end of that day in the zone. */
async function aDayAgo({ who }: ImportWorld): Promise<void> {
  await db.owner.query(
    `UPDATE change SET at = ((date_trunc('day', at AT TIME ZONE 'Europe/Berlin') - interval '1 microsecond')
       AT TIME ZONE 'Europe/Berlin') WHERE org_id = $1`,
    [who.orgId],
  )
}

const between = (world: ImportWorld, earlier: string, more: object = {}) =>
  world.call<Between>('trust.between', { earlier, ...more })
const changes = (world: ImportWorld, earlier: string, more: object = {}) =>
  world.call<Changes>('trust.between-changes', { earlier, ...more })

/** March and April, imported yesterday; today April was corrected, a deal changed and one entered. */
async function corrected(): Promise<ImportWorld> {
  const world = await importWorld(db)
  await world.take(
    'first.csv',
    deals(row('D-1', '2024-03-05', 1000), row('D-2', '2024-04-02', 500)),
    { kind: 'deals' },
  )
  await aDayAgo(world)
  await world.take(
    'more.csv',
    deals(row('D-2', '2024-04-02', 450), row('D-3', '2024-03-20', 800), row('D-4', today, 70)),
    { kind: 'deals' },
  )
  const { rows } = await world.call<{
    rows: { id: string; externalId: string; version: number }[]
  }>('deals.list')
  const deal = rows.find(({ externalId }) => externalId === 'D-1')
  await world.call('deals.edit', { id: deal?.id, version: deal?.version, amount: 80_000 })
  return world
}

test('months, reasons, people and tables of what changed since yesterday', async () => {
  const world = await corrected()
  const told = await between(world, yesterday)
  expect(told).toMatchObject({
    currency: 'EUR',
    earlier: { day: yesterday },
    later: { day: today },
    period: null,
    changes: 2,
    revenue: {
      earlier: 150_000,
      later: 212_000,
      difference: 62_000,
      // What was sold today could not be told yesterday.
      told: { earlier: 150_000, later: 205_000, difference: 55_000 },
      unrated: { earlier: 0, later: 0 },
    },
    operations: [
      { operation: 'imports.apply', changes: 1, effect: 82_000 },
      { operation: 'deals.edit', changes: 1, effect: -20_000 },
    ],
    people: [{ person: { name: 'Tester' }, changes: 2, effect: 62_000 }],
  })
  const march = told.months.find(({ month }) => month === '2024-03')
  expect(march).toMatchObject({
    from: '2024-03-01',
    until: '2024-04-01',
    earlier: 100_000,
    later: 160_000,
    difference: 60_000,
    because: [
      { operation: 'imports.apply', effect: 80_000, subject: { file: 'more.csv' } },
      { operation: 'deals.edit', effect: -20_000, subject: { deal: 'D-1' } },
    ],
    others: { changes: 0, effect: 0 },
  })
  expect(told.tables.find(({ table }) => table === 'deal')).toEqual({
    table: 'deal',
    added: 2,
    replaced: 2,
    closed: 0,
  })
})

test('each change says which rows it touched, what it did to revenue, and what it is about', async () => {
  const world = await corrected()
  const { rows } = await changes(world, yesterday)
  const [edit, file] = rows
  expect(edit).toMatchObject({
    operation: 'deals.edit',
    actor: { name: 'Tester' },
    effect: -20_000,
    undoneBy: null,
    about: { entity: 'deal' },
  })
  expect(edit?.tables).toContainEqual({ table: 'sale', added: 0, replaced: 1, closed: 0 })
  expect(file).toMatchObject({
    operation: 'imports.apply',
    effect: 82_000,
    about: { entity: 'import' },
  })
  const undo = await world.call<{ changeId: string }>('changes.undo', { id: file?.id })
  const after = await changes(world, yesterday, { order: 'effect' })
  expect(after.rows.map(({ id, effect }) => [id, effect])).toEqual([
    [undo.changeId, -82_000],
    [file?.id, 82_000],
    [edit?.id, -20_000],
  ])
  expect(after.rows[0]).toMatchObject({ undoes: file?.id, about: file?.about })
  expect(after.rows[1]).toMatchObject({ undoneBy: undo.changeId })
})

test('only sales of the period asked for have an effect', async () => {
  const world = await corrected()
  const told = await between(world, yesterday, { period: '2024-Q2' })
  expect(told.period).toEqual({ id: '2024-Q2', from: '2024-04-01', until: '2024-07-01' })
  expect(told.revenue).toMatchObject({ earlier: 50_000, later: 45_000, difference: -5_000 })
  expect(told.months.map(({ month }) => month)).toEqual(['2024-04'])
  expect(told.changes).toBe(2)
  await expect(between(world, yesterday, { period: '2024-Q9' })).rejects.toMatchObject({
    detail: { code: 'period.impossible' },
  })
})

test('a day ends at midnight of the organisation; before the first change nothing was known', async () => {
  const world = await corrected()
  const first = await between(world, dayBefore, { later: yesterday })
  expect(first).toMatchObject({
    earlier: { day: dayBefore, revision: 0, at: null },
    revenue: { earlier: 0, later: 150_000, difference: 150_000 },
  })
  expect(await between(world, addDays(today, -9), { later: dayBefore })).toMatchObject({
    changes: 0,
    revenue: { earlier: 0, later: 0 },
    months: [],
    operations: [],
    people: [],
    tables: [],
  })
  expect(await changes(world, addDays(today, -9), { later: dayBefore })).toEqual({ rows: [] })
  // A day that has not come yet is today.
  expect(await between(world, yesterday, { later: tomorrow })).toMatchObject({
    later: { day: today },
  })
})

test('the earlier day must lie before the later one', async () => {
  const world = await importWorld(db)
  for (const given of [
    { earlier: today },
    { earlier: tomorrow, later: addDays(today, 2) },
    { earlier: yesterday, later: yesterday },
  ])
    for (const name of ['trust.between', 'trust.between-changes'])
      await expect(world.call(name, given)).rejects.toMatchObject({
        detail: { code: 'trust.days_backwards', field: 'earlier' },
      })
})

test('nothing of another organisation is seen', async () => {
  const [world, other] = [await corrected(), await importWorld(db)]
  const told = await between(other, dayBefore)
  expect(told.revenue.later).toBe(0)
  expect(told.people.map(({ changes: count }) => count)).toEqual([told.changes])
  const mine = new Set((await changes(world, dayBefore)).rows.map(({ id }) => id))
  expect((await changes(other, dayBefore)).rows.filter(({ id }) => mine.has(id))).toEqual([])
})

test('a place of the other order is no place in this list', async () => {
  const world = await corrected()
  const { next } = await changes(world, yesterday, { limit: 1 })
  expect(next).toBeDefined()
  await expect(
    changes(world, yesterday, { limit: 1, order: 'effect', cursor: next }),
  ).rejects.toMatchObject({ detail: { code: 'request.bad_cursor' } })
  // One that was made up lies behind the end.
  const behind = Buffer.from('[0]').toString('base64url')
  expect(await changes(world, yesterday, { cursor: behind })).toEqual({ rows: [] })
})

describe('put together', () => {
  test('days on which another source counts', () => {
    const always = (source: string) => [{ source, from: '0001-01-01', until: '9999-12-31' }]
    const from2024 = [
      { source: 'deals', from: '0001-01-01', until: '2024-01-01' },
      { source: 'orders', from: '2024-01-01', until: '9999-12-31' },
    ]
    expect(switchedDays(always('deals'), always('deals'))).toEqual([])
    expect(switchedDays(always('deals'), from2024)).toEqual([
      { from: '2024-01-01', until: '9999-12-31', was: 'deals', is: 'orders' },
    ])
    expect(switchedDays(from2024, always('orders'))).toEqual([
      { from: '0001-01-01', until: '2024-01-01', was: 'deals', is: 'orders' },
    ])
  })

  test('what is not among the largest stands under others', () => {
    const [month] = monthsBetween(
      new Map([['2024-03', 30]]),
      [{ month: '2024-03', changes: 9, effect: -10 }],
      [
        { month: '2024-03', changeId: 'a', effect: 3 },
        { month: '2024-03', changeId: 'b', effect: -20 },
        { month: '2024-04', changeId: 'c', effect: 99 },
      ],
    )
    expect(month).toEqual({
      month: '2024-03',
      earlier: 40,
      later: 30,
      difference: -10,
      because: [
        { changeId: 'b', effect: -20 },
        { changeId: 'a', effect: 3 },
      ],
      others: { changes: 7, effect: 7 },
    })
  })
})
