// The public bicycle maker: quotas by period and lines of resellers give the attainment that plain arithmetic gives.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { quotaContract } from './contract.ts'

type Attainment = OutputOf<(typeof quotaContract)['quotas.attainment']>

const folder = join(process.env.KONTOR_REAL_DATA ?? '../shared/data', 'adventureworks')
let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

async function rowsOf(name: string): Promise<Record<string, string>[]> {
  const bytes = await readFile(join(folder, name))
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
  const [head = '', ...lines] = text.trim().split('\n')
  const names = head.trim().split(',')
  return lines.map((line) => {
    const cells = line.trim().split(',')
    return Object.fromEntries(names.map((one, i) => [one, cells[i] ?? '']))
  })
}

/** `1234.5600` in cents. */
const cents = (text: string) => Math.round(Number(text) * 100)

/** The k-th quarter from the third of 2017 on: where the lines begin. */
const quarterName = (k: number) => `${2017 + Math.floor((k + 2) / 4)}-Q${((k + 2) % 4) + 1}`

test('163 quotas against 57,851 lines, by person and quarter', { timeout: 300_000 }, async () => {
  const world = await importWorld(db, { currency: 'USD' })
  const lines = await world.takeFile(join(folder, 'reseller_sales_lines.csv.gz'), {
    kind: 'orders',
    mapping: {
      currency: 'USD',
      columns: {
        SalesOrderNumber: 'order_no',
        OrderDate: 'ordered_on',
        ProductKey: 'product',
        ResellerKey: 'customer',
        BusinessEntityID: 'seller',
        OrderQuantity: 'quantity',
        UnitPrice: 'price',
        TotalProductCost: 'cost',
        SalesAmount: 'amount',
      },
    },
  })
  expect(lines.counts).toMatchObject({ read: 57_851, added: 57_851, rejected: 0 })

  // The file dates quotas by the day they were set, in another edition's years: the twelve dates are the
  // twelve quarters of the lines, in their order. A date's own calendar quarter would be another one.
  const quotas = await rowsOf('sales_person_quota_history.csv')
  const dates = [...new Set(quotas.map((row) => row.QuotaDate ?? ''))].sort()
  expect(dates).toHaveLength(12)
  const periods = Object.fromEntries(dates.map((date, k) => [date, quarterName(k)]))
  const path = join(folder, 'sales_person_quota_history.csv')
  const taken = await world.takeFile(path, {
    kind: 'quotas',
    mapping: {
      currency: 'USD',
      columns: { BusinessEntityID: 'seller', QuotaDate: 'period', SalesQuota: 'amount' },
      values: { QuotaDate: periods },
    },
  })
  expect(taken.counts).toMatchObject({ read: 163, added: 163, rejected: 0 })
  expect(
    (
      await world.takeFile(path, {
        kind: 'quotas',
        mapping: {
          currency: 'USD',
          columns: { BusinessEntityID: 'seller', QuotaDate: 'period', SalesQuota: 'amount' },
          values: { QuotaDate: periods },
        },
      })
    ).counts,
  ).toMatchObject({ added: 0, updated: 0, unchanged: 163 })

  const found = await world.call<Attainment>('quotas.attainment', {
    period: '2017-07-01..2020-07-01',
    limit: 200,
  })
  expect(found.periods.map(({ id }) => id)).toEqual(dates.map((_, k) => quarterName(k)))
  expect(found.rows).toHaveLength(17)

  const sold = new Map<string, number>()
  for (const row of await rowsOf('reseller_sales_lines.csv.gz')) {
    const [year = '', month = ''] = (row.OrderDate ?? '').split('-')
    const key = `${row.BusinessEntityID} ${year}-Q${Math.ceil(Number(month) / 3)}`
    sold.set(key, (sold.get(key) ?? 0) + cents(row.SalesAmount ?? ''))
  }
  const expected = quotas
    .map((row) => {
      const period = periods[row.QuotaDate ?? ''] ?? ''
      const quota = cents(row.SalesQuota ?? '')
      const measure = sold.get(`${row.BusinessEntityID} ${period}`) ?? 0
      return [row.BusinessEntityID, period, quota, measure, measure / quota] as const
    })
    .sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1))
  const told = found.rows
    .flatMap(({ holder, cells }) =>
      cells.flatMap((cell) =>
        cell
          ? [[holder.name, cell.period, cell.amount, cell.measure.value, cell.attainment.value]]
          : [],
      ),
    )
    .sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1))
  expect(told).toEqual(expected)
  expect(told).toHaveLength(163)

  // Sums of the README: all quotas, and those of single people.
  const sumOf = (name?: string) =>
    told.reduce((sum, row) => sum + (name === undefined || row[0] === name ? Number(row[2]) : 0), 0)
  expect(sumOf()).toBe(9_571_400_000)
  expect([sumOf('277'), sumOf('276'), sumOf('285')]).toEqual([
    1_219_800_000, 1_178_600_000, 20_500_000,
  ])
  expect(found.periods.reduce((sum, period) => sum + period.quota, 0)).toBe(9_571_400_000)
  for (const period of found.periods) {
    const here = expected.filter((row) => row[1] === period.id)
    expect(period.standing).toMatchObject({
      n: here.length,
      atOrAbove: here.filter((row) => row[4] >= 1).length,
      undefined: 0,
    })
  }
})
