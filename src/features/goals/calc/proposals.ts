// Help when a goal is set: targets from the own history with their chances, warnings, and milestones that follow the seasons.
import { addDays, type CalendarSettings, containing, type Day } from '../../../basics/period.ts'
import { type Aim, type Drawn, type Known, seasonalParts } from './outlook.ts'
import type { Milestone } from './state.ts'

export interface Proposal {
  kind: 'likely' | 'good' | 'stretch'
  target: number
  chance: number
}

/** Chances that the proposals are looked for at, before they are rounded. */
const wanted = [
  ['likely', 0.8],
  ['good', 0.5],
  ['stretch', 0.2],
] as const

/** Proposed targets, without those that rounding made equal; empty where nothing can be said yet. */
export function proposals(
  drawn: Pick<Drawn, 'total' | 'chanceOf'>,
  aim: Aim,
  round: (value: number) => number,
): Proposal[] {
  const found: Proposal[] = []
  for (const [kind, share] of wanted) {
    const total = drawn.total(aim.atMost ? 1 - share : share)
    if (total === undefined) return []
    const target = round(total)
    const chance = drawn.chanceOf(target)
    if (chance === undefined || target <= 0) continue
    if (!found.some((one) => one.target === target)) found.push({ kind, target, chance })
  }
  return found
}

export type Warning = 'happens_anyway' | 'hardly_possible'

/** Policy: a target that nineteen of twenty courses reach asks for nothing, one that one reaches for too much. */
export function warningOf(chance: number | undefined): Warning | undefined {
  if (chance === undefined) return undefined
  return chance < 0.05 ? 'hardly_possible' : chance > 0.95 ? 'happens_anyway' : undefined
}

/** Milestones at the ends of the months (or weeks) within the goal, where working days and seasons put them. */
export function splitMilestones(
  aim: Aim,
  known: Known,
  round: (value: number) => number,
  calendar: CalendarSettings,
): Milestone[] {
  const grain = countMonths(aim.from, aim.until) > 2 ? 'month' : 'week'
  const days: Day[] = []
  for (let day = aim.from; day < aim.until; ) {
    const { until } = containing(grain, day, calendar)
    if (until < aim.until) days.push(addDays(until, -1))
    day = until
  }
  const kept = days.length <= most ? days : days.filter((_, i) => (i + 1) % 3 === 0)
  const part = seasonalParts(aim, known)
  const milestones = kept.map((on) => ({
    on,
    value: round(aim.target * part(addDays(on, 1))),
  }))
  return milestones.filter(
    ({ value }, i) => value > (milestones[i - 1]?.value ?? 0) && value < aim.target,
  )
}

/** More than anybody looks at. */
const most = 12

function countMonths(from: Day, until: Day): number {
  const [y1 = 0, m1 = 0] = from.split('-').map(Number)
  const [y2 = 0, m2 = 0] = until.split('-').map(Number)
  return 12 * (y2 - y1) + m2 - m1
}
