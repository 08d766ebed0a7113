// Holt–Winters smoothing: level, trend and seasons that follow a series, and what they say of the periods to come.

import { type Decomposition, decompose, type Seasonal, straightLine } from './decomposition.ts'
import { at } from './estimate.ts'
import { nelderMead } from './nelder-mead.ts'
import { normalPrediction, normalTotal, type Outlook, simulatedPrediction } from './prediction.ts'
import { randomNumbers } from './random-numbers.ts'

/** How fast level, trend and seasons follow what is new, each 0 (never) to 1 (at once). */
export interface Smoothing {
  readonly alpha: number
  readonly beta: number
  readonly gamma: number
}

export interface HoltWinters extends Smoothing {
  readonly seasonal: Seasonal
  readonly period: number
  /** Sum of squared one-step errors after the first season. */
  readonly sse: number
  readonly level: number
  readonly trend: number
  /** Seasons, the next period's first. */
  readonly seasons: readonly number[]
  /** One-step forecasts, from the second season on. */
  readonly fitted: readonly number[]
  readonly residuals: readonly number[]
  /** False when the search ran out of steps; such a fit must not be shown. */
  readonly converged: boolean
}

interface Start {
  readonly level: number
  readonly trend: number
  readonly seasons: readonly number[]
}

function startOf(series: readonly number[], period: number, seasonal: Seasonal): Start {
  const first: Decomposition = decompose(series.slice(0, 2 * period), period, seasonal)
  const line = straightLine(first.trend.filter((value) => value !== undefined))
  return { level: line.intercept, trend: line.slope, seasons: first.seasons }
}

interface Run {
  sse: number
  level: number
  trend: number
}

/** Runs the recursions; `seasons` is used up, `fitted` is filled if given. */
function smooth(
  series: Float64Array,
  period: number,
  multiplicative: boolean,
  start: Start,
  { alpha, beta, gamma }: Smoothing,
  seasons: Float64Array,
  fitted?: number[],
): Run {
  seasons.set(start.seasons)
  let { level, trend } = start
  let sse = 0
  for (let t = period; t < series.length; t += 1) {
    const season = seasons[t % period] as number
    const y = series[t] as number
    const ahead = level + trend
    const expected = multiplicative ? ahead * season : ahead + season
    fitted?.push(expected)
    sse += (y - expected) ** 2
    const before = level
    level = alpha * (multiplicative ? y / season : y - season) + (1 - alpha) * ahead
    trend = beta * (level - before) + (1 - beta) * trend
    seasons[t % period] = gamma * (multiplicative ? y / level : y - level) + (1 - gamma) * season
  }
  return { sse, level, trend }
}

function checked(series: readonly number[], period: number, seasonal: Seasonal): void {
  if (!(Number.isInteger(period) && period >= 2)) throw new RangeError('A season has 2 or more')
  if (series.length < 2 * period) throw new RangeError('Holt–Winters needs two full seasons')
  if (seasonal === 'multiplicative' && series.some((value) => !(value > 0))) {
    throw new RangeError('Multiplicative seasons need values above 0')
  }
}

/**
 * The recursions with given smoothing; level, trend and seasons start from the decomposition of the
 * first two seasons. Source: Winters (1960), Management Science 6:324; start values as R's HoltWinters.
 */
export function holtWinters(
  series: readonly number[],
  period: number,
  seasonal: Seasonal,
  smoothing: Smoothing,
): HoltWinters {
  checked(series, period, seasonal)
  return run(series, period, seasonal, smoothing, true)
}

function run(
  series: readonly number[],
  period: number,
  seasonal: Seasonal,
  smoothing: Smoothing,
  converged: boolean,
): HoltWinters {
  const seasons = new Float64Array(period)
  const fitted: number[] = []
  const { sse, level, trend } = smooth(
    Float64Array.from(series),
    period,
    seasonal === 'multiplicative',
    startOf(series, period, seasonal),
    smoothing,
    seasons,
    fitted,
  )
  return {
    ...smoothing,
    seasonal,
    period,
    sse,
    level,
    trend,
    seasons: Array.from(seasons, (_, i) => at(seasons, (series.length + i) % period)),
    fitted,
    residuals: fitted.map((expected, i) => at(series, period + i) - expected),
    converged,
  }
}

const grid = [0.1, 0.3, 0.7]

