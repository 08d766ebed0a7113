// What changed between two periods: how much of it lies in each cell, by its own doing or by its weight.
import { safeInteger } from '../../../basics/money.ts'
import { assert } from '../../../basics/refusal.ts'
import {
  finePerStep,
  inFine,
  inSteps,
  meanOf,
  minus,
  type Quotient,
  roundTogether,
  sum,
  times,
} from './quotient.ts'

/** An additive metric in one cell of one period: minor units or a count. */
export interface CellAmount {
  cell: string
  amount: number
}

/** A ratio metric in one cell of one period: won of closed deals, margin of revenue, revenue of sales. */
export interface CellRatio {
  cell: string
  numerator: number
  denominator: number
}

export interface AmountChange {
  before: number
  now: number
  total: number
  /** Largest change first; a cell that is missing in a period had 0 there. */
  cells: { cell: string; before: number; now: number; change: number }[]
}

/** Numerator and denominator of one cell or of the whole. */
export interface Ratio {
  numerator: number
  denominator: number
}

/**
 * All parts are whole steps (see {@link changeOfRatio}); those of the cells add up to those of the
 * whole, and `byRate` + `byMix` = `total` everywhere.
 */
export interface RatioParts {
  total: number
  /** Because the cell's own ratio changed. */
  byRate: number
  /** Because weight moved to the cell or away from it, measured against the ratio of the whole. */
  byMix: number
}

export interface RatioChange extends RatioParts {
  /** The ratio of the whole in either period, in steps; `now` − `before` = `total`. */
  before: number
  now: number
  cells: (RatioParts & CellSides)[]
}

/** As {@link RatioParts}, for a sum that is number × average. */
export interface ProductParts extends RatioParts {
  /** Because there was more or less altogether, each at the average of the whole. */
  byVolume: number
}

export interface ProductChange extends ProductParts {
  before: number
  now: number
  cells: (ProductParts & CellSides)[]
}

export interface CellSides {
  cell: string
  /** Undefined: the cell does not exist in that period. */
  before: Ratio | undefined
  now: Ratio | undefined
}

/**
 * The change of an additive metric, cell by cell; exact, since everything is a whole number. Several
 * rows of one cell are added.
 */
export function changeOfAmount(
  before: readonly CellAmount[],
  now: readonly CellAmount[],
): AmountChange {
  const [from, to] = [amounts(before), amounts(now)]
  const cells = namesOf(from, to).map((cell) => {
    const [was, is] = [from.get(cell) ?? 0n, to.get(cell) ?? 0n]
    return {
      cell,
      before: safeInteger(was),
      now: safeInteger(is),
      change: safeInteger(is - was),
    }
  })
  const [was, is] = [sum([...from.values()]), sum([...to.values()])]
  return {
    before: safeInteger(was),
    now: safeInteger(is),
    total: safeInteger(is - was),
    cells: cells.sort(byChange(({ change }) => change)),
  }
}

/**
 * The change of a ratio N/D of the whole, with weights w = Dᵢ/D and ratios r = Nᵢ/Dᵢ of its cells:
 *
 *   R₁ − R₀ = Σ ½(w₀+w₁)(r₁−r₀)  +  Σ (w₁−w₀)(½(r₀+r₁) − ½(R₀+R₁))
 *             by rate                by mix
 *
 * Means of both periods stand for what is held fixed, so exchanging the periods only turns every
 * sign round, and nothing is left over. For two factors this is Shapley's division. A cell that
 * exists in one period only has no change of its own ratio: all it does is mix. What a cell without
 * denominator contributes (cost where nothing was sold) is by rate.
 *
 * Rounding: everything is whole steps of 1/`steps` (1000: tenths of a percentage point; 1: minor
 * units of an average). The whole is the difference of the two rounded ratios, so that before, parts
 * and now add up as shown. Largest remainders, ties to the earlier name, divide it into rate and mix
 * and each of these among the cells; a part of the whole is less than or just one step from its exact
 * value, one of a cell at most two.
 *
 * Undefined when the whole has no denominator above 0 in one of the periods: then there is no ratio.
 * Sources: Bennet (1920), JRSS 83:455; Kitagawa (1955), JASA 50:1168; Griliches & Regev (1995),
 * Journal of Econometrics 65:175.
 */
export function changeOfRatio(
  before: readonly CellRatio[],
  now: readonly CellRatio[],
  steps: number,
): RatioChange | undefined {
  const { cells, whole } = sidesOf(before, now)
  const [from, to] = [whole.before, whole.now]
  const average = meanOf(from, to)
  if (!average || from.bottom <= 0n || to.bottom <= 0n) return undefined
  const both = from.bottom * to.bottom
  const fine = cells.map((cell) => {
    const was = cell.before ?? nothing
    const is = cell.now ?? nothing
    const weight = { top: is.bottom * from.bottom - was.bottom * to.bottom, bottom: both }
    const share = { top: is.top * from.bottom - was.top * to.bottom, bottom: both }
    // What the cell adds, over what its weight would add at the ratio of the whole.
    const all = inFine(minus(share, times(weight, average)), steps)
    const own = meanOf(was, is)
    const mix = own ? inFine(times(weight, minus(own, average)), steps) : 0n
    return { rate: all - mix, mix }
  })
  const [wasAll, isAll] = [inSteps(from, steps), inSteps(to, steps)]
  const total = isAll - wasAll
  const [byRate = 0n, byMix = 0n] = roundTogether(
    [sum(fine.map(({ rate }) => rate)), sum(fine.map(({ mix }) => mix))],
    total,
  )
  const rates = roundTogether(
    fine.map(({ rate }) => rate),
    byRate,
  )
  const mixes = roundTogether(
    fine.map(({ mix }) => mix),
    byMix,
  )
  const found = cells.map((cell, i) => {
    const [rate, mix] = [rates[i] ?? 0n, mixes[i] ?? 0n]
    return {
      ...shown(cell),
      total: safeInteger(rate + mix),
      byRate: safeInteger(rate),
      byMix: safeInteger(mix),
    }
  })
  return {
    before: safeInteger(wasAll),
    now: safeInteger(isAll),
    total: safeInteger(total),
    byRate: safeInteger(byRate),
    byMix: safeInteger(byMix),
    cells: found.sort(byChange((cell) => cell.total)),
  }
}

