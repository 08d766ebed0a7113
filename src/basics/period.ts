// Periods are values: every question about days, weeks, months and years is answered here.
import { assert, Refusal } from './refusal.ts'

/** Calendar date 'YYYY-MM-DD', years 0001 to 9999. */
export type Day = string

export type TimeDimension =
  | 'day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'year'
  | 'fiscal-quarter'
  | 'fiscal-year'

export const timeDimensions: readonly TimeDimension[] = [
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscal-quarter',
  'fiscal-year',
]

export function isTimeDimension(text: string): text is TimeDimension {
  return (timeDimensions as readonly string[]).includes(text)
}

export type PeriodKind = TimeDimension | 'custom'

export interface CalendarSettings {
  /** Month in which the fiscal year begins, 1 to 12. */
  fiscalFirstMonth: number
  /** Weekday on which weeks begin: 1 Monday, 7 Sunday. */
  weekStart: 1 | 7
}

/**
 * A stretch of days, [from, until).
 *
 * Ids: `2017` · `2017-Q1` · `2017-03` · `2017-W09` · `2017-03-01` · `FY2017` · `FY2017-Q1` ·
 * `2017-03-01..2017-05-15` (custom, the second day exclusive).
 *
 * A fiscal year is named by the calendar year in which it ENDS: with April as first month FY2017 is
 * 2016-04-01..2017-04-01; with January it is the calendar year.
 *
 * Weeks carry the number of ISO 8601. Where weeks begin on Sunday, a week has the number of the ISO
 * week with which it shares Monday to Saturday.
 */
export interface Period {
  id: string
  kind: PeriodKind
  from: Day
  until: Day
}

const { PlainDate } = Temporal
type PlainDate = Temporal.PlainDate

const firstDay = PlainDate.from('0001-01-01')
const lastDay = PlainDate.from('9999-12-31')
const wayOut =
  'Write 2017, 2017-Q1, 2017-03, 2017-W09, 2017-03-01, FY2017, FY2017-Q1 or 2017-03-01..2017-05-15.'

function refuse(code: string, message: string, next: string): never {
  throw new Refusal({ code, message, field: 'period', next, status: 422 })
}

const digits = (value: number, length: number) => String(value).padStart(length, '0')

function checkSettings({ fiscalFirstMonth, weekStart }: CalendarSettings): void {
  assert(
    Number.isInteger(fiscalFirstMonth) && fiscalFirstMonth >= 1 && fiscalFirstMonth <= 12,
    `the fiscal year begins in a month from 1 to 12, not ${fiscalFirstMonth}`,
  )
  assert(weekStart === 1 || weekStart === 7, `a week begins on day 1 or 7, not ${weekStart}`)
}

