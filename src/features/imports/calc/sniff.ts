// Tells from the beginning of a text what separates its cells and whether it has headers.
import { clip } from './clip.ts'
import { classifyDate } from './dates.ts'
import { isKnownHeader } from './header-words.ts'
import type { Mapping } from './mapping.ts'
import { readNumber } from './numbers.ts'
import type { Question } from './questions.ts'
import { answer, ask } from './questions.ts'
import type { Delimiter, RawRecord } from './split.ts'
import { splitter } from './split.ts'

/** How the records of a table are laid out. */
export interface TextLayout {
  delimiter: Delimiter
  header: boolean
  /** Lines before the first record: Excel's `sep=;`, titles above a table. */
  skipLines: number
  /** Cells that most records have. */
  columns: number
  questions: Question[]
}

const recordsLooked = 300
const signNames: Readonly<Record<Delimiter, string>> = {
  ',': ',',
  ';': ';',
  '\t': 'Tab',
  '|': '|',
  blank: '␣',
}

/** Records of the beginning; the last one may be cut off when the text is not whole. */
function firstRecords(text: string, delimiter: Delimiter, whole: boolean): RawRecord[] {
  const split = splitter(delimiter)
  const records = split.push(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  if (whole) records.push(...split.end())
  return records.filter((one) => one.raw.trim() !== '').slice(0, recordsLooked)
}

interface Candidate {
  delimiter: Delimiter
  columns: number
  /** Share of records with that many cells. */
  agreeing: number
  headAgrees: boolean
  records: RawRecord[]
}

function candidate(text: string, delimiter: Delimiter, whole: boolean): Candidate {
  const records = firstRecords(text, delimiter, whole)
  const counts = new Map<number, number>()
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  let columns = 0
  let most = 0
  for (const [size, times] of counts) {
    if (times > most || (times === most && size > columns)) {
      columns = size
      most = times
    }
  }
  return {
    delimiter,
    columns,
    agreeing: records.length === 0 ? 0 : most / records.length,
    headAgrees: records[0]?.cells.length === columns,
    records,
  }
}

function looksLikeValue(cell: string): boolean {
  const text = cell.trim()
  return (
    readNumber(text, '.') !== undefined ||
    readNumber(text, ',') !== undefined ||
    classifyDate(text) !== undefined
  )
}

function shareOfValues(records: readonly RawRecord[]): number {
  const cells = records.flatMap((one) => one.cells)
  return cells.length === 0 ? 0 : cells.filter(looksLikeValue).length / cells.length
}

function delimiterQuestion(
  fitting: readonly (Delimiter | 'none')[],
  records: readonly RawRecord[],
): Question {
  const names = fitting.map((one) => (one === 'none' ? '–' : signNames[one]))
  return ask('uncertain_delimiter', {
    params: { signs: names.join('  ') },
    examples: records.slice(0, 3).map((one) => ({ line: one.line, value: clip(one.raw, 200) })),
    options: fitting.map((one) =>
      one === 'none'
        ? answer({ delimiter: ',' }, 'one_column', {})
        : answer({ delimiter: one }, 'delimiter_is', { sign: signNames[one] }),
    ),
  })
}

interface Found {
  best: Candidate
  question?: Question
}

function findDelimiter(text: string, whole: boolean): Found {
  const all = ([';', '\t', ',', '|'] as const).map((one) => candidate(text, one, whole))
  const consistent = all.filter((one) => one.columns > 1 && one.agreeing >= 0.9 && one.headAgrees)
  const byFit = (a: Candidate, b: Candidate) => b.agreeing - a.agreeing || b.columns - a.columns
  consistent.sort(byFit)
  const [first, second] = consistent
  if (first && !second) return { best: first }
  if (first && second) {
    const known = consistent.filter((one) =>
      one.records[0]?.cells.some((cell) => isKnownHeader(cell)),
    )
    const [only, ...more] = known
    if (only && more.length === 0) return { best: only }
    const fitting = consistent.map((one) => one.delimiter)
    return { best: first, question: delimiterQuestion(fitting, first.records) }
  }
  const ragged = all.filter((one) => one.columns > 1).sort(byFit)[0]
  if (ragged && ragged.agreeing >= 0.5) return { best: ragged }
  const one = all.find((each) => each.delimiter === ',') ?? all[0]
  const blank = candidate(text, 'blank', whole)
  if (blank.columns > 1 && blank.agreeing >= 0.98 && blank.records.length > 1) {
    if (shareOfValues(blank.records) >= 0.5) return { best: blank }
    if (one) return { best: one, question: delimiterQuestion(['none', 'blank'], blank.records) }
  }
  // With a header of several cells the file has several columns, however ragged its rows are.
  const wide = all
    .filter((each) => (each.records[0]?.cells.length ?? 0) > 1)
    .sort((a, b) => (b.records[0]?.cells.length ?? 0) - (a.records[0]?.cells.length ?? 0))[0]
  return { best: wide ?? one ?? blank }
}

/** A record as its line reads, or its cells where it has none. */
function shownRecord({ raw, cells }: RawRecord): string {
  return clip(raw === '' ? cells.slice(0, 20).join(', ') : raw, 200)
}

function findHeader(records: readonly RawRecord[]): { header: boolean; question?: Question } {
  const cells = (records[0]?.cells ?? []).map((cell) => cell.trim())
  if (cells.length === 0) return { header: true }
  if (cells.some((cell) => cell !== '' && looksLikeValue(cell))) return { header: false }
  if (cells.some(isKnownHeader)) return { header: true }
  const filled = cells.filter((cell) => cell !== '')
  const unlike = new Set(filled).size === filled.length
  const rest = records.slice(1)
  const valueBelow = cells.some((_, i) => {
    const below = rest.map((one) => one.cells[i]?.trim() ?? '').filter((cell) => cell !== '')
    return below.length > 0 && below.filter(looksLikeValue).length >= 0.8 * below.length
  })
  if (unlike && valueBelow) return { header: true }
  const question = ask('uncertain_header', {
    params: { cells: clip(filled.slice(0, 8).join(', '), 200) },
    examples: records.slice(0, 3).map((one) => ({ line: one.line, value: shownRecord(one) })),
    options: [
      answer({ header: true }, 'header_yes', {}),
      answer({ header: false }, 'header_no', {}),
    ],
  })
  return { header: true, question }
}

/**
 * Layout of a text from its beginning (about 256 kB are enough; `whole` when it is all of it). What
 * the mapping gives is taken as it is; what cannot be told comes as a question.
 */
export function sniffText(head: string, whole: boolean, given: Mapping = {}): TextLayout {
  const sep = /^\ufeff?sep=([,;\t|])(\r\n|\n|\r)/i.exec(head)
  const text = sep ? head.slice(sep[0].length) : head
  const declared = given.delimiter ?? (sep?.[1] as Delimiter | undefined)
  const questions: Question[] = []
  const found: Found = declared
    ? { best: candidate(text, declared, whole) }
    : findDelimiter(text, whole)
  if (found.question) questions.push(found.question)
  let records = found.best.records
  if (records.length === 0) {
    const fresh = splitter(found.best.delimiter)
    records = [...fresh.push(text), ...fresh.end()].slice(0, 1)
  }
  const head1 = given.header === undefined ? findHeader(records) : { header: given.header }
  if (head1.question && !found.question) questions.push(head1.question)
  return {
    delimiter: found.best.delimiter,
    header: head1.header,
    skipLines: sep ? 1 : 0,
    columns: found.best.columns || (records[0]?.cells.length ?? 0),
    questions,
  }
}

const filledIn = (record: RawRecord) => record.cells.filter((cell) => cell.trim() !== '').length

/** Last cell with something in it, from 1. */
function widthOf(record: RawRecord | undefined): number {
  return (record?.cells.findLastIndex((cell) => cell.trim() !== '') ?? -1) + 1
}

/** Records above the table: a title or two, where nearly all rows below have many more cells. */
function titlesAbove(records: readonly RawRecord[]): number {
  const counts = records.map(filledIn).sort((a, b) => a - b)
  const usual = counts[Math.floor(counts.length / 2)] ?? 0
  if (usual < 3) return 0
  const first = records.findIndex((one) => filledIn(one) * 2 > usual)
  return first > 0 && first <= 10 ? first : 0
}

/** Layout of a sheet from its first records: cells need no delimiter, but a table may begin further down. */
export function sniffRecords(records: readonly RawRecord[], given: Mapping = {}): TextLayout {
  const titles = titlesAbove(records)
  const table = records.slice(titles)
  const found = given.header === undefined ? findHeader(table) : { header: given.header }
  const widths = found.header ? [widthOf(table[0])] : table.map(widthOf)
  return {
    delimiter: ',',
    header: found.header,
    skipLines: records[titles - 1]?.line ?? 0,
    columns: Math.max(1, ...widths),
    questions: found.question ? [found.question] : [],
  }
}
