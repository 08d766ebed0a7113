// Crossed questions: totals are questions of their own, comparisons are the same questions asked elsewhere.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadSmallWorld, type SmallWorld } from '../../../tests/results-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import type { GivenInputOf, OutputOf } from '../../basics/contract.ts'
import type { Figure } from '../../basics/figure.ts'
import type { DimensionId, MetricId } from './contract.ts'
import { crossContract } from './contract-cross.ts'
import { resultsOperations as operations } from './operations.ts'

type Cross = (typeof crossContract)['results.cross']
type Answer = OutputOf<Cross>

let db: TestDatabase
let world: SmallWorld
beforeAll(async () => {
  db = await freshDatabase()
  world = await loadSmallWorld(db, testSeed)
})
afterAll(() => db.close())

const within = { period: '2024' }
const cross = (given: GivenInputOf<Cross>): Promise<Answer> =>
  operations['results.cross'](
    world.asking(),
    crossContract['results.cross'].input.parse({ ...within, ...given }),
  )
const figures = async (
  metric: MetricId,
  by: DimensionId[],
  more: { where?: Partial<Record<DimensionId, string[]>>; period?: string } = {},
) =>
  (
    await operations['results.figures'](world.asking(), {
      metric: [metric],
      by,
      where: {},
      ...within,
      ...more,
    })
  ).rows
const key = (cell: unknown) => JSON.stringify(cell ?? null)

describe.each(['win-rate', 'sales-cycle', 'revenue', 'customers', 'average-deal'] as const)(
  '%s',
  (metric) => {
    test('every total, row, column and cell is what the question alone gives', async () => {
      const answer = await cross({ metric: [metric], by: ['team', 'month'] })
      const [whole] = await figures(metric, [])
      expect(answer.total[metric]?.now).toEqual(whole?.[metric])
      const byTeam = new Map(
        (await figures(metric, ['team'])).map((row) => [key(row.team), row[metric]]),
      )
      for (const { cell, figures: found } of answer.rows) {
        expect(found[metric]?.now).toEqual(byTeam.get(key(cell)))
      }
      const byMonth = new Map(
        (await figures(metric, ['month'])).map((row) => [key(row.month), row[metric]]),
      )
      for (const { cell, total } of answer.columns) expect(total).toEqual(byMonth.get(key(cell)))
      const both = new Map(
        (await figures(metric, ['team', 'month'])).map((row) => [
          key([row.team, row.month]),
          row[metric] as Figure,
        ]),
      )
      let seen = 0
      for (const row of answer.rows) {
        answer.columns.forEach((column, place) => {
          const alone = both.get(key([row.cell, column.cell])) ?? null
          expect(row.cells[place] ?? null).toEqual(alone)
          if (alone !== null) seen += 1
        })
      }
      expect(seen).toBe(both.size)
      expect(seen).toBeGreaterThan(6)
    })
  },
)

test('totals of ratios are no sums and no means of their parts; those of money are sums', async () => {
  const rate = await cross({ metric: ['win-rate', 'revenue'], by: ['seller'] })
  const values = (id: MetricId) => rate.rows.flatMap(({ figures: f }) => f[id]?.now.value ?? [])
  const sum = (of: number[]) => of.reduce((total, value) => total + value, 0)
  const total = rate.total['win-rate']?.now.value ?? 0
  expect(total).toBeLessThan(1)
  expect(sum(values('win-rate'))).toBeGreaterThan(1)
  expect(Math.abs(sum(values('win-rate')) / values('win-rate').length - total)).toBeGreaterThan(
    1e-6,
  )
  expect(sum(values('revenue'))).toBe(rate.total.revenue?.now.value)
})

