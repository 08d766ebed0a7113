// The mean of some values with its t interval, from the values or from sums the database has formed.

import type { Estimate } from './estimate.ts'
import { policy } from './policy.ts'
import { studentTQuantile } from './student-t.ts'

/** `squaredDeviations` = Σ(value − mean)², in SQL `var_pop(value) * count(value)`. */
export interface Moments {
  readonly n: number
  readonly sum: number
  readonly squaredDeviations: number
}

/** Sum and squared deviations of values, by centring first: no cancellation of large squares. */
export function momentsOf(values: readonly number[]): Moments {
  const n = values.length
  let sum = 0
  for (const value of values) sum += value
  const mean = n === 0 ? 0 : sum / n
  let squaredDeviations = 0
  let drift = 0
  for (const value of values) {
    squaredDeviations += (value - mean) ** 2
    drift += value - mean
  }
  // The second term removes what rounding of the mean has added.
  if (n > 0) squaredDeviations = Math.max(0, squaredDeviations - (drift * drift) / n)
  return { n, sum, squaredDeviations }
}

/**
 * Mean with a two-sided t interval, in the unit of the values. One value gives `not_enough_data`
 * and several equal ones `undefined_no_variation`: the mean is then known, its uncertainty is not,
 * and `value` comes without limits. Source: Student (1908), Biometrika 6:1.
 */
export function meanFromMoments(
  moments: Moments,
  confidence: number = policy.confidence,
): Estimate {
  const { n, sum, squaredDeviations } = moments
  if (!(Number.isSafeInteger(n) && n >= 0 && squaredDeviations >= 0 && Number.isFinite(sum))) {
    throw new RangeError('Moments need a whole n, a finite sum and squared deviations from 0 on')
  }
  const common = {
    n,
    method: 'mean_t',
    assumptions: ['independent_values', 'mean_roughly_normal'],
  }
  if (n === 0) return { ...common, status: 'not_enough_data' }
  const value = sum / n
  if (n === 1) return { ...common, value, status: 'not_enough_data' }
  if (squaredDeviations === 0) return { ...common, value, status: 'undefined_no_variation' }
  const standardError = Math.sqrt(squaredDeviations / (n - 1) / n)
  const half = studentTQuantile((1 + confidence) / 2, n - 1) * standardError
  return { ...common, value, low: value - half, high: value + half, status: 'ok' }
}

/** {@link meanFromMoments} of the values themselves. */
export function meanOf(
  values: readonly number[],
  confidence: number = policy.confidence,
): Estimate {
  return meanFromMoments(momentsOf(values), confidence)
}
