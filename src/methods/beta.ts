// The beta distribution and, through it, the binomial one.

import { deviance, lbeta, stirlingError } from './gamma.ts'
import { normalQuantile } from './normal.ts'
import { quantileSearch } from './quantile-search.ts'

const TINY = 1e-300

/** x^a·(1−x)^b / B(a, b) without logarithms of large numbers (Loader, 2000); `y` is 1 − x. */
function leadingFactor(x: number, y: number, a: number, b: number): number {
  const n = a + b
  const correction = stirlingError(n) - stirlingError(a) - stirlingError(b)
  const exponent = correction - deviance(a, n * x) - deviance(b, n * y)
  return Math.sqrt((a / (2 * Math.PI)) * (b / n)) * Math.exp(exponent)
}

/** Continued fraction of the incomplete beta function by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || TINY)
  let h = d
  for (let m = 1; m < 200_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d || TINY)
    c = 1 + even / c || TINY
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d || TINY)
    c = 1 + odd / c || TINY
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 2e-16) break
  }
  return h
}

/**
 * Regularised incomplete beta function I_x(a, b), the distribution function of Beta(a, b).
 * Pass `y` = 1 − x when it is known more exactly than the subtraction gives.
 */
export function betaCdf(x: number, a: number, b: number, y = 1 - x): number {
  if (!(a > 0 && b > 0)) throw new RangeError('The shapes of a beta distribution are positive')
  if (x <= 0) return 0
  if (y <= 0) return 1
  const factor = leadingFactor(x, y, a, b)
  if (x < (a + 1) / (a + b + 2)) return (factor / a) * fraction(x, a, b)
  return 1 - (factor / b) * fraction(y, b, a)
}

function firstGuess(p: number, a: number, b: number): number {
  const mean = a / (a + b)
  if (a >= 1 && b >= 1) {
    const guess = mean + normalQuantile(p) * Math.sqrt((mean * (1 - mean)) / (a + b + 1))
    return guess > 0 && guess < 1 ? guess : mean
  }
  return Math.min(mean, Math.exp((Math.log(p) + Math.log(a) + lbeta(a, b)) / a))
}

/** The x with I_x(a, b) = p. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('A probability lies between 0 and 1')
  if (!(a > 0 && b > 0)) throw new RangeError('The shapes of a beta distribution are positive')
  if (p === 0 || p === 1) return p
  return quantileSearch({
    p,
    start: firstGuess(p, a, b),
    high: 1,
    cdf: (x) => betaCdf(x, a, b),
    density: (x) => leadingFactor(x, 1 - x, a, b) / (x * (1 - x)),
  })
}

/** P(X ≤ k) for X binomial with `n` trials of probability `p`. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n) return 1
  return betaCdf(1 - p, n - k, k + 1, p)
}

/** P(X = k) for X binomial with `n` trials of probability `p` (Loader, 2000). */
export function binomialProbability(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0
  if (p === 0 || p === 1) return k === n * p ? 1 : 0
  if (k === 0) return Math.exp(n * Math.log1p(-p))
  if (k === n) return Math.exp(n * Math.log(p))
  const correction = stirlingError(n) - stirlingError(k) - stirlingError(n - k)
  const exponent = correction - deviance(k, n * p) - deviance(n - k, n * (1 - p))
  return Math.sqrt(n / (2 * Math.PI * k * (n - k))) * Math.exp(exponent)
}
