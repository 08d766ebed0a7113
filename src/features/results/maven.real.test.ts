// crm-maven: figures by segment, cohorts, funnel and contributions against SQL written by hand on the bare files.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Both,
  bothOf,
  dealsInSql,
  expectCohorts,
  expectSegments,
  salesInSql,
} from '../../../tests/against-sql.ts'
import { dividedIds, expectChange } from '../../../tests/changes-against-sql.ts'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import { rawFiles } from '../../../tests/raw-files.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { DimensionId, resultsContract } from './contract.ts'

type Answer<Name extends keyof typeof resultsContract> = OutputOf<(typeof resultsContract)[Name]>

let db: TestDatabase
let both: Both

beforeAll(async () => {
  const raw = await rawFiles('crm-maven', {
    account: 'accounts.csv',
    product: 'products.csv',
    agent: 'sales_teams.csv',
    opportunity: 'sales_pipeline.csv',
  })
  // The product that is spelled in two ways is one, as answered below.
  await raw.run(`
    CREATE VIEW pipeline AS
    SELECT o.n, opportunity_id, deal_stage AS stage, engage_date::DATE AS opened, close_date::DATE AS closed,
      deal_stage = 'Won' AS won, (100 * close_value::DECIMAL(18, 2))::BIGINT AS cents,
      closed - opened AS days, sales_agent AS seller, manager, regional_office AS office,
      p.product, series AS family, (100 * sales_price::DECIMAL(18, 2))::BIGINT AS list,
      o.account AS customer, sector AS industry, office_location AS country,
      CASE WHEN employees::INT < 10 THEN '0–9' WHEN employees::INT < 50 THEN '10–49'
        WHEN employees::INT < 250 THEN '50–249' WHEN employees::INT < 1000 THEN '250–999'
        WHEN employees::INT < 5000 THEN '1,000–4,999' WHEN employees IS NOT NULL THEN '5,000+' END AS size
    FROM opportunity o LEFT JOIN account a ON a.account = o.account LEFT JOIN agent USING (sales_agent)
    LEFT JOIN product p ON replace(p.product, ' ', '') = replace(o.product, ' ', '')`)
  await raw.run(`
    CREATE TABLE deal AS SELECT *, closed AS day FROM pipeline WHERE stage IN ('Won', 'Lost')`)
  // Every opportunity won is a sale on the day it was closed, of one piece.
  await raw.run(`
    CREATE TABLE sale AS SELECT *, 1 AS quantity, min(day) OVER (PARTITION BY customer) AS first_day,
      row_number() OVER (PARTITION BY customer ORDER BY day, n) = 1 AS first
    FROM deal WHERE won`)

  db = await freshDatabase()
  const world = await importWorld(db, { currency: 'USD' })
  for (const name of ['sales_teams.csv', 'products.csv', 'accounts.csv', 'sales_pipeline.csv']) {
    const batch = await world.upload(name, await readFile(raw.path(name)), { preset: 'maven' })
    const accept = batch.suggestions
      .filter(({ value }) => value.includes('GTX'))
      .map(({ kind, value, like }) => ({ kind, value, like }))
    if (accept.length > 0) await world.call('imports.set-mapping', { id: batch.id, accept })
    await world.apply(batch.id)
  }
  both = await bothOf(world, raw)
}, 120_000)
afterAll(async () => {
  both?.raw.close()
  await db?.close()
})

/** Dimension → SQL of its cell, over every table of facts. */
const dimensions: Partial<Record<DimensionId, string>> = {
  seller: 'seller',
  manager: 'manager',
  office: 'office',
  product: 'product',
  family: 'family',
  customer: 'customer',
  industry: 'industry',
  country: 'country',
  size: 'size',
}
const all = { from: '2017-03-01', until: '2018-01-01' }

const quarters = {
  second: { from: '2017-04-01', until: '2017-07-01' },
  third: { from: '2017-07-01', until: '2017-10-01' },
  fourth: { from: '2017-10-01', until: '2018-01-01' },
}
describe.each(Object.entries(dimensions) as [DimensionId, string][])('by %s', (by, cell) => {
  test('figures, with their totals by quarter and in all', async () => {
    for (const [facts, metrics] of [
      ['sale', salesInSql],
      ['deal', dealsInSql],
    ] as const)
      expect(await expectSegments(both, { by, cell, facts, metrics, span: all })).toBeGreaterThan(
        90,
      )
  })

  test('what a change is made of', async () => {
    for (const metric of dividedIds) {
      const periods = { before: quarters.third, now: quarters.fourth }
      expect(await expectChange(both, { metric, by, cell, ...periods })).toBeGreaterThan(2)
    }
  })
})

