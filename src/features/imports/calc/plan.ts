// Makes a reading plan from what a file looks like and what its mapping says; asks what is left open.
import { Refusal } from '../../../basics/refusal.ts'
import { readConstant } from './cell.ts'
import { clip } from './clip.ts'
import type { PlanColumn, ReadPlan, RowReject, TypedRow } from './convert.ts'
import { rowReader, traitHeaderMost } from './convert.ts'
import type { Encoding } from './encoding.ts'
import { givesName } from './field.ts'
import { judgeColumn, judgeMarks } from './judge.ts'
import type { Field, KindName } from './kinds.ts'
import { fieldOf, kindNames, kinds } from './kinds.ts'
import type { Mapping } from './mapping.ts'
import { mergeMapping } from './mapping.ts'
import { sentence } from './messages.ts'
import type { PresetName, Recognition } from './presets.ts'
import { clearlyBest, recognise } from './presets.ts'
import type { ColumnProfile } from './profile.ts'
import type { Note, Question } from './questions.ts'
import { answer, answerForAll, ask, note } from './questions.ts'
import type { TextLayout } from './sniff.ts'
import type { RawRecord } from './split.ts'

/** How a file is laid out, as far as it could be told or was given. */
export interface Layout extends Omit<TextLayout, 'questions'> {
  encoding: Encoding
  damaged: boolean
  /** Of a spreadsheet: the sheet that is read. */
  sheet?: string
}

/** What was found out about a file without knowing what it is for. */
export interface Inspection {
  name: string
  /** Of the unpacked bytes: the same content packed or not is the same file. */
  sha256: string
  bytes: number
  fileBytes: number
  gzip: boolean
  layout: Layout
  headers: string[]
  columns: ColumnProfile[]
  /** Records that are no blank lines, headers not counted. */
  read: number
  blank: number
  /** Records that no plan can read: ragged or broken. */
  malformed: number
  /** First records. */
  sample: RawRecord[]
  questions: Question[]
  notes: Note[]
}

export interface PlanOptions {
  as?: KindName
  preset?: PresetName
  mapping?: Mapping
  /** Currency of the organisation, for amounts whose file names none. */
  currency?: string
  /** Zone of the organisation, for moments with an offset. */
  zone?: string
}

interface PlannedColumn {
  index: number
  header: string
  field?: string
  use: 'field' | 'trait' | 'ignored'
}

export interface Planned {
  /** Absent while questions are open. */
  plan?: ReadPlan
  kind?: KindName
  preset?: PresetName
  recognised: Recognition[]
  /** Complete: as it would be written into a mapping file. */
  mapping: Mapping
  columns: PlannedColumn[]
  questions: Question[]
  notes: Note[]
  /** The mapping reads the file otherwise than it was inspected: inspect again with it. */
  inspectAgain: boolean
}

function invalid(path: string, why: string): Refusal {
  return new Refusal({
    code: 'import.mapping_invalid',
    message: `The mapping is not valid at “${path}”: ${why}.`,
    field: path,
    next: 'Correct the mapping; “kontor import --fields” lists the fields of a kind.',
    status: 422,
  })
}

/** Index of the column that a header, or a number from 1, names. */
function columnIndex(headers: readonly string[], reference: string): number | undefined {
  const wanted = reference.trim()
  const at = headers.indexOf(wanted)
  if (at >= 0) return headers.lastIndexOf(wanted) === at ? at : undefined
  if (!/^[1-9]\d{0,2}$/.test(wanted)) return undefined
  const number = Number(wanted) - 1
  return number < headers.length ? number : undefined
}

function resolveColumns(
  inspection: Inspection,
  kind: KindName,
  mapping: Mapping,
): Map<number, Field> {
  const fields = new Map<number, Field>()
  const taken = new Map<string, string>()
  for (const [reference, name] of Object.entries(mapping.columns ?? {})) {
    const index = columnIndex(inspection.headers, reference)
    if (index === undefined) {
      const params = { column: reference, file: inspection.name, line: 1 }
      throw invalid(`columns.${reference}`, sentence('column_unknown', params).en)
    }
    const field = fieldOf(kind, name)
    if (!field) throw invalid(`columns.${reference}`, `“${kind}” have no field “${name}”`)
    const before = taken.get(name)
    if (before !== undefined)
      throw invalid(`columns.${reference}`, `“${name}” already comes from “${before}”`)
    if (fields.has(index)) throw invalid(`columns.${reference}`, 'the column is named twice')
    taken.set(name, reference)
    fields.set(index, field)
  }
  return fields
}

