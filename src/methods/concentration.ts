// How much of the whole the largest few make up: Pareto's curve.

import { at, type Status } from './estimate.ts'

/** Shares are fractions 0..1; numbers are absent and `cumulativeShare` is empty unless `status` is `ok`. */
export interface Concentration {
  readonly n: number
  readonly method: string
  readonly status: Status
  /** Share of the largest one, of the two largest, … of all. */
  readonly cumulativeShare: readonly number[]
  /** The fewest items that make up four fifths of the whole, and which share of all items they are. */
  readonly itemsForFourFifths?: number
  readonly shareOfItemsForFourFifths?: number
  /** What the largest fifth of the items (rounded up) makes up. */
  readonly topFifthShare?: number
}

/**
 * Pareto's curve of amounts from 0 on, in any unit and order. No items give `not_enough_data`, only
 * zeros `undefined_all_zero`; an amount below 0 is an error, since shares of a sum with returns mean
 * nothing. Source: Lorenz (1905), Publications of the American Statistical Association 9:209;
 * Juran (1951), Quality Control Handbook.
 */
export function concentration(values: readonly number[]): Concentration {
  if (!values.every((value) => value >= 0 && Number.isFinite(value))) {
    throw new RangeError('Amounts to be cumulated are finite and not below 0')
  }
  const n = values.length
  const common = { n, method: 'pareto' }
  if (n === 0) return { ...common, status: 'not_enough_data', cumulativeShare: [] }
  let sum = 0
  const cumulated = [...values]
    .sort((a, b) => b - a)
    .map((value) => {
      sum += value
      return sum
    })
  if (sum === 0) return { ...common, status: 'undefined_all_zero', cumulativeShare: [] }
  // Compared without a division, so that a share of exactly four fifths is not missed.
  const itemsForFourFifths = cumulated.findIndex((part) => 5 * part >= 4 * sum) + 1
  const cumulativeShare = cumulated.map((part) => part / sum)
  return {
    ...common,
    status: 'ok',
    cumulativeShare,
    itemsForFourFifths,
    shareOfItemsForFourFifths: itemsForFourFifths / n,
    topFifthShare: at(cumulativeShare, Math.ceil(n / 5) - 1),
  }
}