test('two segments crossed', async () => {
  for (const [by, other] of [
    ['family', 'office'],
    ['industry', 'size'],
    ['manager', 'product'],
  ] as const) {
    const across = { by: other, cell: dimensions[other] ?? '' }
    const asked = { by, cell: dimensions[by] ?? '', across, span: all }
    await expectSegments(both, { ...asked, facts: 'sale', metrics: salesInSql })
    await expectSegments(both, { ...asked, facts: 'deal', metrics: dealsInSql })
  }
})

test('compared with the quarter before', async () => {
  const { rows, compared } = await both.world.call<Answer<'results.cross'>>('results.cross', {
    metric: ['win-rate', 'revenue'],
    by: ['industry'],
    period: '2017-Q4',
    compare: 'previous',
  })
  expect(compared?.period).toMatchObject(quarters.third)
  const found = await both.raw.rows(`
    SELECT industry, count(*) FILTER (WHERE won) / count(*)::DOUBLE AS rate, sum(cents) AS revenue
    FROM deal WHERE day >= DATE '2017-07-01' AND day < DATE '2017-10-01' GROUP BY industry`)
  expect(rows).toHaveLength(found.length)
  for (const { industry, rate, revenue } of found) {
    const figures = rows.find(({ cell }) => cell === industry)?.figures
    expect(figures?.['win-rate']?.before?.value, `${industry}`).toBeCloseTo(Number(rate), 9)
    expect(figures?.revenue?.before?.value, `${industry}`).toBe(revenue)
  }
})

test('totals of ratios are no sums, those of amounts are', async () => {
  const { rows, total } = await both.world.call<Answer<'results.cross'>>('results.cross', {
    metric: ['revenue', 'win-rate', 'average-deal', 'sales-cycle'],
    by: ['office'],
    ...all,
  })
  const sum = (id: 'revenue' | 'win-rate' | 'average-deal' | 'sales-cycle') =>
    rows.reduce((added, { figures }) => added + (figures[id]?.now.value ?? 0), 0)
  expect(rows.map(({ label }) => label).toSorted()).toEqual(['Central', 'East', 'West'])
  expect(sum('revenue')).toBe(total.revenue?.now.value)
  expect(total.revenue?.now.value).toBe(1_000_553_400)
  // 4,238 won and 2,473 lost; the median of all is 57 days.
  expect(total['win-rate']?.now.value).toBeCloseTo(4238 / 6711, 9)
  expect(total['sales-cycle']?.now.value).toBe(57)
  for (const id of ['win-rate', 'average-deal', 'sales-cycle'] as const)
    expect(sum(id)).toBeGreaterThan(2 * (total[id]?.now.value ?? 0))
})

test.each(['quarter', 'month'] as const)('cohorts by %s', async (grain) => {
  expect(await expectCohorts(both, grain, all)).toBeGreaterThan(grain === 'month' ? 10 : 4)
})

test('the deals behind a figure are as many as the rows of the file', async () => {
  const found = await both.raw.rows(`
    SELECT industry, manager, count(*) FILTER (WHERE won) AS won, count(*) AS closed, sum(cents) AS revenue
    FROM deal WHERE day >= DATE '2017-10-01' GROUP BY ALL`)
  expect(found.length).toBeGreaterThan(50)
  for (const { industry, manager, won, closed, revenue } of found.filter((_, i) => i % 7 === 0)) {
    const where = { industry: [String(industry)], manager: [String(manager)] }
    const why = (metric: string) =>
      both.world.call<Answer<'results.why'>>('results.why', { metric, period: '2017-Q4', where })
    const about = `${industry}, ${manager}`
    expect((await why('win-rate')).total, about).toBe(closed)
    const sold = await why('revenue')
    expect([sold.total, sold.figure.value], about).toEqual([won, revenue])
  }
})

