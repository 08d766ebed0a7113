// How good forecasts were, once the truth is known: errors, quantile losses and coverage.

import { at, type Estimate } from './estimate.ts'
import { policy } from './policy.ts'
import { wilson } from './proportion-ci.ts'

export interface Graded {
  readonly forecast: number
  readonly actual: number
  readonly low80: number
  readonly high80: number
}

export interface Accuracy {
  readonly n: number
  readonly mae: number
  readonly rmse: number
  /** Mean of forecast − actual: above 0 means too hopeful. */
  readonly bias: number
  /** Absent as soon as one actual is 0. In percent. */
  readonly mape?: number
  /** Mean absolute error over that of the baseline within the series known before; absent if that is 0. */
  readonly mase?: number
  /** Sum of absolute errors over the sum of actuals; absent if that is 0. */
  readonly wape?: number
  readonly pinball10: number
  readonly pinball90: number
  /** Share of actuals inside the 80 % interval, with its own interval. */
  readonly coverage80: Estimate
  /** Mean width of the 80 % interval plus the penalty for each actual outside; smaller is better. */
  readonly winkler80: number
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Mean absolute seasonal difference, the scale of MASE; undefined if there is none or it is 0. */
export function naiveScale(series: readonly number[], period: number): number | undefined {
  if (series.length <= period) return undefined
  const steps = series.slice(period).map((value, i) => Math.abs(value - at(series, i)))
  const scale = mean(steps)
  return scale === 0 ? undefined : scale
}

/** Loss of a quantile forecast. Source: Koenker & Bassett (1978), Econometrica 46:33. */
export function pinball(quantile: number, forecast: number, actual: number): number {
  return actual >= forecast ? quantile * (actual - forecast) : (1 - quantile) * (forecast - actual)
}

/** Interval score. Source: Gneiting & Raftery (2007), JASA 102:359, equation 43. */
export function winkler(confidence: number, low: number, high: number, actual: number): number {
  const penalty = 2 / (1 - confidence)
  return high - low + penalty * (Math.max(0, low - actual) + Math.max(0, actual - high))
}

/** Share of actuals within their limits, with its own interval. */
export function shareInside<Record extends { readonly actual: number }>(
  records: readonly Record[],
  limits: (record: Record) => readonly [low: number, high: number],
): Estimate {
  const inside = records.filter((record) => {
    const [low, high] = limits(record)
    return record.actual >= low && record.actual <= high
  })
  return wilson(inside.length, records.length, policy.confidence)
}

/**
 * Accuracy of forecasts against what came. `scale` is `naiveScale` of the series the forecasts were
 * made from. Source: Hyndman & Koehler (2006), International Journal of Forecasting 22:679.
 */
export function accuracy(records: readonly Graded[], scale: number | undefined): Accuracy {
  if (records.length === 0) throw new RangeError('Accuracy needs at least one forecast')
  const errors = records.map(({ forecast, actual }) => forecast - actual)
  const mae = mean(errors.map(Math.abs))
  const total = records.reduce((sum, { actual }) => sum + Math.abs(actual), 0)
  const relative = records.every(({ actual }) => actual !== 0)
    ? 100 * mean(records.map(({ forecast, actual }) => Math.abs((forecast - actual) / actual)))
    : undefined
  return {
    n: records.length,
    mae,
    rmse: Math.sqrt(mean(errors.map((error) => error * error))),
    bias: mean(errors),
    ...(relative === undefined ? {} : { mape: relative }),
    ...(scale === undefined ? {} : { mase: mae / scale }),
    ...(total === 0 ? {} : { wape: (mae * records.length) / total }),
    pinball10: mean(records.map((r) => pinball(0.1, r.low80, r.actual))),
    pinball90: mean(records.map((r) => pinball(0.9, r.high80, r.actual))),
    coverage80: shareInside(records, ({ low80, high80 }) => [low80, high80]),
    winkler80: mean(records.map((r) => winkler(0.8, r.low80, r.high80, r.actual))),
  }
}
