// Which of two groups tends to have the larger values, for amounts too skewed for their means.

import { at, type Estimate, type Status } from './estimate.ts'
import { normalQuantile, normalTwoSided } from './normal.ts'
import { policy } from './policy.ts'

/** Largest group for which the exact distribution of W is counted out. */
const exactUpTo = 49

/** Numbers are absent unless `status` is `ok`. */
export interface RankTest {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly assumptions: readonly string[]
  /** Pairs in which the value of group 1 is larger; equal ones count one half. */
  readonly w?: number
  /** The chance that a value of group 1 is larger than one of group 2, w / (n₁n₂): 0..1. */
  readonly chance?: number
  readonly ties?: boolean
  /** Two-sided p-value of "both groups are alike": exact where it can be, else `pNormal`. */
  readonly pValue?: number
  /** There when no values are equal and both groups have fewer than 50. */
  readonly pExact?: number
  /** Normal approximation with variance corrected for ties and continuity correction ½. */
  readonly pNormal?: number
}

function ascending(values: readonly number[]): Float64Array {
  if (!values.every(Number.isFinite)) throw new RangeError('The values of a rank test are finite')
  return Float64Array.from(values).sort()
}

/** W, and Σ(t³ − t) over the groups of t equal values. */
function compareRanks(first: Float64Array, second: Float64Array): { w: number; tied: number } {
  let [i, j, w, tied] = [0, 0, 0, 0]
  while (i < first.length || j < second.length) {
    const value = Math.min(
      first[i] ?? Number.POSITIVE_INFINITY,
      second[j] ?? Number.POSITIVE_INFINITY,
    )
    const below = j
    const start = i
    while (first[i] === value) i += 1
    while (second[j] === value) j += 1
    w += (i - start) * (below + (j - below) / 2)
    const equal = i - start + j - below
    tied += equal ** 3 - equal
  }
  return { w, tied }
}

/**
 * P(W ≤ k) for k = 0 … n₁n₂ when both groups are alike and no values are equal. The recursion mixes
 * chances with positive weights (the largest value belongs to one of the groups), so nothing cancels.
 */
function distributionOfW(n1: number, n2: number): Float64Array {
  let above = Array.from({ length: n2 + 1 }, () => Float64Array.of(1))
  for (let i = 1; i <= n1; i += 1) {
    const row = [Float64Array.of(1)]
    for (let j = 1; j <= n2; j += 1) {
      const [ofFirst, ofSecond] = [at(above, j), at(row, j - 1)]
      const chances = new Float64Array(i * j + 1)
      for (let k = 0; k < chances.length; k += 1) {
        const largestInFirst = k >= j ? (ofFirst[k - j] ?? 0) : 0
        chances[k] = (i * largestInFirst + j * (ofSecond[k] ?? 0)) / (i + j)
      }
      row.push(chances)
    }
    above = row
  }
  let sum = 0
  return at(above, n2).map((chance) => {
    sum += chance
    return Math.min(1, sum)
  })
}

const ASSUMPTIONS = ['independent_values', 'independent_groups'] as const

/**
 * Mann–Whitney (Wilcoxon rank-sum) test. An empty group gives `not_enough_data`, only equal values
 * `undefined_no_variation`. Report `chance`, not w. `n` counts the values of both groups.
 * Source: Mann & Whitney (1947), Annals of Mathematical Statistics 18:50.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): RankTest {
  const [a, b] = [ascending(first), ascending(second)]
  const n = a.length + b.length
  const pairs = a.length * b.length
  const common = { n, method: 'mann_whitney', assumptions: ASSUMPTIONS }
  if (pairs === 0) return { ...common, status: 'not_enough_data' }
  const { w, tied } = compareRanks(a, b)
  const variance = (pairs / 12) * (n + 1 - tied / (n * (n - 1)))
  if (!(variance > 0)) return { ...common, status: 'undefined_no_variation' }
  const distance = Math.max(0, Math.abs(w - pairs / 2) - 0.5)
  const pNormal = normalTwoSided(distance / Math.sqrt(variance))
  const counted = { w, chance: w / pairs, ties: tied > 0, pNormal }
  if (tied > 0 || Math.max(a.length, b.length) > exactUpTo) {
    return { ...common, ...counted, pValue: pNormal, status: 'ok' }
  }
  const tail = at(distributionOfW(a.length, b.length), Math.min(w, pairs - w))
  const pExact = Math.min(1, 2 * tail)
  return { ...common, ...counted, pExact, pValue: pExact, status: 'ok' }
}

/** How many differences a − b are at most `limit`. */
function differencesUpTo(a: Float64Array, b: Float64Array, limit: number): number {
  let count = 0
  let j = 0
  for (const value of a) {
    while (j < b.length && value - at(b, j) > limit) j += 1
    count += b.length - j
  }
  return count
}

/** The `k`-th smallest of all differences a − b (k from 1), without writing them all down. */
function nthDifference(a: Float64Array, b: Float64Array, k: number): number {
  let high = at(a, a.length - 1) - at(b, 0)
  const lowest = at(a, 0) - at(b, b.length - 1)
  if (differencesUpTo(a, b, lowest) >= k) return lowest
  let low = lowest
  for (let turn = 0; turn < 2000; turn += 1) {
    const mid = low + (high - low) / 2
    if (mid <= low || mid >= high) break
    if (differencesUpTo(a, b, mid) >= k) high = mid
    else low = mid
  }
  return high
}

/** The number of differences left out on each side of the interval, plus one; 0: there is none. */
function orderOfLimits(n1: number, n2: number, confidence: number): number {
  const tail = (1 - confidence) / 2
  if (Math.max(n1, n2) > exactUpTo) {
    const spread = Math.sqrt((n1 * n2 * (n1 + n2 + 1)) / 12)
    return Math.max(0, Math.floor((n1 * n2) / 2 + normalQuantile(tail) * spread))
  }
  return distributionOfW(n1, n2).findIndex((chance) => chance >= tail)
}

/**
 * Hodges–Lehmann shift of group 1 against group 2: the median of all differences, in the unit of the
 * values, with limits from the distribution of W (exact up to 49 values a group, normal beyond;
 * somewhat too wide when values are equal). It means a shift when both groups are spread alike. An
 * empty group gives `not_enough_data`; so do groups too small for the confidence, and `value` then
 * comes without limits. `n` counts the values of both groups.
 * Source: Hodges & Lehmann (1963), Annals of Mathematical Statistics 34:598; Hollander, Wolfe &
 * Chicken (2014), Nonparametric Statistical Methods, 4.3.
 */
export function hodgesLehmann(
  first: readonly number[],
  second: readonly number[],
  confidence: number = policy.confidence,
): Estimate {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError('A confidence lies strictly between 0 and 1')
  }
  const [a, b] = [ascending(first), ascending(second)]
  const pairs = a.length * b.length
  const common = {
    n: a.length + b.length,
    method: 'hodges_lehmann',
    assumptions: [...ASSUMPTIONS, 'same_shape_in_both_groups'],
  }
  if (pairs === 0) return { ...common, status: 'not_enough_data' }
  const lower = nthDifference(a, b, Math.floor((pairs + 1) / 2))
  const upper = nthDifference(a, b, Math.floor(pairs / 2) + 1)
  const value = lower + (upper - lower) / 2
  const k = orderOfLimits(a.length, b.length, confidence)
  if (k === 0) return { ...common, value, status: 'not_enough_data' }
  return {
    ...common,
    value,
    low: nthDifference(a, b, k),
    high: nthDifference(a, b, pairs - k + 1),
    status: 'ok',
  }
}
