// Recommendation (net promoter score): promoters less detractors, with an interval that all answers alike cannot make vanish.

import type { Estimate } from './estimate.ts'
import { twoSidedZ } from './normal.ts'
import { policy } from './policy.ts'
import { wilson } from './proportion-ci.ts'

/** Answers to "would you recommend us", 0 to 10: up to 6, 7 and 8, 9 and 10. */
export interface Recommendations {
  readonly detractors: number
  readonly passives: number
  readonly promoters: number
}

export interface NetPromoterScore extends Estimate {
  /** Standard error in points; 0 where all answers fall into one category. */
  readonly se?: number
  /** The category that holds all answers, with the Wilson interval of its share. */
  readonly alike?: { readonly category: keyof Recommendations; readonly share: Estimate }
}

const ASSUMPTIONS = ['independent_answers', 'who_answers_is_typical'] as const

/** Which category an answer from 0 to 10 belongs to. Source: Reichheld (2003), HBR 81(12):46. */
export function recommends(score: number): keyof Recommendations {
  if (!(score >= 0 && score <= 10)) throw new RangeError('An answer lies between 0 and 10')
  return score >= 9 ? 'promoters' : score >= 7 ? 'passives' : 'detractors'
}

/** Answers counted by category. */
export function countRecommendations(scores: readonly number[]): Recommendations {
  const counts = { detractors: 0, passives: 0, promoters: 0 }
  for (const score of scores) counts[recommends(score)] += 1
  return counts
}

/**
 * 100 × (share of promoters − share of detractors), between −100 and 100, with its normal interval;
 * no answers give `not_enough_data`. Where all answers are alike the standard error is 0, which is
 * false certainty: `undefined_no_variation` then, and the limits are those that the Wilson interval
 * of the one category leaves when all others are as far away as can be.
 * Source: Reichheld (2003); Rocks (2016), American Statistician 70:365.
 */
export function netPromoterScore(
  counts: Recommendations,
  confidence: number = policy.confidence,
): NetPromoterScore {
  const { detractors, passives, promoters } = counts
  for (const count of [detractors, passives, promoters]) {
    if (!(Number.isSafeInteger(count) && count >= 0)) {
      throw new RangeError('A count is a whole number from 0 on')
    }
  }
  const n = detractors + passives + promoters
  const common = { n, method: 'nps', assumptions: ASSUMPTIONS }
  if (n === 0) return { ...common, status: 'not_enough_data' }
  const [up, down] = [promoters / n, detractors / n]
  const value = (100 * (promoters - detractors)) / n
  const only = (['detractors', 'passives', 'promoters'] as const).find((name) => counts[name] === n)
  if (only !== undefined) {
    const share = wilson(n, n, confidence)
    const others = 1 - (share.low ?? 0)
    const limits = {
      promoters: [100 - 200 * others, 100],
      passives: [-100 * others, 100 * others],
      detractors: [-100, -100 + 200 * others],
    }[only]
    const [low = -100, high = 100] = limits
    const status = 'undefined_no_variation'
    return { ...common, value, se: 0, low, high, alike: { category: only, share }, status }
  }
  const se = 100 * Math.sqrt((up + down - (up - down) ** 2) / n)
  const half = twoSidedZ(confidence) * se
  return {
    ...common,
    value,
    se,
    low: Math.max(-100, value - half),
    high: Math.min(100, value + half),
    status: 'ok',
  }
}
