// Rates by hand: what they reach is valued anew in the same change, and undoing puts both back.
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import { addDays } from '../../basics/period.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import { insertFact } from '../../platform/database/facts.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Written {
  id: string
  version: number
  changeId: string
}

async function ratesWorld() {
  const world = await importWorld(db)
  const { rows } = await world.call<{ rows: { id: string; outcome: string }[] }>('stages.list')
  const stage = (outcome: string) => rows.find((row) => row.outcome === outcome)?.id ?? ''
  const set = (day: string, rate: number, currency = 'USD') =>
    world.call<Written>('rates.set', { currency, day, rate })
  const sell = (closedOn: string, amount: number, currency = 'USD') =>
    world.call<Written>('deals.create', { stageId: stage('won'), closedOn, amount, currency })
  const open = (openedOn: string, amount: number) =>
    world.call<Written>('deals.create', {
      stageId: stage('open'),
      openedOn,
      amount,
      currency: 'USD',
    })
  return { world, set, sell, open }
}

/** Base amounts of all sales and deals by day; a sale of an order stands for itself. */
const valued = async (world: ImportWorld) =>
  (
    await db.database.read(world.who, (tx) =>
      tx.rows<{ day: string; what: string; base: number | null }>(sql`
        SELECT coalesce(closed_on, opened_on) AS day, 'deal' AS what, base_amount AS base FROM deal
        WHERE org_id = ${world.who.orgId} AND change_out IS NULL
        UNION ALL
        SELECT on_day, source, base_amount FROM sale WHERE org_id = ${world.who.orgId} AND change_out IS NULL
        ORDER BY 1, 2, 3`),
    )
  ).map(({ day, what, base }) => [day, what, base])

const orderSale = (world: ImportWorld, day: string, amount: number, currency = 'USD') =>
  db.database.write(world.who, 'test.order', (tx) =>
    insertFact(tx, 'sale', {
      order_no: day,
      owner: true,
      share: 1,
      source: 'orders',
      kind: 'sale',
      on_day: day,
      quantity: 1,
      amount,
      currency,
      base_amount: null,
    }),
  )

test('a rate values deals and sales of its day and the seven after it', async () => {
  const { world, set, sell, open } = await ratesWorld()
  await sell('2026-03-01', 10_000)
  await sell('2026-03-02', 10_001)
  await sell('2026-03-09', 10_000)
  await sell('2026-03-10', 10_000)
  await open('2026-03-04', 500)
  await orderSale(world, '2026-03-05', 300)
  await orderSale(world, '2026-03-05', 300, 'CHF')
  expect(await world.call('rates.missing')).toEqual({
    rows: [
      { currency: 'CHF', first: '2026-03-05', last: '2026-03-05', rows: 1 },
      { currency: 'USD', first: '2026-03-01', last: '2026-03-10', rows: 6 },
    ],
  })
  const written = await set('2026-03-02', 0.9)
  expect(await valued(world)).toEqual([
    ['2026-03-01', 'deal', null],
    ['2026-03-01', 'deals', null],
    ['2026-03-02', 'deal', 9001],
    ['2026-03-02', 'deals', 9001],
    ['2026-03-04', 'deal', 450],
    ['2026-03-05', 'orders', 270],
    ['2026-03-05', 'orders', null],
    ['2026-03-09', 'deal', 9000],
    ['2026-03-09', 'deals', 9000],
    // The eighth day after it: too old a rate says nothing.
    ['2026-03-10', 'deal', null],
    ['2026-03-10', 'deals', null],
  ])
  const { rows } = await world.call<{ rows: { id: string; revision: number }[] }>('changes.list')
  expect(rows[0]?.id).toBe(written.changeId)
  // What is entered afterwards takes the rate at once.
  await sell('2026-03-06', 1_000)
  expect(await valued(world)).toContainEqual(['2026-03-06', 'deals', 900])
})

test('a nearer rate takes over, a corrected one values anew, a removed one leaves the earlier', async () => {
  const { world, set, sell } = await ratesWorld()
  await sell('2026-03-05', 10_000)
  await set('2026-03-01', 0.9)
  const nearer = await set('2026-03-04', 0.8)
  const base = async () => (await valued(world)).map(([, , amount]) => amount)
  expect(await base()).toEqual([8_000, 8_000])
  const edited = await world.call<Written>('rates.edit', { id: nearer.id, rate: 0.85, version: 1 })
  expect(edited.version).toBe(2)
  expect(await base()).toEqual([8_500, 8_500])
  // Moved behind the sale, it reaches it no longer.
  await world.call('rates.edit', { id: nearer.id, day: '2026-03-06' })
  expect(await base()).toEqual([9_000, 9_000])
  await world.call('rates.edit', { id: nearer.id, day: '2026-03-05' })
  expect(await base()).toEqual([8_500, 8_500])
  await world.call('rates.remove', { id: nearer.id })
  expect(await base()).toEqual([9_000, 9_000])
})

