// Splits text into records and cells, chunk by chunk, keeping the number of the physical line.
// Own work instead of a library: the one we tried joined rows when line ends were mixed, read a file
// with an unclosed quote into memory to its end, and knew no line numbers.
import { clip } from './clip.ts'

/** `blank` means runs of spaces and tabs. */
export type Delimiter = ',' | ';' | '\t' | '|' | 'blank'
export const delimiters = [',', ';', '\t', '|', 'blank'] as const

/** Limits in UTF-16 units. */
export interface SplitLimits {
  cell: number
  row: number
  columns: number
}

export const splitLimits: SplitLimits = { cell: 65_536, row: 1_048_576, columns: 500 }

export type SplitFault =
  | 'cell_too_large'
  | 'row_too_large'
  | 'text_after_quote'
  | 'too_many_columns'
  | 'unclosed_quote'
  | 'endless_row'

/** Behind these the place of the next record cannot be told: no record follows. */
export function isFatal(fault: SplitFault | undefined): boolean {
  return fault === 'unclosed_quote' || fault === 'endless_row'
}

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

export interface Splitter {
  /** Records completed by this piece of text. */
  push(text: string): RawRecord[]
  /** What is left at the end of the file. A fatal fault comes as last record. */
  end(): RawRecord[]
}

const quote = 34
const lf = 10
const cr = 13

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

function lineEndsIn(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === lf || (code === cr && text.charCodeAt(i + 1) !== lf)) count++
  }
  return count
}

/**
 * Splitter of RFC 4180 text that also takes LF, CR LF and CR in any mixture, blanks around quoted
 * cells, quotes within unquoted cells, and a byte order mark before any record. Empty lines give no
 * record. Memory stays within one chunk and one row of the limit.
 */
