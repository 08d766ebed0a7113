// Goals that come again: the stretch that follows, from the rule and the organisation's calendar.
import type { Days } from '../../../basics/days.ts'
import {
  type CalendarSettings,
  containing,
  type Day,
  type TimeDimension,
} from '../../../basics/period.ts'

export type Repeats = 'month' | 'quarter' | 'year'

/** A quarter or year is one of the calendar or one of the organisation's fiscal year. */
const kindsOf: Readonly<Record<Repeats, readonly TimeDimension[]>> = {
  month: ['month'],
  quarter: ['quarter', 'fiscal-quarter'],
  year: ['year', 'fiscal-year'],
}

/** Which period the stretch is the whole of; undefined where it is none. */
function kindOf(
  span: Days,
  repeats: Repeats,
  settings: CalendarSettings,
): TimeDimension | undefined {
  return kindsOf[repeats].find((kind) => {
    const period = containing(kind, span.from, settings)
    return period.from === span.from && period.until === span.until
  })
}

/** Whether a stretch is one whole month, quarter or year: only such a one can come again by the rule. */
export function isWhole(span: Days, repeats: Repeats, settings: CalendarSettings): boolean {
  return kindOf(span, repeats, settings) !== undefined
}

/**
 * The stretch that holds today, when the last one of a series is over; undefined while it is not. It is of
 * the same calendar as the last one; one that is no period any more, because the fiscal year begins in
 * another month since, is followed by one of the new fiscal year.
 */
export function dueSpan(
  last: Days,
  repeats: Repeats,
  today: Day,
  settings: CalendarSettings,
): Days | undefined {
  if (today < last.until) return undefined
  const kind = kindOf(last, repeats, settings) ?? kindsOf[repeats].at(-1) ?? repeats
  const { from, until } = containing(kind, today, settings)
  return { from, until }
}