describe('deals on their way', () => {
  const spans = [
    ...Object.values(quarters),
    { from: '2016-10-01', until: '2017-01-01' },
    { from: '2016-10-01', until: '2018-01-01' },
  ]

  test.each(spans)('those opened $from to $until, followed to their end', async (span) => {
    const [row] = await both.raw.rows(`
      SELECT count(*) AS opened, count(*) FILTER (WHERE stage = 'Won') AS won, count(*) FILTER (WHERE stage = 'Lost') AS lost,
        count(*) FILTER (WHERE stage = 'Engaging') AS open, median(days) FILTER (WHERE won) AS median
      FROM pipeline WHERE opened >= DATE '${span.from}' AND opened < DATE '${span.until}'`)
    const { opened, won, lost, open, median } = row ?? {}
    const funnel = await both.world.call<Answer<'results.funnel'>>('results.funnel', span)
    expect(funnel).toMatchObject({ opened, won, lost, open, cycle: { value: median } })
    // Nobody wrote down how far the lost ones had come, so there are no steps that could be trusted.
    expect(funnel).toMatchObject({ unknown: lost, steps: [] })
    expect(funnel.winRate.value).toBeCloseTo(Number(won) / (Number(won) + Number(lost)), 9)
  })

  test('by segment', async () => {
    const found = await both.raw.rows(`
      SELECT office, family, count(*) AS opened, count(*) FILTER (WHERE won) AS won,
        count(*) FILTER (WHERE stage = 'Lost') AS lost, median(days) FILTER (WHERE won) AS median
      FROM pipeline WHERE opened IS NOT NULL GROUP BY ALL`)
    expect(found).toHaveLength(9)
    for (const { office, family, opened, won, lost, median } of found) {
      const funnel = await both.world.call<Answer<'results.funnel'>>('results.funnel', {
        where: { office: [String(office)], family: [String(family)] },
      })
      expect(funnel, `${office}, ${family}`).toMatchObject({ opened, won, lost })
      expect(funnel.cycle.value, `${office}, ${family}`).toBe(median ?? undefined)
    }
  })

  test.each(['office', 'industry', 'seller'] as const)('by %s, all at once', async (by) => {
    const found = await both.raw.rows(`
      SELECT coalesce(${by}, '-') AS cell, count(*) AS opened, count(*) FILTER (WHERE won) AS won,
        count(*) FILTER (WHERE stage = 'Lost') AS lost, median(days) FILTER (WHERE won) AS median
      FROM pipeline WHERE opened IS NOT NULL GROUP BY 1`)
    const { groups, groupCount } = await both.world.call<Answer<'results.funnel'>>(
      'results.funnel',
      { by },
    )
    expect(groupCount).toBe(found.length)
    for (const { cell, opened, won, lost, cycle } of groups) {
      const name = cell === null ? '-' : typeof cell === 'string' ? cell : cell.name
      const row = found.find((one) => one.cell === name)
      expect({ cell: name, opened, won, lost, median: cycle.value ?? null }).toEqual(row)
    }
    expect(groups.length).toBeGreaterThan(2)
  })

  test('open at the end of each quarter, by stage', async () => {
    // Prospects have no day on which they began: they are there as long as nothing has become of them.
    for (const { from, until } of Object.values(quarters)) {
      const found = await both.raw.rows(`
        SELECT CASE WHEN stage IN ('Won', 'Lost') THEN 'closed since' ELSE stage END AS stage, count(*) AS deals
        FROM pipeline
        WHERE (opened < DATE '${until}' OR opened IS NULL) AND (closed IS NULL OR closed >= DATE '${until}') GROUP BY 1`)
      const behind = async (where: object) =>
        (
          await both.world.call<Answer<'results.rows'>>('results.rows', {
            metric: 'pipeline',
            from,
            until,
            where,
            limit: 1,
          })
        ).total
      const deals = (stage: string) => Number(found.find((row) => row.stage === stage)?.deals ?? 0)
      expect(await behind({ stage: ['Prospecting'] })).toBe(deals('Prospecting'))
      expect(await behind({ stage: ['Engaging'] })).toBe(deals('Engaging'))
      expect(await behind({})).toBe(found.reduce((all, row) => all + Number(row.deals), 0))
    }
  })
})
