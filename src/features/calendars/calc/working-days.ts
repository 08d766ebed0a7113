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

/** {@link workingDays} for many stretches of one working time: its days are added up once. */
export function dayCounter(time: WorkingTime): (from: Day, until: Day) => number {
  const sums = new Float64Array(time.share.length + 1)
  time.share.forEach((share, i) => {
    sums[i + 1] = (sums[i] ?? 0) + Math.round(share * units)
  })
  return (from, until) => {
    const [first, last] = [daysBetween(time.from, from), daysBetween(time.from, until)]
    assert(
      first >= 0 && last < sums.length,
      `working time from ${time.from} until ${time.until} holds ${from} until ${until}`,
    )
    return Math.max(0, (sums[last] ?? 0) - (sums[first] ?? 0)) / units
  }
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
