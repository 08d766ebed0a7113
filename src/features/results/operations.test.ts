// Overview, board, why, export and lists on the small world: what they say adds up and keeps the contract.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadSmallWorld, type SmallWorld, worldToday } from '../../../tests/results-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import type { Figure } from '../../basics/figure.ts'
import type { Asking } from './asked.ts'
import { resultsContract } from './contract.ts'
import { resultsOperations as operations } from './operations.ts'
import { comparedPeriods } from './operations-overview.ts'

let db: TestDatabase
let world: SmallWorld
let all: Asking
beforeAll(async () => {
  db = await freshDatabase()
  world = await loadSmallWorld(db, testSeed)
  all = world.asking()
})
afterAll(() => db.close())

const sum = (figures: ({ value?: number | undefined } | undefined)[]) =>
  figures.reduce((total, figure) => total + (figure?.value ?? 0), 0)

test('answers keep the contract', async () => {
  const answers = {
    'results.metrics': await operations['results.metrics'](all, {}),
    'results.figures': await operations['results.figures'](all, {
      metric: ['revenue', 'nps', 'pipeline'],
      by: ['manager', 'stage'].slice(0, 1) as ['manager'],
      where: {},
    }),
    'results.rows': await operations['results.rows'](all, {
      metric: 'pipeline',
      where: {},
      limit: 200,
    }),
    'results.why': await operations['results.why'](all, {
      metric: 'average-deal',
      where: { office: ['-'] },
      lang: 'de',
    }),
    'results.overview': await operations['results.overview'](all, { where: {}, lang: 'de' }),
    'results.board': await operations['results.board'](all, {
      by: 'seller',
      on: 'win-rate',
      period: '2023',
      where: {},
    }),
    'results.periods': await operations['results.periods'](all, { kind: 'fiscal-quarter' }),
    'results.cells': await operations['results.cells'](all, { dimension: 'industry', limit: 50 }),
  }
  for (const metric of ['satisfaction', 'complaint-rate'] as const) {
    const page = await operations['results.rows'](all, { metric, where: {}, limit: 200 })
    const { error } = resultsContract['results.rows'].output.safeParse(page)
    expect(error?.issues ?? [], metric).toEqual([])
    expect(page.rows.length, metric).toBeGreaterThan(0)
  }
  for (const [name, answer] of Object.entries(answers)) {
    const { output } = resultsContract[name as keyof typeof answers]
    const read = output.safeParse(answer)
    expect(read.error?.issues ?? [], name).toEqual([])
    // Nothing is answered that the contract does not name.
    expect(JSON.parse(JSON.stringify(read.data)), name).toEqual(JSON.parse(JSON.stringify(answer)))
  }
})

describe('overview', () => {
  test('by default of the last quarter with data, and it says so', async () => {
    const { period, previous, yearAgo, figures } = await operations['results.overview'](all, {
      where: {},
      lang: 'en',
    })
    expect(period).toEqual({
      id: '2024-Q2',
      from: '2024-04-01',
      until: '2024-07-01',
      byDefault: true,
    })
    expect([previous.id, yearAgo.id]).toEqual(['2024-Q1', '2023-Q2'])
    for (const [id, metric] of [
      ['2024-Q2', 'now'],
      ['2024-Q1', 'before'],
      ['2023-Q2', 'yearAgo'],
    ] as const) {
      const { rows } = await operations['results.figures'](all, {
        metric: [
          'revenue',
          'win-rate',
          'sales-cycle',
          'pipeline',
          'repurchase-rate',
          'new-customers',
        ],
        by: [],
        period: id,
        where: {},
        lang: 'en',
      })
      for (const [name, figure] of Object.entries(rows[0] ?? {})) {
        expect(figures[name as 'revenue']?.[metric], `${name} ${id}`).toEqual(figure)
      }
    }
  })

  test('narrowed to a currency: what has none says so, the rest is told', async () => {
    const { figures } = await operations['results.overview'](all, {
      where: { currency: ['EUR'] },
      lang: 'en',
    })
    expect(figures.revenue?.now.value).toBeGreaterThan(0)
    for (const metric of ['satisfaction', 'nps', 'complaint-rate'] as const) {
      expect(figures[metric]?.now.missing?.text).toBe('Not recorded by currency.')
    }
  })

  test('the differences of every dimension add up to the whole', async () => {
    const { changed, changedTotal, figures } = await operations['results.overview'](all, {
      period: '2024-Q1',
      where: {},
      lang: 'en',
    })
    expect(changedTotal.value).toBe(
      (figures.revenue?.now.value ?? 0) - (figures.revenue?.before.value ?? 0),
    )
    for (const dimension of ['seller', 'team', 'office', 'product', 'family'] as const) {
      const [now, before] = await Promise.all(
        ['2024-Q1', '2023-Q4'].map((period) =>
          operations['results.figures'](all, {
            metric: ['revenue'],
            by: [dimension],
            period,
            where: {},
          }),
        ),
      )
      const total = (answer = now) => sum(answer?.rows.map((row) => row.revenue as Figure) ?? [])
      expect(total(now) - total(before), dimension).toBe(changedTotal.value)
      const listed = changed.filter((entry) => entry.dimension === dimension)
      expect(listed.length).toBeLessThanOrEqual(5)
      for (const entry of listed) {
        expect(entry.difference.value).toBe((entry.now.value ?? 0) - (entry.before.value ?? 0))
        const same = now?.rows.find(
          (row) => JSON.stringify(row[dimension]) === JSON.stringify(entry.cell),
        )
        expect(entry.now.value).toBe((same?.revenue as Figure | undefined)?.value ?? 0)
      }
    }
  })

  test('the trend ends with the period and adds up to it', async () => {
    const { trend, figures } = await operations['results.overview'](all, {
      period: '2023-Q4',
      where: {},
      lang: 'en',
    })
    expect(trend.grain).toBe('month')
    expect(trend.buckets.at(-1)?.id).toBe('2023-12')
    expect(trend.buckets).toHaveLength(15)
    expect(trend.buckets.filter(({ current }) => current).map(({ id }) => id)).toEqual([
      '2023-10',
      '2023-11',
      '2023-12',
    ])
    expect(sum(trend.buckets.filter(({ current }) => current).map(({ revenue }) => revenue))).toBe(
      figures.revenue?.now.value,
    )
    const week = await operations['results.overview'](all, {
      period: '2024-W10',
      where: {},
      lang: 'en',
    })
    expect([week.trend.grain, week.trend.buckets.length]).toEqual(['day', 28])
    const years = await operations['results.overview'](all, {
      from: '2020-01-01',
      until: '2024-01-01',
      where: {},
      lang: 'en',
    })
    expect(years.trend.grain).toBe('year')
  })

  test('a running period is compared with as many days', () => {
    const period = {
      id: '2024-Q2',
      kind: 'quarter' as const,
      from: '2024-04-01',
      until: '2024-07-01',
    }
    const { previous, yearAgo, running } = comparedPeriods({ period, today: '2024-04-10' })
    expect(running).toBe(true)
    expect([previous.from, previous.until]).toEqual(['2024-01-01', '2024-01-11'])
    expect([yearAgo.from, yearAgo.until]).toEqual(['2023-04-01', '2023-04-11'])
    expect(comparedPeriods({ period, today: '2024-06-30' }).running).toBe(false)
    expect(comparedPeriods({ period, today: '2026-06-30' }).previous.id).toBe('2024-Q1')
  })

  test('without any data it says so, and makes nothing up', async () => {
    const actor = await db.newOrg()
    const empty: Asking = {
      ...all,
      who: { ...actor, sellerId: null, roles: [] },
      read: (work) => db.database.read(actor, work),
    }
    const overview = await operations['results.overview'](empty, { where: {}, lang: 'en' })
    expect(overview.period).toMatchObject({ id: '2024-Q2', byDefault: true })
    expect(overview.finding).toBe('No sales in Q2 2024.')
    expect(overview.trend.buckets).toEqual([])
    expect(overview.changed).toEqual([])
    expect((await operations['results.periods'](empty, { kind: 'month' })).rows).toEqual([])
  })
})