export function splitter(
  delimiter: Delimiter,
  firstLine = 1,
  limits: SplitLimits = splitLimits,
): Splitter {
  const blankMode = delimiter === 'blank'
  const delimiterCode = blankMode ? 32 : delimiter.charCodeAt(0)
  let buffer = ''
  let line = firstLine
  /** Within a row beyond the limit: everything up to the next line end is dropped. */
  let skipping = false
  let nextQuote = -2
  let nextLf = -2
  let nextCr = -2

  const seek = (needle: string, from: number) => {
    const at = buffer.indexOf(needle, from)
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }
  const lineEndFrom = (from: number): number => {
    if (nextLf < from) nextLf = seek('\n', from)
    if (nextCr < from) nextCr = seek('\r', from)
    return Math.min(nextLf, nextCr)
  }
  const quoteFrom = (from: number): number => {
    if (nextQuote < from) nextQuote = seek('"', from)
    return nextQuote
  }

  /** Position behind the line end at `at`; undefined when the next chunk must tell. */
  const behind = (at: number, last: boolean): number | undefined => {
    if (at >= buffer.length) return last ? buffer.length : undefined
    if (buffer.charCodeAt(at) === lf) return at + 1
    if (at + 1 >= buffer.length && !last) return undefined
    return buffer.charCodeAt(at + 1) === lf ? at + 2 : at + 1
  }

  const plainRecord = (from: number, to: number): RawRecord => {
    const start = buffer.charCodeAt(from) === 0xfeff ? from + 1 : from
    const raw = buffer.slice(start, to)
    const trimmed = blankMode ? raw.replace(/^[ \t]+|[ \t]+$/g, '') : raw
    const cells = blankMode
      ? trimmed.split(/[ \t]+/, limits.columns + 1)
      : raw.split(delimiter, limits.columns + 1)
    return checked({ line, cells, raw })
  }

  const checked = (record: RawRecord): RawRecord => {
    const { cells, raw } = record
    if (raw.length > limits.row && !record.fault) {
      record.fault = 'row_too_large'
      record.faultAt = 0
    } else if (cells.length > limits.columns && !record.fault) {
      record.fault = 'too_many_columns'
      record.faultAt = limits.columns
    } else if (raw.length > limits.cell && !record.fault) {
      const at = cells.findIndex((cell) => cell.length > limits.cell)
      if (at >= 0) {
        record.fault = 'cell_too_large'
        record.faultAt = at
      }
    }
    return record
  }

  /** End of the quoted text that begins behind `from`; -1 when it is not in the buffer. */
  const closingQuote = (from: number, last: boolean): number => {
    let at = buffer.indexOf('"', from)
    while (at >= 0) {
      if (at + 1 >= buffer.length) return last ? at : -1
      if (buffer.charCodeAt(at + 1) !== quote) return at
      at = buffer.indexOf('"', at + 2)
    }
    return -1
  }

  const isCellEnd = (code: number) =>
    code === lf || code === cr || code === delimiterCode || (blankMode && code === 9)

  /** A record with quotes, cell by cell; `to` is the line end, undefined = more text is needed. */
  const quotedRecord = (from: number, last: boolean): { record: RawRecord; to: number } | undefined => {
    const record: RawRecord = { line, cells: [], raw: '' }
    let i = buffer.charCodeAt(from) === 0xfeff ? from + 1 : from
    const start = i
    const size = buffer.length
    for (;;) {
      let first = i
      while (first < size && isBlank(buffer.charCodeAt(first)) && (blankMode || buffer.charCodeAt(first) !== delimiterCode)) first++
      if (blankMode) i = first
      let cell: string
      if (buffer.charCodeAt(first) === quote) {
        const close = closingQuote(first + 1, last)
        if (close < 0) {
          if (!last && size - start <= limits.row) return undefined
          record.fault = 'unclosed_quote'
          record.faultAt = record.cells.length
          record.raw = clip(buffer.slice(start, start + limits.cell + 1), limits.cell)
          return { record, to: size }
        }
        cell = buffer.slice(first + 1, close)
        if (cell.includes('"')) cell = cell.replaceAll('""', '"')
        i = close + 1
        while (i < size && isBlank(buffer.charCodeAt(i)) && !isCellEnd(buffer.charCodeAt(i))) i++
        if (i < size && !isCellEnd(buffer.charCodeAt(i))) {
          record.fault ??= 'text_after_quote'
          record.faultAt ??= record.cells.length
          while (i < size && !isCellEnd(buffer.charCodeAt(i))) i++
        }
      } else {
        const begin = i
        while (i < size && !isCellEnd(buffer.charCodeAt(i))) i++
        cell = buffer.slice(begin, i)
      }
      if (i >= size && !last) {
        if (size - start <= limits.row) return undefined
        record.fault = 'endless_row'
        record.faultAt = record.cells.length
        record.raw = clip(buffer.slice(start, start + limits.cell + 1), limits.cell)
        return { record, to: size }
      }
      if (record.cells.length <= limits.columns) record.cells.push(cell)
      if (blankMode) while (i < size && isBlank(buffer.charCodeAt(i))) i++
      const code = i < size ? buffer.charCodeAt(i) : lf
      if (code === lf || code === cr) {
        record.raw = buffer.slice(start, i)
        return { record: checked(record), to: i }
      }
      if (!blankMode) i++
    }
  }

  const run = (last: boolean): RawRecord[] => {
    const records: RawRecord[] = []
    let at = 0
    nextQuote = nextLf = nextCr = -2
    while (at < buffer.length) {
      const end = Math.min(lineEndFrom(at), buffer.length)
      if (skipping) {
        const next = behind(end, last)
        if (next === undefined) {
          at = end
          break
        }
        skipping = false
        at = next
        line++
        continue
      }
      if (quoteFrom(at) < end) {
        const found = quotedRecord(at, last)
        if (!found) break
        const next = isFatal(found.record.fault) ? found.to : behind(found.to, last)
        if (next === undefined) break
        records.push(found.record)
        line += 1 + lineEndsIn(found.record.raw)
        at = next
        continue
      }
      if (end - at > limits.row) {
        const raw = clip(buffer.slice(at, at + limits.cell + 1), limits.cell)
        records.push({ line, cells: [], raw, fault: 'row_too_large', faultAt: 0 })
        skipping = true
        at = end
        continue
      }
      const next = behind(end, last)
      if (next === undefined) break
      if (end > at) records.push(plainRecord(at, end))
      line++
      at = next
    }
    buffer = buffer.slice(at)
    return records
  }

  return {
    push: (text) => {
      buffer += text
      return run(false)
    },
    end: () => run(true),
  }
}
