// Turns the cells of a record into typed values, or says why the row is set aside.
import { assert } from '../../../basics/refusal.ts'
import type { Converter, Outcome, Value } from './cell.ts'
import { converterOf, isFault, readConstant } from './cell.ts'
import { clip } from './clip.ts'
import type { Encoding } from './encoding.ts'
import { givesName, partsOfName } from './field.ts'
import type { Field, KindName, Sentence } from './kinds.ts'
import { fieldOf } from './kinds.ts'
import type { Params, RejectCode } from './messages.ts'
import { sentence } from './messages.ts'
import type { DecimalSign } from './numbers.ts'
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
  /** Of a spreadsheet: the sheet that is read. */
  sheet?: string
  /** All headers, or numbers from 1. */
  headers: string[]
  columns: PlanColumn[]
  constants: Record<string, string>
  missing: string[]
  /** Of amounts whose row names none. */
  currency?: string
  zone?: string
}

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

export const traitHeaderMost = 100
const traitMost = 2000
const rawMost = 65_536

type RowReading = { row: TypedRow } | { reject: RowReject }

/** The row as it stands in the file, in a form that can be stored. */
function storableRaw(raw: string): string {
  const clipped = raw.length >= rawMost ? `${clip(raw, rawMost - 1)}…` : raw
  return clipped.includes('\0') ? clipped.replaceAll('\0', '\u2400') : clipped
}

type Rejecting = (
  record: RawRecord,
  code: RejectCode,
  at: number | undefined,
  params?: Params,
) => { reject: RowReject }

/** Maker of rejects that name line, column and value. */
function rejecting(headers: readonly string[]): Rejecting {
  return (record, code, at, params = {}) => {
    const { line, cells } = record
    const column = at === undefined ? null : (headers[at] ?? String(at + 1))
    const cell = at === undefined ? undefined : cells[at]
    const value = cell === undefined ? null : storableRaw(clip(cell, 1000)).trim()
    const all: Params = { line, column: column ?? '', value: value ?? '', ...params }
    const message = sentence(code, all)
    return {
      reject: { line, column, value, code, params: all, message, raw: storableRaw(record.raw) },
    }
  }
}

/** Check of what can be wrong with a record before any of its cells is looked at. */
function shapeCheck(plan: ReadPlan, reject: Rejecting) {
  const { headers, damaged, encoding } = plan
  const width = headers.length
  const first = headers[0]
  const repeatsHeaders = ({ cells }: RawRecord) =>
    plan.header &&
    width > 1 &&
    cells[0] === first &&
    headers.every((one, i) => cells[i]?.trim() === one)
  return (record: RawRecord): RowReading | undefined => {
    const { cells, raw, fault } = record
    if (fault !== undefined && fault !== 'too_many_columns') {
      assert(
        fault !== 'unclosed_quote' && fault !== 'endless_row',
        'files with fatal faults are refused',
      )
      return reject(record, fault, fault === 'row_too_large' ? undefined : record.faultAt)
    }
    if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
      return reject(record, 'too_many_cells', width, { found: cells.length, wanted: width })
    }
    if (cells.length < width) {
      return reject(record, 'too_few_cells', cells.length, { found: cells.length, wanted: width })
    }
    if (raw.includes('\0')) {
      const at = cells.findIndex((cell) => cell.includes('\0'))
      return reject(record, 'nul_character', at < 0 ? undefined : at)
    }
    if (damaged && raw.includes('\ufffd')) {
      const at = cells.findIndex((cell) => cell.includes('\ufffd'))
      return reject(record, 'damaged_text', at < 0 ? undefined : at, { encoding })
    }
    return repeatsHeaders(record) ? reject(record, 'repeated_header', undefined) : undefined
  }
}

interface FieldColumn {
  index: number
  header: string
  field: Field
  convert: Converter
  values: ReadonlyMap<string, string> | undefined
}

interface PlanParts {
  fields: FieldColumn[]
  currency: FieldColumn | undefined
  traits: PlanColumn[]
  constants: [field: string, value: Value][]
  /** Column of a part of the name, where no column has the whole of a name that must be there. */
  nameOf: FieldColumn | undefined
}