/** Finder of the entry for a column in a per-column part of the mapping. */
function entryFinder(headers: readonly string[]) {
  return <T>(part: Readonly<Record<string, T>>, column: ColumnProfile): T | undefined => {
    for (const reference of [column.header, String(column.index + 1)]) {
      if (Object.hasOwn(part, reference) && columnIndex(headers, reference) === column.index) {
        return part[reference]
      }
    }
    return undefined
  }
}

/** How a mapping names a column: by its header, or by its number where that is not unique. */
function referenceTo(headers: readonly string[], index: number): string {
  const header = headers[index] ?? ''
  return header !== '' && columnIndex(headers, header) === index ? header : String(index + 1)
}

function checkReferences(inspection: Inspection, mapping: Mapping): void {
  for (const key of ['values', 'dates', 'decimal'] as const) {
    const part = mapping[key]
    if (typeof part !== 'object') continue
    for (const reference of Object.keys(part)) {
      if (columnIndex(inspection.headers, reference) === undefined) {
        throw invalid(
          `${key}.${reference}`,
          `the file has no column “${reference}”, or more than one`,
        )
      }
    }
  }
}

function checkConstants(
  kind: KindName,
  mapping: Mapping,
  fields: ReadonlyMap<number, Field>,
): void {
  const mapped = new Set([...fields.values()].map((one) => one.name))
  for (const [name, text] of Object.entries(mapping.constants ?? {})) {
    const field = fieldOf(kind, name)
    if (!field) throw invalid(`constants.${name}`, `“${kind}” have no field “${name}”`)
    if (mapped.has(name)) throw invalid(`constants.${name}`, 'a column already gives this field')
    const value = readConstant(field, text, mapping.currency ?? 'EUR')
    if (typeof value === 'object' && value !== null) {
      throw invalid(
        `constants.${name}`,
        sentence(value.fault, { value: text, column: name, line: 0 }).en,
      )
    }
  }
}

function pickRecognition(
  found: readonly Recognition[],
  options: PlanOptions,
  kind: KindName | undefined,
) {
  const fitting = found.filter(
    (one) =>
      (kind === undefined || one.kind === kind) &&
      (options.preset === undefined || one.preset === options.preset),
  )
  return kind === undefined ? clearlyBest(fitting) : fitting[0]
}

function kindQuestion(inspection: Inspection, found: readonly Recognition[]): Question {
  const order = [...new Set([...found.map((one) => one.kind), ...kindNames])]
  return ask('unknown_kind', {
    params: { headers: clip(inspection.headers.slice(0, 20).join(', '), 300) },
    options: order.map((kind) => ({ value: { as: kind }, label: kinds[kind].label })),
    commandLine: `--as ${order[0] ?? 'deals'}`,
  })
}

function missingFields(
  kind: KindName,
  mapping: Mapping,
  inspection: Inspection,
  fields: ReadonlyMap<number, Field>,
): Question[] {
  const mapped = new Set([...fields.values()].map((one) => one.name))
  return kinds[kind].fields
    .filter(
      (one) =>
        one.need === 'required' &&
        !mapped.has(one.name) &&
        !(one.name === 'name' && [...mapped].some(givesName)) &&
        mapping.constants?.[one.name] === undefined,
    )
    .map((field) => {
      const free = inspection.columns.filter(
        (one) => !fields.has(one.index) && one.filled > 0 && one.header !== '',
      )
      const options = free.slice(0, 20).map((one) => {
        const reference = referenceTo(inspection.headers, one.index)
        return answer(
          { columns: { ...mapping.columns, [reference]: field.name } },
          'column_is',
          { column: one.header },
          one.examples[0]?.value,
        )
      })
      if (kind === 'deals' && field.name === 'stage') {
        options.push(answer({ constants: { ...mapping.constants, stage: 'Won' } }, 'all_won', {}))
      }
      for (const { value, label } of field.options ?? []) {
        const constants = { ...mapping.constants, [field.name]: value }
        if (label) options.push(answerForAll({ constants }, label))
      }
      return ask('field_missing', {
        params: { field: field.name, label: field.label.en },
        options,
        commandLine: `--map with {"columns":{"<column>":"${field.name}"}}`,
      })
    })
}

