// Partitions add up to what they are parts of: along any two dimensions, at any seed, for amounts and for what ratios are made of.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadSmallWorld, type SmallWorld } from '../../../tests/results-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import type { OutputOf } from '../../basics/contract.ts'
import { isTimeDimension } from '../../basics/period.ts'
import { ask } from './asked.ts'
import { metrics } from './calc/metrics.ts'
import { type PieceId, pieces } from './calc/pieces.ts'
import { type DimensionId, type MetricId, metricIds } from './contract.ts'
import { crossContract } from './contract-cross.ts'
import { resultsOperations as operations } from './operations.ts'
import { countPieceList } from './store-figures.ts'

let db: TestDatabase
let world: SmallWorld
beforeAll(async () => {
  db = await freshDatabase()
  world = await loadSmallWorld(db, testSeed, { orders: true })
})
afterAll(() => db.close())

const within = { from: '2023-04-01', until: '2024-07-01' }
type Answer = OutputOf<(typeof crossContract)['results.cross']>
const cross = (metric: MetricId, by: DimensionId[]): Promise<Answer> =>
  operations['results.cross'](
    world.asking(),
    crossContract['results.cross'].input.parse({
      ...within,
      metric: [metric],
      by,
      limit: 5000,
      columns: 60,
    }),
  )
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

/** Dimensions of a metric that cut its facts: what is open at several moments is open at each of them. */
const cutting = (id: MetricId): DimensionId[] =>
  metrics[id].dimensions.filter(
    (one) =>
      one !== 'day' &&
      one !== 'week' &&
      !(metrics[id].rows?.from === 'open' && isTimeDimension(one)),
  )

/** Pairs of dimensions, other ones in every run. */
const pairsOf = (id: MetricId, count: number) =>
  fc.sample(
    fc.shuffledSubarray(cutting(id), { minLength: 2, maxLength: 2 }) as fc.Arbitrary<
      [DimensionId, DimensionId]
    >,
    { seed: testSeed, numRuns: count },
  )

/** What lies wholly within something larger. */
const nested: [DimensionId, DimensionId][] = [
  ['office', 'team'],
  ['family', 'product'],
  ['quarter', 'month'],
  ['year', 'quarter'],
]

const additive = metricIds.filter((id) => metrics[id].measured && metrics[id].additive)

describe.each(additive)('%s', (id) => {
  test('cells add up to their row and to their column, rows and columns to the whole', async () => {
    const fit = nested.filter((by) => by.every((one) => cutting(id).includes(one)))
    for (const by of [...fit, ...pairsOf(id, 3)]) {
      const about = `${id} by ${by.join(' and ')}`
      const answer = await cross(id, by)
      const whole = answer.total[id]?.now.value ?? 0
      const rows = answer.rows.map(({ figures }) => figures[id]?.now.value ?? 0)
      expect(answer.rows.length, about).toBe(answer.rowCount)
      expect(sum(rows), about).toBe(whole)
      // Not all columns of a long dimension are given.
      const every = answer.columns.length === answer.columnCount
      if (every) expect(sum(answer.columns.map(({ total }) => total.value ?? 0)), about).toBe(whole)
      for (const [place, { label, total }] of answer.columns.entries()) {
        const cells = answer.rows.map((row) => row.cells[place]?.value ?? 0)
        expect(sum(cells), `${about}, ${label}`).toBe(total.value ?? 0)
      }
      if (!every) continue
      for (const [place, { label, cells }] of answer.rows.entries())
        expect(sum(cells.map((cell) => cell?.value ?? 0)), `${about}, ${label}`).toBe(rows[place])
    }
  })
})

/** Customers who bought in several cells count in each, and once in the whole. */
const distinct: readonly PieceId[] = ['buyers', 'rebuyers', 'buyerAnonymous']

