// How a sum over days that are still to come may end: drawn from the days behind, with what is not known of their mean.

import { at } from './estimate.ts'
import { fitNegativeBinomial } from './negative-binomial.ts'
import { drawGamma, drawPoisson } from './random-draws.ts'
import { drawsUsually, randomCourse } from './random-numbers.ts'

/** A day behind: what it brought, and how much of an ordinary day it was (season, hours worked). */
export interface PastDay {
  readonly value: number
  readonly weight: number
}

export interface CourseInput {
  readonly past: readonly PastDay[]
  /** Weight of each step still to come, in ordinary days. */
  readonly ahead: readonly number[]
  /** `counts`: whole numbers of events; `amounts`: money or quantities per day. */
  readonly of: 'counts' | 'amounts'
  readonly seed: number
  readonly draws?: number
  /**
   * The mean itself is drawn too (without it the spread is too narrow). For amounts the days
   * behind are drawn anew for each course, for counts the mean has its gamma posterior, as wide as the counts vary.
   */
  readonly uncertainMean?: boolean
  /** Standard deviation of the logarithm of a shift of the level, where levels are known to move. */
  readonly drift?: number
}

/** Sums reached by the end of each step, over all drawn courses, ascending. */
export interface Courses {
  readonly steps: readonly Float64Array[]
  readonly draws: number
}

/**
 * Draws courses of the sum. The same seed draws the same courses, and a longer way ahead begins with
 * the shorter one: a chance never falls because time is added to what only grows.
 */
export function drawCourses(input: CourseInput): Courses {
  const { ahead, seed, draws = drawsUsually, drift = 0 } = input
  const steps = ahead.map(() => new Float64Array(draws))
  const begin = input.of === 'counts' ? countCourse(input) : amountCourse(input)
  for (let draw = 0; draw < draws; draw += 1) {
    const chance = randomCourse(seed, draw)
    const level = drift === 0 ? 1 : drawLevel(drift, chance)
    const next = begin(chance)
    let sum = 0
    ahead.forEach((weight, step) => {
      sum += next(weight * level)
      at(steps, step)[draw] = sum
    })
  }
  for (const step of steps) step.sort()
  return { steps, draws }
}

/**
 * A factor around 1, skewed to the right: the reciprocal of a gamma. What has been seen of skewed amounts
 * is more often below their mean than above it, so that a level errs upwards further than downwards.
 */
function drawLevel(drift: number, chance: () => number): number {
  const shape = 1 / drift ** 2
  return shape / drawGamma(shape, chance)
}

type Course = (chance: () => number) => (weight: number) => number

/** Days behind are drawn again; each takes up the weight it had, the last one of a step in part. */
function amountCourse({ past, uncertainMean = true }: CourseInput): Course {
  const n = past.length
  const perWeight = Float64Array.from(past, ({ value, weight }) => value / weight)
  const weights = Float64Array.from(past, ({ weight }) => weight)
  const pool = Int32Array.from(past, (_, i) => i)
  return (chance) => {
    if (uncertainMean) for (let i = 0; i < n; i += 1) pool[i] = Math.floor(chance() * n)
    let [rate, left] = [0, 0]
    return (weight) => {
      let [need, sum] = [weight, 0]
      while (need > 1e-12) {
        if (left <= 1e-12) {
          const day = at(pool, Math.floor(chance() * n))
          rate = at(perWeight, day)
          left = at(weights, day)
        }
        const part = Math.min(need, left)
        sum += rate * part
        need -= part
        left -= part
      }
      return sum
    }
  }
}

/** Negative binomial steps: Poisson counts of rates that vary. */
function countCourse({ past, uncertainMean = true }: CourseInput): Course {
  const rates = countRates(past, uncertainMean)
  return (chance) => {
    const next = rates(chance)
    return (step) => drawPoisson(next(step), chance)
  }
}

/**
 * Rates of events in steps to come, drawn from counted days: gamma where counts vary more than chance, with
 * the posterior of the mean as much wider.
 */
export function countRates(
  past: readonly PastDay[],
  uncertainMean = true,
): (chance: () => number) => (weight: number) => number {
  const total = past.reduce((sum, { value }) => sum + value, 0)
  const weight = past.reduce((sum, one) => sum + one.weight, 0)
  const { size, mean: perDay } = fitNegativeBinomial(past.map(({ value }) => value))
  const spread = size === undefined ? 1 : 1 + perDay / size
  return (chance) => {
    const shape = (total + 0.5) / spread
    const mean = uncertainMean ? (drawGamma(shape, chance) * spread) / weight : total / weight
    return (step) => {
      if (size === undefined) return mean * step
      const degrees = size * step
      return degrees <= 0 ? 0 : (drawGamma(degrees, chance) * mean) / size
    }
  }
}

/** Share of the courses that have reached the need by the end of a step. */
export function chanceOfReaching({ steps, draws }: Courses, need: number, step: number): number {
  if (need <= 0) return 1
  const sums = steps[step]
  if (!sums) return 0
  // Sums of parts of days may miss a whole by a rounding error.
  return (draws - firstFrom(sums, need - 1e-9 * Math.abs(need))) / draws
}

/** The sum that a share p of the courses has not passed by the end of a step. */
export function courseQuantile({ steps }: Courses, p: number, step: number): number {
  const sums = at(steps, step)
  return at(sums, Math.min(sums.length - 1, Math.max(0, Math.ceil(p * sums.length) - 1)))
}

function firstFrom(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(ascending, middle) < value) low = middle + 1
    else high = middle
  }
  return low
}
