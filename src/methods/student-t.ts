// Student's t distribution, for intervals around means of few values.

import { betaCdf, betaQuantile } from './beta.ts'
import { normalCdf, normalQuantile } from './normal.ts'

/** P(T ≤ t) with `df` > 0 degrees of freedom; infinite `df` is the normal distribution. */
export function studentTCdf(t: number, df: number): number {
  if (df === Number.POSITIVE_INFINITY) return normalCdf(t)
  if (!Number.isFinite(t)) return t > 0 ? 1 : 0
  const square = t * t
  const inside = square / (df + square)
  const outside = df / (df + square)
  const tail = 0.5 * betaCdf(outside, df / 2, 0.5, inside)
  return t > 0 ? 1 - tail : tail
}

/** The t with P(T ≤ t) = p. */
export function studentTQuantile(p: number, df: number): number {
  if (!(df > 0)) throw new RangeError('Degrees of freedom are positive')
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p)
  if (p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return Number.POSITIVE_INFINITY
  const twoTails = 2 * Math.min(p, 1 - p)
  const sign = p < 0.5 ? -1 : 1
  // Of the two equivalent inversions, the one that does not subtract nearly equal numbers.
  if (twoTails > 0.01) {
    const inside = betaQuantile(1 - twoTails, 0.5, df / 2)
    return sign * Math.sqrt((df * inside) / (1 - inside))
  }
  const outside = betaQuantile(twoTails, df / 2, 0.5)
  return sign * Math.sqrt((df * (1 - outside)) / outside)
}
