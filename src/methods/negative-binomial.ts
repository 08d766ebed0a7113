// Counts per day that vary more than chance alone: the negative binomial distribution and its fit.

import { betaCdf } from './beta.ts'
import type { Status } from './estimate.ts'
import { gammaUpperTail, lgamma } from './gamma.ts'

/** From this size on the distribution cannot be told from Poisson's in double precision. */
const POISSON_SIZE = 1e7

export interface NegativeBinomial {
  readonly mean: number
  /** Variance = mean + mean²/size; infinite: Poisson. */
  readonly size: number
}

/** P(X ≤ x). */
export function negativeBinomialCdf(x: number, { mean, size }: NegativeBinomial): number {
  if (x < 0) return 0
  if (mean === 0) return 1
  const whole = Math.floor(x)
  if (size >= POISSON_SIZE) return gammaUpperTail(mean, whole + 1)
  return betaCdf(size / (size + mean), size, whole + 1, mean / (size + mean))
}

/** The smallest x with P(X ≤ x) ≥ p, for 0 ≤ p < 1. */
export function negativeBinomialQuantile(p: number, spread: NegativeBinomial): number {
  if (!(p >= 0 && p < 1)) throw new RangeError('A probability lies between 0 and 1')
  let [low, high] = [-1, 1]
  while (negativeBinomialCdf(high, spread) < p) [low, high] = [high, 2 * high]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (negativeBinomialCdf(middle, spread) < p) low = middle
    else high = middle
  }
  return high
}

/** What the sum over days is: sizes and means of independent days add up. */
export function sumOfDays(daily: NegativeBinomial, days: number): NegativeBinomial {
  return { mean: daily.mean * days, size: daily.size * days }
}

/** P(the sum of so many days ≥ need). */
export function countGoalProbability(
  daily: NegativeBinomial,
  { days, need }: { readonly days: number; readonly need: number },
): number {
  if (need <= 0) return 1
  if (days <= 0) return 0
  return 1 - negativeBinomialCdf(Math.ceil(need) - 1, sumOfDays(daily, days))
}

export interface NegativeBinomialFit {
  readonly status: Status
  readonly mean: number
  /** Absent at the Poisson limit: the values vary no more than chance alone. */
  readonly size?: number
  readonly sizeByMoments?: number
  readonly logLikelihood?: number
}

/**
 * Maximum likelihood. With variance ≤ mean there is no finite size: `poisson_limit`. The equation
 * Σ ψ(k+y) − ψ(k) + ln(k/(k+μ)) = 0 needs no digamma function, for y is whole: the difference is Σ 1/(k+j).
 */
export function fitNegativeBinomial(daily: readonly number[]): NegativeBinomialFit {
  if (!daily.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError('Counts are whole numbers from 0 on')
  }
  const n = daily.length
  if (n === 0) return { status: 'not_enough_data', mean: 0 }
  const mean = daily.reduce((sum, count) => sum + count, 0) / n
  const squares = daily.reduce((sum, count) => sum + (count - mean) ** 2, 0)
  const variance = n > 1 ? squares / (n - 1) : 0
  // By the variance the likelihood sees (divisor n): below it the likelihood rises for ever.
  if (squares / n <= mean) return { status: 'poisson_limit', mean }
  const slope = (k: number) => {
    let sum = n * -Math.log1p(mean / k)
    for (const count of daily) for (let j = 0; j < count; j += 1) sum += 1 / (k + j)
    return sum
  }
  let [low, high] = [Math.log(1e-8), Math.log(POISSON_SIZE)]
  while (high - low > 1e-12) {
    const middle = (low + high) / 2
    if (slope(Math.exp(middle)) > 0) low = middle
    else high = middle
  }
  const size = Math.exp((low + high) / 2)
  const logLikelihood = daily.reduce(
    (sum, count) =>
      sum +
      lgamma(size + count) -
      lgamma(size) -
      lgamma(count + 1) -
      size * Math.log1p(mean / size) +
      (count === 0 ? 0 : count * Math.log(mean / (size + mean))),
    0,
  )
  return {
    status: 'ok',
    mean,
    size,
    ...(variance > mean ? { sizeByMoments: mean ** 2 / (variance - mean) } : {}),
    logLikelihood,
  }
}
