// Intervals around a single rate: `successes` of `trials`.

import { betaQuantile } from './beta.ts'
import type { Estimate } from './estimate.ts'
import { twoSidedZ } from './normal.ts'
import { policy } from './policy.ts'

const ASSUMPTIONS = ['independent_trials', 'same_chance_in_every_trial'] as const

type Limits = (successes: number, trials: number, confidence: number) => [number, number]

function proportion(
  method: string,
  successes: number,
  trials: number,
  confidence: number,
  limits: Limits,
): Estimate {
  if (!(Number.isSafeInteger(trials) && trials >= 0)) {
    throw new RangeError('Trials are a whole number from 0 on')
  }
  if (!(Number.isSafeInteger(successes) && successes >= 0 && successes <= trials)) {
    throw new RangeError('Successes are a whole number between 0 and the trials')
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError('A confidence lies strictly between 0 and 1')
  }
  const common = { n: trials, method, assumptions: ASSUMPTIONS }
  if (trials === 0) return { ...common, status: 'not_enough_data' }
  const [low, high] = limits(successes, trials, confidence)
  // At the ends the exact limit is 0 or 1; arithmetic would miss it by a rounding error.
  return {
    ...common,
    value: successes / trials,
    low: successes === 0 ? 0 : Math.max(0, low),
    high: successes === trials ? 1 : Math.min(1, high),
    status: 'ok',
  }
}

/**
 * Wilson's score interval, the default for every rate on screen; no trials give
 * `not_enough_data`. Rates and limits are fractions 0..1.
 * Source: Wilson (1927), JASA 22:209; Brown, Cai & DasGupta (2001), Statistical Science 16:101.
 */
export function wilson(
  successes: number,
  trials: number,
  confidence: number = policy.confidence,
): Estimate {
  return proportion('wilson', successes, trials, confidence, (x, n, level) => {
    const z = twoSidedZ(level)
    const p = x / n
    const shrink = 1 + (z * z) / n
    const centre = (p + (z * z) / (2 * n)) / shrink
    const half = (z / shrink) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
    return [centre - half, centre + half]
  })
}

/**
 * Wilson's interval with continuity correction: wider, for readers who ask for conservative limits.
 * Source: Newcombe (1998), Statistics in Medicine 17:857, method 4.
 */
export function wilsonCorrected(
  successes: number,
  trials: number,
  confidence: number = policy.confidence,
): Estimate {
  return proportion('wilson_cc', successes, trials, confidence, (x, n, level) => {
    const z = twoSidedZ(level)
    const p = x / n
    const below = z * Math.sqrt(z * z - 2 - 1 / n + 4 * p * (n * (1 - p) + 1))
    const above = z * Math.sqrt(z * z + 2 - 1 / n + 4 * p * (n * (1 - p) - 1))
    const centre = 2 * n * p + z * z
    const width = 2 * (n + z * z)
    return [(centre - 1 - below) / width, (centre + 1 + above) / width]
  })
}

/**
 * Clopper and Pearson's interval, whose coverage is never below `confidence`: for contracts and audits.
 * Source: Clopper & Pearson (1934), Biometrika 26:404.
 */
export function clopperPearson(
  successes: number,
  trials: number,
  confidence: number = policy.confidence,
): Estimate {
  return proportion('clopper_pearson', successes, trials, confidence, (x, n, level) => {
    const tail = (1 - level) / 2
    return [
      x === 0 ? 0 : betaQuantile(tail, x, n - x + 1),
      x === n ? 1 : betaQuantile(1 - tail, x + 1, n - x),
    ]
  })
}

/**
 * Bayesian interval under Jeffreys' prior Beta(½, ½), with 0 and 1 as limits at the ends.
 * Source: Brown, Cai & DasGupta (2001), Statistical Science 16:101.
 */
export function jeffreys(
  successes: number,
  trials: number,
  confidence: number = policy.confidence,
): Estimate {
  return proportion('jeffreys', successes, trials, confidence, (x, n, level) => {
    const tail = (1 - level) / 2
    return [betaQuantile(tail, x + 0.5, n - x + 0.5), betaQuantile(1 - tail, x + 0.5, n - x + 0.5)]
  })
}
