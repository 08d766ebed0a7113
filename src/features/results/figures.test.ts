// Every figure against the rows behind it, counted a second time here, plainly.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadSmallWorld, type SmallWorld } from '../../../tests/results-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import type { Cell, Figure } from '../../basics/figure.ts'
import { foldRollups } from '../../platform/database/fold.ts'
import { ask } from './asked.ts'
import { metrics } from './calc/metrics.ts'
import { type DimensionId, type MetricId, metricIds } from './contract.ts'
import { resultsOperations as operations } from './operations.ts'
import { type CountedCell, countPieces } from './store-figures.ts'
import type { FactRow } from './store-rows.ts'

let db: TestDatabase
let world: SmallWorld
beforeAll(async () => {
  db = await freshDatabase()
  // With orders beside the deals: what counts changes within the periods asked for.
  world = await loadSmallWorld(db, testSeed, { orders: true })
})
afterAll(() => db.close())

const rolled = [
  'rows',
  'unrated',
  'sold',
  'returns',
  'base',
  'returnBase',
  'costed',
  'costBase',
  'cost',
  'quantity',
] as const
const period = '2023-04-01..2024-07-01'
/** Velocity is made of four other figures; see below. */
const measured = metricIds.filter((id) => metrics[id].measured && id !== 'velocity')
type Where = Partial<Record<DimensionId, string[]>>

async function allRows(metric: MetricId, where: Where, within = period): Promise<FactRow[]> {
  const rows: FactRow[] = []
  let cursor: string | undefined
  do {
    const page = await operations['results.rows'](world.asking(), {
      metric,
      period: within,
      where,
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    })
    rows.push(...page.rows)
    cursor = page.next
    if (cursor === undefined) expect(rows.length).toBe(page.total)
  } while (cursor !== undefined)
  return rows
}

const sum = (values: (number | null)[]) =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0)

/** The value of a metric from its rows; undefined when it has none. `n` is what the figure says it rests on. */
function recount(metric: MetricId, rows: FactRow[], n = 0): number | undefined {
  const rated = rows.filter((row) => row.baseAmount !== null)
  const base = sum(rated.map((row) => row.baseAmount))
  switch (metric) {
    case 'revenue':
      return rows.length > 0 && rated.length === 0 ? undefined : base
    case 'margin':
      return base - sum(rows.map((row) => row.cost))
    case 'units':
      return sum(rows.map((row) => row.quantity))
    case 'pipeline':
      return rows.length > 0 && rated.length === 0 ? undefined : base
    case 'average-deal':
      return rated.length < 2 ? undefined : Math.round(base / rated.length)
    case 'sales-cycle':
    case 'time-in-stage': {
      const days = rows.map((row) => row.days ?? Number.NaN).sort((a, b) => a - b)
      const middle = (days.length - 1) / 2
      return days.length < 6
        ? undefined
        : ((days[Math.floor(middle)] ?? 0) + (days[Math.ceil(middle)] ?? 0)) / 2
    }
    case 'win-rate':
      return rows.length === 0
        ? undefined
        : rows.filter((row) => row.kind === 'won').length / rows.length
    case 'repeat-share':
      return base === 0
        ? undefined
        : sum(rated.filter((row) => row.repeat).map((row) => row.baseAmount)) / base
    case 'retention':
      return rows.length === 0 ? undefined : rows.filter((row) => row.repeat).length / rows.length
    case 'repurchase-rate': {
      const days = new Map<string, Set<string>>()
      for (const row of rows) {
        const key = row.customer?.id ?? ''
        days.set(key, (days.get(key) ?? new Set()).add(row.on ?? ''))
      }
      return days.size === 0
        ? undefined
        : [...days.values()].filter((set) => set.size >= 2).length / days.size
    }
    case 'customers':
      return new Set(rows.map((row) => row.customer?.id)).size
    case 'discount': {
      const list = sum(rows.map((row) => row.listAmount))
      return list === 0 ? undefined : 1 - base / list
    }
    case 'returns-share': {
      const of = (kind: string) =>
        sum(rows.filter((row) => row.kind === kind).map((row) => row.baseAmount))
      return of('sale') <= 0 ? undefined : -of('return') / of('sale')
    }
    case 'weighted-pipeline':
      return rows.length > 0 && rated.length === 0
        ? undefined
        : sum(rows.map((row) => row.weighted))
    case 'activities-per-win':
      // The deals won are counted in recount.test.ts.
      return n === 0 || rows.length === 0 ? undefined : rows.length / n
    case 'satisfaction': {
      const upper = rows.filter((row) => quarterOf(row) >= 0.75)
      return rows.length < 10 ? undefined : upper.length / rows.length
    }
    case 'nps': {
      const among = (low: number, high: number) =>
        rows.filter(({ score }) => score !== null && low <= score && score <= high).length
      return rows.length < 10 ? undefined : (100 * (among(9, 10) - among(0, 6))) / rows.length
    }
    case 'complaint-rate':
      // The sales it is set against are counted in recount.test.ts.
      return n === 0 ? undefined : rows.length / n
    default:
      return rows.length
  }
}

