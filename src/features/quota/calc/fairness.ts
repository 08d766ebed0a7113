// Whether an allocation is fair, before it is released: how uneven it is, and whom it favours.
import { inequality, quotaFairness } from '../../../methods/fairness.ts'

export interface Share {
  /** What the holder is to reach. */
  amount: number
  /** What the holder reached in the same period a year ago: what there is to be had. */
  lastYear: number | undefined
}

/** Absent where there is nothing to say it from. */
export interface AllocationFairness {
  /** How uneven the amounts are, 0 to 1. */
  gini?: number
  /** Attainment if everybody does again what was done a year ago. */
  implied?: { n: number; atOrAbove: number; low: number; median: number; high: number }
  /**
   * Correlation of that attainment with last year's result; away from 0 the quotas are easier for
   * those with much, or for those with little. Limits at 95 %.
   */
  correlation?: { value: number; low: number; high: number }
  /** Whom the quotas favour, where the limits leave no doubt. */
  favours?: 'strong' | 'weak'
}

/** Parts to the cent differ from their share by less than that, and nothing should be read into it. */
const toHundredthPercent = (value: number) => Math.round(value * 1e4) / 1e4

export function allocationFairness(shares: readonly Share[]): AllocationFairness {
  const { gini } = inequality(shares.map(({ amount }) => amount))
  const people = shares.flatMap(({ amount, lastYear }) =>
    amount > 0 && lastYear !== undefined
      ? [{ attainment: toHundredthPercent(lastYear / amount), potential: lastYear }]
      : [],
  )
  const { n, shareAtOrAbove = 0, quantiles, pearson } = quotaFairness(people)
  const [, low = 0, median = 0, high = 0] = quantiles
  const { value, low: least, high: most } = pearson
  const known = value !== undefined && least !== undefined && most !== undefined
  return {
    ...(gini === undefined ? {} : { gini }),
    ...(n === 0
      ? {}
      : { implied: { n, atOrAbove: Math.round(shareAtOrAbove * n), low, median, high } }),
    ...(known ? { correlation: { value, low: least, high: most } } : {}),
    ...(known && least > 0 ? { favours: 'strong' as const } : {}),
    ...(known && most < 0 ? { favours: 'weak' as const } : {}),
  }
}
