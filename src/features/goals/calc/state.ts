// What state a goal is in by the data of today, and since when.
import type { Days } from '../../../basics/days.ts'
import { addDays, type Day } from '../../../basics/period.ts'

export type GoalState = 'upcoming' | 'running' | 'reached' | 'missed'

export interface Reached {
  on: Day
  value: number
}

/** Sums: reached on the day from which on the sum has not been below the target. */
export function reachedBySum(
  daily: ReadonlyMap<Day, number>,
  { from, until, target }: Days & { target: number },
  today: Day,
): Reached | undefined {
  let sum = 0
  let since: Day | undefined
  for (const day of [...daily.keys()].sort()) {
    if (day < from || day >= until || day > today) continue
    sum += daily.get(day) ?? 0
    if (sum < target) since = undefined
    else since ??= day
  }
  return since === undefined ? undefined : { on: since, value: sum }
}

/** Rates, medians, stocks and upper limits are judged when the time is over. */
export function reachedAtEnd(
  value: number | undefined,
  { until, target, atMost }: Days & { target: number; atMost: boolean },
  today: Day,
): Reached | undefined {
  if (value === undefined || today < until) return undefined
  return (atMost ? value <= target : value >= target)
    ? { on: addDays(until, -1), value }
    : undefined
}

export interface Step {
  name: string
  doneOn: Day | null
}

/** Steps: reached on the day of the last one, when every one is done. */
export function reachedBySteps(steps: readonly Step[]): Reached | undefined {
  const days = steps.flatMap(({ doneOn }) => doneOn ?? [])
  if (days.length < steps.length || days.length === 0) return undefined
  return { on: days.sort().at(-1) ?? '', value: days.length }
}

export function stateOf(
  { from, until }: Days,
  reached: Reached | undefined,
  today: Day,
): GoalState {
  if (reached) return 'reached'
  return today >= until ? 'missed' : today < from ? 'upcoming' : 'running'
}

export interface Milestone {
  on: Day
  value: number
  name?: string | undefined
}

/** When each milestone was reached, by the sums alone. */
export function milestonesReached(
  daily: ReadonlyMap<Day, number>,
  milestones: readonly Milestone[],
  span: Days,
  today: Day,
): (Day | null)[] {
  return milestones.map(
    ({ value }) => reachedBySum(daily, { ...span, target: value }, today)?.on ?? null,
  )
}
