// Classical decomposition of a series into trend and season, and the index of seasons that comes from it.

import { at } from './estimate.ts'

/** Whether seasons are added to the level or multiply it. */
export type Seasonal = 'additive' | 'multiplicative'

export interface Decomposition {
  /** Centred moving average over one season; not defined at either end. */
  readonly trend: readonly (number | undefined)[]
  /** One value per season, beginning with that of the first observation; mean 0, or 1 if multiplicative. */
  readonly seasons: readonly number[]
}

/** The moving average around `t`: an even season takes half of both outer values. */
function centredMean(series: readonly number[], period: number, t: number): number | undefined {
  const half = Math.floor(period / 2)
  if (t < half || t + half >= series.length) return undefined
  const even = period % 2 === 0
  let sum = 0
  for (let i = t - half; i <= t + half; i += 1) {
    const outer = even && (i === t - half || i === t + half)
    sum += outer ? at(series, i) / 2 : at(series, i)
  }
  return sum / period
}

/**
 * Trend by centred moving average, seasons as their mean distance from it (additive) or ratio to it
 * (multiplicative), so normalised that they change nothing on average. Needs two full seasons.
 * Source: Kendall & Stuart (1983), The Advanced Theory of Statistics 3, 410-414; names as R's decompose.
 */
export function decompose(
  series: readonly number[],
  period: number,
  seasonal: Seasonal,
): Decomposition {
  if (series.length < 2 * period) throw new RangeError('A decomposition needs two full seasons')
  const trend = series.map((_, t) => centredMean(series, period, t))
  const sums = new Array<number>(period).fill(0)
  const counts = new Array<number>(period).fill(0)
  series.forEach((value, t) => {
    const level = trend[t]
    if (level === undefined) return
    const season = t % period
    const distance = seasonal === 'additive' ? value - level : value / level
    sums[season] = at(sums, season) + distance
    counts[season] = at(counts, season) + 1
  })
  const raw = sums.map((sum, season) => sum / at(counts, season))
  const mean = raw.reduce((sum, value) => sum + value, 0) / period
  return {
    trend,
    seasons: raw.map((value) => (seasonal === 'additive' ? value - mean : value / mean)),
  }
}

/** Intercept and slope of the least-squares line through values at 1, 2, …, n. */
export function straightLine(values: readonly number[]): { intercept: number; slope: number } {
  const n = values.length
  const centre = (n + 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  let across = 0
  let squares = 0
  values.forEach((value, i) => {
    across += (i + 1 - centre) * (value - mean)
    squares += (i + 1 - centre) ** 2
  })
  const slope = squares === 0 ? 0 : across / squares
  return { intercept: mean - slope * centre, slope }
}