/**
 * The change of a sum N that is a number D times an average N/D (revenue = deals won × average deal),
 * by volume, mix and rate. For each cell, with r = Nᵢ/Dᵢ and R = N/D:
 *
 *   ΔNᵢ = ΔDᵢ·½(R₀+R₁)  +  ΔDᵢ·(½(r₀+r₁) − ½(R₀+R₁))  +  ½(Dᵢ₀+Dᵢ₁)·Δrᵢ
 *         by volume        by mix                        by rate
 *
 * Exchanging the periods turns every sign round. The parts of a cell add up to its own change, and
 * mix is 0 over all cells when they grow alike. A cell of one period has no part by rate; where the
 * whole has a number in one period only, its average stands for both.
 *
 * Rounding: whole steps of 1/`steps` of N's unit. Each cell's change is exact and divided by largest
 * remainders; parts of the whole are the sums of those shown for its cells, hence less than
 * one step per cell from their exact values. Source: Bennet (1920), JRSS 83:455.
 */
export function changeOfProduct(
  before: readonly CellRatio[],
  now: readonly CellRatio[],
  steps = 1,
): ProductChange {
  const { cells, whole } = sidesOf(before, now)
  const average = meanOf(positive(whole.before), positive(whole.now)) ?? { top: 0n, bottom: 1n }
  const scale = BigInt(steps)
  const found = cells.map((cell) => {
    const was = cell.before ?? nothing
    const is = cell.now ?? nothing
    const number = { top: is.bottom - was.bottom, bottom: 1n }
    const total = (is.top - was.top) * scale
    const volume = inFine(times(number, average), steps)
    const own = meanOf(was, is)
    const quantity = own ? inFine(times(number, own), steps) : volume
    const parts = roundTogether([volume, quantity - volume, total * finePerStep - quantity], total)
    const [byVolume = 0n, byMix = 0n, byRate = 0n] = parts
    return {
      ...shown(cell),
      total: safeInteger(total),
      byVolume: safeInteger(byVolume),
      byMix: safeInteger(byMix),
      byRate: safeInteger(byRate),
    }
  })
  const over = (part: (cell: ProductParts) => number) =>
    safeInteger(sum(found.map((cell) => BigInt(part(cell)))))
  return {
    before: safeInteger(whole.before.top * scale),
    now: safeInteger(whole.now.top * scale),
    total: over((cell) => cell.total),
    byVolume: over((cell) => cell.byVolume),
    byMix: over((cell) => cell.byMix),
    byRate: over((cell) => cell.byRate),
    cells: found.sort(byChange((cell) => cell.total)),
  }
}

interface Sides {
  cell: string
  before: Quotient | undefined
  now: Quotient | undefined
}

const nothing: Quotient = { top: 0n, bottom: 0n }

const positive = (ratio: Quotient): Quotient => (ratio.bottom > 0n ? ratio : nothing)

/** Both periods side by side, cells in the order of their names. */
function sidesOf(
  before: readonly CellRatio[],
  now: readonly CellRatio[],
): { cells: Sides[]; whole: { before: Quotient; now: Quotient } } {
  const [from, to] = [ratios(before), ratios(now)]
  const wholeOf = (cells: ReadonlyMap<string, Quotient>): Quotient => ({
    top: sum([...cells.values()].map(({ top }) => top)),
    bottom: sum([...cells.values()].map(({ bottom }) => bottom)),
  })
  return {
    cells: namesOf(from, to).map((cell) => ({
      cell,
      before: from.get(cell),
      now: to.get(cell),
    })),
    whole: { before: wholeOf(from), now: wholeOf(to) },
  }
}

function ratios(rows: readonly CellRatio[]): Map<string, Quotient> {
  const found = new Map<string, Quotient>()
  for (const { cell, numerator, denominator } of rows) {
    const { top, bottom } = found.get(cell) ?? nothing
    found.set(cell, { top: top + whole(numerator), bottom: bottom + whole(denominator) })
  }
  return found
}

function amounts(rows: readonly CellAmount[]): Map<string, bigint> {
  const found = new Map<string, bigint>()
  for (const { cell, amount } of rows) found.set(cell, (found.get(cell) ?? 0n) + whole(amount))
  return found
}

function whole(value: number): bigint {
  assert(Number.isSafeInteger(value), 'what is divided among cells is a safe integer')
  return BigInt(value)
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Names of the cells of both periods, in an order that does not depend on that of the rows. */
function namesOf(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort(byName)
}

/** Largest change first, whichever its direction; equal ones by name. */
function byChange<T extends { cell: string }>(change: (cell: T) => number) {
  return (a: T, b: T): number => Math.abs(change(b)) - Math.abs(change(a)) || byName(a.cell, b.cell)
}

function shown({ cell, before, now }: Sides): CellSides {
  const ratio = (side: Quotient | undefined): Ratio | undefined =>
    side && { numerator: safeInteger(side.top), denominator: safeInteger(side.bottom) }
  return { cell, before: ratio(before), now: ratio(now) }
}
