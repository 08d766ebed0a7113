// What changed between two periods, against sums over the bare tables; and that all parts add up.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadSmallWorld, type SmallWorld } from '../../../tests/results-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import { insertFacts } from '../../platform/database/bulk.ts'
import { metrics } from './calc/metrics.ts'
import type { DimensionId } from './contract.ts'
import { divisibleIds } from './contract-explore.ts'
import { resultsOperations as operations } from './operations.ts'

let db: TestDatabase
let world: SmallWorld
beforeAll(async () => {
  db = await freshDatabase()
  world = await loadSmallWorld(db, testSeed)
})
afterAll(() => db.close())

const changes = (input: Partial<Parameters<(typeof operations)['results.changes']>[1]>) =>
  operations['results.changes'](world.asking(), {
    metric: 'revenue',
    by: 'seller',
    against: 'previous',
    places: true,
    period: '2024-Q1',
    where: {},
    ...input,
  })
const value = (figure: { value?: number | undefined } | undefined) => figure?.value ?? 0
const near = (a: number, b: number) => Math.abs(a - b) < 1e-9

describe.each(divisibleIds)('%s', (metric) => {
  // Some in every run, others as the seed has it.
  const always: DimensionId[] = ['seller', 'month']
  const others = metrics[metric].dimensions.filter((one) => one !== 'day' && !always.includes(one))
  const some = fc.sample(fc.shuffledSubarray(others, { minLength: 3, maxLength: 3 }), {
    seed: testSeed,
    numRuns: 1,
  })
  test.each([...always, ...some.flat()])('by %s: everything adds up', async (by) => {
    const found = await changes({ metric, by, period: '2023', against: '2022' })
    expect(found.whole).toBeDefined()
    const whole = found.whole
    const rate = found.now.unit === 'rate'
    // A rate is shown in tenths of a point; the difference is that of the two shown.
    const round = (x: number) => (rate ? Math.round(x * 1000) / 1000 : Math.round(x))
    expect(value(whole?.total)).toBeCloseTo(round(value(found.now)) - round(value(found.before)), 9)
    const rest = value(found.rest?.total)
    expect(
      near(
        found.cells.reduce((sum, cell) => sum + value(cell.total), rest),
        value(whole?.total),
      ),
    ).toBe(true)
    for (const one of [whole, ...found.cells]) {
      const parts = [one?.byVolume, one?.byMix, one?.byRate, one?.byReturns].filter(
        (part) => part !== undefined,
      )
      if (parts.length === 0) continue
      expect(
        near(
          parts.reduce((sum, part) => sum + value(part), 0),
          value(one?.total),
        ),
      ).toBe(true)
    }
  })
})

test('the change of each seller is the difference of the ledger', async () => {
  const found = await changes({ period: '2024-Q1', against: 'year-ago' })
  expect([found.period.id, found.against.id]).toEqual(['2024-Q1', '2023-Q1'])
  const { rows } = await db.owner.query(
    `SELECT seller_id,
       coalesce(sum(base_amount) FILTER (WHERE on_day >= '2024-01-01' AND on_day < '2024-04-01'), 0)::int8
       - coalesce(sum(base_amount) FILTER (WHERE on_day >= '2023-01-01' AND on_day < '2023-04-01'), 0)::int8 AS change
     FROM sale WHERE org_id = $1 AND change_out IS NULL AND source = 'deals' GROUP BY 1`,
    [world.actor.orgId],
  )
  const bySeller = new Map(rows.map((row) => [row.seller_id, Number(row.change)]))
  expect(found.cells.length).toBeGreaterThan(3)
  for (const { cell, total } of found.cells) {
    const id = cell !== null && typeof cell === 'object' ? cell.id : cell
    expect(total.value).toBe(bySeller.get(id))
  }
  expect(found.finding).toMatch(/^Revenue (rose|fell) by .+ against Q1 2023/)
})

test('one who suddenly sold far more is the place to look at, seen from every side once', async () => {
  const { rows } = await db.owner.query(
    `SELECT product_id, customer_id FROM sale WHERE org_id = $1 AND change_out IS NULL AND kind = 'sale' ORDER BY id LIMIT 1`,
    [world.actor.orgId],
  )
  // Somebody who had sold nothing: all of the change is hers, whatever the world is like.
  const seller_id = world.idle
  const { product_id, customer_id } = rows[0] ?? {}
  await db.database.write(world.actor, 'test.more', (tx) =>
    insertFacts(
      tx,
      'sale',
      Array.from({ length: 200 }, (_, i) => ({
        id: db.newId(),
        source: 'deals',
        kind: 'sale',
        seller_id,
        product_id,
        customer_id,
        on_day: `2024-05-${String((i % 28) + 1).padStart(2, '0')}`,
        quantity: 1,
        amount: 500_000 + i,
        currency: 'EUR',
        base_amount: 500_000 + i,
      })),
    ),
  )
  const found = await changes({ period: '2024-Q2' })
  const [seller] = (
    await db.owner.query('SELECT name FROM seller WHERE org_id = $1 AND id = $2', [
      world.actor.orgId,
      seller_id,
    ])
  ).rows
  const told = found.places?.filter(({ text }) => text.includes(seller?.name))
  expect(told).toHaveLength(1)
  expect(found.places?.length).toBeLessThanOrEqual(3)
})

test('months are judged only once there are enough of them', async () => {
  const found = await changes({ metric: 'deals-won', period: '2024-05' })
  expect(found.ordinary.months.length).toBeGreaterThan(11)
  expect(found.ordinary.low).toBeLessThan(found.ordinary.high ?? 0)
  expect(found.ordinary.months.at(-1)?.id).toBe('2024-05')
  const { rows } = await db.owner.query(
    `SELECT to_char(min(closed_on) + interval '3 months', 'YYYY-MM') AS month FROM deal WHERE org_id = $1`,
    [world.actor.orgId],
  )
  const early = await changes({ metric: 'deals-won', period: rows[0]?.month })
  expect(early.ordinary.low).toBeUndefined()
  expect(early.ordinary.text).toMatch(/more whole months are needed/)
})

test('without places everything else is the same', async () => {
  const asked = { metric: 'deals-won', period: '2023', against: '2022' } as const
  const { places, ...rest } = await changes(asked)
  expect(places).not.toBeNull()
  expect(await changes({ ...asked, places: false })).toEqual({ ...rest, places: null })
})

test('a metric without a reckoning of chance has no places, and a rate of nothing no division', async () => {
  expect((await changes({ metric: 'discount' })).places).toBeNull()
  const none = await changes({ metric: 'win-rate', period: '2001', against: '2000' })
  expect(none.whole).toBeUndefined()
  expect(none.finding).toContain('cannot be compared')
  const german = await changes({ metric: 'win-rate', period: '2023', against: '2022', lang: 'de' })
  expect(german.finding).toMatch(/^Abschlussquote: .+ Prozentpunkte (mehr|weniger) als 2022/)
})

test('a dimension the metric does not have is refused, with those it has', async () => {
  for (const [metric, by] of [
    ['activities', 'product'],
    ['revenue', 'stage'],
    ['deals-won', 'lost-reason'],
  ] as const) {
    await expect(changes({ metric, by }), `${metric} by ${by}`).rejects.toMatchObject({
      detail: {
        code: 'results.dimension_not_allowed',
        field: 'by',
        next: expect.stringContaining('seller'),
      },
    })
  }
})
