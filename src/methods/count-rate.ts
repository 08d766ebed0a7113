// Counts per exposure (calls per day, complaints per thousand orders) and the ratio of two such rates.

import { binomialProbability } from './beta.ts'
import type { Estimate } from './estimate.ts'
import { chiSquareQuantile } from './gamma.ts'
import { policy } from './policy.ts'
import { clopperPearson } from './proportion-ci.ts'

const ASSUMPTIONS = ['independent_events', 'constant_rate'] as const

function checkCount(count: number, exposure: number): void {
  if (!(Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError('A count is a whole number from 0 on')
  }
  if (!(Number.isFinite(exposure) && exposure >= 0)) {
    throw new RangeError('An exposure is a finite number from 0 on')
  }
}

/**
 * Rate of a count with its exact Poisson interval, in events per unit of `exposure`; no exposure
 * gives `not_enough_data`. `n` is the count. Source: Garwood (1936), Biometrika 28:437.
 */
export function poissonExact(
  count: number,
  exposure: number,
  confidence: number = policy.confidence,
): Estimate {
  checkCount(count, exposure)
  const common = { n: count, method: 'poisson_exact', assumptions: ASSUMPTIONS }
  if (exposure === 0) return { ...common, status: 'not_enough_data' }
  const tail = (1 - confidence) / 2
  return {
    ...common,
    value: count / exposure,
    low: count === 0 ? 0 : chiSquareQuantile(tail, 2 * count) / 2 / exposure,
    high: chiSquareQuantile(1 - tail, 2 * count + 2) / 2 / exposure,
    status: 'ok',
  }
}

export interface TwoCounts {
  readonly count1: number
  readonly exposure1: number
  readonly count2: number
  readonly exposure2: number
}

/** Ratio of rate 1 to rate 2; `high` (and `value`) may be Infinity when the second count is 0. */
export interface RateRatio extends Estimate {
  /** Two-sided p-value of "both rates are equal". */
  readonly pValue?: number
}

/** Sum of the probabilities of all outcomes not likelier than the observed one. */
function minimumLikelihood(observed: number, trials: number, chance: number): number {
  const limit = binomialProbability(observed, trials, chance) * (1 + 1e-7)
  let sum = 0
  for (let k = 0; k <= trials; k += 1) {
    const probability = binomialProbability(k, trials, chance)
    if (probability <= limit) sum += probability
  }
  return Math.min(1, sum)
}

/**
 * Ratio of two Poisson rates, exact given the total count: the first count is then binomial, and
 * Clopper–Pearson limits π map to π/(1−π)·exposure2/exposure1. No events at all give
 * `undefined_all_zero`, no exposure `not_enough_data`.
 * Source: Przyborowski & Wilenski (1940), Biometrika 31:313.
 */
export function rateRatioExact(
  counts: TwoCounts,
  confidence: number = policy.confidence,
): RateRatio {
  const { count1, exposure1, count2, exposure2 } = counts
  checkCount(count1, exposure1)
  checkCount(count2, exposure2)
  const total = count1 + count2
  const common = { n: total, method: 'rate_ratio_exact', assumptions: ASSUMPTIONS }
  if (exposure1 === 0 || exposure2 === 0) return { ...common, status: 'not_enough_data' }
  if (total === 0) return { ...common, status: 'undefined_all_zero' }
  const share = clopperPearson(count1, total, confidence)
  const toRatio = (pi: number): number => ((pi / (1 - pi)) * exposure2) / exposure1
  return {
    ...common,
    value: toRatio(count1 / total),
    low: toRatio(share.low ?? 0),
    high: toRatio(share.high ?? 1),
    pValue: minimumLikelihood(count1, total, exposure1 / (exposure1 + exposure2)),
    status: 'ok',
  }
}
