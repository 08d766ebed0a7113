// How evenly something is spread over people, and whether quotas favour those with much or little potential.

import { at, type Status } from './estimate.ts'
import { momentsOf } from './mean-ci.ts'
import { twoSidedZ } from './normal.ts'
import { policy } from './policy.ts'
import { studentTCdf } from './student-t.ts'

/** Numbers are absent where they mean nothing; `status` says why. */
export interface Inequality {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly mean?: number
  /** Standard deviation, divisor n − 1; absent for one value. */
  readonly sd?: number
  /** Standard deviation as a share of the mean. */
  readonly cv?: number
  /** 0: everybody has the same; towards 1: one has all. Absent where a value is below 0. */
  readonly gini?: number
  /** The same × n/(n − 1), which does not shrink for few people. */
  readonly giniUnbiased?: number
}

/**
 * Gini coefficient and coefficient of variation of values in any order. No values give
 * `not_enough_data`, only zeros `undefined_all_zero`.
 * Source: Gini (1912), Variabilità e mutabilità; Kendall & Stuart (1963), The Advanced Theory of
 * Statistics 1, 2.25.
 */
export function inequality(values: readonly number[]): Inequality {
  if (!values.every(Number.isFinite)) throw new RangeError('Values to be compared are finite')
  const n = values.length
  const common = { n, method: 'gini' }
  if (n === 0) return { ...common, status: 'not_enough_data' }
  const { sum, squaredDeviations } = momentsOf(values)
  const mean = sum / n
  const sd = n === 1 ? undefined : Math.sqrt(squaredDeviations / (n - 1))
  const spread = { mean, ...(sd === undefined ? {} : { sd }) }
  if (values.every((value) => value === 0)) {
    return { ...common, status: 'undefined_all_zero', ...spread }
  }
  const cv = sd === undefined || mean <= 0 ? {} : { cv: sd / mean }
  if (values.some((value) => value < 0)) return { ...common, status: 'ok', ...spread, ...cv }
  const ascending = [...values].sort((a, b) => a - b)
  let ranked = 0
  ascending.forEach((value, i) => {
    // Ranks around the middle, so that large equal values cancel exactly.
    ranked += (2 * (i + 1) - n - 1) * value
  })
  const gini = Math.max(0, ranked / (n * sum))
  const unbiased = n === 1 ? {} : { giniUnbiased: (gini * n) / (n - 1) }
  return { ...common, status: 'ok', ...spread, ...cv, gini, ...unbiased }
}

/** Quantile of ascending values by linear interpolation (type 7 of Hyndman & Fan 1996). */
export function quantileOf(ascending: readonly number[], p: number): number {
  const place = p * (ascending.length - 1)
  const below = Math.floor(place)
  const lower = at(ascending, below)
  return below + 1 < ascending.length
    ? lower + (place - below) * (at(ascending, below + 1) - lower)
    : lower
}

/** `low` and `high` are Fisher-z limits; they are absent below four pairs. */
export interface Correlation {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly value?: number
  readonly low?: number
  readonly high?: number
  /** Two-sided chance of a correlation this far from 0 where there is none. */
  readonly p?: number
}

/**
 * Pearson correlation of pairs. Below three pairs `not_enough_data`, where one side does not vary
 * `undefined_no_variation`. Source: Fisher (1921), Metron 1:3.
 */
export function pearson(
  pairs: readonly (readonly [number, number])[],
  confidence: number = policy.confidence,
): Correlation {
  const n = pairs.length
  const common = { n, method: 'pearson' }
  if (n < 3) return { ...common, status: 'not_enough_data' }
  const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / n
  const [meanX, meanY] = [mean(0), mean(1)]
  let [xx, yy, xy] = [0, 0, 0]
  for (const [x, y] of pairs) {
    xx += (x - meanX) ** 2
    yy += (y - meanY) ** 2
    xy += (x - meanX) * (y - meanY)
  }
  if (xx === 0 || yy === 0) return { ...common, status: 'undefined_no_variation' }
  const value = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)))
  if (Math.abs(value) === 1) return { ...common, status: 'ok', value }
  const t = value * Math.sqrt((n - 2) / (1 - value * value))
  const p = 2 * studentTCdf(-Math.abs(t), n - 2)
  if (n < 4) return { ...common, status: 'ok', value, p }
  const half = twoSidedZ(confidence) / Math.sqrt(n - 3)
  const centre = Math.atanh(value)
  return {
    ...common,
    status: 'ok',
    value,
    low: Math.tanh(centre - half),
    high: Math.tanh(centre + half),
    p,
  }
}

