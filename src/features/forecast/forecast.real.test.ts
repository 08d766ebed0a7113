// Back-tests on the practice data: by week on the CRM set, by month on the reseller lines; errors and coverage are printed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { forecastContract } from './contract.ts'

type BackTest = OutputOf<(typeof forecastContract)['forecast.backtest']>
type Shown = OutputOf<(typeof forecastContract)['forecast.show']>

const data = process.env.KONTOR_REAL_DATA ?? '../shared/data'
let db: TestDatabase

beforeAll(async () => {
  expect(existsSync(data), `the practice data is in ${data}`).toBe(true)
  db = await freshDatabase()
})
afterAll(() => db?.close())

/** Error against the baseline and coverage, per method and per horizon. */
function printed(title: string, { by, periods, models, rows, method }: BackTest): string {
  const share = ({ inside, of }: { inside: number; of: number }) => `${inside} of ${of}`
  const two = (value: number | null) => (value === null ? '—' : value.toFixed(2))
  const lines = models.map(
    (one) =>
      `  ${one.shown ? '*' : ' '} ${one.method}: MASE ${two(one.mase)} (baseline ${two(one.naiveMase)}), WAPE ${two(one.wape)}, inside 80 %: ${share(one.coverage80)}, inside 95 %: ${share(one.coverage95)}, ${one.origins} origins`,
  )
  const horizons = [...new Set(rows.map(({ horizon }) => horizon))].map((horizon) => {
    const at = rows.filter((row) => row.horizon === horizon)
    const mean = (of: (row: (typeof at)[number]) => number | null) =>
      Math.round(at.reduce((sum, row) => sum + Math.abs(of(row) ?? 0), 0) / at.length / 100)
    return `    ${method}, ${horizon} ahead: off by ${mean((row) => row.error)}, baseline ${mean((row) => row.naiveError)}, inside 80 %: ${at.filter(({ inside80 }) => inside80).length} of ${at.length}`
  })
  return [`${title} (${periods.have} ${by}s, shown: ${method})`, ...lines, ...horizons, ''].join(
    '\n',
  )
}

const plausible = ({ rows, models }: BackTest) => {
  expect(models.find(({ method }) => method === 'seasonal_naive')?.origins).toBeGreaterThan(11)
  for (const row of rows) {
    expect(row.low95).toBeLessThanOrEqual(row.low80)
    expect(row.low80).toBeLessThanOrEqual(row.high80)
    expect(row.high80).toBeLessThanOrEqual(row.high95)
    expect(row.error).toBeCloseTo(row.mean - row.actual, 6)
  }
}

test('crm-maven: by week it is tested, by month there is not enough yet', async () => {
  const folder = join(data, 'crm-maven')
  const world = await importWorld(db, { currency: 'USD' })
  for (const name of ['sales_teams.csv', 'products.csv', 'accounts.csv', 'sales_pipeline.csv']) {
    await world.takeFile(join(folder, name), { preset: 'maven' })
  }
  const weekly = await world.call<BackTest>('forecast.backtest', { by: 'week', horizon: 4 })
  expect(weekly.today).toBe('2018-01-01')
  expect(weekly.periods.have).toBe(44)
  plausible(weekly)
  process.stdout.write(printed('crm-maven by week', weekly))
  for (const method of ['pipeline', 'combination'] as const) {
    const tested = await world.call<BackTest>('forecast.backtest', {
      by: 'week',
      horizon: 4,
      method,
    })
    process.stdout.write(`${printed('crm-maven by week', tested)}  ${tested.finding}\n`)
  }
  const monthly = await world.call<BackTest>('forecast.backtest', { by: 'month' })
  expect(monthly.missing?.text).toContain('Not enough data yet: 10 of 36 months.')
  expect([monthly.rows, monthly.models]).toEqual([[], []])
  const shown = await world.call<Shown>('forecast.show', { by: 'month' })
  expect(shown.rows.map(({ method }) => method)).toEqual(new Array(6).fill('pipeline'))
  expect(shown.pipeline).toMatchObject({ deals: 2089, withoutAmount: 2089 })
  process.stdout.write(`  ${shown.finding}\n`)
}, 300_000)

test('adventureworks: 35 months test the baseline and the level; seasons need one more', async () => {
  const world = await importWorld(db, { currency: 'USD' })
  const mapping = {
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
  }
  const lines = join(data, 'adventureworks', 'reseller_sales_lines.csv.gz')
  await world.takeFile(lines, { kind: 'orders', mapping })
  const monthly = await world.call<BackTest>('forecast.backtest', { by: 'month' })
  expect(monthly.periods).toEqual({ have: 35, baseline: 13, tested: 25, seasonal: 36 })
  expect(monthly.today).toBe('2020-06-01')
  plausible(monthly)
  process.stdout.write(printed('adventureworks by month', monthly))
  const shown = await world.call<Shown>('forecast.show', { by: 'month' })
  expect(shown.pipeline).toBeNull()
  expect(shown.notes.join(' ')).toContain('counted from orders')
  process.stdout.write(`  ${shown.finding}\n`)
}, 300_000)