test('what ratios and medians are made of adds up along every dimension and any two', async () => {
  /** Pieces of all metrics that can be told by these dimensions. */
  const piecesBy = (by: readonly DimensionId[]) =>
    new Set<PieceId>(
      metricIds
        .filter((id) => by.every((one) => metrics[id].dimensions.includes(one)))
        .flatMap((id) => metrics[id].pieces),
    )
  const asking = world.asking()
  await asking.read(async (tx) => {
    const { scope } = await ask(asking, tx, {})
    const count = (by: readonly DimensionId[]) =>
      countPieceList(tx, scope, { by, frames: [within] }, piecesBy(by))
    const [whole] = await count([])
    expect(whole?.counted.cycle.length).toBeGreaterThan(20)
    const seen = new Set<PieceId>()
    for (const by of [
      ...cutting('win-rate').map((one) => [one]),
      ...pairsOf('win-rate', 6),
      ...nested,
    ] as DimensionId[][]) {
      const cells = await count(by)
      expect(cells.length, by.join()).toBeGreaterThan(0)
      const open = by.some(isTimeDimension)
      for (const piece of piecesBy(by)) {
        if (piece === 'cycle' || piece === 'stays') continue
        const made = pieces[piece]
        if ('take' in made && made.take === 'deviations') continue
        if ('from' in made && made.from === 'open' && open) continue
        const parts = cells.map((cell) => cell.counted.get(piece))
        const all = whole?.counted.get(piece) ?? 0
        const about = `${piece} by ${by.join(' and ')}`
        if (all !== 0) seen.add(piece)
        if (distinct.includes(piece)) {
          expect(sum(parts), about).toBeGreaterThanOrEqual(piece === 'rebuyers' ? 0 : all)
          expect(Math.max(...parts), about).toBeLessThanOrEqual(all)
        } else if (Number.isInteger(all)) expect(sum(parts), about).toBe(all)
        else expect(sum(parts), about).toBeCloseTo(all, 6)
      }
      for (const piece of ['cycle', 'stays'] as const) {
        if (!piecesBy(by).has(piece)) continue
        const days = new Map<number, number>()
        for (const cell of cells)
          for (const [taken, n] of cell.counted[piece]) days.set(taken, (days.get(taken) ?? 0) + n)
        expect(new Map(whole?.counted[piece]), `${piece} by ${by.join(' and ')}`).toEqual(days)
      }
    }
    // The world has something of nearly everything.
    expect(seen.size).toBeGreaterThan(35)
  })
})

/** Ratios, medians and counts of distinct customers: every total is a question of its own. */
describe.each(metricIds.filter((id) => metrics[id].measured && !metrics[id].additive))(
  '%s',
  (id) => {
    test('every total, row, column and cell of a crossed question is what it is alone', async () => {
      const figures = async (by: DimensionId[]) => {
        const { rows } = await operations['results.figures'](world.asking(), {
          metric: [id],
          by,
          ...within,
          where: {},
        })
        return new Map(rows.map((row) => [JSON.stringify(by.map((one) => row[one])), row[id]]))
      }
      const key = (...cells: unknown[]) => JSON.stringify(cells)
      for (const by of pairsOf(id, 2)) {
        const [first, second] = by
        const about = `${id} by ${by.join(' and ')}`
        const answer = await cross(id, by)
        const [whole, byRow, byColumn, both] = await Promise.all(
          [[], [first], [second], by].map(figures),
        )
        expect(answer.total[id]?.now, about).toEqual(whole?.get('[]'))
        for (const row of answer.rows) {
          expect(row.figures[id]?.now, `${about}, ${row.label}`).toEqual(byRow?.get(key(row.cell)))
          for (const [place, column] of answer.columns.entries()) {
            const alone = both?.get(key(row.cell, column.cell))
            expect(
              row.cells[place] ?? undefined,
              `${about}, ${row.label}, ${column.label}`,
            ).toEqual(alone)
          }
        }
        for (const column of answer.columns)
          expect(column.total, `${about}, ${column.label}`).toEqual(byColumn?.get(key(column.cell)))
      }
    })
  },
)
