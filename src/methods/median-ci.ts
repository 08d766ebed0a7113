// The median with an interval that assumes nothing about the shape of the distribution.

import { binomialCdf } from './beta.ts'
import { at, type Estimate } from './estimate.ts'
import { policy } from './policy.ts'

/**
 * Largest k for which the k-th smallest and k-th largest of `n` values enclose the median with at
 * least `confidence`; 0 when no k does (n < 6 at 95 %).
 */
function orderOfLimits(n: number, confidence: number): number {
  const tail = (1 - confidence) / 2
  let low = 0
  let high = Math.floor(n / 2)
  while (low < high) {
    const k = Math.ceil((low + high) / 2)
    if (binomialCdf(k - 1, n, 0.5) <= tail) low = k
    else high = k - 1
  }
  return low
}

/** `nth(k)` is the k-th smallest value, k from 1. */
function median(n: number, confidence: number, nth: (k: number) => number): Estimate {
  const common = { n, method: 'median_order_statistics', assumptions: ['independent_values'] }
  if (n === 0) return { ...common, status: 'not_enough_data' }
  const middle = Math.floor((n + 1) / 2)
  const lower = nth(middle)
  const upper = nth(n - middle + 1)
  const value = lower === upper ? lower : lower + (upper - lower) / 2
  const k = orderOfLimits(n, confidence)
  if (k === 0) return { ...common, value, status: 'not_enough_data' }
  return { ...common, value, low: nth(k), high: nth(n - k + 1), status: 'ok' }
}

/**
 * Median of values in ascending order (the mean of the two middle ones when their number is even)
 * with order statistics as limits. Too few values for an interval give `not_enough_data` and the
 * median alone. Source: Thompson (1936), Annals of Mathematical Statistics 7:122.
 */
export function medianOfSorted(
  values: ArrayLike<number>,
  confidence: number = policy.confidence,
): Estimate {
  for (let i = 1; i < values.length; i += 1) {
    if (!(at(values, i - 1) <= at(values, i))) throw new RangeError('Values must be ascending')
  }
  return median(values.length, confidence, (k) => at(values, k - 1))
}

/** {@link medianOfSorted} for values given as value → how often it occurs. */
export function medianOfHistogram(
  counts: ReadonlyMap<number, number>,
  confidence: number = policy.confidence,
): Estimate {
  const steps: { value: number; upTo: number }[] = []
  let n = 0
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
    if (!(Number.isSafeInteger(count) && count >= 0)) {
      throw new RangeError('A count is a whole number from 0 on')
    }
    if (count === 0) continue
    n += count
    steps.push({ value, upTo: n })
  }
  return median(n, confidence, (k) => {
    let low = 0
    let high = steps.length - 1
    while (low < high) {
      const mid = Math.floor((low + high) / 2)
      if (at(steps, mid).upTo >= k) high = mid
      else low = mid + 1
    }
    return at(steps, low).value
  })
}
