// Goals that come again: the stretch that follows, from the rule.
import { type CalendarSettings, containing, type Day } from '../../../basics/period.ts'
import type { Span } from './state.ts'

export type Repeats = 'month' | 'quarter'

/** Whether a stretch is one whole month or quarter: only such a one can come again by the rule. */
export function isWhole(span: Span, repeats: Repeats, settings: CalendarSettings): boolean {
  const period = containing(repeats, span.from, settings)
  return period.from === span.from && period.until === span.until
}

export function nextSpan(until: Day, repeats: Repeats, settings: CalendarSettings): Span {
  const { from, until: end } = containing(repeats, until, settings)
  return { from, until: end }
}

/** The stretch that holds today, when the last one of a series is over; undefined while it is not. */
export function dueSpan(
  last: Span,
  repeats: Repeats,
  today: Day,
  settings: CalendarSettings,
): Span | undefined {
  return today < last.until ? undefined : nextSpan(today, repeats, settings)
}
