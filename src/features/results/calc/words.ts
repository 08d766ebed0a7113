// Numbers, amounts and days inside sentences, in English and German.
import { fromMinor, minorDigits } from '../../../basics/money.ts'
import type { Period } from '../../../basics/period.ts'
import type { Language } from './metric.ts'

const narrow = '\u202f'
const minus = '\u2212'

export interface Writer {
  readonly lang: Language
  count(value: number): string
  number(value: number, digits: number): string
  /** 0.603 → “60.3 %”. */
  rate(value: number, digits?: number): string
  /** Exact amount with its currency; cents only where there are any. */
  money(minor: number, currency: string): string
  /** Three significant digits: “2.80 M USD”. */
  shortMoney(minor: number, currency: string): string
  date(day: string): string
  /** Name of a period as people say it: “Q4 2017”, “March 2017”. */
  period(period: Period): string
}

const made = new Map<Language, Writer>()

export function writer(lang: Language): Writer {
  let found = made.get(lang)
  if (!found) {
    found = makeWriter(lang)
    made.set(lang, found)
  }
  return found
}

const formats = new Map<string, Intl.NumberFormat>()

/** Kept: making a format takes a hundred times as long as writing a number, and an answer has thousands. */
function numbers(locale: string, min: number, max: number): Intl.NumberFormat {
  const key = `${locale} ${min} ${max}`
  let found = formats.get(key)
  if (!found) {
    found = new Intl.NumberFormat(locale, {
      minimumFractionDigits: min,
      maximumFractionDigits: max,
    })
    formats.set(key, found)
  }
  return found
}

function makeWriter(lang: Language): Writer {
  const locale = lang === 'de' ? 'de-DE' : 'en-GB'
  const write = (value: number | string, min: number, max: number) =>
    numbers(locale, min, max)
      .format(value as number)
      .replace('-', minus)
  const instant = (day: string) => Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8))
  const dateText = (day: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(instant(day))
  const date = (day: string) => dateText(day, { day: 'numeric', month: 'long', year: 'numeric' })
  const money = (minor: number, currency: string) => {
    const places = minorDigits(currency)
    const digits = minor % 10 ** places === 0 ? 0 : places
    return `${write(fromMinor(minor, currency), digits, digits)}\u00a0${currency}`
  }
  return {
    lang,
    count: (value) => write(value, 0, 2),
    number: (value, digits) => write(value, digits, digits),
    rate: (value, digits = 1) => `${write(value * 100, digits, digits)}${narrow}%`,
    money,
    shortMoney: (minor, currency) => {
      const value = minor / 10 ** minorDigits(currency)
      if (Math.abs(value) < 10_000) return `${write(Math.round(value), 0, 0)}\u00a0${currency}`
      return `${compact(lang, value)}\u00a0${currency}`
    },
    date,
    period: (period) => periodName(lang, period, dateText),
  }
}

/** The short forms are written here, because those of Intl differ between its versions. */
function compact(lang: Language, value: number): string {
  const size = Math.abs(value)
  const [divisor, en, de] =
    size >= 999_500_000
      ? [1e9, 'bn', 'Mrd.']
      : size >= 999_500
        ? [1e6, 'M', 'Mio.']
        : [1e3, 'k', 'Tsd.']
  const scaled = Math.abs(value) / divisor
  const digits = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2
  const text = numbers(lang === 'de' ? 'de-DE' : 'en-GB', digits, digits).format(scaled)
  return `${value < 0 ? minus : ''}${text}${narrow}${lang === 'de' ? de : en}`
}

function periodName(
  lang: Language,
  period: Period,
  dateText: (day: string, options: Intl.DateTimeFormatOptions) => string,
): string {
  const { id, kind } = period
  const de = lang === 'de'
  const long: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' }
  switch (kind) {
    case 'day':
      return dateText(id, long)
    case 'week':
      return de ? `KW ${+id.slice(6)} ${id.slice(0, 4)}` : `week ${+id.slice(6)}, ${id.slice(0, 4)}`
    case 'month':
      return dateText(period.from, { month: 'long', year: 'numeric' })
    case 'quarter':
      return de ? `${id.slice(6)}. Quartal ${id.slice(0, 4)}` : `Q${id.slice(6)} ${id.slice(0, 4)}`
    case 'year':
      return id
    case 'fiscal-quarter':
      return de
        ? `${id.slice(8)}. Quartal ${fiscalYear(lang, id)}`
        : `Q${id.slice(8)} ${fiscalYear(lang, id)}`
    case 'fiscal-year':
      return fiscalYear(lang, id)
    case 'custom': {
      const last = new Date(
        Date.UTC(
          +period.until.slice(0, 4),
          +period.until.slice(5, 7) - 1,
          +period.until.slice(8) - 1,
        ),
      )
      const end = last.toISOString().slice(0, 10)
      return `${dateText(period.from, long)} ${de ? 'bis' : 'to'} ${dateText(end, long)}`
    }
  }
}

const fiscalYear = (lang: Language, id: string) =>
  `${lang === 'de' ? 'GJ' : 'FY'} ${id.slice(2, 6)}`
