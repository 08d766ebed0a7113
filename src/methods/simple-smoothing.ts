// Simple exponential smoothing: a level that follows the series, for series too short or too plain for seasons.

import { at } from './estimate.ts'
import { nelderMead } from './nelder-mead.ts'
import { normalPrediction, normalTotal, type Outlook } from './prediction.ts'

export interface SimpleSmoothing {
  readonly alpha: number
  readonly level: number
  /** Sum of squared one-step errors from the second value on. */
  readonly sse: number
}

/** The level starts at the first value. Source: Brown (1959), Statistical Forecasting for Inventory Control. */
export function simpleSmoothing(series: readonly number[], alpha: number): SimpleSmoothing {
  return { alpha, ...follow(series.slice(1), alpha, at(series, 0)) }
}

function follow(
  series: readonly number[],
  alpha: number,
  start: number,
): { level: number; sse: number } {
  let level = start
  let sse = 0
  for (const value of series) {
    const error = value - level
    sse += error * error
    level += alpha * error
  }
  return { level, sse }
}

/** The level as a model with a likelihood, its first level found with the smoothing. */
export interface LevelModel {
  readonly alpha: number
  readonly level: number
  /** Variance of the one-step errors. */
  readonly variance: number
  /** Log-likelihood up to a constant that the number of values alone decides. */
  readonly logLik: number
  /** Akaike's criterion corrected for short series. */
  readonly aicc: number
  /** False when the search ran out of steps; such a fit must not be shown. */
  readonly converged: boolean
}

/**
 * Level with additive errors, ETS(A,N,N), by maximum likelihood; needs five values.
 * Source: Hyndman, Koehler, Ord & Snyder (2008), Forecasting with Exponential Smoothing, 5.1.
 */
export function fitLevel(series: readonly number[]): LevelModel {
  const n = series.length
  if (n < 5) throw new RangeError('A level needs five values')
  const known = series.slice(0, 10)
  const first = known.reduce((sum, value) => sum + value, 0) / known.length
  // The start is searched in steps of the series' own size, so that cents and millions search alike.
  const size = Math.max(1e-9, ...series.map((value) => Math.abs(value - first)))
  const alphaOf = (x: number) => Math.min(0.9999, Math.max(1e-4, x))
  const target = ([x = 0, shift = 0]: readonly number[]): number => {
    const alpha = alphaOf(x)
    const { sse } = follow(series, alpha, first + shift * size)
    return n * Math.log(sse / (size * size) + 1e-12) + Math.abs(x - alpha)
  }
  const found = [0.1, 0.5, 0.9]
    .map((start) => nelderMead(target, [start, 0], 0.1))
    .reduce((least, next) => (next.value < least.value ? next : least))
  const [x = 0, shift = 0] = found.point
  const alpha = alphaOf(x)
  const { level, sse } = follow(series, alpha, first + shift * size)
  const logLik = (-n / 2) * Math.log(sse)
  return {
    alpha,
    level,
    variance: sse / (n - 2),
    logLik,
    aicc: -2 * logLik + 6 + 24 / (n - 4),
    converged: found.converged,
  }
}

/** The periods to come: the last level, less certain the further away. */
export function predictLevel({ level, variance, alpha }: LevelModel, horizon: number): Outlook {
  const periods = Array.from({ length: horizon }, (_, step) =>
    normalPrediction(level, Math.sqrt(variance * (1 + step * alpha ** 2))),
  )
  let spread = 0
  for (let left = 0; left < horizon; left += 1) spread += (1 + alpha * left) ** 2
  return { periods, total: normalTotal(periods, Math.sqrt(variance * spread)) }
}
