// Working time as a value: the share of a working day that each calendar day is, and what they add up to.
import { type Day, daysBetween } from '../../../basics/period.ts'
import { assert } from '../../../basics/refusal.ts'

/** Share of a working day by calendar day, 0–1, for days from until (half-open). */
export interface WorkingTime {
  from: Day
  until: Day
  /** One entry per day. */
  share: readonly number[]
}

/** Shares have four decimals; adding them as integers makes parts add up to the whole exactly. */
const units = 10_000

/** Share with the four decimals that working time is reckoned in. */
export function asShare(value: number): number {
  return Math.round(value * units) / units
}

/** Working days in [from, until): the sum of the shares. The days must lie within the working time. */
export function workingDays(time: WorkingTime, from: Day, until: Day): number {
  const first = daysBetween(time.from, from)
  const last = daysBetween(time.from, until)
  assert(
    first >= 0 && last <= time.share.length,
    `working time from ${time.from} until ${time.until} holds ${from} until ${until}`,
  )
  let sum = 0
  for (let i = first; i < last; i++) sum += Math.round((time.share[i] ?? 0) * units)
  return sum / units
}
