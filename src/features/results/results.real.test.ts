// The Maven CRM files, loaded here plainly, against every line of their check figures.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import type { Figure } from '../../basics/figure.ts'
import { insertFacts, insertRecords, type Row } from '../../platform/database/bulk.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Actor } from '../../platform/database/with-org.ts'
import type { Asking } from './asked.ts'
import type { DimensionId, MetricId } from './contract.ts'
import { resultsOperations as operations } from './operations.ts'

const folder = join(import.meta.dirname, '../../../../shared/data/crm-maven')
type Line = Record<string, string>

async function lines(name: string): Promise<Line[]> {
  const text = await readFile(join(folder, name), 'utf8')
  return Papa.parse<Line>(text, { header: true, skipEmptyLines: true }).data
}

let db: TestDatabase
let actor: Actor
let all: Asking
const ids = new Map<string, string>()

function idOf(kind: string, key: string): string {
  const found = ids.get(`${kind}:${key}`) ?? db.newId()
  ids.set(`${kind}:${key}`, found)
  return found
}
const named = (kind: string, name: string): Row => ({
  id: idOf(kind, name),
  name,
  name_key: nameKey(name),
})
const distinct = (list: Line[], column: string) => [
  ...new Set(list.map((line) => line[column] ?? '')),
]

beforeAll(async () => {
  if (!existsSync(folder)) throw new Error(`not run: ${folder} is not there`)
  db = await freshDatabase()
  actor = await db.newOrg({ currency: 'USD', zone: 'America/New_York' })
  all = {
    who: { ...actor, sellerId: null, roles: [] },
    reach: 'all',
    clock: () => Date.parse('2026-11-25T12:00:00Z'),
    read: (work) => db.database.read(actor, work),
  }
  const [pipeline, accounts, products, teams] = await Promise.all(
    ['sales_pipeline.csv', 'accounts.csv', 'products.csv', 'sales_teams.csv'].map(lines),
  )
  await load(pipeline ?? [], accounts ?? [], products ?? [], teams ?? [])
})
afterAll(() => db?.close())

async function load(
  pipeline: Line[],
  accounts: Line[],
  products: Line[],
  teams: Line[],
): Promise<void> {
  await db.database.write(actor, 'test.records', async (tx) => {
    await insertRecords(
      tx,
      'seller',
      distinct(teams, 'sales_agent').map((name) => named('seller', name)),
    )
    await insertRecords(
      tx,
      'person',
      distinct(teams, 'manager').map((name) => named('person', name)),
    )
    await insertRecords(
      tx,
      'team',
      distinct(teams, 'regional_office').map((name) => ({
        ...named('office', name),
        kind: 'office',
      })),
    )
    const offices = new Map(teams.map((line) => [line.manager ?? '', line.regional_office ?? '']))
    await insertRecords(
      tx,
      'team',
      [...offices].map(([manager, office]) => ({
        ...named('team', manager),
        kind: 'team',
        parent_id: idOf('office', office),
      })),
    )
    await insertRecords(
      tx,
      'product',
      products.map((line) => ({ ...named('product', line.product ?? ''), family: line.series })),
    )
    await insertRecords(
      tx,
      'customer',
      accounts.map((line) => ({ ...named('customer', line.account ?? ''), industry: line.sector })),
    )
    const stages = { Prospecting: 'open', Engaging: 'open', Won: 'won', Lost: 'lost' }
    await insertRecords(
      tx,
      'stage',
      Object.entries(stages).map(([name, outcome], position) => ({
        ...named('stage', name),
        position,
        outcome,
      })),
    )
    await insertFacts(tx, 'membership', [
      ...teams.map((line) => ({
        id: db.newId(),
        kind: 'member',
        team_id: idOf('team', line.manager ?? ''),
        seller_id: idOf('seller', line.sales_agent ?? ''),
      })),
      ...[...offices.keys()].map((manager) => ({
        id: db.newId(),
        kind: 'lead',
        team_id: idOf('team', manager),
        person_id: idOf('person', manager),
      })),
    ])
  })
  await db.database.write(
    actor,
    'test.deals',
    async (tx) => {
      const deals = pipeline.map((line) => {
        const amount = line.close_value === '' ? {} : { amount: 100 * Number(line.close_value) }
        const stage = line.deal_stage ?? ''
        return {
          id: db.newId(),
          external_id: line.opportunity_id,
          seller_id: idOf('seller', line.sales_agent ?? ''),
          product_id: idOf('product', line.product === 'GTXPro' ? 'GTX Pro' : (line.product ?? '')),
          ...(line.account === '' ? {} : { customer_id: idOf('customer', line.account ?? '') }),
          stage_id: idOf('stage', stage),
          outcome: stage === 'Won' ? 'won' : stage === 'Lost' ? 'lost' : 'open',
          ...(line.engage_date === '' ? {} : { opened_on: line.engage_date }),
          ...(line.close_date === '' ? {} : { closed_on: line.close_date }),
          currency: 'USD',
          ...amount,
          ...('amount' in amount ? { base_amount: amount.amount } : {}),
        }
      })
      await insertFacts(tx, 'deal', deals)
      await insertFacts(
        tx,
        'sale',
        deals
          .filter(({ outcome }) => outcome === 'won')
          .map(
            ({
              external_id: _,
              stage_id: __,
              outcome: ___,
              opened_on: ____,
              closed_on,
              ...rest
            }) => ({
              ...rest,
              deal_id: rest.id,
              source: 'deals',
              kind: 'sale',
              on_day: closed_on,
              quantity: 1,
            }),
          ),
      )
    },
    { long: true },
  )
}

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
      const key = line.key === 'GTXPro' ? 'GTX Pro' : (line.key ?? '')
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
