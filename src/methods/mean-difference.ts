// Two means side by side, without assuming that both groups spread alike.

import type { Estimate } from './estimate.ts'
import { type Moments, meanFromMoments, momentsOf } from './mean-ci.ts'
import { policy } from './policy.ts'
import { studentTCdf, studentTQuantile } from './student-t.ts'

/** `value` is mean 1 less mean 2, in the unit of the values. */
export interface MeanDifference extends Estimate {
  readonly t?: number
  /** Degrees of freedom after Satterthwaite; not a whole number. */
  readonly df?: number
  /** Two-sided p-value of "both means are equal". */
  readonly pValue?: number
}

/**
 * Difference of two means with Welch's t interval, from sums the database has formed. Fewer than two
 * values in a group give `not_enough_data`, no variation in either `undefined_no_variation`; the
 * difference then comes without limits where both groups have a mean. The unit of analysis is the
 * unit of choice: where sellers were assigned, compare means of sellers, not deals. `n` counts the
 * values of both groups. Source: Welch (1947), Biometrika 34:28; Satterthwaite (1946), Biometrics
 * Bulletin 2:110.
 */
export function welchFromMoments(
  first: Moments,
  second: Moments,
  confidence: number = policy.confidence,
): MeanDifference {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError('A confidence lies strictly between 0 and 1')
  }
  const [a, b] = [meanFromMoments(first), meanFromMoments(second)]
  const common = {
    n: first.n + second.n,
    method: 'welch_t',
    assumptions: ['independent_values', 'mean_roughly_normal', 'independent_groups'],
  }
  if (a.value === undefined || b.value === undefined) {
    return { ...common, status: 'not_enough_data' }
  }
  const value = a.value - b.value
  if (first.n < 2 || second.n < 2) return { ...common, value, status: 'not_enough_data' }
  const v1 = first.squaredDeviations / (first.n - 1) / first.n
  const v2 = second.squaredDeviations / (second.n - 1) / second.n
  const variance = v1 + v2
  if (variance === 0) return { ...common, value, status: 'undefined_no_variation' }
  // Shares of the variance instead of its square, which could overflow.
  const share = v1 / variance
  const df = 1 / (share ** 2 / (first.n - 1) + (1 - share) ** 2 / (second.n - 1))
  const error = Math.sqrt(variance)
  const t = value / error
  const half = studentTQuantile((1 + confidence) / 2, df) * error
  return {
    ...common,
    value,
    low: value - half,
    high: value + half,
    t,
    df,
    pValue: Math.min(1, 2 * studentTCdf(-Math.abs(t), df)),
    status: 'ok',
  }
}

/** {@link welchFromMoments} of the values themselves. */
export function welch(
  first: readonly number[],
  second: readonly number[],
  confidence: number = policy.confidence,
): MeanDifference {
  return welchFromMoments(momentsOf(first), momentsOf(second), confidence)
}
