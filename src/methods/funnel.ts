// Funnel plots: which rates are unusual for their number of trials, seen against a target.

import { binomialCdf } from './beta.ts'
import { at, type Status } from './estimate.ts'
import { chiSquareQuantile } from './gamma.ts'
import { normalQuantile } from './normal.ts'

/** Tail probabilities on each side of the usual inner and outer funnel lines. */
export const funnelTails = { inner: 0.025, outer: 0.001 } as const

export interface FunnelLimits {
  readonly n: number
  readonly low: number
  readonly high: number
}

/** Interpolated binomial quantile as a share of `n`, which makes the funnel's lines smooth. */
function exactLimit(p: number, n: number, target: number): number {
  let low = 0
  let high = n
  while (low < high) {
    const mid = Math.floor((low + high) / 2)
    if (binomialCdf(mid, n, target) >= p) high = mid
    else low = mid + 1
  }
  const reached = binomialCdf(low, n, target)
  const before = binomialCdf(low - 1, n, target)
  const back = reached > before ? (reached - p) / (reached - before) : 0
  return Math.min(1, Math.max(0, (low - back) / n))
}

function checkTarget(target: number): void {
  if (!(target > 0 && target < 1)) {
    throw new RangeError('The target of a funnel lies strictly between 0 and 1')
  }
}

/**
 * Limits within which a unit with `n` trials stays with probability 1 − 2·`tail` when its true rate
 * is `target`. Exact binomial limits, interpolated between counts.
 * Source: Spiegelhalter (2005), Statistics in Medicine 24:1185, A.1.1.
 */
export function funnelLimits(
  target: number,
  trials: readonly number[],
  tail: number = funnelTails.inner,
): FunnelLimits[] {
  checkTarget(target)
  return trials.map((n) => ({
    n,
    low: exactLimit(tail, n, target),
    high: exactLimit(1 - tail, n, target),
  }))
}

/** The same limits by normal approximation; usable only where n·target·(1−target) ≥ 10. */
export function funnelLimitsNormal(
  target: number,
  trials: readonly number[],
  tail: number = funnelTails.inner,
): FunnelLimits[] {
  checkTarget(target)
  const z = -normalQuantile(tail)
  return trials.map((n) => {
    const half = z * Math.sqrt((target * (1 - target)) / n)
    return { n, low: Math.max(0, target - half), high: Math.min(1, target + half) }
  })
}

export interface Overdispersion {
  readonly n: number
  readonly method: string
  readonly status: Status
  /** Pooled rate, the target the units are compared with. */
  readonly target?: number
  /** Mean square of the winsorised z-scores; 1 when only chance separates the units. */
  readonly phi?: number
  /** Limits are to be widened by √phi, and the screen says so. */
  readonly adjusted: boolean
  readonly units: readonly {
    readonly z: number
    /** Outside the (widened) inner and outer limits: unusual and worth a look, not bad. */
    readonly unusual: boolean
    readonly veryUnusual: boolean
  }[]
}

/** Quantile of type 7: linear between order statistics, as spreadsheets do. */
function quantile(ascending: readonly number[], p: number): number {
  const position = (ascending.length - 1) * p
  const low = Math.floor(position)
  const high = Math.ceil(position)
  return at(ascending, low) + (position - low) * (at(ascending, high) - at(ascending, low))
}

/**
 * Whether the units of a funnel vary more than chance alone explains. The extreme shares
 * `winsor` at both ends are pulled in first, so that the few unusual units do not hide themselves.
 * Fewer than two units give `not_enough_data`, all rates 0 or all 1 `undefined_no_variation`.
 * Source: Spiegelhalter (2005), Statistics in Medicine 24:1185, section 3.2.
 */
export function funnelOverdispersion(
  records: readonly { readonly successes: number; readonly trials: number }[],
  winsor = 0.1,
): Overdispersion {
  const k = records.length
  const common = { n: k, method: 'funnel_overdispersion' }
  if (records.some(({ successes, trials }) => !(trials > 0 && successes >= 0))) {
    throw new RangeError('Every unit of a funnel needs at least one trial')
  }
  if (k < 2) return { ...common, status: 'not_enough_data', adjusted: false, units: [] }
  const trialsInAll = records.reduce((sum, { trials }) => sum + trials, 0)
  const target = records.reduce((sum, { successes }) => sum + successes, 0) / trialsInAll
  if (target === 0 || target === 1) {
    return { ...common, status: 'undefined_no_variation', target, adjusted: false, units: [] }
  }
  const scores = records.map(
    ({ successes, trials }) =>
      (successes / trials - target) / Math.sqrt((target * (1 - target)) / trials),
  )
  const ascending = [...scores].sort((a, b) => a - b)
  const floor = quantile(ascending, winsor)
  const ceiling = quantile(ascending, 1 - winsor)
  const phi = scores.reduce((sum, z) => sum + Math.min(ceiling, Math.max(floor, z)) ** 2, 0) / k
  const adjusted = phi > 1 && k * phi > chiSquareQuantile(0.95, k - 1)
  const widening = adjusted ? Math.sqrt(phi) : 1
  const inner = -normalQuantile(funnelTails.inner) * widening
  const outer = -normalQuantile(funnelTails.outer) * widening
  const units = scores.map((z) => ({
    z,
    unusual: Math.abs(z) > inner,
    veryUnusual: Math.abs(z) > outer,
  }))
  return { ...common, status: 'ok', target, phi, adjusted, units }
}