describe('board', () => {
  test.each(['seller', 'team', 'manager', 'office'] as const)(
    'by %s agrees with the figures',
    async (by) => {
      const board = await operations['results.board'](all, {
        by,
        on: 'revenue',
        period: '2023',
        where: {},
        lang: 'en',
      })
      const figures = await operations['results.figures'](all, {
        metric: ['revenue', 'win-rate', 'average-deal', 'deals-won'],
        by: [by],
        period: '2023',
        where: {},
        lang: 'en',
      })
      const known = new Map(figures.rows.map((row) => [JSON.stringify(row[by]), row]))
      expect(board.rows.length).toBe(figures.rows.filter((row) => row[by] !== null).length)
      for (const row of board.rows) {
        const same = known.get(JSON.stringify(row.cell))
        expect(row.revenue).toEqual(same?.revenue)
        expect(row.winRate).toEqual(same?.['win-rate'])
        expect(row.averageDeal).toEqual(same?.['average-deal'])
        expect(row.dealsWon).toEqual(same?.['deals-won'])
      }
      const values = board.rows.map(({ revenue }) => revenue.value ?? 0)
      expect(values).toEqual([...values].sort((a, b) => b - a))
    },
  )
})

test('facts brought by an import are told apart from those entered by hand', async () => {
  const batch = db.newId()
  await db.owner.query(
    `INSERT INTO import_batch (org_id, id, kind, file_name, file_hash, file_bytes, mapping, state, change_id, created_by, created_at, finished_at)
     SELECT $1, $2, 'deals', 'deals.csv', '\\x00', 1, '{}', 'applied', id, actor, at, at FROM change WHERE org_id = $1 AND operation = 'test.deals'`,
    [world.actor.orgId, batch],
  )
  const why = await operations['results.why'](all, {
    metric: 'win-rate',
    period: '2023',
    where: {},
    lang: 'en',
  })
  expect(why.imports).toMatchObject([
    { batchId: batch, fileName: 'deals.csv', rows: why.total, undone: false },
  ])
  expect(why.byHand).toBe(0)
  expect(why.rows).toHaveLength(5)
  expect(why.revision).toBe(2)
  expect(worldToday >= why.period.from).toBe(true)
})

test('cells for filters: by prefix for records, and in the order of time', async () => {
  const products = await operations['results.cells'](all, { dimension: 'product', limit: 3 })
  expect(products.rows).toHaveLength(3)
  const quarters = await operations['results.cells'](all, {
    dimension: 'quarter',
    search: '2023',
    limit: 10,
  })
  expect(quarters.rows).toEqual(['2023-Q4', '2023-Q3', '2023-Q2', '2023-Q1'])
  const managers = await operations['results.cells'](all, { dimension: 'manager', limit: 10 })
  expect(managers.rows.length).toBeGreaterThan(0)
})