/** Where on its scale an answer lies, from 0 to 1. */
const quarterOf = ({ score, scaleLow, scaleHigh }: FactRow) =>
  ((score ?? Number.NaN) - (scaleLow ?? 0)) / ((scaleHigh ?? 0) - (scaleLow ?? 0))

function cellValue(cell: Cell): string {
  return cell === null ? '-' : typeof cell === 'string' ? cell : cell.id
}

describe.each(measured)('%s', (metric) => {
  const dimensions = metrics[metric].dimensions.filter((dimension) => dimension !== 'day')

  test.each(dimensions)('by %s: each figure is what its rows say', async (dimension) => {
    const { rows } = await operations['results.figures'](world.asking(), {
      metric: [metric],
      by: [dimension],
      period,
      where: {},
    })
    expect(rows.length).toBeGreaterThan(0)
    // Long dimensions are sampled; short ones are checked whole.
    const step = Math.max(1, Math.ceil(rows.length / 6))
    for (const [i, row] of rows.entries()) {
      const figure = row[metric] as Figure
      if (i % step !== 0) continue
      const behind = await allRows(metric, { [dimension]: [cellValue(row[dimension] as Cell)] })
      expectSame(
        figure,
        recount(metric, behind, figure.n),
        `${dimension} ${JSON.stringify(row[dimension])}`,
      )
    }
  })

  test('by day: each figure is what its rows say', async () => {
    const month = '2024-05'
    const { rows } = await operations['results.figures'](world.asking(), {
      metric: [metric],
      by: ['day'],
      period: month,
      where: {},
    })
    for (const row of rows.filter((_, i) => i % 5 === 0)) {
      const figure = row[metric] as Figure
      const behind = await allRows(metric, { day: [cellValue(row.day as Cell)] }, month)
      expectSame(figure, recount(metric, behind, figure.n), `${row.day}`)
    }
  })

  test('in total, and along two dimensions', async () => {
    const whole = await operations['results.figures'](world.asking(), {
      metric: [metric],
      by: [],
      period,
      where: {},
    })
    const inAll = whole.rows[0]?.[metric] as Figure
    expectSame(inAll, recount(metric, await allRows(metric, {}), inAll.n), 'whole')
    const pairs: DimensionId[][] = [
      ['seller', 'quarter'],
      ['office', 'family'],
      ['manager', 'country'],
      ['month', 'quarter'],
      // Two more, other ones in every run.
      ...fc.sample(fc.shuffledSubarray(dimensions, { minLength: 2, maxLength: 2 }), {
        seed: testSeed,
        numRuns: 2,
      }),
    ]
    const fit = (by: readonly DimensionId[]) =>
      by.every((dimension) => metrics[metric].dimensions.includes(dimension))
    for (const by of pairs.filter(fit)) {
      const { rows } = await operations['results.figures'](world.asking(), {
        metric: [metric],
        by,
        period,
        where: {},
      })
      expect(rows.length).toBeGreaterThan(1)
      for (const row of rows.filter((_, i) => i % Math.ceil(rows.length / 5) === 0)) {
        const where = Object.fromEntries(
          by.map((dimension) => [dimension, [cellValue(row[dimension] as Cell)]]),
        )
        const figure = row[metric] as Figure
        const value = recount(metric, await allRows(metric, where), figure.n)
        expectSame(figure, value, JSON.stringify(where))
      }
    }
  })
})

