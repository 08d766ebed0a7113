// Turns the text of one cell into a value of its field, or says what is wrong with it.

import { foldWord } from '../../../basics/fold.ts'
import { minorDigits } from '../../../basics/money.ts'
import { Refusal } from '../../../basics/refusal.ts'
import { detached } from './clip.ts'
import type { DatePattern } from './dates.ts'
import { datePattern, readDateByAll } from './dates.ts'
import type { Field } from './kinds.ts'
import type { Params, RejectCode } from './messages.ts'
import type { DecimalSign } from './numbers.ts'
import { integerOf, minorOf, readNumber } from './numbers.ts'

export type Value = string | number | null

const textMost = 200

interface Fault {
  fault: RejectCode
  params?: Params
}
export type Outcome = Value | Fault
export type Converter = (cell: string, currency: string | undefined) => Outcome

export function isFault(outcome: Outcome): outcome is Fault {
  return typeof outcome === 'object' && outcome !== null
}

/** Remembers what cells were converted to; columns repeat themselves. Bounded by starting over. */
function remembering(convert: (cell: string) => Outcome): Converter {
  const seen = new Map<string, Outcome>()
  return (cell) => {
    const known = seen.get(cell)
    if (known !== undefined) return known
    const outcome = convert(cell)
    if (cell.length > 100) return outcome
    if (seen.size >= 4000) seen.clear()
    seen.set(detached(cell), outcome)
    return outcome
  }
}

const unusual = /[^\x20-\x7e]| {2}/

function textConverter({ characters: most = textMost }: Field): Converter {
  return (cell) => {
    const text = unusual.test(cell) ? cell.normalize('NFC').replace(/\s+/g, ' ') : cell
    return text.length > most
      ? { fault: 'text_too_long', params: { found: text.length, most } }
      : text
  }
}

function isCurrency(code: string): boolean {
  try {
    minorDigits(code)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

const currencyWords: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', EURO: 'EUR' }

function readCurrency(cell: string): Outcome {
  const upper = cell.toUpperCase()
  const code = Object.hasOwn(currencyWords, upper) ? (currencyWords[upper] ?? upper) : upper
  return isCurrency(code) ? code : { fault: 'currency_unknown' }
}

function dateConverter(patterns: readonly string[], zone: string | undefined): Converter {
  const compiled = patterns.map(datePattern).filter((one): one is DatePattern => one !== undefined)
  const written = patterns.join(', ')
  return remembering((cell) => {
    const reading = readDateByAll(cell, compiled, zone)
    if ('day' in reading) return reading.day
    if (reading.fault === 'not_a_date')
      return { fault: 'not_a_date', params: { patterns: written } }
    return { fault: 'date_two_ways', params: { patterns: written, days: reading.days.join(' / ') } }
  })
}

function bounded(field: Field, value: number): Outcome {
  if (field.least !== undefined && value < field.least) {
    return { fault: 'number_out_of_range', params: { least: field.least } }
  }
  if (field.most !== undefined && value > field.most) return { fault: 'number_too_large' }
  return value
}

function numberConverter(field: Field, decimal: DecimalSign): Converter {
  return (cell, currency) => {
    const read = readNumber(cell, decimal)
    if (!read) return { fault: 'not_a_number', params: { decimal } }
    if (field.type === 'money') {
      if (currency === undefined) return { fault: 'currency_unknown' }
      if (read.currencies && !read.currencies.includes(currency)) {
        return { fault: 'currency_mismatch', params: { currency } }
      }
      const minor = minorOf(read.plain, currency)
      if ('fault' in minor) return { fault: minor.fault, params: { currency } }
      return bounded(field, minor.amount)
    }
    if (field.type === 'integer') {
      const whole = integerOf(read.plain)
      return 'fault' in whole ? whole : bounded(field, whole.value)
    }
    const value = Number(read.plain)
    return Math.abs(value) <= 1e15
      ? bounded(field, value === 0 ? 0 : value)
      : { fault: 'number_too_large' }
  }
}

/** How the cells of a column are written, as far as that must be known. */
interface Writing {
  patterns?: readonly string[]
  decimal?: DecimalSign
}

/** Converter of the cells of a field; cells are trimmed and not empty. */
export function converterOf(field: Field, column: Writing, zone?: string): Converter {
  if (field.name === 'currency') return remembering(readCurrency)
  switch (field.type) {
    case 'text':
      return textConverter(field)
    case 'date':
      return dateConverter(column.patterns ?? ['YYYY-MM-DD'], zone)
    case 'one-of': {
      const words = new Map<string, string>()
      for (const { value, words: written } of field.options ?? []) {
        for (const word of [value, ...written]) words.set(foldWord(word), value)
      }
      const allowed = (field.options ?? []).map((one) => one.value).join(', ')
      return (cell) => words.get(foldWord(cell)) ?? { fault: 'not_one_of', params: { allowed } }
    }
    default:
      return numberConverter(field, column.decimal ?? '.')
  }
}

/** Converts one constant of a mapping; gives its value or the code of the fault. */
export function readConstant(field: Field, text: string, currency?: string): Value | Fault {
  return text.trim() === '' ? null : converterOf(field, {})(text.trim(), currency)
}
