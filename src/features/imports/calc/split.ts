// Splits text into records and cells, chunk by chunk, keeping the number of the physical line.
// Own work instead of a library: the one we tried joined rows when line ends were mixed, read a file
// with an unclosed quote into memory to its end, and knew no line numbers.
import { clip } from './clip.ts'

/** `blank` means runs of spaces and tabs. */
export type Delimiter = ',' | ';' | '\t' | '|' | 'blank'
export const delimiters = [',', ';', '\t', '|', 'blank'] as const

/** Limits in UTF-16 units. */
interface SplitLimits {
  cell: number
  row: number
  columns: number
}

const usualLimits: SplitLimits = { cell: 65_536, row: 1_048_576, columns: 500 }

type SplitFault =
  | 'cell_too_large'
  | 'row_too_large'
  | 'text_after_quote'
  | 'too_many_columns'
  | 'unclosed_quote'
  | 'endless_row'

export interface RawRecord {
  /** Physical line on which it begins, from 1. */
  line: number
  cells: string[]
  /** The line or lines as they stand in the file, without the last line end. */
  raw: string
  fault?: SplitFault
  /** Index of the cell at fault, from 0. */
  faultAt?: number
}

const quote = 34
const lf = 10
const cr = 13
const tab = 9
const space = 32

function isBlank(code: number): boolean {
  return code === space || code === tab
}

/** Behind these the place of the next record cannot be told. */
function isFatal(fault: SplitFault | undefined): boolean {
  return fault === 'unclosed_quote' || fault === 'endless_row'
}

function lineEndsIn(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === lf || (code === cr && text.charCodeAt(i + 1) !== lf)) count++
  }
  return count
}

/** One cell of a record with quotes: its text and where it ended; absent when more text is needed. */
interface FoundCell {
  text: string
  end: number
  fault?: 'text_after_quote' | 'unclosed_quote'
}

/** The work of {@link splitter}; positions are those of `buffer`. */
class RecordSplitter {
  private readonly delimiter: Delimiter
  private readonly limits: SplitLimits
  private readonly delimiterCode: number
  private readonly blankMode: boolean
  private buffer = ''
  private line: number
  /** No more text comes. */
  private last = false
  /** Within a row beyond the limit: everything up to the next line end is dropped. */
  private skipping = false
  /** Behind a fatal fault nothing more comes. */
  private dead = false
  private nextQuote = -1
  private nextLf = -1
  private nextCr = -1

  constructor(delimiter: Delimiter, firstLine: number, limits: SplitLimits) {
    this.delimiter = delimiter
    this.limits = limits
    this.blankMode = delimiter === 'blank'
    this.delimiterCode = this.blankMode ? space : delimiter.charCodeAt(0)
    this.line = firstLine
  }

  /** Records completed by this piece of text. */
  push(text: string): RawRecord[] {
    if (this.dead) return []
    this.buffer += text
    return this.run()
  }

  /** What is left at the end of the file. */
  end(): RawRecord[] {
    this.last = true
    return this.run()
  }

  private run(): RawRecord[] {
    const records: RawRecord[] = []
    let at = 0
    this.nextQuote = this.nextLf = this.nextCr = -1
    while (at < this.buffer.length) {
      const end = Math.min(this.lineEndFrom(at), this.buffer.length)
      const quoted = !this.skipping && this.quoteFrom(at) < end
      if (!quoted && !this.skipping && end - at > this.limits.row) {
        const raw = this.clipped(at)
        records.push({ line: this.line, cells: [], raw, fault: 'row_too_large', faultAt: 0 })
        this.skipping = true
      }
      if (this.skipping) at = end
      const found = quoted ? this.quotedRecord(at) : { record: undefined, to: end }
      if (!found) break
      if (isFatal(found.record?.fault)) {
        if (found.record) records.push(found.record)
        this.dead = true
        this.buffer = ''
        return records
      }
      const next = this.behind(found.to)
      if (next === undefined) break
      if (found.record) {
        records.push(found.record)
        this.line += lineEndsIn(found.record.raw)
      } else if (end > at) {
        records.push(this.plainRecord(at, end))
      }
      this.skipping = false
      this.line++
      at = next
    }
    this.buffer = this.buffer.slice(at)
    return records
  }

  private seek(needle: string, from: number): number {
    const at = this.buffer.indexOf(needle, from)
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }

  private lineEndFrom(from: number): number {
    if (this.nextLf < from) this.nextLf = this.seek('\n', from)
    if (this.nextCr < from) this.nextCr = this.seek('\r', from)
    return Math.min(this.nextLf, this.nextCr)
  }

  private quoteFrom(from: number): number {
    if (this.nextQuote < from) this.nextQuote = this.seek('"', from)
    return this.nextQuote
  }

  /** Position behind the line end at `at`; undefined when the next piece must tell. */
  private behind(at: number): number | undefined {
    const { buffer, last } = this
    if (at >= buffer.length) return last ? buffer.length : undefined
    if (buffer.charCodeAt(at) === lf) return at + 1
    if (at + 1 >= buffer.length && !last) return undefined
    return buffer.charCodeAt(at + 1) === lf ? at + 2 : at + 1
  }