describe.each(measured.filter((id) => metrics[id].additive))('%s', (metric) => {
  test('adds up along every dimension', async () => {
    const ask = (by: DimensionId[]) =>
      operations['results.figures'](world.asking(), {
        metric: [metric],
        by,
        period: '2024-Q2',
        where: {},
      })
    const whole = (await ask([])).rows[0]?.[metric] as Figure
    for (const dimension of metrics[metric].dimensions.filter((id) => id !== 'day')) {
      const time = ['week', 'month', 'quarter', 'year', 'fiscal-quarter', 'fiscal-year'].includes(
        dimension,
      )
      if (metrics[metric].rows?.from === 'open' && time) continue
      const { rows } = await ask([dimension])
      const figures = rows.map((row) => (row[metric] as Figure).value ?? 0)
      expect(sum(figures), dimension).toBe(whole.value)
    }
  })
})

function expectSame(figure: Figure, value: number | undefined, about: string): void {
  if (value === undefined) {
    expect(figure.value, about).toBeUndefined()
    expect(figure.missing, about).toBeDefined()
  } else if (figure.missing?.code === 'not_measured') {
    expect(value, about).toBe(0)
  } else {
    expect(figure.value, about).toBeCloseTo(value, 9)
  }
}

test('velocity is made of its four parts', async () => {
  const { rows } = await operations['results.figures'](world.asking(), {
    metric: ['velocity', 'win-rate'],
    by: ['seller'],
    period,
    where: {},
  })
  let told = 0
  for (const row of rows) {
    const where = { seller: [cellValue(row.seller as Cell)] }
    const amounts = (await allRows('average-deal', where)).map(({ baseAmount }) => baseAmount)
    const days = (await allRows('sales-cycle', where)).map((fact) => fact.days)
    const open = await allOpen(where)
    const velocity = row.velocity as Figure
    if (amounts.length < 2 || sum(days) === 0) {
      expect(velocity.missing?.code).toBe('not_enough_data')
      continue
    }
    const rate = (row['win-rate'] as Figure).value ?? Number.NaN
    const mean = sum(amounts) / amounts.length
    expect(velocity.value).toBe(Math.round((open * rate * mean) / (sum(days) / days.length)))
    told += 1
  }
  expect(told).toBeGreaterThan(3)
})

/** How many deals were open at the end of the period, with an amount or without. */
const allOpen = async (where: Where) => (await allRows('pipeline', where)).length

test('a folded rollup answers as before, and as the ledger', async () => {
  const ask = () =>
    Promise.all(
      (['seller', 'team', 'manager', 'office', 'product', 'family', 'month'] as const).map(
        (dimension) =>
          operations['results.figures'](world.asking(), {
            metric: ['revenue', 'margin', 'units'],
            by: [dimension],
            period,
            where: {},
          }),
      ),
    )
  const before = await ask()
  expect(await foldRollups(db.database, world.actor)).toBe(true)
  expect(await ask()).toEqual(before)
})

test('the rollups and the ledger count the same', async () => {
  const asking = world.asking()
  await asking.read(async (tx) => {
    for (const by of [
      ['seller'],
      ['office', 'month'],
      ['product'],
      ['family', 'quarter'],
      [],
    ] as DimensionId[][]) {
      const { scope } = await ask(asking, tx, {})
      const question = {
        metrics: ['revenue', 'margin', 'units'] as MetricId[],
        by,
        frames: [
          { from: '2023-01-01', until: '2024-01-01' },
          { from: '2022-10-01', until: '2023-04-01' },
        ],
      }
      const numbers = (cells: CountedCell[]) =>
        cells
          .map(({ frame, cells: ids, counted }) => [
            frame,
            ...ids,
            ...rolled.map((piece) => counted.get(piece)),
          ])
          .map((row) => JSON.stringify(row))
          .sort()
      const rolledUp = numbers(await countPieces(tx, scope, question))
      expect(rolledUp.length).toBeGreaterThan(1)
      expect(rolledUp).toEqual(numbers(await countPieces(tx, scope, question, { rollups: false })))
    }
  })
})
