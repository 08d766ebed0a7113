// Turns the cells of a record into typed values, or says why the row is set aside.
import { minorDigits } from '../../../basics/money.ts'
import { assert, Refusal } from '../../../basics/refusal.ts'
import { clip } from './clip.ts'
import type { DatePattern } from './dates.ts'
import { datePattern, readDateByAll } from './dates.ts'
import type { Encoding } from './encoding.ts'
import { foldWord } from './fold.ts'
import type { Field, KindName, Sentence } from './kinds.ts'
import { fieldOf } from './kinds.ts'
import type { Params, RejectCode } from './messages.ts'
import { sentence } from './messages.ts'
import type { DecimalSign } from './numbers.ts'
import { integerOf, minorOf, readNumber } from './numbers.ts'
import type { Delimiter, RawRecord } from './split.ts'

export interface PlanColumn {
  /** From 0. */
  index: number
  header: string
  /** Absent: kept as a trait under its header. */
  field?: string
  patterns?: string[]
  decimal?: DecimalSign
  /** Cell → what it stands for. */
  values?: Record<string, string>
}

/** Everything needed to read a file to its end without asking; plain JSON. */
export interface ReadPlan {
  kind: KindName
  encoding: Encoding
  /** Rows with U+FFFD are damaged. */
  damaged: boolean
  delimiter: Delimiter
  header: boolean
  skipLines: number
  /** All headers, or numbers from 1. */
  headers: string[]
  columns: PlanColumn[]
  constants: Record<string, string>
  missing: string[]
  /** Of amounts whose row names none. */
  currency?: string
  zone?: string
}

export type Value = string | number | null

export interface TypedRow {
  line: number
  values: Record<string, Value>
  traits?: Record<string, string>
  raw: string
}

export interface RowReject {
  line: number
  column: string | null
  value: string | null
  code: RejectCode
  params: Params
  message: Sentence
  raw: string
}

export const textMost = 200
export const traitHeaderMost = 100
const traitMost = 2000
const rawMost = 65_536

export interface Fault {
  fault: RejectCode
  params?: Params
}
type Outcome = Value | Fault
type Converter = (cell: string, currency: string | undefined) => Outcome

function isFault(outcome: Outcome): outcome is Fault {
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
    seen.set(cell, outcome)
    return outcome
  }
}

const unusual = /[^\x20-\x7e]| {2}/

function readText(cell: string): Outcome {
  const text = unusual.test(cell) ? cell.normalize('NFC').replace(/\s+/g, ' ') : cell
  if (text.length > textMost) return { fault: 'text_too_long', params: { found: text.length, most: textMost } }
  return text
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
    if (reading.fault === 'not_a_date') return { fault: 'not_a_date', params: { patterns: written } }
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
    return Math.abs(value) <= 1e15 ? bounded(field, value === 0 ? 0 : value) : { fault: 'number_too_large' }
  }
}

