// A number handed down: what each gets by equal parts, last year's share or potential, with ramp and working days.
import { split } from '../../../basics/money.ts'
import type { Day } from '../../../basics/period.ts'

/** How the number is divided before anybody changes it by hand. */
export const methods = ['equal', 'last-year', 'potential', 'by-hand'] as const
export type AllocationMethod = (typeof methods)[number]

/** A stretch of the period in which the ramp stands on one step: a month, or its part within the period. */
export interface RampMonth {
  /** Working days of everybody in it, or 1 each where working days do not count. */
  whole: number
  /** Working days of this person in it; as many as `whole` where they do not count. */
  worked: number
  /** First day of the month. */
  from: Day
}

/** Whole months from one day's month to another's; negative when the second is earlier. */
export function monthsBetween(from: Day, to: Day): number {
  const at = (day: Day) => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7))
  return at(to) - at(from)
}

/**
 * The step in a month: the first month of work has the first one, months after the last step count
 * whole, and so do all months of whoever has been here since ever.
 */
export function rampStep(steps: readonly number[], joined: Day | undefined, month: Day): number {
  if (joined === undefined) return 1
  const passed = Math.max(0, monthsBetween(joined, month))
  return steps[passed] ?? 1
}

/**
 * Which part of a whole person's number falls to somebody: the working days, each at its step of the
 * ramp, over the working days of everybody; 1 where neither counts.
 */
export function loadOf(
  months: readonly RampMonth[],
  steps: readonly number[],
  joined: Day | undefined,
): number {
  const whole = months.reduce((sum, month) => sum + month.whole, 0)
  if (whole === 0) return 0
  const carried = months.reduce(
    (sum, month) => sum + month.worked * rampStep(steps, joined, month.from),
    0,
  )
  return carried / whole
}

/**
 * The parts of a whole number in proportion to base × load, by largest remainder: they add up to it
 * exactly. Undefined when nobody has a share. A base below 0 counts as nothing.
 */
export function partsOf(
  total: number,
  holders: readonly { readonly base: number; readonly load: number }[],
): number[] | undefined {
  const weights = holders.map(({ base, load }) => Math.max(0, base) * load)
  if (weights.every((weight) => weight === 0)) return undefined
  return split(total, weights)
}

/** What is still to be given out (above 0), or was given out too much (below). */
export function remainderOf(total: number, parts: readonly number[]): number {
  return total - parts.reduce((sum, part) => sum + part, 0)
}
