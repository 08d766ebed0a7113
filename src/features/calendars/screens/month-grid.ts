// Days as a calendar lays them out: weeks in rows, the month before and after, a day up or down.
import { daysAfter } from '../../../web/format-period.ts'

const utc = (day: string) => new Date(`${day}T00:00:00Z`)
const text = (date: Date) => date.toISOString().slice(0, 10)

/** The month so many months later, `2026-11`. */
export function monthLater(month: string, months: number): string {
  const date = utc(`${month}-01`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return text(date).slice(0, 7)
}

/** First day of a month and the day after its last. */
export function monthDays(month: string): { from: string; until: string } {
  return { from: `${month}-01`, until: `${monthLater(month, 1)}-01` }
}

/** The same day of another month, or its last where it is shorter. */
export function sameDayIn(month: string, day: string): string {
  const last = daysAfter(monthDays(month).until, -1)
  const wanted = `${month}-${day.slice(8)}`
  return wanted > last ? last : wanted
}

/** Weeks of a month from its first to its last day; empty places where another month is. */
export function weeksOf(month: string, weekStart: 1 | 7): (string | undefined)[][] {
  const { from, until } = monthDays(month)
  // getUTCDay: 0 is Sunday.
  const before = (utc(from).getUTCDay() - (weekStart % 7) + 7) % 7
  const cells: (string | undefined)[] = Array.from({ length: before }, () => undefined)
  for (let day = from; day < until; day = daysAfter(day, 1)) cells.push(day)
  while (cells.length % 7 !== 0) cells.push(undefined)
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(7 * i, 7 * i + 7))
}

/** Names of weekdays from the first of the week, and which of Monday 0 to Sunday 6 each is. */
export function weekdayNames(
  language: 'en' | 'de',
  weekStart: 1 | 7,
  width: 'short' | 'long',
): { index: number; name: string }[] {
  const format = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    weekday: width,
    timeZone: 'UTC',
  })
  return Array.from({ length: 7 }, (_, i) => {
    const index = (i + weekStart - 1) % 7
    // 5 January 2026 is a Monday.
    return { index, name: format.format(utc(daysAfter('2026-01-05', index))) }
  })
}

/** “November 2026”. */
export function monthName(language: 'en' | 'de', month: string, withYear = true): string {
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    month: 'long',
    ...(withYear ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(utc(`${month}-01`))
}

/** “9–11 Nov”, “28 Dec – 3 Jan”; with years where it is not all in `year`. */
export function shortSpan(
  language: 'en' | 'de',
  { from, until }: { from: string; until: string },
  year: string,
): string {
  const last = daysAfter(until, -1)
  const elsewhere = !from.startsWith(year) || !last.startsWith(year)
  const format = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    ...(elsewhere ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  })
  return format.formatRange(utc(from), utc(last))
}
