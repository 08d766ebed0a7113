// The normal distribution: tail probabilities and quantiles.

import { gammaCdf, gammaUpperTail } from './gamma.ts'

/** Φ(z), accurate in relative terms also far out in the lower tail. */
export function normalCdf(z: number): number {
  if (z > 0) return 0.5 + 0.5 * gammaCdf((z * z) / 2, 0.5)
  return 0.5 * gammaUpperTail((z * z) / 2, 0.5)
}

/** P(|Z| > |z|), the two-sided p-value of a standardised difference. */
export function normalTwoSided(z: number): number {
  return gammaUpperTail((z * z) / 2, 0.5)
}

/** Coefficients from the constant up; numerator and denominator of one range of the argument. */
interface Rational {
  readonly top: readonly number[]
  readonly bottom: readonly number[]
}

const CENTRAL: Rational = {
  top: [
    3.3871328727963666, 133.14166789178438, 1971.5909503065514, 13731.693765509461,
    45921.953931549871, 67265.770927008701, 33430.575583588128, 2509.0809287301227,
  ],
  bottom: [
    1, 42.313330701600911, 687.18700749205791, 5394.1960214247511, 21213.794301586596,
    39307.895800092711, 28729.085735721943, 5226.4952788528546,
  ],
}

const TAIL: Rational = {
  top: [
    1.4234371107496836, 4.630337846156546, 5.7694972214606914, 3.6478483247632046,
    1.2704582524523684, 0.24178072517745061, 0.022723844989269185, 7.7454501427834141e-4,
  ],
  bottom: [
    1, 2.0531916266377588, 1.6763848301838038, 0.689767334985100005, 0.14810397642748007,
    0.015198666563616457, 5.4759380849953449e-4, 1.0507500716444168e-9,
  ],
}

const FAR_TAIL: Rational = {
  top: [
    6.6579046435011038, 5.4637849111641144, 1.7848265399172913, 0.29656057182850489,
    0.026532189526576123, 1.2426609473880784e-3, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  bottom: [
    1, 0.59983220655588794, 0.13692988092273581, 0.014875361290850615, 7.8686913114561326e-4,
    1.8463183175100547e-5, 1.4215117583164459e-7, 2.0442631033899398e-15,
  ],
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
}

function ratio(parts: Rational, x: number): number {
  return polynomial(parts.top, x) / polynomial(parts.bottom, x)
}

/** Φ⁻¹(p), relative error about 1e-15 (Wichura, 1988, algorithm AS 241, PPND16). */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('A probability lies between 0 and 1')
  if (p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return Number.POSITIVE_INFINITY
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRAL, 0.180625 - q * q)
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p))
  const z = r <= 5 ? ratio(TAIL, r - 1.6) : ratio(FAR_TAIL, r - 5)
  return q < 0 ? -z : z
}

/** Half width of a two-sided normal interval in standard errors, 1.96 for `confidence` 0.95. */
export function twoSidedZ(confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError('A confidence lies strictly between 0 and 1')
  }
  return -normalQuantile((1 - confidence) / 2)
}
