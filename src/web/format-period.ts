// Names people use for stretches of time: Q4 2017, March to May 2018, week 38.
import type { Language } from './typed-texts.ts'

/**
 * Half-open range of calendar days: `from` belongs to it, `until` no longer does. The `id` of a
 * period, where there is one, says that it is a fiscal one (`FY2018-Q3`).
 */
export interface DateRange {
  from: string
  until: string
  id?: string
}

interface Day {
  year: number
  month: number
  day: number
}

function dayOf(text: string): Day {
  return {
    year: Number(text.slice(0, 4)),
    month: Number(text.slice(5, 7)),
    day: Number(text.slice(8, 10)),
  }
}

function utc(day: Day): Date {
  return new Date(Date.UTC(day.year, day.month - 1, day.day))
}

/** Day number since 1970; calendar arithmetic without a time zone. */
function serial(text: string): number {
  return Math.round(utc(dayOf(text)).getTime() / 86_400_000)
}

function isoOf(serialDay: number): string {
  return new Date(serialDay * 86_400_000).toISOString().slice(0, 10)
}

/** The day so many days later (negative: earlier). */
export function daysAfter(day: string, count: number): string {
  return isoOf(serial(day) + count)
}

/** The day before; the last day that belongs to a half-open range. */
export function dayBefore(day: string): string {
  return daysAfter(day, -1)
}

/** The day after; where a half-open range ends that has this last day. */
export function dayAfter(day: string): string {
  return daysAfter(day, 1)
}

/** Number of days from one day to another. */
export function daysBetween(from: string, until: string): number {
  return serial(until) - serial(from)
}

function write(language: Language, day: Day, options: Intl.DateTimeFormatOptions): string {
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(utc(day))
}

const words = {
  en: { to: ' to ', week: 'Week', quarter: (n: number) => `Q${n}`, fiscal: 'FY ' },
  de: { to: ' bis ', week: 'KW', quarter: (n: number) => `${n}. Quartal`, fiscal: 'GJ ' },
}

/** ISO 8601 week number of a Monday, with the year the week belongs to. */
function isoWeek(monday: string): { year: number; week: number } {
  const thursday = serial(monday) + 3
  const { year } = dayOf(isoOf(thursday))
  const firstThursday = serial(`${year}-01-04`)
  const weekdayOf4th = (((firstThursday + 3) % 7) + 7) % 7
  const firstMonday = firstThursday - weekdayOf4th
  return { year, week: Math.floor((thursday - firstMonday) / 7) + 1 }
}

function monthsBetween(from: Day, until: Day): number {
  return (until.year - from.year) * 12 + (until.month - from.month)
}

/**
 * The shortest true name of a range. Whole years, quarters, months and ISO weeks get their names;
 * other ranges are written out. With `fiscalStartMonth` (2–12) years and quarters that begin there
 * are named as fiscal ones, by the years they touch: FY 2017/18. A fiscal period's own id says as
 * much: the first month of its year follows from it.
 */
export function formatPeriod(
  range: DateRange,
  language: Language,
  fiscalStartMonth?: number,
): string {
  const from = dayOf(range.from)
  const until = dayOf(range.until)
  const length = serial(range.until) - serial(range.from)
  if (length === 1) {
    return write(language, from, { day: 'numeric', month: 'long', year: 'numeric' })
  }
  if (from.day === 1 && until.day === 1 && length > 0) {
    const start = fiscalStartMonth ?? fiscalStartOf(range, from)
    return wholeMonths(from, monthsBetween(from, until), language, start)
  }
  const weekday = (((serial(range.from) + 3) % 7) + 7) % 7
  if (length === 7 && weekday === 0) {
    const { year, week } = isoWeek(range.from)
    return language === 'de'
      ? `${words.de.week} ${week} ${year}`
      : `${words.en.week} ${week}, ${year}`
  }
  return formatRange(range, language)
}

function fiscalStartOf(range: DateRange, from: Day): number | undefined {
  if (!range.id?.startsWith('FY')) return undefined
  const quarter = /-Q([1-4])$/.exec(range.id)?.[1]
  const before = quarter === undefined ? 0 : (Number(quarter) - 1) * 3
  return ((from.month - 1 - before + 12) % 12) + 1
}

function wholeMonths(
  from: Day,
  months: number,
  language: Language,
  fiscalStartMonth: number | undefined,
): string {
  const { quarter, fiscal, to } = words[language]
  if (fiscalStartMonth !== undefined && fiscalStartMonth !== 1) {
    const offset = (from.month - fiscalStartMonth + 12) % 12
    const start = from.month >= fiscalStartMonth ? from.year : from.year - 1
    const name = `${fiscal}${start}/${String((start + 1) % 100).padStart(2, '0')}`
    if (months === 12 && offset === 0) return name
    if (months === 3 && offset % 3 === 0) return `${quarter(offset / 3 + 1)} ${name}`
  }
  if (months === 12 && from.month === 1) return String(from.year)
  if (months % 12 === 0 && from.month === 1)
    return `${from.year}\u2013${from.year + months / 12 - 1}`
  if (months === 3 && from.month % 3 === 1) return `${quarter((from.month + 2) / 3)} ${from.year}`
  if (months === 1) return write(language, from, { month: 'long', year: 'numeric' })
  const last = utc({ year: from.year, month: from.month + months - 1, day: 1 })
  const end = { year: last.getUTCFullYear(), month: last.getUTCMonth() + 1, day: 1 }
  const startText =
    end.year === from.year
      ? write(language, from, { month: 'long' })
      : write(language, from, { month: 'long', year: 'numeric' })
  return `${startText}${to}${write(language, end, { month: 'long', year: 'numeric' })}`
}

/** The exact days, both ends named: 1 October to 31 December 2017. */
export function formatRange(range: DateRange, language: Language): string {
  const from = dayOf(range.from)
  const last = dayOf(dayBefore(range.until))
  const end = write(language, last, { day: 'numeric', month: 'long', year: 'numeric' })
  if (range.from === dayBefore(range.until)) return end
  const start =
    from.year === last.year
      ? write(language, from, { day: 'numeric', month: 'long' })
      : write(language, from, { day: 'numeric', month: 'long', year: 'numeric' })
  return `${start}${words[language].to}${end}`
}
