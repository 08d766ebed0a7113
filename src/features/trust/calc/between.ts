// What changed between two days, put together: months of revenue then and now, and what made the difference.

/** From when until when sales of which source count. */
export interface Span {
  source: string
  from: string
  until: string
}

/** A stretch of days in which sales of one source counted and now those of another do. */
export interface Switched {
  from: string
  until: string
  was: string
  is: string
}

const latest = (a: string, b: string) => (a > b ? a : b)
const earliest = (a: string, b: string) => (a < b ? a : b)

/** Days on which another source counts after a change than before it. Both lists cover all of time, in order. */
export function switchedDays(before: readonly Span[], after: readonly Span[]): Switched[] {
  return before.flatMap((was) =>
    after.flatMap((is) => {
      const [from, until] = [latest(was.from, is.from), earliest(was.until, is.until)]
      return from < until && was.source !== is.source
        ? [{ from, until, was: was.source, is: is.source }]
        : []
    }),
  )
}

export interface Restated {
  earlier: number
  later: number
  difference: number
}

interface Counted {
  changes: number
  effect: number
}

/** What one change did to the revenue of one month. */
interface Reason {
  month: string
  changeId: string
  effect: number
}

export interface MonthBetween extends Restated {
  month: string
  because: Omit<Reason, 'month'>[]
  others: Counted
}

/** What was known before changes had their effect follows from what is known after them. */
export function restated(later: number, effect: number): Restated {
  return { earlier: later - effect, later, difference: effect }
}

/**
 * Months that changes touched, oldest first: what was known on each day, the largest effects, and what
 * all others add up to. `later`: revenue by month as known on the later day.
 */
export function monthsBetween(
  later: ReadonlyMap<string, number>,
  touched: readonly (Counted & { month: string })[],
  reasons: readonly Reason[],
): MonthBetween[] {
  return [...touched]
    .sort((a, b) => (a.month < b.month ? -1 : 1))
    .map(({ month, changes, effect }) => {
      const because = reasons
        .filter((reason) => reason.month === month)
        .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
        .map((reason) => ({ changeId: reason.changeId, effect: reason.effect }))
      return {
        month,
        ...restated(later.get(month) ?? 0, effect),
        because,
        others: {
          changes: changes - because.length,
          effect: effect - because.reduce((sum, reason) => sum + reason.effect, 0),
        },
      }
    })
}