/** Whether the text is a day that exists, written 'YYYY-MM-DD'. */
export function isDay(text: string): boolean {
  return /^(?!0000)\d{4}-\d\d-\d\d$/.test(text) && daysInMonthOf(text) >= Number(text.slice(8))
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

function daysInMonthOf(day: string): number {
  if (day.slice(8) === '00') return -1
  const month = Number(day.slice(5, 7))
  const year = Number(day.slice(0, 4))
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && leap ? 29 : (monthLengths[month - 1] ?? -1)
}

function requireDay(day: Day): void {
  if (!isDay(day)) {
    refuse('period.impossible', `The day “${day}” does not exist.`, 'Write a day like 2017-03-01.')
  }
}

function dateOf(day: Day): PlainDate {
  requireDay(day)
  return PlainDate.from(day)
}

function make(kind: PeriodKind, from: PlainDate, until: PlainDate, id?: string): Period {
  const inRange = PlainDate.compare(from, firstDay) >= 0 && PlainDate.compare(until, lastDay) <= 0
  if (!inRange) {
    refuse(
      'period.out_of_range',
      'The period reaches beyond the years 1 to 9998.',
      'Choose a period within these years.',
    )
  }
  const [first, second] = [from.toString(), until.toString()]
  return { id: id ?? `${first}..${second}`, kind, from: first, until: second }
}

const yearPeriod = (from: PlainDate) =>
  make('year', from, from.add({ years: 1 }), digits(from.year, 4))

const quarterPeriod = (from: PlainDate) =>
  make(
    'quarter',
    from,
    from.add({ months: 3 }),
    `${digits(from.year, 4)}-Q${Math.ceil(from.month / 3)}`,
  )

const monthPeriod = (from: PlainDate) =>
  make('month', from, from.add({ months: 1 }), `${digits(from.year, 4)}-${digits(from.month, 2)}`)

const dayPeriod = (from: PlainDate) => make('day', from, from.add({ days: 1 }), from.toString())

/** The first day of a week says where weeks begin: only a Sunday week begins on a Sunday. */
function weekPeriod(from: PlainDate): Period {
  const monday = from.dayOfWeek === 7 ? from.add({ days: 1 }) : from
  const id = `${digits(monday.yearOfWeek ?? 0, 4)}-W${digits(monday.weekOfYear ?? 0, 2)}`
  return make('week', from, from.add({ days: 7 }), id)
}

/** `start` is the first day of the whole fiscal year: it ends in the year of its last day. */
const fiscalName = (start: PlainDate) => `FY${digits(start.add({ months: 11 }).year, 4)}`

const fiscalYearPeriod = (start: PlainDate) =>
  make('fiscal-year', start, start.add({ years: 1 }), fiscalName(start))

function fiscalQuarterPeriod(start: PlainDate, quarter: number): Period {
  const from = start.add({ months: 3 * (quarter - 1) })
  return make('fiscal-quarter', from, from.add({ months: 3 }), `${fiscalName(start)}-Q${quarter}`)
}

function fiscalStart(date: PlainDate, firstMonth: number): PlainDate {
  return date.subtract({ months: (date.month - firstMonth + 12) % 12 }).with({ day: 1 })
}

/** The period of a kind that holds the day. */
export function containing(kind: TimeDimension, day: Day, settings: CalendarSettings): Period {
  checkSettings(settings)
  const date = dateOf(day)
  switch (kind) {
    case 'day':
      return dayPeriod(date)
    case 'week': {
      const past = (date.dayOfWeek - settings.weekStart + 7) % 7
      return weekPeriod(date.subtract({ days: past }))
    }
    case 'month':
      return monthPeriod(date.with({ day: 1 }))
    case 'quarter':
      return quarterPeriod(date.subtract({ months: (date.month - 1) % 3 }).with({ day: 1 }))
    case 'year':
      return yearPeriod(date.with({ month: 1, day: 1 }))
    case 'fiscal-quarter': {
      const start = fiscalStart(date, settings.fiscalFirstMonth)
      const month = (date.month - start.month + 12) % 12
      return fiscalQuarterPeriod(start, Math.floor(month / 3) + 1)
    }
    case 'fiscal-year':
      return fiscalYearPeriod(fiscalStart(date, settings.fiscalFirstMonth))
  }
}

/** Id of the bucket a day falls into along a time dimension; it reads back with {@link parsePeriod}. */
export function bucketOf(dimension: TimeDimension, day: Day, settings: CalendarSettings): string {
  return containing(dimension, day, settings).id
}

/** Days from one to another, the second exclusive; refuses a period that holds no day. */
export function customPeriod(from: Day, until: Day): Period {
  const [first, second] = [dateOf(from), dateOf(until)]
  if (PlainDate.compare(first, second) >= 0) {
    refuse(
      'period.backwards',
      `The period from ${from} until before ${until} holds no day.`,
      'Give a later end; the end itself is not part of the period.',
    )
  }
  return make('custom', first, second)
}

/** ISO week 1 holds 4 January. */
function parseWeek(text: string, year: number, week: number, weekStart: 1 | 7): Period {
  const fourth = new PlainDate(year, 1, 4)
  const monday = fourth.add({ days: 1 - fourth.dayOfWeek + 7 * (week - 1) })
  if (week < 1 || monday.yearOfWeek !== year) {
    const weeks = new PlainDate(year, 12, 28).weekOfYear
    refuse(
      'period.impossible',
      `There is no week ${week} in “${text}”.`,
      `The year ${year} has the weeks W01 to W${weeks}.`,
    )
  }
  return weekPeriod(weekStart === 7 ? monday.subtract({ days: 1 }) : monday)
}

/**
 * Reads the id of a period. Refuses with `period.unreadable` (not one of the forms),
 * `period.impossible` (month 13, 30 February, week 54 …), `period.backwards` (a custom period
 * without a day) or `period.out_of_range`.
 */
export function parsePeriod(text: string, settings: CalendarSettings): Period {
  checkSettings(settings)
  const custom = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(text)
  if (custom) return customPeriod(custom[1] ?? '', custom[2] ?? '')
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return dayPeriod(dateOf(text))

  const match = /^(FY)?(\d{4})(?:-(?:(Q)(\d)|(W)(\d\d)|(\d\d)))?$/.exec(text)
  if (!match || (match[1] && (match[5] || match[7]))) {
    refuse('period.unreadable', `“${text}” is not a period.`, wayOut)
  }
  const [, fiscal, yearText, isQuarter, quarterText, isWeek, weekText, monthText] = match
  const year = Number(yearText)
  const quarter = Number(quarterText ?? 1)
  if (quarter < 1 || quarter > 4) {
    refuse('period.impossible', `There is no quarter ${quarter} in “${text}”.`, 'Write Q1 to Q4.')
  }
  if (fiscal) {
    const { fiscalFirstMonth } = settings
    const start = new PlainDate(fiscalFirstMonth === 1 ? year : year - 1, fiscalFirstMonth, 1)
    return isQuarter ? fiscalQuarterPeriod(start, quarter) : fiscalYearPeriod(start)
  }
  if (isQuarter) return quarterPeriod(new PlainDate(year, 3 * quarter - 2, 1))
  if (isWeek) return parseWeek(text, year, Number(weekText), settings.weekStart)
  if (monthText === undefined) return yearPeriod(new PlainDate(year, 1, 1))
  const month = Number(monthText)
  if (month < 1 || month > 12) {
    refuse('period.impossible', `There is no month ${month} in “${text}”.`, 'Write 01 to 12.')
  }
  return monthPeriod(new PlainDate(year, month, 1))
}

/** Number of whole calendar months the period consists of, or undefined if it does not. */
export function wholeMonths(period: Period): number | undefined {
  const [from, until] = [PlainDate.from(period.from), PlainDate.from(period.until)]
  if (from.day !== 1 || until.day !== 1) return undefined
  return 12 * (until.year - from.year) + until.month - from.month
}

/**
 * The period so many periods of its own length later (negative: earlier). A custom period of whole
 * months moves by as many months, any other by its days.
 */
export function shifted(period: Period, by: number): Period {
  const from = PlainDate.from(period.from)
  switch (period.kind) {
    case 'day':
      return dayPeriod(from.add({ days: by }))
    case 'week':
      return weekPeriod(from.add({ days: 7 * by }))
    case 'month':
      return monthPeriod(from.add({ months: by }))
    case 'quarter':
      return quarterPeriod(from.add({ months: 3 * by }))
    case 'year':
      return yearPeriod(from.add({ years: by }))
    case 'fiscal-quarter': {
      const quarter = Number(period.id.at(-1))
      const count = quarter - 1 + by
      const start = from.add({ months: 3 * (1 - quarter) + 12 * Math.floor(count / 4) })
      return fiscalQuarterPeriod(start, (((count % 4) + 4) % 4) + 1)
    }
    case 'fiscal-year':
      return fiscalYearPeriod(from.add({ years: by }))
    case 'custom': {
      const months = wholeMonths(period)
      const length =
        months === undefined
          ? { days: daysBetween(period.from, period.until) * by }
          : { months: months * by }
      return make('custom', from.add(length), PlainDate.from(period.until).add(length))
    }
  }
}

/** The period of the same kind and length just before. */
export function previous(period: Period): Period {
  return shifted(period, -1)
}

/** The period of the same kind and length just after. */
export function next(period: Period): Period {
  return shifted(period, 1)
}

/**
 * The same period one year earlier. 29 February becomes 28 February; a week keeps its number, and
 * week 53 becomes week 52 where the year before has no 53.
 */
export function yearAgo(period: Period): Period {
  const from = PlainDate.from(period.from)
  switch (period.kind) {
    case 'day':
      return dayPeriod(from.subtract({ years: 1 }))
    case 'week': {
      const number = period.id.slice(-3)
      const near = weekPeriod(from.subtract({ days: 7 * 52 }))
      return number !== 'W53' && near.id.endsWith(number)
        ? near
        : weekPeriod(from.subtract({ days: 7 * 53 }))
    }
    case 'month':
      return shifted(period, -12)
    case 'quarter':
    case 'fiscal-quarter':
      return shifted(period, -4)
    case 'year':
    case 'fiscal-year':
      return shifted(period, -1)
    case 'custom': {
      const first = from.subtract({ years: 1 })
      const end = PlainDate.from(period.until).subtract({ years: 1 })
      // 28 February alone, in a leap year, would otherwise become empty: its end clamps onto it.
      const holdsNoDay = PlainDate.compare(first, end) >= 0
      return make('custom', first, holdsNoDay ? first.add({ days: 1 }) : end)
    }
  }
}

/**
 * The periods of a kind that the period touches, in order; the first and last may reach beyond it
 * (the weeks of a month do).
 */
export function parts(period: Period, kind: TimeDimension, settings: CalendarSettings): Period[] {
  let part = containing(kind, period.from, settings)
  const list = [part]
  while (part.until < period.until) {
    part = next(part)
    list.push(part)
  }
  return list
}

/** The day on which an instant (ISO 8601 with Z or offset) falls in a time zone (IANA name). */
export function dayOf(instant: string, zone: string): Day {
  let moment: Temporal.Instant
  try {
    moment = Temporal.Instant.from(instant)
  } catch {
    throw new Refusal({
      code: 'instant.unreadable',
      message: `“${instant}” is not a moment in time.`,
      field: 'instant',
      next: 'Write date, time and offset, such as 2017-03-01T09:30:00Z.',
      status: 422,
    })
  }
  try {
    return moment.toZonedDateTimeISO(zone).toPlainDate().toString()
  } catch {
    throw new Refusal({
      code: 'zone.unknown',
      message: `“${zone}” is not a known time zone.`,
      field: 'zone',
      next: 'Choose a time zone by its name, such as Europe/Berlin.',
      status: 422,
    })
  }
}

/** The day so many days later (negative: earlier). */
export function addDays(day: Day, count: number): Day {
  assert(Number.isInteger(count), `only whole days are added, not ${count}`)
  const sum = dayOfNumber(numberOf(day) + count)
  if (!isDay(sum)) {
    refuse(
      'period.out_of_range',
      'The day lies beyond the years 1 to 9999.',
      'Choose a day within these years.',
    )
  }
  return sum
}

/** Number of days from one day to another; negative when the second is earlier. */
export function daysBetween(from: Day, until: Day): number {
  return numberOf(until) - numberOf(from)
}

const dayMs = 86_400_000

/** Days since 1 January 1970: goals and calendars count days by the thousand, for which Temporal is too slow. */
function numberOf(day: Day): number {
  requireDay(day)
  return Date.parse(`${day}T00:00:00Z`) / dayMs
}

/** Not a day where it lies beyond the years of four digits. */
function dayOfNumber(number: number): string {
  const date = new Date(number * dayMs)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, -14)
}
