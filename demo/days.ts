// The days of a demo world, counted from its first, and how busy each of them is.
import { addDays, containing, daysBetween, shifted } from '../src/basics/period.ts'
import { growthPerYear, seasonality } from './parameters.ts'

const plain = { fiscalFirstMonth: 1, weekStart: 1 } as const
const earliest = -400
/** Deals are drawn this far beyond today, to know what becomes of the open ones. */
const beyondToday = 300

export interface DemoDays {
  start: string
  /** Number of `today`, counted from `start` = 0. */
  today: number
  dayAt(number: number): string
  /** The nearest weekday: Saturday → Friday, Sunday → Monday. Keeps the order of days. */
  workday(number: number): number
  /** First of the month that lies this share of the way from start to today. */
  monthAfter(share: number): string
  /** Business up to the end of a day, in years of season 1 at the growth of the start. */
  businessUntil(number: number): number
  /** The day on which so much business is reached, or undefined if that is beyond the horizon. */
  dayOfBusiness(business: number): number | undefined
  businessAtHorizon: number
}

/** How busy a day is, as a share of a year of season 1: only weekdays, by season and growth. */
function businessOf(day: string, number: number, weekday: number): number {
  if (weekday >= 5) return 0
  const season = seasonality[Number(day.slice(5, 7)) - 1] ?? 1
  return (1.4 * season * (1 + growthPerYear) ** (number / 365.25)) / 365.25
}

/** Five whole years before the month of `today`, and what has passed of that month. */
export function demoDays(today: string): DemoDays {
  const start = shifted(containing('month', today, plain), -60).from
  const last = daysBetween(start, today)
  const horizon = last + beyondToday
  const mondayBefore = daysBetween(containing('week', start, plain).from, start)
  const weekdayOf = (number: number) => (((number + mondayBefore) % 7) + 7) % 7

  const names: string[] = []
  for (let number = earliest; number <= horizon; number++) names.push(addDays(start, number))
  const dayAt = (number: number) => names[number - earliest] ?? addDays(start, number)

  const reached: number[] = []
  let sum = 0
  for (let number = 0; number <= horizon; number++) {
    sum += businessOf(dayAt(number), number, weekdayOf(number))
    reached.push(sum)
  }

  return {
    start,
    today: last,
    dayAt,
    workday(number) {
      const weekday = weekdayOf(number)
      return weekday === 5 ? number - 1 : weekday === 6 ? number + 1 : number
    },
    monthAfter: (share) => containing('month', dayAt(Math.round(share * last)), plain).from,
    businessUntil: (number) => (number < 0 ? 0 : (reached[Math.min(number, horizon)] ?? sum)),
    dayOfBusiness(business) {
      if (business > sum) return undefined
      let [low, high] = [0, horizon]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((reached[middle] ?? sum) >= business) high = middle
        else low = middle + 1
      }
      return low
    },
    businessAtHorizon: sum,
  }
}
