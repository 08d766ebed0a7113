// The one formatter: every number, amount and date on the screen passes through here.
import type { Figure, Unit } from '../basics/figure.ts'
import { type DateRange, formatPeriod, formatRange } from './format-period.ts'
import type { Language } from './typed-texts.ts'

/** Narrow space that does not break: before %, units and the letters of a compact number. */
const thin = '\u202f'
const minus = '\u2212'
export const dash = '\u2014'

interface MoneyStyle {
  /** `full` shows the currency's own minor digits (default), `whole` rounds to whole units. */
  digits?: 'full' | 'whole'
  /** Adds the code of the currency behind the amount. */
  currency?: boolean
  /** Writes a plus before positive amounts. */
  signed?: boolean
}

/** A figure in words: what is shown, the unit beside it, and the exact value for the hover. */
interface FigureWords {
  text: string
  unit?: string
  exact: string
}

export interface Format {
  language: Language
  money(minor: number, currency: string, style?: MoneyStyle): string
  /** Three significant digits with the language's short form: for cards and axes only. */
  compactMoney(minor: number, currency: string): string
  /** As {@link Format.compactMoney} for plain numbers. */
  compact(value: number): string
  count(value: number): string
  /** Fixed number of decimals; as many as there are, at most four, unless said. */
  number(value: number, digits?: number): string
  /** 0.603 → “60 %”. */
  rate(value: number, digits?: number): string
  /** 0.581, 0.624 → “58–62 %”; a further digit where both ends would read the same. */
  interval(
    low: number,
    high: number,
    unit: Unit,
    style?: { digits?: number; currency?: string },
  ): string
  /** Difference of two rates in percentage points: −0.031 → “−3.1 pp”. */
  points(difference: number, digits?: number): string
  /** Relative change: −0.06 → “−6.0 %”. */
  relative(change: number, digits?: number): string
  signed(value: number, digits?: number): string
  days(value: number): string
  /** '2017-12-31' → “31 December 2017”. */
  date(day: string): string
  /** '2017-12-31' → “31 Dec”. */
  shortDate(day: string): string
  /** “4 Oct 2017”: where there is no room for the whole month. */
  shortDateYear(day: string): string
  /** '2017-12' or a day in it → “Dec”: for axes. */
  shortMonth(month: string): string
  /** Instant in UTC as seen in a time zone; the zone is the browser's unless given. */
  instant(iso: string, zone?: string): string
  period(range: DateRange, fiscalStartMonth?: number): string
  range(range: DateRange): string
  figure(figure: Figure, style?: { compact?: boolean; digits?: number }): FigureWords
  list(parts: readonly string[]): string
  bytes(size: number): string
}

/** Digits behind the decimal sign of a currency: EUR 2, JPY 0, KWD 3 (ISO 4217 by way of Intl). */
export function minorDigits(currency: string): number {
  try {
    const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    return options.maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

/** The number a machine reads: decimal point, no grouping, currency in its major unit; '' if missing. */
export function plain(figure: Figure): string {
  if (figure.value === undefined) return ''
  if (figure.unit === 'money' || figure.currency !== undefined) {
    return plainMoney(figure.value, figure.currency ?? '')
  }
  return String(figure.value)
}

/** Minor units as an exact decimal text, without passing through a binary fraction. */
export function plainMoney(minor: number, currency: string): string {
  const digits = currency === '' ? 2 : minorDigits(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const rest = digits === 0 ? '' : `.${text.slice(text.length - digits)}`
  return `${minor < 0 ? '-' : ''}${whole}${rest}`
}

const kept = new Map<Language, Format>()

/** The formatter of a language; made once. */
export function formatter(language: Language): Format {
  let format = kept.get(language)
  if (!format) {
    format = makeFormatter(language)
    kept.set(language, format)
  }
  return format
}

type NumberWriter = (value: number | string, options: Intl.NumberFormatOptions) => string

function numberWriter(locale: string): NumberWriter {
  const made = new Map<string, Intl.NumberFormat>()
  return (value, options) => {
    const key = JSON.stringify(options)
    let format = made.get(key)
    if (!format) {
      format = new Intl.NumberFormat(locale, options)
      made.set(key, format)
    }
    // A decimal text keeps every digit; Intl accepts it although older type lists do not say so.
    return format.format(value as number).replace('-', minus)
  }
}

function fixed(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits }
}

function compactOf(locale: string, value: number): string {
  if (Math.abs(value) < 1000) {
    return new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })
      .format(value)
      .replace('-', minus)
  }
  const parts = new Intl.NumberFormat(locale, {
    notation: 'compact',
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
  }).formatToParts(value)
  const letters = parts.find((part) => part.type === 'compact')?.value
  if (letters === undefined) {
    return new Intl.NumberFormat(locale, fixed(0)).format(value).replace('-', minus)
  }
  const number = parts
    .filter((part) => part.type !== 'compact' && part.type !== 'literal')
    .map((part) => part.value)
    .join('')
  return `${number.replace('-', minus)}${thin}${letters}`
}

/** British English writes “Sept”; beside Aug and Oct it would be the odd one. */
function threeLetters(text: string): string {
  return text.replace('Sept', 'Sep')
}

