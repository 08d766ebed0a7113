// Real orders: heads and lines in either order, and purchases without a number. The figures are worked out
// here once more, from the files alone, with exact integers. Whole lines: adventureworks, in results.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { checkOrganisation } from '../../platform/database/check.ts'

const folder = process.env.KONTOR_REAL_DATA ?? '../shared/data'
const file = (...names: string[]) => join(folder, ...names)

let db: TestDatabase
beforeAll(async () => {
  expect(existsSync(file('northwind', 'orders.csv')), `the real data is in ${folder}`).toBe(true)
  db = await freshDatabase()
})
afterAll(() => db.close())

/** Rows of a plain CSV whose cells hold no line breaks, by header. */
async function rowsOf(path: string): Promise<Record<string, string>[]> {
  const bytes = await readFile(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const [header = '', ...lines] = text.trim().split(/\r?\n/)
  const split = (line: string) =>
    [...line.matchAll(/("([^"]|"")*"|[^,]*)(,|$)/g)].map(([, cell = '']) =>
      cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
    )
  const names = split(header)
  return lines.map((line) => {
    const cells = split(line)
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']))
  })
}

/** A decimal as an integer of ten-thousandths. */
function tenThousandths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.')
  expect(fraction.replace(/0+$/, '').length).toBeLessThanOrEqual(4)
  return BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0').slice(0, 4))
}

/** price × quantity × (1 − discount) in cents, half to the even neighbour. */
function lineCents(price: string, quantity: string, discount: string): number {
  const exact =
    tenThousandths(price) *
    BigInt(quantity) *
    (10_000n - tenThousandths(discount === '' ? '0' : discount))
  const unit = 1_000_000n
  const [whole, rest] = [exact / unit, exact % unit]
  const up = rest * 2n > unit || (rest * 2n === unit && whole % 2n === 1n)
  return Number(up ? whole + 1n : whole)
}

interface SaleRow {
  order_no: string
  n: number
  amount: number
}

const soldByOrder = ({ who }: ImportWorld) =>
  db.database.read(who, (tx) =>
    tx.rows<SaleRow>(sql`
      SELECT order_no, count(*) AS n, sum(amount)::int8 AS amount FROM sale
      WHERE org_id = ${tx.orgId} AND change_out IS NULL AND source = 'orders' GROUP BY order_no ORDER BY order_no COLLATE "C"`),
  )

const revenueBy = async (
  world: ImportWorld,
  by: 'seller' | 'year',
  from: string,
  until: string,
) => {
  const { rows } = await world.call<{
    rows: { seller?: { name: string }; year?: string; revenue: { value?: number } }[]
  }>('results.figures', { metric: ['revenue'], by: [by], from, until })
  return Object.fromEntries(
    rows.map((row) => [row.seller?.name ?? row.year ?? '-', row.revenue.value ?? 0]),
  )
}
const sum = (of: Record<string, number>) => Object.values(of).reduce((a, b) => a + b, 0)