function converterOf(field: Field, column: Pick<PlanColumn, 'patterns' | 'decimal'>, zone?: string): Converter {
  if (field.name === 'currency') return remembering(readCurrency)
  switch (field.type) {
    case 'text':
      return readText
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

/** The row as it stands in the file, in a form that can be stored. */
export function storableRaw(raw: string): string {
  const clipped = raw.length >= rawMost ? `${clip(raw, rawMost - 1)}…` : raw
  return clipped.includes('\0') ? clipped.replaceAll('\0', '\u2400') : clipped
}

interface Compiled {
  index: number
  header: string
  field: Field
  convert: Converter
  values: ReadonlyMap<string, string> | undefined
}

const ordered: readonly [string, string][] = [
  ['opened_on', 'closed_on'],
  ['hired_on', 'left_on'],
]

export type RowReading = { row: TypedRow } | { reject: RowReject }

/**
 * Reader of the records of a file by its plan. A record whose cells are all empty is no row and gives
 * undefined.
 */
export function rowReader(plan: ReadPlan): (record: RawRecord) => RowReading | undefined {
  const width = plan.headers.length
  const missing = plan.missing.filter((mark) => mark !== '')
  const fields: Compiled[] = []
  const traits: PlanColumn[] = []
  let currencyColumn: Compiled | undefined
  for (const column of plan.columns) {
    const field = column.field === undefined ? undefined : fieldOf(plan.kind, column.field)
    if (!field) {
      traits.push(column)
      continue
    }
    const compiled: Compiled = {
      index: column.index,
      header: column.header,
      field,
      convert: converterOf(field, column, plan.zone),
      values: column.values && new Map(Object.entries(column.values)),
    }
    if (field.name === 'currency') currencyColumn = compiled
    else fields.push(compiled)
  }
  const withCurrency = fieldOf(plan.kind, 'currency') !== undefined
  const constants = Object.entries(plan.constants).flatMap(([name, text]): [string, Value][] => {
    const field = fieldOf(plan.kind, name)
    if (!field || field.name === 'currency') return []
    const value = readConstant(field, text, plan.currency)
    return isFault(value) ? [] : [[name, value]]
  })

  const reject = (record: RawRecord, code: RejectCode, at: number | undefined, params: Params = {}): RowReading => {
    const column = at === undefined ? null : (plan.headers[at] ?? String(at + 1))
    const cell = at === undefined ? undefined : record.cells[at]
    const value = cell === undefined ? null : storableRaw(clip(cell, 1000)).trim()
    const all: Params = { line: record.line, column: column ?? '', value: value ?? '', ...params }
    return {
      reject: { line: record.line, column, value, code, params: all, message: sentence(code, all), raw: storableRaw(record.raw) },
    }
  }

  const shapeFault = (record: RawRecord): RowReading | undefined => {
    const { cells, raw } = record
    const { fault: broken } = record
    if (broken !== undefined && broken !== 'too_many_columns') {
      // Files that end in a fatal fault are refused before their rows are read.
      assert(broken !== 'unclosed_quote' && broken !== 'endless_row', 'a fatal fault is no row')
      return reject(record, broken, broken === 'row_too_large' ? undefined : record.faultAt)
    }
    if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
      return reject(record, 'too_many_cells', width, { found: cells.length, wanted: width })
    }
    if (cells.length < width) {
      return reject(record, 'too_few_cells', cells.length, { found: cells.length, wanted: width })
    }
    if (raw.includes('\0')) return reject(record, 'nul_character', cells.findIndex((cell) => cell.includes('\0')))
    if (plan.damaged && raw.includes('\ufffd')) {
      const at = cells.findIndex((cell) => cell.includes('\ufffd'))
      return reject(record, 'damaged_text', at < 0 ? undefined : at, { encoding: plan.encoding })
    }
    if (plan.header && width > 1 && cells[0] === plan.headers[0] && plan.headers.every((one, i) => cells[i]?.trim() === one)) {
      return reject(record, 'repeated_header', undefined)
    }
    return undefined
  }

  const valueOf = (record: RawRecord, column: Compiled, currency: string | undefined): Outcome => {
    let cell = (record.cells[column.index] ?? '').trim()
    const mapped = column.values?.get(cell)
    if (mapped !== undefined) cell = mapped
    if (cell === '' || (missing.length > 0 && missing.includes(cell))) return null
    return column.convert(cell, currency)
  }

  return (record) => {
    if (record.fault === undefined && record.cells.every((cell) => cell.trim() === '')) return undefined
    const fault = shapeFault(record)
    if (fault) return fault
    const values: Record<string, Value> = {}
    let currency = plan.currency
    if (currencyColumn) {
      const read = valueOf(record, currencyColumn, undefined)
      if (isFault(read)) return reject(record, read.fault, currencyColumn.index, read.params)
      if (typeof read === 'string') currency = read
    }
    for (const column of fields) {
      const value = valueOf(record, column, currency)
      if (isFault(value)) return reject(record, value.fault, column.index, value.params)
      if (value === null && column.field.need === 'required') {
        return reject(record, 'missing_required', column.index)
      }
      values[column.field.name] = value
    }
    for (const [name, value] of constants) values[name] = value
    if (withCurrency) values.currency = currency ?? null
    for (const [earlier, later] of ordered) {
      const first = values[earlier]
      const second = values[later]
      if (typeof first === 'string' && typeof second === 'string' && second < first) {
        const at = fields.find((one) => one.field.name === later)
        const other = fields.find((one) => one.field.name === earlier)
        return reject(record, 'dates_backwards', at?.index, {
          column: at?.header ?? later,
          value: second,
          other: other?.header ?? earlier,
          otherValue: first,
        })
      }
    }
    const row: TypedRow = { line: record.line, values, raw: storableRaw(record.raw) }
    if (traits.length > 0) {
      const kept: Record<string, string> = Object.create(null)
      for (const { index, header } of traits) {
        const cell = (record.cells[index] ?? '').trim()
        if (cell.length > traitMost) {
          return reject(record, 'text_too_long', index, { found: cell.length, most: traitMost })
        }
        if (cell !== '' && !missing.includes(cell)) kept[header] = cell
      }
      row.traits = kept
    }
    return { row }
  }
}
