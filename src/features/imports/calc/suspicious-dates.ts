// Whether day and month were probably swapped before the file came here, wherever the day could be a month.
import type { Day } from '../../../basics/period.ts'

/** Fewer dates on either side say nothing. */
const datesMin = 30
/** Fewer dates in a month may all lie before the 13th by chance. */
const monthMin = 5
/** Months without any day after the 12th that are not yet strange. */
const hollowMin = 2
/** How much better, in nats per date, the swapped reading has to fit. */
const betterBy = 0.35

export interface SuspiciousDates {
  /** Dates whose day could be a month, so that both may be swapped. */
  readonly dates: number
  readonly of: number
  /** Months that have dates, but none after the 12th; and all months that have enough of them. */
  readonly hollow: number
  readonly months: number
  /** Days of the month that occur in the hollow ones, ascending. */
  readonly days: readonly number[]
}

type Counts = Map<string, number>

const add = (counts: Counts, key: string, n: number) => counts.set(key, (counts.get(key) ?? 0) + n)
const total = (counts: Counts) => [...counts.values()].reduce((sum, n) => sum + n, 0)

/**
 * Days with how often they occur. Software that reads 05-06 as the 5th of June although the 6th of May
 * was meant leaves a trace: dates after the 12th stay where they are and tell which months there
 * really were; of the others, the days rather than the months are spread like those. Undefined when
 * nothing speaks for it, or when the dates cover the year so evenly that nothing can.
 */
export function suspiciousDates(
  days: Iterable<readonly [day: Day, count: number]>,
): SuspiciousDates | undefined {
  const late: Counts = new Map()
  const early: Counts = new Map()
  const swapped: Counts = new Map()
  const months: Counts = new Map()
  const years = new Set<string>()
  const daysOf = new Map<string, Set<number>>()
  for (const [day, n] of days) {
    const [year = '', month = '', date = ''] = day.split('-')
    const key = `${year}-${month}`
    years.add(year)
    daysOf.set(key, (daysOf.get(key) ?? new Set()).add(Number(date)))
    add(months, key, n)
    if (Number(date) > 12) add(late, key, n)
    // The day in the place of the month, within the same year.
    else {
      add(early, key, n)
      add(swapped, `${year}-${date}`, n)
    }
  }
  const [before, after] = [total(early), total(late)]
  if (before < datesMin || after < datesMin) return undefined
  const known = spread(late, years)
  const honest = distance(early, known)
  if (honest - distance(swapped, known) < betterBy) return undefined
  const full = [...months].filter(([, n]) => n >= monthMin).map(([key]) => key)
  const hollow = full.filter((key) => !late.has(key))
  if (hollow.length < hollowMin) return undefined
  const seen = new Set(hollow.flatMap((key) => [...(daysOf.get(key) ?? [])]))
  return {
    dates: before,
    of: before + after,
    hollow: hollow.length,
    months: full.length,
    days: [...seen].sort((a, b) => a - b),
  }
}

/** Share of each month of the years seen, every one a little more than 0. */
function spread(counts: Counts, years: ReadonlySet<string>): Counts {
  const all = total(counts) + 6 * years.size
  const shares: Counts = new Map()
  for (const year of years) {
    for (let month = 1; month <= 12; month += 1) {
      const key = `${year}-${String(month).padStart(2, '0')}`
      shares.set(key, ((counts.get(key) ?? 0) + 0.5) / all)
    }
  }
  return shares
}

/** How far counts are from shares, in nats per date (Kullback & Leibler). */
function distance(counts: Counts, shares: Counts): number {
  const n = total(counts)
  let sum = 0
  for (const [key, count] of counts) {
    sum += (count / n) * Math.log(count / n / (shares.get(key) ?? Number.MIN_VALUE))
  }
  return sum
}