describe('comparison', () => {
  test('with the period before and a year ago: the same questions there', async () => {
    for (const [compare, period] of [
      ['previous', '2024-Q1'],
      ['year-ago', '2023-Q2'],
    ] as const) {
      const answer = await cross({ metric: ['revenue'], by: ['team'], compare, period: '2024-Q2' })
      expect(answer.compared).toMatchObject({ kind: compare, period: { id: period } })
      const there = new Map(
        (await figures('revenue', ['team'], { period })).map((row) => [key(row.team), row.revenue]),
      )
      for (const { cell, figures: found } of answer.rows) {
        const before = found.revenue?.before
        expect(before?.value ?? 0).toBe((there.get(key(cell)) as Figure | undefined)?.value ?? 0)
        const now = found.revenue?.now.value
        // Where one of the two has no value nothing is said.
        const both = before?.value !== undefined && now !== undefined
        expect(found.revenue?.differs).toBe(both && before.value !== now)
      }
    }
  })

  test('months stand beside the months at their place', async () => {
    const answer = await cross({
      metric: ['deals-won'],
      by: ['month'],
      compare: 'year-ago',
      period: '2024-Q2',
    })
    const before = new Map(
      (await figures('deals-won', ['month'], { period: '2023-Q2' })).map((row) => [
        row.month,
        (row['deals-won'] as Figure).value,
      ]),
    )
    expect(answer.rows.map(({ cell }) => cell)).toEqual(['2024-04', '2024-05', '2024-06'])
    for (const { cell, figures: found } of answer.rows) {
      const then = String(cell).replace('2024', '2023')
      expect(found['deals-won']?.before?.value).toBe(before.get(then) ?? 0)
    }
  })

  test('with another selection: its filters take the place of those of the same dimension', async () => {
    const [one, other] = world.teams.filter(({ kind }) => kind === 'team')
    const id = (team: { key: string } | undefined) => world.id('team', team?.key ?? '')
    const answer = await cross({
      metric: ['win-rate'],
      where: { team: [id(one)] },
      compare: 'others',
      others: { team: [id(other)] },
    })
    const alone = async (team: typeof one) =>
      (await figures('win-rate', [], { where: { team: [id(team)] } }))[0]?.['win-rate']
    expect(answer.total['win-rate']?.now).toEqual(await alone(one))
    expect(answer.total['win-rate']?.before).toEqual(await alone(other))
    expect(answer.compared?.name).not.toBe('')
    expect(answer.finding).toContain(answer.compared?.name)
  })

  test('another selection without filters compares nothing', async () => {
    expect((await cross({ compare: 'others' })).compared).toBeNull()
  })
})

test('rows are sorted as asked, those without a value last, and counted beyond the limit', async () => {
  const answer = await cross({ metric: ['win-rate', 'revenue'], by: ['seller'], sort: 'revenue' })
  const revenue = answer.rows.map(({ figures: f }) => f.revenue?.now.value ?? 0)
  expect(revenue).toEqual(revenue.toSorted((a, b) => b - a))
  const byRate = await cross({ metric: ['win-rate'], by: ['seller'], down: false })
  const rates = byRate.rows.map(({ figures: f }) => f['win-rate']?.now.value)
  const known = rates.filter((value) => value !== undefined)
  expect(rates.slice(0, known.length)).toEqual(known.toSorted((a, b) => a - b))
  // Zoe Idle has closed nothing: she stands there, at the end, and says why.
  expect(byRate.rows.at(-1)).toMatchObject({
    label: 'Zoe Idle',
    figures: { 'win-rate': { now: { missing: { code: expect.any(String) } } } },
  })
  const named = await cross({
    metric: ['revenue'],
    by: ['seller'],
    sort: 'name',
    period: '2019-01-01..2024-07-01',
  })
  // Sales of nobody known come last, whatever their words begin with.
  expect(named.rows.at(-1)?.cell).toBeNull()
  const names = named.rows.slice(0, -1).map(({ label }) => label.toLowerCase())
  expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)))
  const first = await cross({
    metric: ['revenue'],
    by: ['customer', 'product'],
    limit: 5,
    columns: 3,
  })
  expect(first.rows).toHaveLength(5)
  expect(first.columns).toHaveLength(3)
  expect(first.rowCount).toBeGreaterThan(5)
  expect(first.columnCount).toBeGreaterThan(3)
  for (const { cells } of first.rows) expect(cells).toHaveLength(3)
})

test('what a metric cannot be told by is refused', async () => {
  await expect(cross({ metric: ['revenue'], by: ['stage'] })).rejects.toMatchObject({
    detail: { code: 'results.dimension_not_allowed' },
  })
})

test('sentences in both languages, also of nothing', async () => {
  for (const lang of ['en', 'de'] as const) {
    for (const given of [
      {},
      { by: ['team'] },
      { by: ['month'], compare: 'previous' },
      { metric: ['nps'], by: ['industry'] },
      { period: '1999' },
    ] as GivenInputOf<Cross>[]) {
      const { finding, note } = await cross({ ...given, lang })
      expect(finding).toMatch(/^[A-ZÄÖÜ].*\.$/)
      expect(`${finding} ${note}`).not.toMatch(/undefined|NaN|\.\.|\s\./)
    }
  }
})
