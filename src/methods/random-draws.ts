// Draws from distributions, from uniform numbers that are passed in.

import { normalQuantile } from './normal.ts'

type Chance = () => number

export const drawNormal = (chance: Chance): number => normalQuantile(chance() + 2 ** -33)

/** Gamma with this shape and scale 1. Marsaglia & Tsang (2000), ACM TOMS 26:363. */
export function drawGamma(shape: number, chance: Chance): number {
  if (shape < 1) return drawGamma(shape + 1, chance) * (chance() + 2 ** -33) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = drawNormal(chance)
    const v = (1 + c * z) ** 3
    if (v > 0 && Math.log(chance() + 2 ** -33) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
      return d * v
    }
  }
}

/** Above this mean the rounded normal curve is close enough for any forecast. */
const MANY = 60

/** Poisson, by inversion. */
export function drawPoisson(mean: number, chance: Chance): number {
  if (mean <= 0) return 0
  if (mean > MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * drawNormal(chance)))
  const u = chance()
  let [count, term] = [0, Math.exp(-mean)]
  let sum = term
  while (u > sum && count < 1000) {
    count += 1
    term *= mean / count
    sum += term
  }
  return count
}