test('undo puts back the rate and what it valued; undoing the undo as well', async () => {
  const { world, set, sell } = await ratesWorld()
  await sell('2026-03-05', 10_000)
  const first = await set('2026-03-01', 0.9)
  const edited = await world.call<Written>('rates.edit', { id: first.id, rate: 0.7 })
  const base = async () => (await valued(world)).map(([, , amount]) => amount)
  const undone = await world.call<{ changeId: string }>('changes.undo', { id: edited.changeId })
  expect(await base()).toEqual([9_000, 9_000])
  expect(await world.call('rates.list')).toMatchObject({ rows: [{ rate: 0.9, version: 3 }] })
  await world.call('changes.undo', { id: undone.changeId })
  expect(await base()).toEqual([7_000, 7_000])
  const removed = await world.call<Written>('rates.remove', { id: first.id })
  expect(await base()).toEqual([null, null])
  await world.call('changes.undo', { id: removed.changeId })
  expect(await base()).toEqual([7_000, 7_000])
  expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
})

test('undo also values anew what was entered since, open or sold', async () => {
  const { world, set, sell, open } = await ratesWorld()
  const first = await set('2026-03-01', 0.9)
  await open('2026-03-02', 1_000)
  await sell('2026-03-03', 10_000)
  const { changeId } = await world.call<Written>('changes.undo', { id: first.changeId })
  const base = async () => (await valued(world)).map(([, , amount]) => amount)
  expect(await base()).toEqual([null, null, null])
  await world.call('changes.undo', { id: changeId })
  expect(await base()).toEqual([900, 9_000, 9_000])
  expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
})

test('a sale names the rate it was valued with, also where another has the same value', async () => {
  const { world, set, sell } = await ratesWorld()
  const named = () =>
    db.database.read(world.who, (tx) =>
      tx.rows<{ on_day: string }>(sql`
        SELECT r.on_day FROM sale s LEFT JOIN rate r ON r.org_id = s.org_id AND r.id = s.rate_id AND r.change_out IS NULL
        WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL ORDER BY s.source COLLATE "C"`),
    )
  const days = async () => (await named()).map((row) => row.on_day)
  await set('2026-03-01', 0.9)
  const nearer = await set('2026-03-02', 0.9)
  await sell('2026-03-03', 10_000)
  await orderSale(world, '2026-03-03', 300)
  const moved = await world.call<Written>('rates.edit', { id: nearer.id, day: '2026-03-03' })
  expect(await days()).toEqual(['2026-03-03', '2026-03-03'])
  await world.call('rates.remove', { id: nearer.id, version: moved.version })
  expect(await days()).toEqual(['2026-03-01', '2026-03-01'])
})

test('a rate and amounts of the same moment do not miss each other', async () => {
  for (let n = 0; n < 5; n++) {
    const { world, set, sell, open } = await ratesWorld()
    const order = { on: '2026-03-03', currency: 'USD', lines: [{ amount: 100 }] }
    await Promise.all([
      sell('2026-03-03', 100),
      set('2026-03-02', 0.9),
      world.call('orders.create', order),
      open('2026-03-03', 100),
    ])
    expect((await valued(world)).map(([, , base]) => base)).toEqual([90, 90, 90, 90])
  }
})

test('what cannot be: a rate of the base currency, a second one for a day, a closed period', async () => {
  const { world, set, sell } = await ratesWorld()
  const refused = (promise: Promise<unknown>, code: string) =>
    expect(promise).rejects.toMatchObject({ detail: { code } })
  await refused(set('2026-03-01', 1, 'EUR'), 'rate.of_base')
  const there = await set('2026-03-01', 0.9)
  await refused(set('2026-03-01', 0.8), 'rate.exists')
  // Rates say what others are worth in the base currency: it stands from the first one on.
  await refused(
    world.call('organisations.edit', { baseCurrency: 'USD' }),
    'organisation.currency_in_use',
  )
  const other = await set('2026-03-02', 0.8)
  await refused(world.call('rates.edit', { id: other.id, day: '2026-03-01' }), 'rate.exists')
  await refused(world.call('rates.edit', { id: other.id, rate: 2, version: 7 }), 'record.changed')
  await refused(set('2026-03-01', 0), 'request.invalid')
  await world.call('rates.remove', { id: there.id })
  await refused(world.call('rates.remove', { id: there.id }), 'rate.not_found')
  await sell('2026-02-10', 100)
  await world.call('period-locks.set', {
    from: '2026-02-01',
    until: '2026-03-01',
    reason: 'closed',
  })
  // The rate alone would do no harm, but the sale it reaches lies in closed books.
  await refused(set('2026-02-08', 0.9), 'period.locked')
  await set('2026-02-20', 0.9)
})