describe('northwind', () => {
  const northwind = (name: string) => file('northwind', name)
  const takes = {
    heads: (world: ImportWorld) =>
      world.takeFile(northwind('orders.csv'), {
        kind: 'orders',
        mapping: {
          currency: 'USD',
          columns: {
            OrderID: 'order_no',
            CustomerID: 'customer',
            EmployeeID: 'seller',
            OrderDate: 'ordered_on',
          },
        },
      }),
    lines: (world: ImportWorld) =>
      world.takeFile(northwind('order_details.csv'), {
        kind: 'order-lines',
        mapping: {
          currency: 'USD',
          columns: {
            OrderID: 'order_no',
            ProductID: 'product',
            UnitPrice: 'price',
            Quantity: 'quantity',
            Discount: 'discount',
          },
        },
      }),
    sellers: (world: ImportWorld) =>
      world.takeFile(northwind('employees.csv'), {
        kind: 'sellers',
        mapping: {
          columns: { EmployeeID: 'external_id', FirstName: 'first_name', LastName: 'last_name' },
        },
      }),
    customers: (world: ImportWorld) =>
      world.takeFile(northwind('customers.csv'), {
        kind: 'customers',
        mapping: {
          columns: {
            CustomerID: 'external_id',
            CompanyName: 'name',
            Country: 'country',
            City: 'city',
          },
        },
      }),
    products: (world: ImportWorld) =>
      world.takeFile(northwind('products.csv'), {
        kind: 'products',
        mapping: {
          currency: 'USD',
          columns: { ProductID: 'external_id', ProductName: 'name', UnitPrice: 'list_price' },
        },
      }),
  }
  type Part = keyof typeof takes

  test.each([
    [['heads', 'lines', 'sellers', 'customers', 'products']],
    [['lines', 'products', 'heads', 'customers', 'sellers']],
    [['sellers', 'customers', 'products', 'lines', 'heads']],
  ] as [Part[]][])('%j', { timeout: 120_000 }, async (order) => {
    const world = await importWorld(db, { currency: 'USD' })
    for (const part of order) await takes[part](world)

    const wanted = new Map<string, { n: number; amount: number }>()
    for (const line of await rowsOf(northwind('order_details.csv'))) {
      const { OrderID = '', UnitPrice = '', Quantity = '', Discount = '' } = line
      const known = wanted.get(OrderID) ?? { n: 0, amount: 0 }
      known.n += 1
      known.amount += lineCents(UnitPrice, Quantity, Discount)
      wanted.set(OrderID, known)
    }
    const sold = await soldByOrder(world)
    expect(sold).toEqual(
      [...wanted]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([order_no, row]) => ({ order_no, ...row })),
    )
    expect(sold).toHaveLength(830)
    expect(sold.reduce((n, row) => n + row.n, 0)).toBe(2_155)
    expect(sold.reduce((total, row) => total + row.amount, 0)).toBe(126_579_302)

    const byName = await revenueBy(world, 'seller', '1996-01-01', '1999-01-01')
    const bySeller = Object.fromEntries(
      Object.entries(byName).map(([name, value]) => [name.split(' ').at(-1) ?? '', value]),
    )
    const known = {
      Peacock: 23_289_085,
      Leverling: 20_281_284,
      Davolio: 19_210_760,
      Fuller: 16_653_776,
      Callahan: 12_686_228,
      King: 12_456_824,
      Dodsworth: 7_730_807,
      Suyama: 7_391_313,
      Buchanan: 6_879_228,
    }
    expect(Object.keys(bySeller).sort()).toEqual(Object.keys(known).sort())
    for (const [name, value] of Object.entries(known))
      expect(Math.abs((bySeller[name] ?? 0) - value), name).toBeLessThanOrEqual(5)
    expect(sum(bySeller)).toBe(126_579_302)

    for (const part of order) {
      const { counts } = await takes[part](world)
      expect([part, counts.added, counts.updated, counts.rejected]).toEqual([part, 0, 0, 0])
    }
    expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
  })

  test('taken back, nothing is left of it', { timeout: 120_000 }, async () => {
    const world = await importWorld(db, { currency: 'USD' })
    const heads = await takes.heads(world)
    const lines = await takes.lines(world)
    for (const { id } of [lines, heads]) await world.call('imports.undo', { id })
    expect(await soldByOrder(world)).toEqual([])
    expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
  })
})

test('cdnow: purchases without a number, among them real duplicates', {
  timeout: 120_000,
}, async () => {
  const world = await importWorld(db, { currency: 'USD' })
  const take = () =>
    world.takeFile(file('cdnow', 'CDNOW_sample.txt'), {
      kind: 'orders',
      mapping: {
        header: false,
        delimiter: 'blank',
        currency: 'USD',
        dates: 'YYYYMMDD',
        columns: { '2': 'customer', '3': 'ordered_on', '4': 'quantity', '5': 'amount' },
      },
    })
  expect((await take()).counts).toMatchObject({ read: 6_919, added: 6_919, rejected: 0 })
  const [row] = await db.database.read(world.who, (tx) =>
    tx.rows<Record<string, unknown>>(sql`
      SELECT count(*) AS n, sum(base_amount)::int8 AS amount, sum(quantity)::int8 AS discs, count(DISTINCT customer_id) AS customers,
        count(*) FILTER (WHERE amount = 0) AS free, min(c.name) AS first
      FROM sale s JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
      WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL`),
  )
  expect(row).toEqual({
    n: 6_919,
    amount: 24_409_194,
    discs: 16_479,
    customers: 2_357,
    free: 8,
    first: '0001',
  })
  expect((await take()).counts).toMatchObject({ added: 0, updated: 0, unchanged: 6_919 })
})