interface CurrencyFinding {
  currency?: string
  note?: Note
  question?: Question
}

function findCurrency(
  kind: KindName,
  mapping: Mapping,
  fields: ReadonlyMap<number, Field>,
  own?: string,
): CurrencyFinding {
  const mapped = [...fields.values()]
  // Prices of lines are plain numbers, because they may have more places than the currency.
  const amounts = mapped.some((one) => one.type === 'money' || one.name === 'price')
  const given = mapping.currency ?? mapping.constants?.currency
  if (given !== undefined) return { currency: given }
  if (!fieldOf(kind, 'currency') || !amounts) return own === undefined ? {} : { currency: own }
  const column = mapped.some((one) => one.name === 'currency')
  if (own !== undefined) {
    return column
      ? { currency: own }
      : { currency: own, note: note('currency_assumed', { currency: own }) }
  }
  if (column) return {}
  const options = ['EUR', 'USD', 'CHF', 'GBP'].map((one) =>
    answer({ currency: one }, 'column_is', { column: one }),
  )
  return { question: ask('currency_missing', { params: {}, options }) }
}

function layoutQuestions(inspection: Inspection, mapping: Mapping): Question[] {
  return inspection.questions.filter(
    ({ code }) =>
      !(code === 'which_sheet' && mapping.sheet !== undefined) &&
      !(code === 'uncertain_delimiter' && mapping.delimiter !== undefined) &&
      !(code === 'uncertain_header' && mapping.header !== undefined) &&
      !(code === 'uncertain_encoding' && mapping.encoding !== undefined),
  )
}

function readsOtherwise({ layout }: Inspection, mapping: Mapping): boolean {
  if (layout.sheet !== undefined) {
    return (
      (mapping.sheet !== undefined && mapping.sheet !== layout.sheet) ||
      (mapping.header !== undefined && mapping.header !== layout.header)
    )
  }
  return (
    (mapping.delimiter !== undefined && mapping.delimiter !== layout.delimiter) ||
    (mapping.header !== undefined && mapping.header !== layout.header) ||
    (mapping.encoding !== undefined && mapping.encoding !== layout.encoding)
  )
}

function columnList(
  inspection: Inspection,
  kind: KindName,
  fields: ReadonlyMap<number, Field>,
): PlannedColumn[] {
  const { headers, layout } = inspection
  return headers.map((header, index) => {
    const field = fields.get(index)
    if (field) return { index, header, field: field.name, use: 'field' }
    const nameable =
      layout.header && header !== '' && header !== '__proto__' && header.length <= traitHeaderMost
    const keep = kinds[kind].traits && nameable && headers.indexOf(header) === index
    return { index, header, use: keep ? 'trait' : 'ignored' }
  })
}

function columnNotes(columns: readonly PlannedColumn[]): Note[] {
  const names = (use: PlannedColumn['use']) =>
    columns.filter((one) => one.use === use && one.header !== '').map((one) => one.header)
  const kept = names('trait')
  const ignored = names('ignored')
  return [
    ...(kept.length > 0 ? [note('columns_kept', { columns: clip(kept.join(', '), 1000) })] : []),
    ...(ignored.length > 0
      ? [note('columns_ignored', { columns: clip(ignored.join(', '), 1000) })]
      : []),
  ]
}

/**
 * Plans how a file is read. Nothing is guessed: what is not given by the mapping and not clear over
 * all rows becomes a question, and while one is open there is no plan. Refuses mappings that name
 * columns or fields which do not exist (`import.mapping_invalid`).
 */
