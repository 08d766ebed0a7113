// How a ratio over some days may end (a win rate, a mean amount): both its sides drawn from the days behind.

import { at } from './estimate.ts'
import { countRates } from './goal-probability.ts'
import { drawGamma, drawNormal, drawPoisson } from './random-draws.ts'
import { drawsUsually, randomCourse } from './random-numbers.ts'

/** A day behind: what both sides of the ratio came to, and how much of an ordinary day it was. */
export interface PastSides {
  readonly top: number
  readonly bottom: number
  readonly weight: number
}

export interface RatioInput {
  readonly past: readonly PastSides[]
  /** Weight of each step still to come, in ordinary days. */
  readonly ahead: readonly number[]
  /** `shares`: the top counts some of what the bottom counts one by one. `means`: one sum over another. */
  readonly of: 'shares' | 'means'
  /** What both sides come to already. */
  readonly begun: { readonly top: number; readonly bottom: number }
  readonly seed: number
  readonly draws?: number
  /** Standard deviation of a shift of the ratio, of its log odds (shares) or its logarithm (means). */
  readonly shift?: number
}

/** Ratios by the end of each step, ascending; courses in which nothing has come to stand below are left out. */
export interface RatioCourses {
  readonly steps: readonly Float64Array[]
  readonly draws: number
}

/**
 * Draws courses of a ratio. Shares: how many there will be is a negative binomial count with its own
 * uncertain mean, as for goals on counts; which share of them succeeds has the Beta posterior of the days
 * behind under Jeffreys' prior (Jeffreys 1946, Proc. R. Soc. A 186:453), so that five of five is no certainty.
 * A Poisson count split by chance is two Poisson counts, hence nothing is drawn one by one. Means: days
 * behind are drawn again with both their sides, from a pool that is itself drawn again (bootstrap of the
 * ratio estimator: Davison & Hinkley 1997, Bootstrap Methods and their Application, 2.4 and 3.2).
 */
export function drawRatios(input: RatioInput): RatioCourses {
  const { ahead, seed, draws = drawsUsually, begun } = input
  const found: number[][] = ahead.map(() => [])
  const begin = input.of === 'shares' ? shareCourse(input) : meanCourse(input)
  for (let draw = 0; draw < draws; draw += 1) {
    const next = begin(randomCourse(seed, draw))
    let { top, bottom } = begun
    ahead.forEach((weight, step) => {
      const more = next(weight)
      top += more.top
      bottom += more.bottom
      if (bottom > 0) at(found, step).push(top / bottom)
    })
  }
  return { steps: found.map((ratios) => Float64Array.from(ratios).sort()), draws }
}

interface Sides {
  top: number
  bottom: number
}
type Course = (chance: () => number) => (weight: number) => Sides

function shareCourse({ past, shift = 0 }: RatioInput): Course {
  const rates = countRates(past.map(({ bottom, weight }) => ({ value: bottom, weight })))
  const hits = past.reduce((sum, { top }) => sum + top, 0)
  const misses = past.reduce((sum, { bottom }) => sum + bottom, 0) - hits
  return (chance) => {
    const next = rates(chance)
    const odds =
      (drawGamma(hits + 0.5, chance) / drawGamma(misses + 0.5, chance)) *
      Math.exp(shift === 0 ? 0 : shift * drawNormal(chance))
    const share = odds / (1 + odds)
    return (weight) => {
      const rate = next(weight)
      const top = drawPoisson(rate * share, chance)
      return { top, bottom: top + drawPoisson(rate * (1 - share), chance) }
    }
  }
}

function meanCourse({ past, shift = 0 }: RatioInput): Course {
  const n = past.length
  const pool = Int32Array.from(past, (_, i) => i)
  return (chance) => {
    for (let i = 0; i < n; i += 1) pool[i] = Math.floor(chance() * n)
    const level = shift === 0 ? 1 : Math.exp(shift * drawNormal(chance))
    let [day, left] = [at(past, 0), 0]
    return (weight) => {
      let [need, top, bottom] = [weight, 0, 0]
      while (need > 1e-12) {
        if (left <= 1e-12) {
          day = at(past, at(pool, Math.floor(chance() * n)))
          left = day.weight
        }
        const part = Math.min(need, left) / day.weight
        top += day.top * part * level
        bottom += day.bottom * part
        need -= part * day.weight
        left -= part * day.weight
      }
      return { top, bottom }
    }
  }
}

/** Share of the courses that end at this ratio or above, or at it or below. */
export function chanceOfRatio(
  { steps, draws }: RatioCourses,
  target: number,
  step: number,
  side: 'least' | 'most',
): number {
  const ratios = at(steps, step)
  // A ratio of whole numbers may miss the target by a rounding error only.
  const hair = 1e-9 * Math.abs(target)
  const within =
    side === 'least'
      ? ratios.length - countWhile(ratios, (ratio) => ratio < target - hair)
      : countWhile(ratios, (ratio) => ratio <= target + hair)
  return within / draws
}

/** The ratio that a share p of the courses has not passed by the end of a step; undefined where there is none. */
export function ratioQuantile(
  { steps }: RatioCourses,
  p: number,
  step: number,
): number | undefined {
  const ratios = at(steps, step)
  return ratios[Math.min(ratios.length - 1, Math.max(0, Math.ceil(p * ratios.length) - 1))]
}

/** How many of ascending values come before the first for which it no longer holds. */
function countWhile(ascending: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(at(ascending, middle))) low = middle + 1
    else high = middle
  }
  return low
}
