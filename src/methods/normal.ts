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
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  bottom: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852854,
  ],
}

const TAIL: Rational = {
  top: [
    1.4234371107496837, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  bottom: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 0.0005475938084995344, 1.0507500716444169e-9,
  ],
}

const FAR_TAIL: Rational = {
  top: [
    6.657904643501104, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  bottom: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
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
