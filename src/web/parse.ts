// Reads what people type: amounts, numbers and dates in German and English habits.
import { minorDigits } from './format.ts'
import { daysAfter } from './format-period.ts'
import type { Language } from './typed-texts.ts'

/** What was understood, or why not: the code is translated by the field that shows it. */
export type Parsed<T> =
  | { ok: true; value: T }
  | {
      ok: false
      why: 'not_a_number' | 'too_many_digits' | 'too_large' | 'not_a_date' | 'ambiguous_date'
    }

interface Digits {
  negative: boolean
  whole: string
  fraction: string
}

/**
 * Splits a typed number. Two kinds of separator: the later one is the decimal sign. One kind,
 * several times: grouping. One kind, once: `single` decides.
 */
function split(
  text: string,
  single: (separator: ',' | '.', after: string) => boolean,
): Digits | undefined {
  let bare = text.trim().replace(/[\s\u00a0\u202f'’_]/g, '')
  const negative = /^[-\u2212\u2013]/.test(bare) || /^\(.*\)$/.test(bare)
  bare = bare.replace(/^[-+\u2212\u2013]/, '').replace(/^\((.*)\)$/, '$1')
  if (!/^\d[\d.,]*$/.test(bare) && !/^[.,]\d+$/.test(bare)) return undefined
  const comma = bare.lastIndexOf(',')
  const dot = bare.lastIndexOf('.')
  let decimalAt = -1
  if (comma >= 0 && dot >= 0) {
    decimalAt = Math.max(comma, dot)
    const decimalSign = bare[decimalAt] ?? ''
    if (bare.indexOf(decimalSign) !== decimalAt) return undefined
  } else if (comma >= 0 || dot >= 0) {
    const at = Math.max(comma, dot)
    const separator = comma >= 0 ? ',' : '.'
    const once = bare.indexOf(separator) === at
    if (once && single(separator, bare.slice(at + 1))) decimalAt = at
  }
  const wholePart = decimalAt < 0 ? bare : bare.slice(0, decimalAt)
  const groups = wholePart.split(/[.,]/)
  if (groups.length > 1 && groups.slice(1).some((group) => group.length !== 3)) return undefined
  return {
    negative,
    whole: groups.join('') || '0',
    fraction: decimalAt < 0 ? '' : bare.slice(decimalAt + 1),
  }
}

/**
 * Amount in minor units of a currency. A lone separator with exactly three digits behind it is
 * grouping in both languages unless the currency itself has three minor digits.
 */
export function parseMoney(text: string, currency: string, language: Language): Parsed<number> {
  const digits = minorDigits(currency)
  const cleaned = text.replace(currency, '').replace(/[€$£¥]/g, '')
  const parts = split(cleaned, (separator, after) => {
    if (digits === 3 && after.length === 3) return separator === (language === 'de' ? ',' : '.')
    return after.length !== 3
  })
  if (!parts) return { ok: false, why: 'not_a_number' }
  const fraction = parts.fraction.replace(/0+$/, '')
  if (fraction.length > digits) return { ok: false, why: 'too_many_digits' }
  const minor = Number(parts.whole + fraction.padEnd(digits, '0'))
  if (!Number.isSafeInteger(minor)) return { ok: false, why: 'too_large' }
  return { ok: true, value: parts.negative && minor !== 0 ? -minor : minor }
}

/** Plain number; a lone separator before exactly three digits is read as the language writes it. */
export function parseNumber(text: string, language: Language): Parsed<number> {
  const parts = split(text, (separator, after) =>
    after.length === 3 ? separator === (language === 'de' ? ',' : '.') : true,
  )
  if (!parts) return { ok: false, why: 'not_a_number' }
  const value = Number(`${parts.whole}.${parts.fraction || '0'}`)
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return { ok: false, why: 'too_large' }
  return { ok: true, value: parts.negative && value !== 0 ? -value : value }
}

const monthStems: readonly (readonly string[])[] = [
  ['jan', 'jän'],
  ['feb'],
  ['mar', 'mär', 'mrz'],
  ['apr'],
  ['may', 'mai'],
  ['jun'],
  ['jul'],
  ['aug'],
  ['sep'],
  ['oct', 'okt'],
  ['nov'],
  ['dec', 'dez'],
]

function monthOf(word: string): number {
  const stem = word.toLowerCase().slice(0, 3)
  return monthStems.findIndex((stems) => stems.includes(stem)) + 1
}

function yearOf(text: string | undefined, today: string): number {
  if (text === undefined || text === '') return Number(today.slice(0, 4))
  return text.length === 2 ? 2000 + Number(text) : Number(text)
}

function calendarDay(year: number, month: number, day: number): Parsed<string> {
  const date = new Date(Date.UTC(year, month - 1, day))
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000
  return real
    ? { ok: true, value: date.toISOString().slice(0, 10) }
    : { ok: false, why: 'not_a_date' }
}

const understoodDay = (today: string, days: number): Parsed<string> => ({
  ok: true,
  value: daysAfter(today, days),
})

/**
 * Calendar day. Understands 2026-11-25, 25.11.2026, 25.11. (this year), 25 Nov 2026, November 25,
 * 11/25/2026 and 25/11/2026 where only one reading is a date, today/heute, yesterday/gestern, and
 * −3 or +10 days from today. 3/4/2026 is refused: it would have to be guessed.
 */
export function parseDate(text: string, today: string): Parsed<string> {
  const bare = text.trim().toLowerCase().replace(/,/g, ' ').replace(/\s+/g, ' ')
  if (bare === 'today' || bare === 'heute') return { ok: true, value: today }
  if (bare === 'yesterday' || bare === 'gestern') return understoodDay(today, -1)
  if (bare === 'tomorrow' || bare === 'morgen') return understoodDay(today, 1)
  const shift = /^([-+\u2212])(\d{1,4})$/.exec(bare)
  if (shift) return understoodDay(today, (shift[1] === '+' ? 1 : -1) * Number(shift[2]))
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(bare)
  if (iso) return calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4}|\d{2})?$/.exec(bare)
  if (dotted) return calendarDay(yearOf(dotted[3], today), Number(dotted[2]), Number(dotted[1]))
  const dayFirst = /^(\d{1,2})\.? (\p{L}+)\.?(?: (\d{4}|\d{2}))?$/u.exec(bare)
  if (dayFirst) {
    return calendarDay(yearOf(dayFirst[3], today), monthOf(dayFirst[2] ?? ''), Number(dayFirst[1]))
  }
  const monthFirst = /^(\p{L}+)\.? (\d{1,2})(?: (\d{4}))?$/u.exec(bare)
  if (monthFirst) {
    return calendarDay(
      yearOf(monthFirst[3], today),
      monthOf(monthFirst[1] ?? ''),
      Number(monthFirst[2]),
    )
  }
  return slashed(bare, today)
}

function slashed(bare: string, today: string): Parsed<string> {
  const parts = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/.exec(bare)
  if (!parts) return { ok: false, why: 'not_a_date' }
  const year = yearOf(parts[3], today)
  const first = Number(parts[1])
  const second = Number(parts[2])
  const monthThenDay = calendarDay(year, first, second)
  const dayThenMonth = calendarDay(year, second, first)
  if (monthThenDay.ok && dayThenMonth.ok && monthThenDay.value !== dayThenMonth.value) {
    return { ok: false, why: 'ambiguous_date' }
  }
  return monthThenDay.ok ? monthThenDay : dayThenMonth
}
