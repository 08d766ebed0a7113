// What changed between two periods, metric by metric: what its change is made of, and where it lies.
import type { divisibleIds } from '../contract-explore.ts'
import { changeOfAmount, changeOfProduct, changeOfRatio } from './contribution.ts'
import {
  type Movement,
  type Products,
  productsOfShare,
  varianceOfCounts,
  varianceOfRatio,
  varianceOfSums,
} from './noteworthy.ts'
import type { Counted, PieceId } from './pieces.ts'
import { quotients } from './sides.ts'

export type DivisibleId = (typeof divisibleIds)[number]

/** One cell in one period. */
export interface CellCount {
  cell: string | null
  counted: Counted
}

/** In whole steps; `total` = the others together, as far as they are there. */
export interface ChangeParts {
  total: number
  /** More or fewer of them. */
  byVolume?: number
  /** Weight moved between cells. */
  byMix?: number
  /** Each cell's own average or rate changed. */
  byRate?: number
  byReturns?: number
}

export interface CellChange extends ChangeParts {
  cell: string | null
}

export interface Division {
  /** Steps per unit of the metric: 1 for amounts and counts, 1000 for rates (tenths of a point). */
  steps: number
  whole: ChangeParts
  /** Largest change first. */
  cells: CellChange[]
}

type Take = (counted: Counted) => number

type Made =
  | { of: 'amount'; pieces: readonly PieceId[]; amount: Take; squares?: Take }
  /** Sales × average, and what came back. */
  | {
      of: 'product'
      pieces: readonly PieceId[]
      numerator: Take
      denominator: Take
      rest: Take
      squares: Take
    }
  | {
      of: 'ratio'
      pieces: readonly PieceId[]
      steps: number
      numerator: Take
      denominator: Take
      /** Where chance can be reckoned with. */
      products?: (counted: Counted) => Products
    }

const count = (piece: 'won' | 'lost' | 'activities'): Made => ({
  of: 'amount',
  pieces: [piece],
  amount: (counted) => counted.get(piece),
  // Calls that come in: each adds its own square, 1.
  squares: (counted) => counted.get(piece),
})

const ratio = (
  id: keyof typeof quotients & DivisibleId,
  how: Omit<Extract<Made, { of: 'ratio' }>, 'of' | 'numerator' | 'denominator'>,
): Made => ({
  ...how,
  of: 'ratio',
  numerator: quotients[id].top,
  denominator: quotients[id].bottom,
})

const made: Readonly<Record<DivisibleId, Made>> = {
  revenue: {
    of: 'product',
    pieces: ['sold', 'base', 'returnBase', 'squares'],
    numerator: (counted) => counted.get('base') - counted.get('returnBase'),
    denominator: (counted) => counted.get('sold'),
    rest: (counted) => counted.get('returnBase'),
    squares: (counted) => counted.get('squares'),
  },
  units: { of: 'amount', pieces: ['quantity'], amount: (counted) => counted.get('quantity') },
  'deals-won': count('won'),
  'deals-lost': count('lost'),
  activities: count('activities'),
  'win-rate': ratio('win-rate', {
    pieces: ['won', 'lost'],
    steps: 1000,
    products: (counted) =>
      productsOfShare(counted.get('won'), counted.get('won') + counted.get('lost')),
  }),
  'average-deal': ratio('average-deal', {
    pieces: ['wonRated', 'wonBase', 'wonDeviations'],
    steps: 1,
    products: (counted) => {
      const [n, sum] = [counted.get('wonRated'), counted.get('wonBase')]
      const xx = n === 0 ? 0 : counted.get('wonDeviations') + sum ** 2 / n
      return { xx, xy: sum, yy: n }
    },
  }),
  discount: ratio('discount', { pieces: ['listedBase', 'list'], steps: 1000 }),
  'returns-share': ratio('returns-share', { pieces: ['soldBase', 'returnBase'], steps: 1000 }),
  'repeat-share': ratio('repeat-share', { pieces: ['valuedBase', 'repeatBase'], steps: 1000 }),
}

/** What has to be counted for {@link divide} and {@link movements}. */
export function piecesOf(id: DivisibleId): ReadonlySet<PieceId> {
  return new Set(made[id].pieces)
}

/** Whether {@link movements} can tell a change from chance. */
export function toldFromChance(id: DivisibleId): boolean {
  const how = made[id]
  return how.of === 'ratio' ? how.products !== undefined : how.squares !== undefined
}

/** Cells are told apart by name; facts without a cell have a name no cell has. */
const nobody = '\u0000'
const nameOf = (cell: string | null) => cell ?? nobody
const cellOf = (name: string) => (name === nobody ? null : name)

/**
 * Divides the change of a metric among the cells of a dimension; undefined where there is nothing to
 * divide: a rate that one of the periods does not have, or quantities that are no whole numbers.
 */
