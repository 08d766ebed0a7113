// The baseline of every forecast: the same season of last year, or the last value where there is no season.

import { at } from './estimate.ts'
import { normalPrediction, normalTotal, type Outlook } from './prediction.ts'

/**
 * Each period to come as the last one of its season. Needs one season and one value more, without
 * which there is no difference to take an interval from; period 1 repeats the last value.
 * Source: Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice, 5.2 and 5.5.
 */
export function seasonalNaive(series: readonly number[], period: number, horizon: number): Outlook {
  const n = series.length
  if (!(Number.isInteger(period) && period >= 1)) throw new RangeError('A season has 1 or more')
  if (n < period + 1) throw new RangeError('The baseline needs a season and one value more')
  let squares = 0
  for (let t = period; t < n; t += 1) squares += (at(series, t) - at(series, t - period)) ** 2
  const sd = Math.sqrt(squares / (n - period))
  const periods = Array.from({ length: horizon }, (_, step) =>
    normalPrediction(
      at(series, n - period + (step % period)),
      sd * Math.sqrt(Math.floor(step / period) + 1),
    ),
  )
  // An error of one year ahead is met again the year after, at the same season.
  let variance = 0
  for (let step = 0; step < horizon; step += 1) {
    variance += Math.floor((horizon - 1 - step) / period + 1) ** 2 * sd * sd
  }
  return { periods, total: normalTotal(periods, Math.sqrt(variance)) }
}
