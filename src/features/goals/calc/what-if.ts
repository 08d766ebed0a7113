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

export const asNow: Screws = { rate: 1, size: 1, talks: 1 }

/** Whether nothing is turned: the chance stays what it is, and needs no drawing. */
export function isAsNow({ rate, size, talks }: Screws): boolean {
  return rate === 1 && size === 1 && talks === 1
}

/** What a goal counts, as far as it matters which screws move it. */
export interface Moved {
  kind: 'metric' | 'activity' | 'steps'
  metric: string | null
  unit: string
  atMost: boolean
}

/** Screws that move a goal: a win rate brings no more talks, and what should stay low is not pushed. */
export function screwsOf({ kind, metric, unit, atMost }: Moved): (keyof Screws)[] {
  if (kind === 'steps' || atMost) return []
  if (kind === 'activity' || metric === 'activities' || metric === 'deals-opened') return ['talks']
  return unit === 'money' ? ['rate', 'size', 'talks'] : ['rate', 'talks']
}

/** Only what moves the goal is turned. */
export function turned(goal: Moved, screws: Screws): Screws {
  const now = { ...asNow }
  for (const name of screwsOf(goal)) now[name] = screws[name]
  return now
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
