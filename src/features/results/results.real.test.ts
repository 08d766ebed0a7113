// The Maven CRM files, taken in by their preset, against every line of their check figures.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import type { Figure } from '../../basics/figure.ts'
import type { Asking } from './asked.ts'
import type { DimensionId, MetricId } from './contract.ts'
import { resultsOperations as operations } from './operations.ts'

const folder = join(process.env.KONTOR_REAL_DATA ?? '../shared/data', 'crm-maven')
type Line = Record<string, string>

/** The check figures have neither quotes nor commas in their cells. */
async function lines(name: string): Promise<Line[]> {
  const [header = [], ...rows] = (await readFile(join(folder, name), 'utf8'))
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(','))
  return rows.map((row) => Object.fromEntries(header.map((title, i) => [title, row[i] ?? ''])))
}

let db: TestDatabase
let all: Asking

beforeAll(async () => {
  expect(existsSync(folder), `the practice data is in ${folder}`).toBe(true)
  db = await freshDatabase()
  const world = await importWorld(db, { currency: 'USD' })
  for (const name of ['sales_teams.csv', 'products.csv', 'accounts.csv', 'sales_pipeline.csv']) {
    await world.takeFile(join(folder, name), { preset: 'maven' })
  }
  all = {
    who: world.who,
    reach: 'all',
    clock: () => Date.parse('2026-11-25T12:00:00Z'),
    read: (work) => db.database.read(world.who, work),
  }
}, 120_000)
afterAll(() => db?.close())

const dimensionOf: Readonly<Record<string, DimensionId>> = {
  sales_agent: 'seller',
  manager: 'manager',
  regional_office: 'office',
  quarter_of_close: 'quarter',
  month_of_close: 'month',
  product: 'product',
  sector: 'industry',
  account: 'customer',
}
const asked: MetricId[] = ['deals-won', 'deals-lost', 'revenue', 'win-rate', 'sales-cycle']
const value = (row: Record<string, unknown> | undefined, metric: MetricId) =>
  (row?.[metric] as Figure | undefined)?.value

describe('check figures', () => {
  test('every line', async () => {
    const checks = await lines('check_figures.csv')
    expect(checks.length).toBeGreaterThan(60)
    const answers = new Map<DimensionId, Map<string, Record<string, unknown>>>()
    for (const dimension of new Set(checks.map((line) => dimensionOf[line.dimension ?? '']))) {
      if (!dimension) throw new Error('a dimension of the check figures is not known')
      const { rows } = await operations['results.figures'](all, {
        metric: asked,
        by: [dimension],
        period: '2017',
        where: {},
      })
      answers.set(
        dimension,
        new Map(
          rows.map((row) => {
            const cell = row[dimension] as string | { name: string } | null
            return [typeof cell === 'string' ? cell : (cell?.name ?? '-'), row]
          }),
        ),
      )
    }
    for (const line of checks) {
      const dimension = dimensionOf[line.dimension ?? ''] ?? 'seller'
      const key = line.key ?? ''
      const about = `${line.dimension} ${key}`
      const row = answers.get(dimension)?.get(key)
      expect(value(row, 'deals-won'), about).toBe(Number(line.won))
      expect(value(row, 'deals-lost'), about).toBe(Number(line.lost))
      expect(value(row, 'revenue'), about).toBe(100 * Number(line.revenue_won))
      expect(100 * (value(row, 'win-rate') ?? 0), about).toBeCloseTo(
        Number(line.win_rate_pct_of_closed),
        1,
      )
      if (line.median_days_to_close_won !== '') {
        expect(value(row, 'sales-cycle'), about).toBe(Number(line.median_days_to_close_won))
      }
      // Deals open at the end of a month are another question than deals that never closed.
      if (dimension === 'month' || dimension === 'quarter') continue
      const open = await operations['results.rows'](all, {
        metric: 'pipeline',
        period: '2017',
        where: { [dimension]: [key] },
        limit: 1,
      })
      expect(open.total, about).toBe(Number(line.open))
    }
  })

  test('the whole', async () => {
    const { rows, period } = await operations['results.figures'](all, {
      metric: asked,
      by: [],
      period: '2017',
      where: {},
    })
    expect(period.byDefault).toBe(false)
    expect(value(rows[0], 'deals-won')).toBe(4238)
    expect(value(rows[0], 'deals-lost')).toBe(2473)
    expect(value(rows[0], 'revenue')).toBe(1_000_553_400)
    expect(value(rows[0], 'win-rate')).toBeCloseTo(0.6315, 4)
    expect(value(rows[0], 'sales-cycle')).toBe(57)
  })

  test('the five agents without opportunities appear with 0', async () => {
    const { rows } = await operations['results.figures'](all, {
      metric: ['revenue'],
      by: ['seller'],
      period: '2017',
      where: {},
    })
    expect(rows).toHaveLength(35)
    const idle = rows
      .filter((row) => value(row, 'revenue') === 0)
      .map((row) => (row.seller as { name: string }).name)
    expect(idle).toEqual([
      'Carl Lin',
      'Carol Thompson',
      'Elizabeth Anderson',
      'Mei-Mei Johns',
      'Natalya Ivanova',
    ])
  })

  test('the overview of the last quarter with data', async () => {
    const overview = await operations['results.overview'](all, { where: {}, lang: 'en' })
    expect(overview.period).toEqual({
      id: '2017-Q4',
      from: '2017-10-01',
      until: '2018-01-01',
      byDefault: true,
    })
    expect(overview.figures.revenue?.now.value).toBe(280_249_600)
    expect(overview.changedTotal.value).toBe(280_249_600 - 298_225_500)
    expect(overview.finding.replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(
      'Revenue is 2.80 M USD, 6 % below the previous quarter: fewer sales in East.',
    )
    const german = await operations['results.overview'](all, { where: {}, lang: 'de' })
    expect(german.finding.replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(
      'Der Umsatz beträgt 2,80 Mio. USD, 6 % unter dem Vorquartal: weniger Verkäufe in East.',
    )
    expect(overview.figures.pipeline?.now.missing?.text).toBe(
      'None of the 2,089 open deals has an amount.',
    )
    expect(overview.figures.revenue?.yearAgo.missing?.text).toBe('Records begin on 1 March 2017.')
  })
})
