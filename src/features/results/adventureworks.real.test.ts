// adventureworks: figures by segment, cohorts and contributions of 57,851 lines against SQL written by hand on the bare files.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Both,
  bothOf,
  expectCohorts,
  expectSegments,
  salesInSql,
} from '../../../tests/against-sql.ts'
import { expectChange } from '../../../tests/changes-against-sql.ts'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { rawFiles } from '../../../tests/raw-files.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { DimensionId, resultsContract } from './contract.ts'

type Answer<Name extends keyof typeof resultsContract> = OutputOf<(typeof resultsContract)[Name]>

let db: TestDatabase
let both: Both
let takeLines: () => ReturnType<ImportWorld['takeFile']>

beforeAll(async () => {
  const raw = await rawFiles('adventureworks', {
    lines: 'reseller_sales_lines.csv.gz',
    resellers: 'resellers.csv',
    people: 'sales_person.csv',
  })
  await raw.run(`
    CREATE TABLE sale AS
    SELECT l.n, OrderDate::DATE AS day, OrderQuantity::INT AS quantity, (100 * SalesAmount::DECIMAL(18, 2))::BIGINT AS cents,
      (100 * TotalProductCost::DECIMAL(18, 2))::BIGINT AS cost, Name AS seller, ProductKey AS product,
      ResellerKey AS customer, BusinessType AS industry,
      StateProvinceName AS region, Country_Region AS country,
      min(day) OVER (PARTITION BY ResellerKey) AS first_day,
      row_number() OVER (PARTITION BY ResellerKey ORDER BY day, l.n) = 1 AS first
    FROM lines l JOIN resellers USING (ResellerKey) JOIN people USING (BusinessEntityID)`)

  db = await freshDatabase()
  const world = await importWorld(db, { currency: 'USD' })
  const take = (
    name: string,
    kind: 'orders' | 'sellers' | 'customers',
    columns: Record<string, string>,
  ) => world.takeFile(raw.path(name), { kind, mapping: { currency: 'USD', columns } })
  takeLines = () =>
    take('reseller_sales_lines.csv.gz', 'orders', {
      SalesOrderNumber: 'order_no',
      OrderDate: 'ordered_on',
      ProductKey: 'product',
      ResellerKey: 'customer',
      BusinessEntityID: 'seller',
      OrderQuantity: 'quantity',
      UnitPrice: 'price',
      TotalProductCost: 'cost',
      SalesAmount: 'amount',
    })
  await take('sales_person.csv', 'sellers', { BusinessEntityID: 'external_id', Name: 'name' })
  await take('resellers.csv', 'customers', {
    ResellerKey: 'external_id',
    ResellerName: 'name',
    BusinessType: 'industry',
    StateProvinceName: 'region',
    Country_Region: 'country',
  })
  const { counts } = await takeLines()
  expect(counts).toMatchObject({ read: 57_851, added: 57_851, rejected: 0 })
  both = await bothOf(world, raw)
}, 300_000)
afterAll(async () => {
  both?.raw.close()
  await db?.close()
})

/** Dimension → SQL of its cell. */
const dimensions: Partial<Record<DimensionId, string>> = {
  seller: 'seller',
  country: 'country',
  region: 'region',
  industry: 'industry',
  product: 'product',
  customer: 'customer',
}
const all = { from: '2017-07-01', until: '2020-07-01' }
const { discount: _, ...soldInSql } = salesInSql
const metrics = {
  ...soldInSql,
  // 76 lines have no cost.
  margin: 'sum(cents) FILTER (WHERE cost IS NOT NULL) - sum(cost)',
}

describe.each(Object.entries(dimensions) as [DimensionId, string][])('by %s', (by, cell) => {
  test('figures, with their totals by quarter and in all', async () => {
    const asked = { by, cell, facts: 'sale', metrics, span: all } as const
    expect(await expectSegments(both, asked)).toBeGreaterThan(300)
  })

  test('what a change is made of', async () => {
    for (const metric of ['revenue', 'units', 'repeat-share'] as const) {
      const periods = {
        before: { from: '2018-01-01', until: '2019-01-01' },
        now: { from: '2019-01-01', until: '2020-01-01' },
      }
      expect(await expectChange(both, { metric, by, cell, ...periods })).toBeGreaterThan(2)
    }
  })
})

test('the whole is the known one, by year and by seller', async () => {
  const ask = (by: DimensionId) =>
    both.world.call<Answer<'results.cross'>>('results.cross', {
      metric: ['revenue', 'discount', 'repeat-share', 'customers', 'new-customers'],
      by: [by],
      ...all,
    })
  const { rows, total } = await ask('year')
  const sum = (id: 'revenue' | 'repeat-share' | 'customers' | 'new-customers') =>
    rows.reduce((added, { figures }) => added + (figures[id]?.now.value ?? 0), 0)
  expect(rows.map(({ figures }) => figures.revenue?.now.value)).toEqual([
    806_975_558, 2_432_878_625, 3_250_000_558, 1_265_002_279,
  ])
  expect(total.revenue?.now.value).toBe(7_754_857_020)
  expect(total.customers?.now.value).toBe(632)
  expect(sum('new-customers')).toBe(632)
  // Who bought in several years counts in each; shares of the years are no parts of a sum.
  expect(sum('customers')).toBeGreaterThan(1000)
  expect(sum('repeat-share')).toBeGreaterThan(2 * (total['repeat-share']?.now.value ?? 1))
  // The lines have no list price.
  expect(total.discount?.now.missing?.code).toBe('not_measured')

  const sellers = (await ask('seller')).rows
  const bySeller = new Map(sellers.map(({ label, figures }) => [label, figures.revenue?.now.value]))
  expect(Object.fromEntries(bySeller)).toMatchObject({
    'Linda Mitchell': 1_015_863_452,
    'Jillian Carson': 975_599_201,
    'Michael Blythe': 895_275_148,
    'Jae Pak': 809_981_695,
    'Tsvi Reiter': 697_612_829,
    'Syed Abbas': 17_410_833,
  })
})

test.each(['quarter', 'month'] as const)('cohorts by %s', async (grain) => {
  expect(await expectCohorts(both, grain, all)).toBeGreaterThan(60)
})

test('the same lines again change nothing; they are those of 3,616 orders', async () => {
  expect((await takeLines()).counts).toMatchObject({ read: 57_851, unchanged: 57_851 })
  const { rows } = await db.owner.query(
    'SELECT count(DISTINCT order_no)::int AS orders, count(*)::int AS lines FROM sale WHERE org_id = $1 AND change_out IS NULL',
    [both.world.who.orgId],
  )
  expect(rows).toEqual([{ orders: 3_616, lines: 57_851 }])
}, 120_000)