  private clipped(from: number): string {
    return clip(this.buffer.slice(from, from + this.limits.cell + 1), this.limits.cell)
  }

  private plainRecord(from: number, to: number): RawRecord {
    const start = this.buffer.charCodeAt(from) === 0xfeff ? from + 1 : from
    const raw = this.buffer.slice(start, to)
    const most = this.limits.columns + 1
    const cells = this.blankMode
      ? raw.trim().split(/[ \t]+/, most)
      : raw.split(this.delimiter, most)
    return this.checked({ line: this.line, cells, raw })
  }

  private checked(record: RawRecord): RawRecord {
    const { cells, raw } = record
    if (record.fault) return record
    if (raw.length > this.limits.row) return { ...record, fault: 'row_too_large', faultAt: 0 }
    if (cells.length > this.limits.columns) {
      return { ...record, fault: 'too_many_columns', faultAt: this.limits.columns }
    }
    if (raw.length <= this.limits.cell) return record
    const at = cells.findIndex((cell) => cell.length > this.limits.cell)
    return at < 0 ? record : { ...record, fault: 'cell_too_large', faultAt: at }
  }

  /** End of the quoted text that begins at `from`; -1 when it is not in the buffer. */
  private closingQuote(from: number): number {
    const { buffer } = this
    let at = buffer.indexOf('"', from)
    while (at >= 0) {
      if (at + 1 >= buffer.length) return this.last ? at : -1
      if (buffer.charCodeAt(at + 1) !== quote) return at
      at = buffer.indexOf('"', at + 2)
    }
    return -1
  }

  private isCellEnd(at: number): boolean {
    const code = this.buffer.charCodeAt(at)
    return (
      code === lf || code === cr || code === this.delimiterCode || (this.blankMode && code === tab)
    )
  }

  private behindBlanks(from: number): number {
    let at = from
    while (
      at < this.buffer.length &&
      isBlank(this.buffer.charCodeAt(at)) &&
      (this.blankMode || this.buffer.charCodeAt(at) !== this.delimiterCode)
    ) {
      at++
    }
    return at
  }

  private cellEndFrom(from: number): number {
    let at = from
    while (at < this.buffer.length && !this.isCellEnd(at)) at++
    return at
  }

  private quotedCell(from: number): FoundCell {
    const close = this.closingQuote(from + 1)
    if (close < 0) return { text: '', end: this.buffer.length, fault: 'unclosed_quote' }
    const text = this.buffer.slice(from + 1, close).replaceAll('""', '"')
    let end = close + 1
    while (
      end < this.buffer.length &&
      !this.isCellEnd(end) &&
      isBlank(this.buffer.charCodeAt(end))
    ) {
      end++
    }
    if (end >= this.buffer.length || this.isCellEnd(end)) return { text, end }
    return { text, end: this.cellEndFrom(end), fault: 'text_after_quote' }
  }

  /** A record with quotes, cell by cell; `to` is its line end. Undefined: more text is needed. */
  private quotedRecord(from: number): { record: RawRecord; to: number } | undefined {
    const { buffer, limits, last } = this
    const start = buffer.charCodeAt(from) === 0xfeff ? from + 1 : from
    const record: RawRecord = { line: this.line, cells: [], raw: '' }
    const fatal = (fault: SplitFault) => {
      const broken = { ...record, raw: this.clipped(start), fault, faultAt: record.cells.length }
      return { record: broken, to: buffer.length }
    }
    for (let at = start; ; ) {
      const first = this.behindBlanks(at)
      const cell: FoundCell =
        buffer.charCodeAt(first) === quote
          ? this.quotedCell(first)
          : { text: '', end: this.cellEndFrom(this.blankMode ? first : at) }
      const incomplete = cell.fault === 'unclosed_quote' || cell.end >= buffer.length
      if (incomplete && !last && buffer.length - start <= limits.row) return undefined
      if (cell.fault === 'unclosed_quote') return fatal('unclosed_quote')
      if (incomplete && !last) return fatal('endless_row')
      if (buffer.charCodeAt(first) !== quote) {
        cell.text = buffer.slice(this.blankMode ? first : at, cell.end)
      }
      if (cell.fault && !record.fault) {
        record.fault = cell.fault
        record.faultAt = record.cells.length
      }
      if (record.cells.length <= limits.columns) record.cells.push(cell.text)
      at = this.blankMode ? this.behindBlanks(cell.end) : cell.end
      const code = at < buffer.length ? buffer.charCodeAt(at) : lf
      if (code === lf || code === cr) {
        record.raw = buffer.slice(start, at)
        return { record: this.checked(record), to: at }
      }
      if (!this.blankMode) at++
    }
  }
}

type Splitter = Pick<RecordSplitter, 'push' | 'end'>

/**
 * Splitter of RFC 4180 text that also takes LF, CR LF and CR in any mixture, blanks around quoted
 * cells, quotes within unquoted cells, and a byte order mark before any record. Empty lines give no
 * record; a fatal fault comes as last record. Memory stays within one piece and one row of the limit.
 */
export function splitter(delimiter: Delimiter, firstLine = 1, limits = usualLimits): Splitter {
  return new RecordSplitter(delimiter, firstLine, limits)
}