function makeFormatter(language: Language): Format {
  const locale = language === 'de' ? 'de-DE' : 'en'
  const dateLocale = language === 'de' ? 'de-DE' : 'en-GB'
  const write = numberWriter(locale)
  const percent = (value: number, digits: number, signed = false) =>
    `${write(value * 100, { ...fixed(digits), ...(signed ? { signDisplay: 'exceptZero' } : {}) })}${thin}%`
  const money = (minor: number, currency: string, style: MoneyStyle = {}) => {
    const digits = style.digits === 'whole' ? 0 : minorDigits(currency)
    const text = write(plainMoney(minor, currency), {
      ...fixed(digits),
      ...(style.signed ? { signDisplay: 'exceptZero' } : { signDisplay: 'negative' }),
    })
    return style.currency ? `${text}\u00a0${currency}` : text
  }
  const compactMoney = (minor: number, currency: string) =>
    compactOf(locale, minor / 10 ** minorDigits(currency))
  const number = (value: number, digits?: number) =>
    write(value, {
      ...(digits === undefined ? { maximumFractionDigits: 4 } : fixed(digits)),
      signDisplay: 'negative',
    })
  const daysDigits = (value: number) => (Number.isInteger(value) || Math.abs(value) >= 10 ? 0 : 1)
  const interval: Format['interval'] = (low, high, unit, style = {}) => {
    const start = style.digits ?? (unit === 'score' || unit === 'days' ? 1 : 0)
    const both = (digits: number): [string, string] =>
      unit === 'money'
        ? [
            money(low, style.currency ?? '', { digits: 'whole' }),
            money(high, style.currency ?? '', { digits: 'whole' }),
          ]
        : unit === 'rate'
          ? [number(low * 100, digits), number(high * 100, digits)]
          : [number(low, digits), number(high, digits)]
    let [from, until] = both(start)
    if (from === until && unit !== 'money') [from, until] = both(start + 1)
    const text = from === until ? from : `${from}\u2013${until}`
    return unit === 'rate' ? `${text}${thin}%` : text
  }
  const day = (text: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(dateLocale, { ...options, timeZone: 'UTC' }).format(
      new Date(`${text.slice(0, 10)}T00:00:00Z`),
    )
  const format: Format = {
    language,
    money,
    compactMoney,
    compact: (value) => compactOf(locale, value),
    count: (value) => write(value, { maximumFractionDigits: 0, signDisplay: 'negative' }),
    number,
    rate: (value, digits = 0) => percent(value, digits),
    interval,
    points: (difference, digits = 1) =>
      `${write(difference * 100, { ...fixed(digits), signDisplay: 'exceptZero' })}\u00a0${language === 'de' ? 'PP' : 'pp'}`,
    relative: (change, digits = 1) => percent(change, digits, true),
    signed: (value, digits = 0) => write(value, { ...fixed(digits), signDisplay: 'exceptZero' }),
    days: (value) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: 'day',
        unitDisplay: 'long',
        ...fixed(daysDigits(value)),
      })
        .format(value)
        .replace('-', minus),
    date: (text) => day(text, { day: 'numeric', month: 'long', year: 'numeric' }),
    shortDate: (text) => threeLetters(day(text, { day: 'numeric', month: 'short' })),
    shortDateYear: (text) => `${format.shortDate(text)} ${text.slice(0, 4)}`,
    shortMonth: (text) => threeLetters(day(`${text.slice(0, 7)}-01`, { month: 'short' })),
    instant: (iso, zone) =>
      new Intl.DateTimeFormat(dateLocale, {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        ...(zone === undefined ? {} : { timeZone: zone }),
      }).format(new Date(iso)),
    period: (range, fiscalStartMonth) => formatPeriod(range, language, fiscalStartMonth),
    range: (range) => formatRange(range, language),
    figure: (figure, style = {}) => figureWords(format, figure, style),
    list: (parts) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts),
    bytes: (size) =>
      size < 1_000_000
        ? `${number(Math.max(size / 1000, 0.1), size < 10_000 ? 1 : 0)}${thin}kB`
        : `${number(size / 1_000_000, 1)}${thin}MB`,
  }
  return format
}

function figureWords(
  format: Format,
  figure: Figure,
  style: { compact?: boolean; digits?: number },
): FigureWords {
  const { value } = figure
  if (value === undefined) return { text: dash, exact: figure.missing?.text ?? dash }
  const unit = figure.unit ?? (figure.currency === undefined ? 'count' : 'money')
  if (unit === 'money') {
    const currency = figure.currency ?? ''
    const exact = format.money(value, currency, { currency: currency !== '' })
    const text = style.compact
      ? format.compactMoney(value, currency)
      : format.money(value, currency, { digits: style.digits === undefined ? 'whole' : 'full' })
    return currency === '' ? { text, exact } : { text, unit: currency, exact }
  }
  if (unit === 'rate') {
    return { text: format.rate(value, style.digits ?? 0), exact: format.rate(value, 2) }
  }
  if (unit === 'days') return { text: format.days(value), exact: format.days(value) }
  if (unit === 'score') {
    return { text: format.number(value, style.digits ?? 1), exact: format.number(value, 3) }
  }
  const digits = style.digits ?? (Number.isInteger(value) ? 0 : 1)
  const exact = format.number(value, Number.isInteger(value) ? 0 : Math.max(digits, 2))
  const text = style.compact ? format.compact(value) : format.number(value, digits)
  return { text, exact }
}
