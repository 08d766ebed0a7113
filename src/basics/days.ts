// Stretches of days, [from, until): what two have in common, and what all of them span.
import type { Day } from './period.ts'

export interface Days {
  from: Day
  until: Day
}

export const earlier = (a: Day, b: Day): Day => (a < b ? a : b)
export const later = (a: Day, b: Day): Day => (a > b ? a : b)

/** The days that lie in both; undefined where none does. */
export function overlap(a: Days, b: Days): Days | undefined {
  const [from, until] = [later(a.from, b.from), earlier(a.until, b.until)]
  return from < until ? { from, until } : undefined
}

/** From the first day of any of them until the end of the last one; undefined of none. */
export function spanOf(stretches: readonly Days[]): Days | undefined {
  const [first] = stretches
  return (
    first &&
    stretches.reduce<Days>(
      (span, { from, until }) => ({
        from: earlier(span.from, from),
        until: later(span.until, until),
      }),
      { from: first.from, until: first.until },
    )
  )
}