function partsOf(plan: ReadPlan): PlanParts {
  const parts: PlanParts = {
    fields: [],
    currency: undefined,
    traits: [],
    constants: [],
    nameOf: undefined,
  }
  for (const column of plan.columns) {
    const field = column.field === undefined ? undefined : fieldOf(plan.kind, column.field)
    if (!field) {
      parts.traits.push(column)
      continue
    }
    const { index, header } = column
    const values = column.values && new Map(Object.entries(column.values))
    const made = { index, header, field, convert: converterOf(field, column, plan.zone), values }
    if (field.name === 'currency') parts.currency = made
    else parts.fields.push(made)
  }
  for (const [name, text] of Object.entries(plan.constants)) {
    const field = fieldOf(plan.kind, name)
    if (!field || field.name === 'currency') continue
    const value = readConstant(field, text, plan.currency)
    assert(!isFault(value), 'constants were checked when planning')
    parts.constants.push([name, value])
  }
  if (fieldOf(plan.kind, 'name')?.need === 'required')
    parts.nameOf = parts.fields.findLast(({ field }) => givesName(field.name))
  return parts
}

const inOrder: readonly [earlier: string, later: string][] = [
  ['opened_on', 'closed_on'],
  ['hired_on', 'left_on'],
]

/** Days that lie the wrong way round: the row's two dates cannot both be right. */
function backwards(
  record: RawRecord,
  values: TypedRow['values'],
  parts: PlanParts,
  reject: Rejecting,
) {
  for (const [earlier, later] of inOrder) {
    const first = values[earlier]
    const second = values[later]
    if (typeof first !== 'string' || typeof second !== 'string' || second >= first) continue
    const at = parts.fields.find((one) => one.field.name === later)
    const other = parts.fields.find((one) => one.field.name === earlier)
    return reject(record, 'dates_backwards', at?.index, {
      column: at?.header ?? later,
      value: second,
      other: other?.header ?? earlier,
      otherValue: first,
    })
  }
  return undefined
}

/**
 * Reader of the records of a file by its plan. A record whose cells are all empty is no row and gives
 * undefined.
 */
export function rowReader(plan: ReadPlan): (record: RawRecord) => RowReading | undefined {
  const missing = plan.missing.filter((mark) => mark !== '')
  const parts = partsOf(plan)
  const { fields, traits, constants } = parts
  const hasCurrency = fieldOf(plan.kind, 'currency') !== undefined
  const reject = rejecting(plan.headers)
  const shapeFault = shapeCheck(plan, reject)
  const isMissing = (cell: string) => cell === '' || (missing.length > 0 && missing.includes(cell))

  const read = (record: RawRecord, column: FieldColumn, currency?: string): Outcome => {
    const cell = (record.cells[column.index] ?? '').trim()
    const meant = column.values?.get(cell) ?? cell
    return isMissing(meant) ? null : column.convert(meant, currency)
  }
  const withTraits = (record: RawRecord, row: TypedRow): RowReading => {
    // Without prototype: a header may be called like something objects inherit.
    const kept: Record<string, string> = Object.create(null)
    for (const { index, header } of traits) {
      const cell = (record.cells[index] ?? '').trim()
      if (cell.length > traitMost) {
        return reject(record, 'text_too_long', index, { found: cell.length, most: traitMost })
      }
      if (!isMissing(cell)) kept[header] = cell
    }
    return { row: { ...row, traits: kept } }
  }

  return (record) => {
    if (record.fault === undefined && record.cells.every((cell) => cell.trim() === '')) {
      return undefined
    }
    const broken = shapeFault(record)
    if (broken) return broken
    const values: Record<string, Value> = {}
    let currency = plan.currency
    if (parts.currency) {
      const named = read(record, parts.currency)
      if (isFault(named)) return reject(record, named.fault, parts.currency.index, named.params)
      if (typeof named === 'string') currency = named
    }
    for (const column of fields) {
      const value = read(record, column, currency)
      if (isFault(value)) return reject(record, value.fault, column.index, value.params)
      if (value === null && column.field.need === 'required') {
        return reject(record, 'missing_required', column.index)
      }
      values[column.field.name] = value
    }
    for (const [name, value] of constants) values[name] = value
    if (parts.nameOf && (values.name ?? null) === null) {
      const name = partsOfName.flatMap((part) => values[part.name] ?? []).join(' ')
      if (name === '') return reject(record, 'missing_required', parts.nameOf.index)
      values.name = name
    }
    if (hasCurrency) values.currency = currency ?? null
    const disordered = backwards(record, values, parts, reject)
    if (disordered) return disordered
    const row: TypedRow = { line: record.line, values, raw: storableRaw(record.raw) }
    return traits.length > 0 ? withTraits(record, row) : { row }
  }
}