function within(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function smoothingAt(point: readonly number[]): Smoothing {
  const [alpha = 0, beta = 0, gamma = 0] = point.map(within)
  return { alpha, beta, gamma }
}

/** How far a point lies outside the unit cube, so that the search has a way back in. */
function outside(point: readonly number[]): number {
  return point.reduce((sum, value) => sum + (value - within(value)) ** 2, 0)
}

/**
 * Smoothing that makes the squared one-step errors least: the three best of a grid of starts, each
 * followed by Nelder–Mead. `known` is a further start, such as the fit of the series without its last value.
 */
export function fitHoltWinters(
  series: readonly number[],
  period: number,
  seasonal: Seasonal,
  known?: Smoothing,
): HoltWinters {
  checked(series, period, seasonal)
  const values = Float64Array.from(series)
  const seasons = new Float64Array(period)
  const start = startOf(series, period, seasonal)
  const multiplicative = seasonal === 'multiplicative'
  const target = (point: readonly number[]): number => {
    const { sse } = smooth(values, period, multiplicative, start, smoothingAt(point), seasons)
    return Number.isFinite(sse) ? sse * (1 + outside(point)) : Number.POSITIVE_INFINITY
  }
  const starts = grid
    .flatMap((alpha) => grid.flatMap((beta) => grid.map((gamma) => [alpha, beta, gamma])))
    .map((point) => ({ point, value: target(point) }))
    .sort((a, b) => a.value - b.value)
    .map(({ point }) => point)
  const chosen = known
    ? [[known.alpha, known.beta, known.gamma], at(starts, 0)]
    : starts.slice(0, 3)
  const best = chosen
    .map((point) => nelderMead(target, point, 0.1))
    .reduce((least, found) => (found.value < least.value ? found : least))
  return run(series, period, seasonal, smoothingAt(best.point), best.converged)
}

function additiveOutlook(fit: HoltWinters, horizon: number): Outlook {
  const n = fit.residuals.length
  const centre = fit.residuals.reduce((sum, value) => sum + value, 0) / n
  const variance =
    fit.residuals.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, n - 1)
  // What an error of today weighs `step` periods later.
  const weights = Array.from({ length: horizon }, (_, step) => {
    if (step === 0) return 1
    const turn = step % fit.period === 0 ? fit.gamma * (1 - fit.alpha) : 0
    return fit.alpha * (1 + step * fit.beta) + turn
  })
  let spread = 0
  let carried = 0
  let totalSpread = 0
  const periods = weights.map((weight, step) => {
    spread += weight ** 2
    carried += weight
    totalSpread += carried ** 2
    const mean = fit.level + (step + 1) * fit.trend + at(fit.seasons, step % fit.period)
    return normalPrediction(mean, Math.sqrt(variance * spread))
  })
  return { periods, total: normalTotal(periods, Math.sqrt(variance * totalSpread)) }
}

const paths = 2000

/** Paths into the future by relative errors drawn from those made so far. */
function multiplicativeOutlook(fit: HoltWinters, horizon: number, seed: number): Outlook {
  const errors = fit.residuals.map((error, i) => error / at(fit.fitted, i))
  const chance = randomNumbers(seed)
  const outcomes = Array.from({ length: horizon }, () => new Float64Array(paths))
  const totals = new Float64Array(paths)
  for (let path = 0; path < paths; path += 1) {
    const seasons = Float64Array.from(fit.seasons)
    let { level, trend } = fit
    for (let step = 0; step < horizon; step += 1) {
      const season = at(seasons, step % fit.period)
      const ahead = level + trend
      const y = ahead * season * (1 + at(errors, Math.floor(chance() * errors.length)))
      at(outcomes, step)[path] = y
      totals[path] = at(totals, path) + y
      const before = level
      level = fit.alpha * (y / season) + (1 - fit.alpha) * ahead
      trend = fit.beta * (level - before) + (1 - fit.beta) * trend
      seasons[step % fit.period] = fit.gamma * (y / level) + (1 - fit.gamma) * season
    }
  }
  const periods = outcomes.map((values, step) =>
    simulatedPrediction(
      values,
      (fit.level + (step + 1) * fit.trend) * at(fit.seasons, step % fit.period),
    ),
  )
  return {
    periods,
    total: simulatedPrediction(
      totals,
      periods.reduce((sum, { mean }) => sum + mean, 0),
    ),
  }
}

/**
 * The periods to come. Additive intervals are normal with the variance of the one-step errors about
 * their mean (Yar & Chatfield, 1990, International Journal of Forecasting 6:127); multiplicative ones
 * are quantiles of paths simulated with `seed`, because no exact formula holds for them.
 */
export function predictHoltWinters(fit: HoltWinters, horizon: number, seed: number): Outlook {
  return fit.seasonal === 'additive'
    ? additiveOutlook(fit, horizon)
    : multiplicativeOutlook(fit, horizon, seed)
}
