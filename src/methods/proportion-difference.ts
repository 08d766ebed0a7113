// Two rates side by side: how far they lie apart, and whether chance alone explains it.

import type { Estimate } from './estimate.ts'
import { gammaUpperTail } from './gamma.ts'
import { normalTwoSided } from './normal.ts'
import { policy } from './policy.ts'
import { wilson } from './proportion-ci.ts'

/** Successes and trials of one of two groups. */
export interface Arm {
  readonly successes: number
  readonly trials: number
}

/**
 * Rate 1 less rate 2 with Newcombe's hybrid score interval, as fractions −1..1 (times 100:
 * percentage points). Holds also where a rate is 0 or 1. A group without trials gives
 * `not_enough_data`. `n` counts the trials of both.
 * Source: Newcombe (1998), Statistics in Medicine 17:873, method 10.
 */
export function newcombe(
  first: Arm,
  second: Arm,
  confidence: number = policy.confidence,
): Estimate {
  const a = wilson(first.successes, first.trials, confidence)
  const b = wilson(second.successes, second.trials, confidence)
  const common = {
    n: first.trials + second.trials,
    method: 'newcombe',
    assumptions: ['independent_trials', 'same_chance_in_every_trial', 'independent_groups'],
  }
  const { value: p1, low: l1, high: u1 } = a
  const { value: p2, low: l2, high: u2 } = b
  if (p1 === undefined || l1 === undefined || u1 === undefined) {
    return { ...common, status: 'not_enough_data' }
  }
  if (p2 === undefined || l2 === undefined || u2 === undefined) {
    return { ...common, status: 'not_enough_data' }
  }
  const value = p1 - p2
  return {
    ...common,
    value,
    low: value - Math.hypot(p1 - l1, u2 - p2),
    high: value + Math.hypot(u1 - p1, p2 - l2),
    status: 'ok',
  }
}

/** The standardised difference of two rates; numbers are absent unless `status` is `ok`. */
export interface TwoProportionTest {
  readonly n: number
  readonly method: string
  readonly status: Estimate['status']
  readonly assumptions: readonly string[]
  /** Above 0 when rate 1 is the higher one. */
  readonly z?: number
  /** z², Pearson's statistic of the 2×2 table. */
  readonly chiSquare?: number
  /** Two-sided p-value of "both rates are equal". */
  readonly pValue?: number
  /** The same with Yates's continuity correction: conservative, not the default. */
  readonly pValueCorrected?: number
}

/**
 * Pooled test that two rates are equal. Only successes or only failures give
 * `undefined_no_variation` (the statistic would be 0/0), a group without trials `not_enough_data`.
 * It can disagree with {@link newcombe} at the margin, because the variances differ: screens show
 * the interval, p-values serve corrections for many comparisons.
 * Source: Pearson (1900), Philosophical Magazine 50:157; Yates (1934), JRSS Supplement 1:217.
 */
export function twoProportionTest(first: Arm, second: Arm): TwoProportionTest {
  const [p1, p2] = [wilson(first.successes, first.trials), wilson(second.successes, second.trials)]
  const n = first.trials + second.trials
  const common = {
    n,
    method: 'two_proportion_test',
    assumptions: ['independent_trials', 'independent_groups', 'expected_counts_from_five'],
  }
  if (p1.value === undefined || p2.value === undefined) {
    return { ...common, status: 'not_enough_data' }
  }
  const successes = first.successes + second.successes
  if (successes === 0 || successes === n) return { ...common, status: 'undefined_no_variation' }
  const pooled = successes / n
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials))
  const z = (p1.value - p2.value) / error
  // Distance of the count from its expectation, the same in all four cells of the table.
  const distance = Math.abs(first.successes - first.trials * pooled)
  const corrected = distance === 0 ? 0 : z * Math.max(0, 1 - 0.5 / distance)
  return {
    ...common,
    status: 'ok',
    z,
    chiSquare: z * z,
    pValue: normalTwoSided(z),
    pValueCorrected: gammaUpperTail((corrected * corrected) / 2, 0.5),
  }
}