export function divide(
  id: DivisibleId,
  before: readonly CellCount[],
  now: readonly CellCount[],
): Division | undefined {
  const how = made[id]
  if (how.of === 'ratio') {
    const side = (cells: readonly CellCount[]) =>
      cells.map(({ cell, counted }) => ({
        cell: nameOf(cell),
        numerator: how.numerator(counted),
        denominator: how.denominator(counted),
      }))
    const found = changeOfRatio(side(before), side(now), how.steps)
    if (!found) return undefined
    const parts = ({ total, byRate, byMix }: ChangeParts) =>
      ({ total, byRate, byMix }) as ChangeParts
    return {
      steps: how.steps,
      whole: parts(found),
      cells: found.cells.map((cell) => ({ cell: cellOf(cell.cell), ...parts(cell) })),
    }
  }
  if (how.of === 'amount') {
    const side = (cells: readonly CellCount[]) =>
      cells.map(({ cell, counted }) => ({ cell: nameOf(cell), amount: how.amount(counted) }))
    const [from, to] = [side(before), side(now)]
    if (![...from, ...to].every(({ amount }) => Number.isSafeInteger(amount))) return undefined
    const found = changeOfAmount(from, to)
    return {
      steps: 1,
      whole: { total: found.total },
      cells: found.cells.map(({ cell, change }) => ({ cell: cellOf(cell), total: change })),
    }
  }
  const sold = (cells: readonly CellCount[]) =>
    cells.map(({ cell, counted }) => ({
      cell: nameOf(cell),
      numerator: how.numerator(counted),
      denominator: how.denominator(counted),
    }))
  const rest = (cells: readonly CellCount[]) =>
    cells.map(({ cell, counted }) => ({ cell: nameOf(cell), amount: how.rest(counted) }))
  const product = changeOfProduct(sold(before), sold(now))
  const returned = changeOfAmount(rest(before), rest(now))
  const byCell = new Map(returned.cells.map(({ cell, change }) => [cell, change]))
  const parts = (
    { total, byVolume, byMix, byRate }: typeof product | (typeof product.cells)[number],
    byReturns: number,
  ): ChangeParts => ({ total: total + byReturns, byVolume, byMix, byRate, byReturns })
  return {
    steps: 1,
    whole: parts(product, returned.total),
    cells: product.cells
      .map((cell) => ({
        cell: cellOf(cell.cell),
        ...parts(cell, byCell.get(cell.cell) ?? 0),
      }))
      .sort((a, b) => Math.abs(b.total) - Math.abs(a.total)),
  }
}

const sum = (cells: readonly CellCount[], take: Take) =>
  cells.reduce((all, { counted }) => all + take(counted), 0)

/**
 * The part of the whole that a cell has had in both periods: what it would carry of a change in which
 * everything moved alike. Somebody new, or gone, has none, and all of their change is their own.
 */
const standing = (shareBefore: number, shareNow: number) =>
  Math.max(0, Math.min(shareBefore || 0, shareNow || 0))

/** How the cells of a dimension moved, with what chance alone would do, for finding noteworthy places. */
export function movements(
  id: DivisibleId,
  before: readonly CellCount[],
  now: readonly CellCount[],
): Movement[] {
  const how = made[id]
  const division = divide(id, before, now)
  if (!division || !toldFromChance(id)) return []
  const [from, to] = [before, now].map(
    (cells) => new Map(cells.map(({ cell, counted }) => [cell, counted])),
  ) as [Map<string | null, Counted>, Map<string | null, Counted>]
  if (how.of !== 'ratio') {
    const squares = how.squares ?? (() => 0)
    const size = how.of === 'amount' ? how.amount : how.numerator
    const of = (take: Take, counted: Counted | undefined) => (counted ? take(counted) : 0)
    const variance = how.of === 'amount' ? varianceOfCounts : varianceOfSums
    return division.cells.map(({ cell, total }) => ({
      cell,
      change: total,
      size: standing(
        of(size, from.get(cell)) / sum(before, size),
        of(size, to.get(cell)) / sum(now, size),
      ),
      variance: variance(of(squares, from.get(cell)), of(squares, to.get(cell))),
    }))
  }
  const { numerator, denominator, products, steps } = how
  const [bottomBefore, bottomNow] = [sum(before, denominator), sum(now, denominator)]
  const ratio = (sum(before, numerator) / bottomBefore + sum(now, numerator) / bottomNow) / 2
  const none: Products = { xx: 0, xy: 0, yy: 0 }
  return division.cells.map(({ cell, total }) => {
    const [was, is] = [from.get(cell), to.get(cell)]
    const of = (counted: Counted | undefined) => (counted && products ? products(counted) : none)
    return {
      cell,
      change: total,
      size: standing(
        (was ? denominator(was) : 0) / bottomBefore,
        (is ? denominator(is) : 0) / bottomNow,
      ),
      variance:
        varianceOfRatio(
          { before: of(was), now: of(is) },
          { ratio, denominatorBefore: bottomBefore, denominatorNow: bottomNow },
        ) *
        steps ** 2,
    }
  })
}
