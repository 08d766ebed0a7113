// The gamma function's logarithm and the gamma and chi-square distributions, on which the other distributions rest.

import { quantileSearch } from './quantile-search.ts'

const HALF_LOG_TWO_PI = 0.9189385332046728
const LIMIT = 200_000
const EPSILON = 1e-16

/**
 * What Stirling's formula misses: ln Γ(n+1) − ln(√(2πn)·(n/e)^n), for n > 0.
 * Series from 16 on; below that by the exact recursion δ(n) = δ(n+1) + (n+½)·ln(1+1/n) − 1, which
 * never subtracts large numbers (Loader, 2000, "Fast and accurate computation of binomial probabilities").
 */
export function stirlingError(n: number): number {
  let carried = 0
  let m = n
  while (m < 16) {
    carried += (m + 0.5) * Math.log1p(1 / m) - 1
    m += 1
  }
  const s = 1 / (m * m)
  const series =
    1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))
  return carried + series / m
}

/** ln Γ(x) for x > 0, absolute error about 1e-15 near 1 and 2, relative error about 1e-15 elsewhere. */
export function lgamma(x: number): number {
  if (!(x > 0)) throw new RangeError('lgamma needs a positive argument')
  return HALF_LOG_TWO_PI + (x - 0.5) * Math.log(x) - x + stirlingError(x)
}

/** ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a+b), without the cancellation of the three terms. */
export function lbeta(a: number, b: number): number {
  return (
    HALF_LOG_TWO_PI +
    0.5 * Math.log(1 / a + 1 / b) -
    a * Math.log1p(b / a) -
    b * Math.log1p(a / b) +
    stirlingError(a) +
    stirlingError(b) -
    stirlingError(a + b)
  )
}

/** Deviance part x·ln(x/m) + m − x, exact also where x is close to m (Loader, 2000). */
export function deviance(x: number, m: number): number {
  if (x === 0) return m
  if (m === 0) return Number.POSITIVE_INFINITY
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const v = (x - m) / (x + m)
  let sum = (x - m) * v
  let term = 2 * x * v
  for (let j = 1; j < 1000; j += 1) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}

/** x^a·e^(−x)/Γ(a+1), the factor both expansions of the incomplete gamma function share. */
function leadingFactor(x: number, a: number): number {
  return Math.exp(-deviance(a, x) - stirlingError(a)) / Math.sqrt(2 * Math.PI * a)
}

/** Power series of the lower tail, for x < a + 1. */
function lowerSeries(x: number, a: number): number {
  let sum = 1
  let term = 1
  for (let j = 1; j < LIMIT; j += 1) {
    term *= x / (a + j)
    sum += term
    if (term < sum * EPSILON) break
  }
  return leadingFactor(x, a) * sum
}

/** Continued fraction of the upper tail by Lentz's method, for x ≥ a + 1. */
function upperFraction(x: number, a: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let j = 1; j < LIMIT; j += 1) {
    const an = -j * (j - a)
    b += 2
    d = 1 / (an * d + b || 1e-300)
    c = b + an / c || 1e-300
    const step = c * d
    h *= step
    if (Math.abs(step - 1) < 2 * EPSILON) break
  }
  return leadingFactor(x, a) * a * h
}

/** Lower tail P(a, x) of the gamma distribution with shape `a` > 0 and scale 1. */
export function gammaCdf(x: number, a: number): number {
  if (!(x > 0)) return 0
  if (x === Number.POSITIVE_INFINITY) return 1
  return x < a + 1 ? lowerSeries(x, a) : 1 - upperFraction(x, a)
}

/** Upper tail Q(a, x) = 1 − P(a, x), accurate also where it is tiny. */
export function gammaUpperTail(x: number, a: number): number {
  if (!(x > 0)) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  return x < a + 1 ? 1 - lowerSeries(x, a) : upperFraction(x, a)
}

/** The x with P(a, x) = p. */
export function gammaQuantile(p: number, a: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('A probability lies between 0 and 1')
  if (p === 0) return 0
  if (p === 1) return Number.POSITIVE_INFINITY
  const nearZero = Math.exp((Math.log(p) + lgamma(a + 1)) / a)
  return quantileSearch({
    p,
    start: a > 1 ? a : Math.min(a, nearZero),
    high: Number.POSITIVE_INFINITY,
    cdf: (x) => gammaCdf(x, a),
    density: (x) => (leadingFactor(x, a) * a) / x,
  })
}

/** Quantile of the chi-square distribution with `df` > 0 degrees of freedom. */
export function chiSquareQuantile(p: number, df: number): number {
  return 2 * gammaQuantile(p, df / 2)
}