/** Ranks from 1; equal values share the mean of their ranks. */
function ranksOf(values: readonly number[]): { ranks: number[]; tied: boolean } {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value)
  const ranks: number[] = new Array(values.length).fill(0)
  let tied = false
  for (let first = 0; first < order.length; ) {
    let last = first
    while (last + 1 < order.length && at(order, last + 1).value === at(order, first).value) last++
    for (let k = first; k <= last; k++) ranks[at(order, k).i] = (first + last) / 2 + 1
    tied ||= last > first
    first = last + 1
  }
  return { ranks, tied }
}

/** Up to here every order of the ranks is gone through: 9! are 362,880. */
const exactMax = 9

/** How many orders of n ranks lie within a sum of squared rank differences, and how many there are. */
function ordersWithin(n: number, sum: number): { atMost: number; atLeast: number; all: number } {
  const found = { atMost: 0, atLeast: 0, all: 0 }
  const taken: boolean[] = new Array(n).fill(false)
  const walk = (place: number, so: number): void => {
    if (place === n) {
      found.all += 1
      if (so <= sum) found.atMost += 1
      if (so >= sum) found.atLeast += 1
      return
    }
    for (let rank = 0; rank < n; rank++) {
      if (taken[rank]) continue
      taken[rank] = true
      walk(place + 1, so + (rank - place) ** 2)
      taken[rank] = false
    }
  }
  walk(0, 0)
  return found
}

/**
 * Spearman's rank correlation of pairs. `p` is exact up to nine pairs without ties, else by the t
 * approximation. Source: Spearman (1904), American Journal of Psychology 15:72; Kendall (1962),
 * Rank Correlation Methods.
 */
export function spearman(pairs: readonly (readonly [number, number])[]): Correlation {
  const [x, y] = [ranksOf(pairs.map(([one]) => one)), ranksOf(pairs.map(([, two]) => two))]
  const ranked = pearson(x.ranks.map((rank, i) => [rank, at(y.ranks, i)] as const))
  const { n, status, value } = ranked
  const common = { n, method: 'spearman', status }
  if (value === undefined) return common
  if (n > exactMax || x.tied || y.tied) {
    return { ...common, value, ...(ranked.p === undefined ? {} : { p: ranked.p }) }
  }
  const sum = x.ranks.reduce((so, rank, i) => so + (rank - at(y.ranks, i)) ** 2, 0)
  const { atMost, atLeast, all } = ordersWithin(n, sum)
  return { ...common, value, p: Math.min(1, (2 * Math.min(atMost, atLeast)) / all) }
}

/** How quotas stand with those who carry them; attainment is measure ÷ quota, 1 = reached. */
export interface QuotaFairness {
  readonly n: number
  readonly inequality: Inequality
  /** Share of people at or above their quota; absent without people. */
  readonly shareAtOrAbove?: number
  /** Tenth, quarter, half, three quarters and nine tenths of people lie at or below these. */
  readonly quantiles: readonly number[]
  /** Attainment with potential: away from 0, quotas favour one end. */
  readonly pearson: Correlation
  readonly spearman: Correlation
}

/**
 * Attainment of people against the potential of what they work on. A fair quota shows no connection.
 * `quantiles` are at 10, 25, 50, 75 and 90 %.
 * Source: Zoltners, Sinha & Lorimer (2006), The Complete Guide to Sales Force Incentive Compensation.
 */
export function quotaFairness(
  people: readonly { readonly attainment: number; readonly potential?: number | undefined }[],
  confidence: number = policy.confidence,
): QuotaFairness {
  const attainment = people.map((one) => one.attainment).sort((a, b) => a - b)
  const pairs = people.flatMap((one): [number, number][] =>
    one.potential === undefined ? [] : [[one.attainment, one.potential]],
  )
  const n = attainment.length
  return {
    n,
    inequality: inequality(attainment),
    ...(n === 0 ? {} : { shareAtOrAbove: attainment.filter((value) => value >= 1).length / n }),
    quantiles: n === 0 ? [] : [0.1, 0.25, 0.5, 0.75, 0.9].map((p) => quantileOf(attainment, p)),
    pearson: pearson(pairs, confidence),
    spearman: spearman(pairs),
  }
}