export function planImport(inspection: Inspection, options: PlanOptions = {}): Planned {
  const given = options.mapping ?? {}
  if (options.as && given.as && options.as !== given.as) {
    throw invalid('as', `the mapping is for ${given.as}, not for ${options.as}`)
  }
  const recognised = inspection.layout.header ? recognise(inspection.headers) : []
  const asked = options.as ?? given.as
  const best = pickRecognition(recognised, options, asked)
  const kind = asked ?? best?.kind
  const open = layoutQuestions(inspection, given)
  const inspectAgain = readsOtherwise(inspection, given)
  if (kind === undefined) {
    const questions = [...open, kindQuestion(inspection, recognised)]
    return {
      recognised,
      mapping: given,
      columns: [],
      questions,
      notes: inspection.notes,
      inspectAgain,
    }
  }
  const usesPreset =
    best !== undefined && (given.columns === undefined || options.preset !== undefined)
  const base: Mapping = usesPreset ? { ...best.rest, columns: best.columns } : {}
  const { layout } = inspection
  const mapping = mergeMapping(
    {
      as: kind,
      header: layout.header,
      ...(layout.sheet === undefined
        ? { delimiter: layout.delimiter, encoding: layout.encoding }
        : { sheet: layout.sheet }),
      ...base,
    },
    given,
  )
  if (inspectAgain)
    return { kind, recognised, mapping, columns: [], questions: open, notes: [], inspectAgain }

  const fields = resolveColumns(inspection, kind, mapping)
  checkReferences(inspection, mapping)
  checkConstants(kind, mapping, fields)
  const columns = columnList(inspection, kind, fields)
  const questions = [...open, ...missingFields(kind, mapping, inspection, fields)]
  const notes = [...inspection.notes]
  if (usesPreset)
    notes.push(
      note('recognised', {
        ...best.reason,
        kind: kinds[kind].label.en,
        kindDe: kinds[kind].label.de,
      }),
    )
  const used = inspection.columns.filter((one) => fields.has(one.index))
  // A word such as “none” is one of the values of some fields, and no mark there.
  const marks = judgeMarks(
    used.filter((one) => fields.get(one.index)?.type !== 'one-of'),
    mapping,
  )
  if (marks) questions.push(marks)
  const entryOf = entryFinder(inspection.headers)
  const planColumns: PlanColumn[] = []
  for (const { index, header, use } of columns) {
    const profile = inspection.columns[index]
    if (use === 'ignored' || !profile) continue
    const field = fields.get(index)
    if (!field) {
      planColumns.push({ index, header })
      continue
    }
    const judged = judgeColumn(
      { ...profile, header: referenceTo(inspection.headers, index) },
      field,
      mapping,
      entryOf,
    )
    questions.push(...judged.questions)
    notes.push(...judged.notes)
    planColumns.push({ index, header, field: field.name, ...judged.reading })
  }
  const money = findCurrency(kind, mapping, fields, options.currency)
  if (money.question) questions.push(money.question)
  if (money.note) notes.push(money.note)
  notes.push(...columnNotes(columns))
  const planned: Planned = {
    kind,
    ...(usesPreset ? { preset: best.preset } : {}),
    recognised,
    mapping,
    columns,
    questions,
    notes,
    inspectAgain,
  }
  if (questions.length > 0) return planned
  planned.plan = {
    kind,
    encoding: layout.encoding,
    damaged: layout.damaged,
    delimiter: layout.delimiter,
    header: layout.header,
    skipLines: layout.skipLines,
    ...(layout.sheet === undefined ? {} : { sheet: layout.sheet }),
    headers: inspection.headers,
    columns: planColumns,
    constants: mapping.constants ?? {},
    missing: mapping.missing ?? [''],
    ...(money.currency === undefined ? {} : { currency: money.currency }),
    ...(options.zone === undefined ? {} : { zone: options.zone }),
  }
  return planned
}

/** First rows of a file as they will be stored. */
export function previewRows(
  plan: ReadPlan,
  inspection: Inspection,
): { rows: TypedRow[]; rejects: RowReject[] } {
  const read = rowReader(plan)
  const rows: TypedRow[] = []
  const rejects: RowReject[] = []
  for (const record of inspection.sample) {
    const reading = read(record)
    if (!reading) continue
    if ('row' in reading) rows.push(reading.row)
    else rejects.push(reading.reject)
  }
  return { rows, rejects }
}
