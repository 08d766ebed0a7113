// The chance of a goal if own rates were others: the same draws, with the screws turned.
import { chanceOfReaching, drawCourses, type PastDay } from '../../../methods/goal-probability.ts'

export interface Screws {
  /** Factors on what is now: win rate, size of a deal, number of talks. */
  rate: number
  size: number
  talks: number
}

export interface WhatIfGoal {
  past: readonly PastDay[]
  ahead: readonly number[]
  of: 'counts' | 'amounts'
  seed: number
  drift: number
  draws: number
  target: number
  attained: number
  atMost: boolean
  /** Whether the size of deals moves it: money does, counts do not. */
  sized: boolean
}

/** More talks and a better rate bring more of the same days; larger deals make each one worth more. */
export function whatIf(goal: WhatIfGoal, { rate, size, talks }: Screws): number {
  const { past, of, seed, drift, draws } = goal
  const more = rate * talks
  const courses = drawCourses({
    past,
    of,
    seed,
    drift,
    draws,
    ahead: goal.ahead.map((weight) => weight * more),
  })
  const need = (goal.target - goal.attained) / (goal.sized ? size : 1)
  const last = goal.ahead.length - 1
  if (!goal.atMost) return chanceOfReaching(courses, need, last)
  return need < 0 ? 0 : 1 - chanceOfReaching(courses, of === 'counts' ? need + 1 : need, last)
}
