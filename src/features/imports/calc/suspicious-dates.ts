// Whether day and month were probably swapped before the file came here, wherever the day could be a month.
import type { Day } from '../../../basics/period.ts'

/** Fewer dates on either side say nothing. */
const datesMin = 30
/** Fewer dates in a month may all lie before the 13th by chance. */
const monthMin = 4
/** Months without any day after the 12th that are not yet strange. */
const hollowMin = 2
/** Part of its weight that a month lends to each of its neighbours. */
const besidePart = 0.2
/** How much better, in nats per date, the swapped reading has to fit. */
const betterBy = 0.25

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

/**
 * Share of each month of the years seen, every one a little more than 0. A month beside one with dates
 * has part of its weight: a stretch of days may end, or begin, in the first half of a month, which then
 * has no date after the 12th.
 */
function spread(counts: Counts, years: ReadonlySet<string>): Counts {
  const months = [...years]
    .sort()
    .flatMap((year) =>
      Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`),
    )
  const weights = months.map((key, i) => {
    const beside = (counts.get(months[i - 1] ?? '') ?? 0) + (counts.get(months[i + 1] ?? '') ?? 0)
    return (counts.get(key) ?? 0) + besidePart * beside + 0.5
  })
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return new Map(months.map((key, i) => [key, (weights[i] ?? 0) / all]))
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