test('a mistyped rate values nothing beyond what can be kept, and is corrected like any other', async () => {
  const { world, set, sell } = await ratesWorld()
  await sell('2026-03-05', 10_000_000_000)
  await set('2026-03-01', 92_310_000)
  await sell('2026-03-06', 1_000_000_000_000_000)
  expect((await valued(world)).map(([, , base]) => base)).toEqual([null, null, null, null])
  expect(await world.call('deals.list')).toMatchObject({ rows: [{}, {}] })
  const { rows } = await world.call<{ rows: { id: string }[] }>('rates.list')
  await world.call('rates.edit', { id: rows[0]?.id, rate: 0.9231 })
  expect((await valued(world)).map(([, , base]) => base)).toEqual([
    9_231_000_000, 9_231_000_000, 923_100_000_000_000, 923_100_000_000_000,
  ])
})

test('the list: by currency, newest first, page by page, and as it was filtered', async () => {
  const { world, set } = await ratesWorld()
  for (const day of ['2026-01-01', '2026-01-03', '2026-01-02']) {
    await set(day, 0.9, 'USD')
    await set(day, 1.1, 'CHF')
  }
  type Page = { rows: { currency: string; day: string }[]; next?: string }
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page: Page = await world.call('rates.list', { limit: 2, ...(cursor ? { cursor } : {}) })
    seen.push(...page.rows.map(({ currency, day }) => `${currency} ${day}`))
    cursor = page.next
  } while (cursor !== undefined)
  expect(seen).toEqual([
    'CHF 2026-01-03',
    'CHF 2026-01-02',
    'CHF 2026-01-01',
    'USD 2026-01-03',
    'USD 2026-01-02',
    'USD 2026-01-01',
  ])
  const some: Page = await world.call('rates.list', {
    currency: 'USD',
    from: '2026-01-02',
    until: '2026-01-03',
  })
  expect(some.rows).toMatchObject([{ currency: 'USD', day: '2026-01-02' }])
})

test('in whatever order rates and deals come, they end as if all had been there at once', async () => {
  const day = fc.integer({ min: 0, max: 20 }).map((n) => addDays('2026-03-01', n))
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(day, fc.integer({ min: 1, max: 30_000 })), {
        maxLength: 4,
        selector: ([on]) => on,
      }),
      fc.array(fc.tuple(day, fc.integer({ min: 0, max: 1e6 })), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (rates, deals, ratesFirst) => {
        const { world, set, sell } = await ratesWorld()
        const putRates = async () => {
          for (const [on, rate] of rates) await set(on, rate / 10_000)
        }
        if (ratesFirst) await putRates()
        for (const [on, amount] of deals) await sell(on, amount)
        if (!ratesFirst) await putRates()
        const found = (await valued(world)).filter(([, what]) => what === 'deals')
        const wanted = deals.map(([on, amount]) => {
          const near = rates
            .filter(([from]) => from <= on && on <= addDays(from, 7))
            .sort(([a], [b]) => (a < b ? 1 : -1))[0]
          return [
            on,
            'deals',
            near === undefined ? null : halfEven(BigInt(amount) * BigInt(near[1])),
          ]
        })
        const key = (row: readonly unknown[]) => JSON.stringify(row)
        expect(found.map(key).sort()).toEqual(wanted.map(key).sort())
      },
    ),
    { seed: testSeed, numRuns: 12 },
  )
})

/** Ten thousandths to whole numbers; exactly half goes to the even neighbour. */
function halfEven(tenThousandths: bigint): number {
  const [whole, rest] = [tenThousandths / 10_000n, tenThousandths % 10_000n]
  const up = rest > 5_000n || (rest === 5_000n && whole % 2n === 1n)
  return Number(up ? whole + 1n : whole)
}
