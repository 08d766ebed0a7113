// Reads files of any size in bounded memory, text and spreadsheets alike: records, profiles, typed rows.
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ReadPlan, RowReject, TypedRow } from './calc/convert.ts'
import { rowReader } from './calc/convert.ts'
import type { Mapping } from './calc/mapping.ts'
import type { Inspection, Layout } from './calc/plan.ts'
import { profiler } from './calc/profile.ts'
import { note } from './calc/questions.ts'
import { fitted } from './calc/sheet.ts'
import type { RawRecord } from './calc/split.ts'
import { fileRefusal, refuseBroken } from './file-refusal.ts'
import { openText } from './read-text.ts'
import { openWorkbook } from './read-workbook.ts'
import type { ReadOptions, TableFile } from './table-file.ts'

export interface InspectOptions extends ReadOptions {
  /** Its encoding, delimiter, sheet and header are taken instead of found out. */
  mapping?: Mapping
}

interface RowBatch {
  rows: TypedRow[]
  rejects: RowReject[]
}

const sampleRows = 50
const headerMost = 1000

async function firstBytes(path: string, count: number): Promise<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const buffer = new Uint8Array(count)
    const { bytesRead } = await handle.read(buffer, 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function openTable(path: string, options: ReadOptions): Promise<TableFile> {
  const file = options.name ?? basename(path)
  try {
    const [a, b, c, d] = await firstBytes(path, 4)
    const zip = a === 0x50 && b === 0x4b && c === 3 && d === 4
    if (zip) return await openWorkbook(path, file, options)
    return await openText(path, file, a === 0x1f && b === 0x8b, options)
  } catch (error) {
    return refuseBroken(error, file, { line: 1, column: 1 })
  }
}

function headersOf(file: string, record: RawRecord, damaged: boolean): string[] {
  const place = { line: record.line, column: (record.faultAt ?? 0) + 1 }
  if (record.fault === 'too_many_columns') throw fileRefusal(file, 'too_many_columns', place)
  if (record.fault !== undefined) throw fileRefusal(file, 'header_unusable', place)
  return record.cells.map((cell, i) => {
    const header = cell.trim().normalize('NFC').replace(/\s+/g, ' ')
    if (
      header.length > headerMost ||
      header.includes('\0') ||
      (damaged && header.includes('\ufffd'))
    ) {
      throw fileRefusal(file, 'header_unusable', { line: record.line, column: i + 1 })
    }
    return header
  })
}

function isBlank(record: RawRecord): boolean {
  return record.fault === undefined && record.cells.every((cell) => cell.trim() === '')
}

/** Headers of a sheet end with the last that is one: empty cells behind it are no columns. */
function withoutEmptyEnd(record: RawRecord): RawRecord {
  const width = record.cells.findLastIndex((cell) => cell.trim() !== '') + 1
  return { ...record, cells: record.cells.slice(0, Math.max(1, width)) }
}

/** Takes the headers from the first record, and counts the others. */
class Looking {
  headers: string[] | undefined
  columns: ReturnType<typeof profiler> | undefined
  read = 0
  blank = 0
  malformed = 0
  /** Rows with something beside the table. */
  beside = 0
  readonly sample: RawRecord[] = []
  private readonly file: string
  private readonly layout: Layout

  constructor(file: string, layout: Layout) {
    this.file = file
    this.layout = layout
  }

  take(given: RawRecord): void {
    const { header, damaged, sheet } = this.layout
    if (isBlank(given)) {
      this.blank++
      return
    }
    if (!this.headers || !this.columns) {
      const first = sheet === undefined ? given : withoutEmptyEnd(given)
      const found = headersOf(this.file, first, header && damaged)
      const count = Math.max(1, this.layout.columns)
      this.headers = header ? found : Array.from({ length: count }, (_, i) => String(i + 1))
      this.columns = profiler(this.headers)
      if (header) return
    }
    let record = given
    if (sheet !== undefined) {
      const fit = fitted(given, this.headers.length)
      if (fit.beside) this.beside++
      record = fit.record
      if (isBlank(record)) {
        this.blank++
        return
      }
    }
    this.read++
    if (this.sample.length < sampleRows) this.sample.push(record)
    if (record.fault !== undefined || record.cells.length < this.headers.length) this.malformed++
    else this.columns.row(record.line, record.cells)
  }
}

/**
 * Looks at a whole file without storing anything: encoding, delimiter or sheet, headers, and a profile
 * of every column over all rows. Throws `Refusal` (`import.unreadable`, `import.too_large`) naming file,
 * line and column when no row of it can be trusted; the signal's reason when it is cancelled.
 */
export async function inspectFile(path: string, options: InspectOptions = {}): Promise<Inspection> {
  const table = await openTable(path, options)
  try {
    const { sha256, bytes, layout, questions, notes } = await table.look(options.mapping ?? {})
    const looking = new Looking(table.file, layout)
    for await (const records of table.records(layout)) {
      for (const record of records) looking.take(record)
    }
    const { headers, columns, read, blank, malformed, beside, sample } = looking
    if (!headers || !columns) throw fileRefusal(table.file, 'empty', { line: 1, column: 1 })
    return {
      name: table.file,
      sha256,
      bytes,
      fileBytes: table.fileBytes,
      gzip: table.gzip,
      layout,
      headers,
      columns: columns.end(),
      read,
      blank,
      malformed,
      sample,
      questions,
      notes: [
        ...notes,
        ...table.notes(),
        ...(beside > 0 ? [note('cells_beside', { rows: beside })] : []),
        ...(read === 0 ? [note('no_rows', {})] : []),
      ],
    }
  } finally {
    await table.close()
  }
}

/**
 * Reads a file to its end by its plan, in batches. Every record that is no blank line is either a row
 * or a reject. Throws `Refusal` as {@link inspectFile} does; also when the headers are no longer those
 * of the plan.
 */
export async function* readRows(
  path: string,
  plan: ReadPlan,
  options: ReadOptions = {},
): AsyncGenerator<RowBatch> {
  const table = await openTable(path, options)
  try {
    const readRow = rowReader(plan)
    const width = plan.headers.length
    const isSheet = plan.sheet !== undefined
    let headerSeen = !plan.header
    for await (const records of table.records(plan)) {
      const batch: RowBatch = { rows: [], rejects: [] }
      for (const record of records) {
        if (!headerSeen) {
          if (isBlank(record)) continue
          headerSeen = true
          const first = isSheet ? withoutEmptyEnd(record) : record
          requireSame(table.file, first, plan)
          continue
        }
        const reading = readRow(isSheet ? fitted(record, width).record : record)
        if (!reading) continue
        if ('row' in reading) batch.rows.push(reading.row)
        else batch.rejects.push(reading.reject)
      }
      if (batch.rows.length + batch.rejects.length > 0) yield batch
    }
  } finally {
    await table.close()
  }
}

function requireSame(file: string, record: RawRecord, plan: ReadPlan): void {
  const headers = headersOf(file, record, plan.damaged)
  if (headers.join('\0') === plan.headers.join('\0')) return
  const why = 'the headers have changed'
  throw fileRefusal(file, 'not_readable', { line: record.line, column: 1 }, { why })
}
