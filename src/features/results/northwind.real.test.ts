// northwind: figures by segment, cohorts and contributions of orders against SQL written by hand on the bare files.
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
import { importWorld } from '../../../tests/import-world.ts'
import { rawFiles } from '../../../tests/raw-files.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { DimensionId, resultsContract } from './contract.ts'

type Answer<Name extends keyof typeof resultsContract> = OutputOf<(typeof resultsContract)[Name]>

let db: TestDatabase
let both: Both

beforeAll(async () => {
  const raw = await rawFiles('northwind', {
    heads: 'orders.csv',
    lines: 'order_details.csv',
    employees: 'employees.csv',
    customers: 'customers.csv',
    products: 'products.csv',
  })
  // Price × quantity × (1 − discount) in cents, a half to the even neighbour, in whole numbers: prices have
  // four places at most and discounts two, so that all of it is ten-thousandths of a cent.
  await raw.run(`
    CREATE VIEW line AS
    SELECT l.n, OrderID AS order_no, ProductID, l.Quantity::INT AS pieces,
      (l.UnitPrice::DECIMAL(18, 4) * 10000)::BIGINT * pieces AS gross,
      gross * (100 - (l.Discount::DECIMAL(4, 2) * 100)::BIGINT) AS net,
      net // 10000 AS whole, net % 10000 AS part
    FROM lines l`)
  await raw.run(`
    CREATE TABLE sale AS
    SELECT l.n, h.OrderDate::DATE AS day, pieces AS quantity, gross // 100 AS list,
      whole + CASE WHEN part > 5000 OR (part = 5000 AND whole % 2 = 1) THEN 1 ELSE 0 END AS cents,
      FirstName || ' ' || LastName AS seller, CustomerID AS customer,
      c.Region AS region, c.Country AS country, ProductName AS product, CategoryID AS family,
      min(day) OVER (PARTITION BY CustomerID) AS first_day,
      row_number() OVER (PARTITION BY CustomerID ORDER BY day, l.n) = 1 AS first
    FROM line l JOIN heads h ON OrderID = order_no JOIN employees USING (EmployeeID)
    JOIN customers c USING (CustomerID) JOIN products USING (ProductID)`)

  db = await freshDatabase()
  const world = await importWorld(db, { currency: 'USD' })
  const take = (
    name: string,
    kind: 'orders' | 'order-lines' | 'sellers' | 'customers' | 'products',
    columns: Record<string, string>,
  ) => world.takeFile(raw.path(name), { kind, mapping: { currency: 'USD', columns } })
  await take('employees.csv', 'sellers', {
    EmployeeID: 'external_id',
    FirstName: 'first_name',
    LastName: 'last_name',
  })
  await take('customers.csv', 'customers', {
    CustomerID: 'external_id',
    CompanyName: 'name',
    Region: 'region',
    Country: 'country',
  })
  await take('products.csv', 'products', {
    ProductID: 'external_id',
    ProductName: 'name',
    CategoryID: 'family',
    UnitPrice: 'list_price',
  })
  await take('orders.csv', 'orders', {
    OrderID: 'order_no',
    CustomerID: 'customer',
    EmployeeID: 'seller',
    OrderDate: 'ordered_on',
  })
  await take('order_details.csv', 'order-lines', {
    OrderID: 'order_no',
    ProductID: 'product',
    UnitPrice: 'price',
    Quantity: 'quantity',
    Discount: 'discount',
  })
  both = await bothOf(world, raw)
}, 120_000)
afterAll(async () => {
  both?.raw.close()
  await db?.close()
})

/** Dimension → SQL of its cell. */
const dimensions: Partial<Record<DimensionId, string>> = {
  seller: 'seller',
  customer: 'customer',
  country: 'country',
  region: 'region',
  product: 'product',
  family: 'family',
}
const all = { from: '1996-07-01', until: '1998-07-01' }
const year = (of: number) => ({ from: `${of}-01-01`, until: `${of}-05-01` })

describe.each(Object.entries(dimensions) as [DimensionId, string][])('by %s', (by, cell) => {
  test('figures, with their totals by quarter and in all', async () => {
    const asked = { by, cell, facts: 'sale', metrics: salesInSql, span: all } as const
    expect(await expectSegments(both, asked)).toBeGreaterThan(400)
  })

  test('what a change is made of', async () => {
    for (const metric of ['revenue', 'units', 'discount', 'repeat-share'] as const) {
      const periods = { before: year(1997), now: year(1998) }
      expect(await expectChange(both, { metric, by, cell, ...periods })).toBeGreaterThan(7)
    }
  })
})

test('two segments crossed', async () => {
  const across = { by: 'country', cell: 'country' } as const
  const asked = { by: 'family', cell: 'family', across, facts: 'sale', span: all } as const
  expect(await expectSegments(both, { ...asked, metrics: salesInSql })).toBeGreaterThan(1000)
})

test('the whole is the known one, and rates of the whole are no sums', async () => {
  const { rows, total } = await both.world.call<Answer<'results.cross'>>('results.cross', {
    metric: ['revenue', 'discount', 'customers', 'new-customers'],
    by: ['year'],
    ...all,
  })
  const sum = (id: 'revenue' | 'discount' | 'customers' | 'new-customers') =>
    rows.reduce((added, { figures }) => added + (figures[id]?.now.value ?? 0), 0)
  expect(total.revenue?.now.value).toBe(126_579_302)
  expect(sum('revenue')).toBe(126_579_302)
  expect(total.discount?.now.value).toBeCloseTo(1 - 126_579_302 / 135_445_859, 9)
  expect(sum('discount')).toBeGreaterThan(2 * (total.discount?.now.value ?? 1))
  // Two of the 91 never ordered; who bought in several years counts in each, and once in all.
  expect(total.customers?.now.value).toBe(89)
  expect(sum('customers')).toBeGreaterThan(180)
  expect(sum('new-customers')).toBe(89)
})

test.each(['quarter', 'month'] as const)('cohorts by %s', async (grain) => {
  expect(await expectCohorts(both, grain, all)).toBeGreaterThan(30)
})
