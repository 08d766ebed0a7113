// What a forecasting method says of a period to come: a mean and two nested intervals.

import { at } from './estimate.ts'
import { twoSidedZ } from './normal.ts'

/** The forecast of one period; the 80 % interval lies within the 95 % interval. */
export interface Prediction {
  readonly mean: number
  readonly low80: number
  readonly high80: number
  readonly low95: number
  readonly high95: number
}

/** Forecasts of the periods to come, and of their sum, whose interval no sum of theirs would give. */
export interface Outlook {
  readonly periods: readonly Prediction[]
  readonly total: Prediction
}

const z80 = twoSidedZ(0.8)
const z95 = twoSidedZ(0.95)

/** Normal intervals of standard deviation `sd` around a mean. */
export function normalPrediction(mean: number, sd: number): Prediction {
  return {
    mean,
    low80: mean - z80 * sd,
    high80: mean + z80 * sd,
    low95: mean - z95 * sd,
    high95: mean + z95 * sd,
  }
}

/** The quantile `q` of ascending values: the smallest of them that at least the share `q` does not exceed. */
export function quantileOfSorted(ascending: ArrayLike<number>, q: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError('A probability lies between 0 and 1')
  const place = Math.ceil(q * ascending.length - 1e-9) - 1
  return at(ascending, Math.min(Math.max(place, 0), ascending.length - 1))
}

/** Mean and intervals of simulated outcomes; the mean may be given where it is known exactly. */
export function simulatedPrediction(outcomes: Float64Array, mean?: number): Prediction {
  const ascending = outcomes.slice().sort()
  const low95 = quantileOfSorted(ascending, 0.025)
  const high95 = quantileOfSorted(ascending, 0.975)
  return {
    mean: mean ?? ascending.reduce((sum, value) => sum + value, 0) / ascending.length,
    low80: quantileOfSorted(ascending, 0.1),
    high80: quantileOfSorted(ascending, 0.9),
    low95,
    high95,
  }
}

/** Sum of the means, with the standard deviation given. */
export function normalTotal(periods: readonly Prediction[], sd: number): Prediction {
  return normalPrediction(
    periods.reduce((sum, { mean }) => sum + mean, 0),
    sd,
  )
}
