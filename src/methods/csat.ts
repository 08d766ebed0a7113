// Satisfaction and effort: the share of the upper boxes with its interval, and the mean beside it.

import { at, type Estimate } from './estimate.ts'
import { meanFromMoments, meanOf } from './mean-ci.ts'
import { policy } from './policy.ts'
import { wilson } from './proportion-ci.ts'

/** A scale on which people answer; both ends can be chosen. */
export interface Scale {
  readonly low: number
  readonly high: number
}

/**
 * From which answer on somebody is satisfied: in the upper quarter of the scale. Of five boxes these
 * are the upper two (4 and 5), of seven as well (6 and 7), of 0 or 1 to 10 the upper three.
 */
export function satisfiedFrom({ low, high }: Scale): number {
  if (!(low < high)) throw new RangeError('A scale goes from a lower to a higher number')
  return high - (high - low) / 4
}

/** The share of the upper two boxes, as an estimate, and what it was taken from. */
export interface TopTwoBox extends Estimate {
  readonly scale: Scale
  /** The boxes that count as satisfied. */
  readonly boxes: readonly [number, number]
  /** Mean answer with its t interval: secondary, for means hide who is dissatisfied. */
  readonly mean: Estimate
}

/**
 * Top-two-box share of answers counted by box, lowest first, with Wilson's interval; no answers give
 * `not_enough_data`. The boxes are numbered from 1.
 */
export function topTwoBox(
  counts: readonly number[],
  confidence: number = policy.confidence,
): TopTwoBox {
  if (counts.length < 3) throw new RangeError('A scale of two boxes has no upper two')
  let [n, sum] = [0, 0]
  counts.forEach((count, i) => {
    n += count
    sum += count * (i + 1)
  })
  let squaredDeviations = 0
  counts.forEach((count, i) => {
    squaredDeviations += n === 0 ? 0 : count * (i + 1 - sum / n) ** 2
  })
  const high = counts.length
  return {
    ...wilson(at(counts, high - 1) + at(counts, high - 2), n, confidence),
    method: 'top_two_box',
    scale: { low: 1, high },
    boxes: [high - 1, high],
    mean: meanFromMoments({ n, sum, squaredDeviations }, confidence),
  }
}

/** Effort on a scale of 1 to 7 ("it was easy"): mean with t interval, and the share that agrees (5 to 7). */
export function effort(
  scores: readonly number[],
  confidence: number = policy.confidence,
): { mean: Estimate; agree: Estimate } {
  if (scores.some((score) => !(score >= 1 && score <= 7))) {
    throw new RangeError('An answer lies between 1 and 7')
  }
  const agreeing = scores.filter((score) => score >= 5).length
  return { mean: meanOf(scores, confidence), agree: wilson(agreeing, scores.length, confidence) }
}
