// Deals and orders on record for the same days: only what counts on a day is seen, anywhere. Counted
// again from the bare ledger.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { changingSources, loadSmallWorld, type SmallWorld } from '../../../tests/results-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import type { Figure } from '../../basics/figure.ts'
import { fromMinor } from '../../basics/money.ts'
import { addDays } from '../../basics/period.ts'
import type { DimensionId, MetricId } from './contract.ts'
import { resultsOperations as operations } from './operations.ts'

interface Sale {
  id: string
  source: 'deals' | 'orders'
  kind: string
  on_day: string
  seller_id: string | null
  customer_id: string | null
  product_id: string | null
  base_amount: number | null
}

let db: TestDatabase
let world: SmallWorld
let ledger: Sale[]
let counting: Sale[]

const sourceOn = (day: string) =>
  changingSources.findLast(({ valid_from }) => valid_from <= day)?.source ?? 'deals'
const total = (sales: Sale[]) => sales.reduce((sum, sale) => sum + (sale.base_amount ?? 0), 0)
const within = (from: string, until: string) => (sale: Sale) =>
  from <= sale.on_day && sale.on_day < until

beforeAll(async () => {
  db = await freshDatabase()
  world = await loadSmallWorld(db, testSeed, { orders: true })
  const { rows } = await db.owner.query(
    'SELECT * FROM sale WHERE org_id = $1 AND change_out IS NULL',
    [world.actor.orgId],
  )
  ledger = rows as Sale[]
  counting = ledger.filter((sale) => sale.source === sourceOn(sale.on_day))
})
afterAll(() => db.close())

const [from, until] = ['2023-04-01', '2024-07-01']
const period = `${from}..${until}`

async function figures(metric: MetricId, by: DimensionId) {
  const { rows } = await operations['results.figures'](world.asking(), {
    metric: [metric],
    by: [by],
    period,
    where: {},
  })
  return new Map(
    rows.map((row) => {
      const cell = row[by] as string | null | { id: string }
      const key = cell !== null && typeof cell === 'object' ? cell.id : cell
      return [key, (row[metric] as Figure).value]
    }),
  )
}

test('the world has sales of both sources on both sides of every change', () => {
  for (const { valid_from } of changingSources) {
    for (const source of ['deals', 'orders']) {
      const near = ledger.filter((sale) => sale.source === source)
      expect(near.some(within(addDays(valid_from, -28), valid_from))).toBe(true)
      expect(near.some(within(valid_from, addDays(valid_from, 28)))).toBe(true)
    }
  }
})

test.each([
  ['seller', (sale: Sale) => sale.seller_id],
  ['product', (sale: Sale) => sale.product_id],
  ['customer', (sale: Sale) => sale.customer_id],
  ['month', (sale: Sale) => sale.on_day.slice(0, 7)],
] as const)('revenue by %s', async (dimension, cellOf) => {
  const wanted = new Map<string | null, number>()
  for (const sale of counting.filter(within(from, until)))
    wanted.set(cellOf(sale), (wanted.get(cellOf(sale)) ?? 0) + (sale.base_amount ?? 0))
  const shown = await figures('revenue', dimension)
  const values = (of: Map<string | null, number | undefined>) =>
    new Map([...of].filter(([, value]) => value))
  expect(values(shown)).toEqual(values(wanted))
})

test('overview, board and rows count the same', async () => {
  const inPeriod = counting.filter(within(from, until))
  const asking = world.asking()
  const overview = await operations['results.overview'](asking, { period, where: {}, lang: 'en' })
  expect(overview.figures.revenue?.now.value).toBe(total(inPeriod))

  const board = await operations['results.board'](asking, {
    by: 'seller',
    on: 'revenue',
    period,
    where: {},
  })
  expect(board.rows.length).toBeGreaterThan(2)
  for (const { cell, revenue } of board.rows) {
    const seller = cell === null || typeof cell === 'string' ? cell : cell.id
    const own = inPeriod.filter((sale) => sale.seller_id === seller)
    expect(revenue.value ?? 0, `${seller}`).toBe(total(own))
  }

  const rows = await operations['results.rows'](asking, {
    metric: 'revenue',
    period,
    where: {},
    limit: 1,
  })
  expect(rows.total).toBe(inPeriod.length)
})

test('a first purchase is the first that counts', async () => {
  const first = new Map<string, string>()
  for (const { customer_id, kind, on_day } of counting) {
    if (customer_id === null || kind !== 'sale') continue
    const known = first.get(customer_id)
    if (known === undefined || on_day < known) first.set(customer_id, on_day)
  }
  const months = new Map<string | null, number>()
  for (const day of first.values())
    if (from <= day && day < until)
      months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + 1)
  const shown = [...(await figures('new-customers', 'month'))].filter(([, value]) => value)
  expect(new Map(shown)).toEqual(months)
})

test('why says what is on record and does not count', async () => {
  const why = (lang: 'en' | 'de', of: string) =>
    operations['results.why'](world.asking(), { metric: 'revenue', period: of, where: {}, lang })
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f.,]/g, '')
  const stretches = [from, ...changingSources.map((one) => one.valid_from), until]
  const { leftOut } = await why('en', period)
  const said = leftOut.filter((sentence) => sentence.includes('not count: in this time'))
  expect(said).toHaveLength(stretches.length - 1)
  for (const [i, sentence] of said.entries()) {
    const [start = '', end = ''] = stretches.slice(i)
    const idle = ledger.filter(
      (sale) => sale.source !== sourceOn(sale.on_day) && within(start, end)(sale),
    )
    expect(plain(sentence)).toContain(`${idle.length} sale`)
    expect(plain(sentence)).toContain(plain(fromMinor(total(idle), 'EUR')).replace(/00$/, ''))
  }
  const german = await why('de', '2023-05')
  expect(german.leftOut.some((one) => one.includes('In dieser Zeit zählen Verkaufschancen'))).toBe(
    true,
  )
  const early = await why('en', '2021-12')
  expect(early.leftOut.some((one) => one.includes('in this time'))).toBe(
    ledger.some((sale) => sale.source === 'orders' && sale.on_day.startsWith('2021-12')),
  )
})

test('a period of which nothing counts is not offered', async () => {
  const { rows } = await operations['results.periods'](world.asking(), { kind: 'month' })
  const closed = await db.owner.query(
    `SELECT to_char(closed_on, 'YYYY-MM') AS month FROM deal WHERE org_id = $1 AND closed_on IS NOT NULL
     UNION SELECT to_char(on_day, 'YYYY-MM') FROM survey_answer WHERE org_id = $1
     UNION SELECT to_char(on_day, 'YYYY-MM') FROM customer_case WHERE org_id = $1`,
    [world.actor.orgId],
  )
  const wanted = new Set([
    ...counting.map((sale) => sale.on_day.slice(0, 7)),
    ...closed.rows.map((row) => (row as { month: string }).month),
  ])
  expect(rows.map(({ id }) => id)).toEqual([...wanted].sort().reverse())
})
