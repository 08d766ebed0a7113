// Reads files of any size in bounded memory: bytes, unpacking, decoding, records, typed rows.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { Refusal } from '../../basics/refusal.ts'
import type { ReadPlan, RowReject, TypedRow } from './calc/convert.ts'
import { rowReader } from './calc/convert.ts'
import type { Encoding } from './calc/encoding.ts'
import { binaryKind, byteCounter, findEncoding } from './calc/encoding.ts'
import type { Mapping } from './calc/mapping.ts'
import type { FileFault, Params } from './calc/messages.ts'
import { sentence } from './calc/messages.ts'
import type { Inspection } from './calc/plan.ts'
import { profiler } from './calc/profile.ts'
import type { Note, Question } from './calc/questions.ts'
import { answer, ask, note } from './calc/questions.ts'
import type { TextLayout } from './calc/sniff.ts'
import { sniffText } from './calc/sniff.ts'
import type { Delimiter, RawRecord } from './calc/split.ts'
import { splitter } from './calc/split.ts'

interface Progress {
  /** Of the file as it lies on disk. */
  bytes: number
  fileBytes: number
  line: number
}

interface ReadOptions {
  /** Name to show instead of the file's own. */
  name?: string
  /** Most bytes after unpacking. */
  maxBytes?: number
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}

export interface InspectOptions extends ReadOptions {
  /** Its encoding, delimiter and header are taken instead of found out. */
  mapping?: Mapping
}

interface RowBatch {
  rows: TypedRow[]
  rejects: RowReject[]
}

const defaultMaxBytes = 4 * 1024 ** 3
const chunkBytes = 256 * 1024
const headBytes = 256 * 1024
const sampleRows = 50
const headerMost = 1000

interface Place {
  line: number
  column: number | string
}

function fileRefusal(file: string, fault: FileFault, place: Place, more: Params = {}): Refusal {
  const text = sentence(fault, { file, ...place, ...more })
  return new Refusal({
    code: fault === 'too_large' ? 'import.too_large' : 'import.unreadable',
    message: text.en,
    next: 'Correct the file, or save it again as CSV, and import it once more.',
    status: fault === 'too_large' ? 413 : 422,
    particulars: { reason: fault, file, ...place, text },
  })
}

interface Source {
  file: string
  fileBytes: number
  gzip: boolean
  chunks(): AsyncGenerator<Uint8Array>
  /** Where reading stands, for refusals and progress. */
  at: { line: number; fileBytes: number }
}

function isUnpackError(error: unknown): error is NodeJS.ErrnoException {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' && (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE')
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string'
}

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

async function openSource(path: string, options: ReadOptions): Promise<Source> {
  const file = options.name ?? basename(path)
  const at = { line: 1, fileBytes: 0 }
  const refuseIo = (error: unknown): never => {
    if (error instanceof Refusal) throw error
    const place = { line: at.line, column: 1 }
    if (isUnpackError(error))
      throw fileRefusal(file, 'damaged_archive', place, { why: error.message })
    if (isFileError(error))
      throw fileRefusal(file, 'not_readable', place, { why: error.code ?? error.message })
    throw error
  }
  try {
    const { size } = await stat(path)
    const magic = await firstBytes(path, 2)
    const gzip = magic[0] === 0x1f && magic[1] === 0x8b
    const maxBytes = options.maxBytes ?? defaultMaxBytes
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      at.line = 1
      at.fileBytes = 0
      const raw = createReadStream(path, { highWaterMark: chunkBytes })
      raw.on('data', (chunk) => {
        at.fileBytes += chunk.length
      })
      raw.pause()
      const unpack = gzip ? createGunzip({ chunkSize: chunkBytes }) : undefined
      if (unpack) {
        raw.on('error', (error) => unpack.destroy(error))
        raw.pipe(unpack)
      }
      let unpacked = 0
      try {
        for await (const chunk of unpack ?? raw) {
          options.signal?.throwIfAborted()
          unpacked += chunk.length
          if (unpacked > maxBytes) {
            throw fileRefusal(file, 'too_large', { line: at.line, column: 1 }, { most: maxBytes })
          }
          yield chunk
          options.onProgress?.({ bytes: at.fileBytes, fileBytes: size, line: at.line })
        }
      } catch (error) {
        refuseIo(error)
      } finally {
        raw.destroy()
        unpack?.destroy()
      }
    }
    return { file, fileBytes: size, gzip, chunks, at }
  } catch (error) {
    return refuseIo(error)
  }
}

/** Records of a source, a chunk's worth at a time; refuses at an unclosed quote. */
async function* recordsOf(
  source: Source,
  encoding: Encoding,
  delimiter: Delimiter,
  skipLines: number,
): AsyncGenerator<RawRecord[]> {
  const decoder = new TextDecoder(encoding)
  const split = splitter(delimiter)
  const settle = (records: RawRecord[]): RawRecord[] => {
    const last = records.at(-1)
    if (last) source.at.line = last.line
    if (last?.fault === 'unclosed_quote' || last?.fault === 'endless_row') {
      throw fileRefusal(source.file, last.fault, {
        line: last.line,
        column: (last.faultAt ?? 0) + 1,
      })
    }
    return skipLines > 0 && (records[0]?.line ?? 0) <= skipLines
      ? records.filter((one) => one.line > skipLines)
      : records
  }
  for await (const chunk of source.chunks()) {
    const records = settle(split.push(decoder.decode(chunk, { stream: true })))
    if (records.length > 0) yield records
  }
  const rest = [...settle(split.push(decoder.decode())), ...settle(split.end())]
  if (rest.length > 0) yield rest
}

interface BytesFound {
  sha256: string
  bytes: number
  encoding: Encoding
  damaged: boolean
  layout: TextLayout
  questions: Question[]
  notes: Note[]
}

/** First pass: every byte once, for hash, encoding, and the layout of the beginning. */
async function lookAtBytes(source: Source, mapping: Mapping): Promise<BytesFound> {
  const hash = createHash('sha256')
  const counter = byteCounter()
  const head = new Uint8Array(headBytes)
  let kept = 0
  for await (const chunk of source.chunks()) {
    hash.update(chunk)
    if (kept < headBytes) {
      const part = chunk.subarray(0, headBytes - kept)
      head.set(part, kept)
      kept += part.length
      const what = kept === part.length ? binaryKind(head.subarray(0, kept)) : undefined
      if (what !== undefined)
        throw fileRefusal(source.file, 'not_text', { line: 1, column: 1 }, { what })
    }
    counter.push(chunk)
    source.at.line = counter.lines()
  }
  const facts = counter.end()
  const start = head.subarray(0, kept)
  if (facts.bytes === 0) throw fileRefusal(source.file, 'empty', { line: 1, column: 1 })
  const finding = findEncoding(start, facts, mapping.encoding)
  const { encoding, damaged } = finding
  if (!encoding.startsWith('utf-16') && facts.nuls > facts.bytes * 0.1) {
    throw fileRefusal(source.file, 'not_text', { line: 1, column: 1 }, { what: 'binary' })
  }
  const questions: Question[] = []
  if (!finding.sure) {
    questions.push(
      ask('uncertain_encoding', {
        params: { line: facts.firstInvalidLine ?? 1 },
        options: (['utf-8', 'windows-1252'] as const).map((one) =>
          answer({ encoding: one }, 'encoding_is', { encoding: one }),
        ),
      }),
    )
  }
  const whole = facts.bytes <= headBytes
  const text = new TextDecoder(encoding).decode(start, { stream: !whole })
  const layout = sniffText(text, whole, mapping)
  const notes = [
    note(finding.how === 'not_utf8' ? 'encoding_not_utf8' : 'encoding_found', { encoding }),
  ]
  return {
    sha256: hash.digest('hex'),
    bytes: facts.bytes,
    encoding,
    damaged,
    layout,
    questions: [...questions, ...layout.questions],
    notes,
  }
}

function headersOf(source: Source, record: RawRecord, damaged: boolean): string[] {
  const place = { line: record.line, column: (record.faultAt ?? 0) + 1 }
  if (record.fault === 'too_many_columns') throw fileRefusal(source.file, 'too_many_columns', place)
  if (record.fault !== undefined) throw fileRefusal(source.file, 'header_unusable', place)
  return record.cells.map((cell, i) => {
    const header = cell.trim().normalize('NFC').replace(/\s+/g, ' ')
    if (
      header.length > headerMost ||
      header.includes('\0') ||
      (damaged && header.includes('\ufffd'))
    ) {
      throw fileRefusal(source.file, 'header_unusable', { line: record.line, column: i + 1 })
    }
    return header
  })
}

/**
 * Looks at a whole file without storing anything: encoding, delimiter, headers, and a profile of every
 * column over all rows. Throws `Refusal` (`import.unreadable`, `import.too_large`) naming file, line
 * and column when no row of it can be trusted; the signal's reason when it is cancelled.
 */
export async function inspectFile(path: string, options: InspectOptions = {}): Promise<Inspection> {
  const source = await openSource(path, options)
  const found = await lookAtBytes(source, options.mapping ?? {})
  const { encoding, damaged, layout } = found
  const { delimiter, header, skipLines } = layout
  let headers: string[] | undefined
  let columns: ReturnType<typeof profiler> | undefined
  let read = 0
  let blank = 0
  let malformed = 0
  const sample: RawRecord[] = []
  for await (const records of recordsOf(source, encoding, delimiter, skipLines)) {
    for (const record of records) {
      if (record.fault === undefined && record.cells.every((cell) => cell.trim() === '')) {
        blank++
        continue
      }
      if (!headers || !columns) {
        const given = headersOf(source, record, header && damaged)
        headers = header
          ? given
          : Array.from({ length: Math.max(1, layout.columns) }, (_, i) => String(i + 1))
        columns = profiler(headers)
        if (header) continue
      }
      read++
      if (sample.length < sampleRows) sample.push(record)
      if (record.fault !== undefined || record.cells.length < headers.length) malformed++
      else columns.row(record.line, record.cells)
    }
  }
  if (!headers || !columns) throw fileRefusal(source.file, 'empty', { line: 1, column: 1 })
  const notes = read === 0 ? [...found.notes, note('no_rows', {})] : found.notes
  return {
    name: source.file,
    sha256: found.sha256,
    bytes: found.bytes,
    fileBytes: source.fileBytes,
    gzip: source.gzip,
    layout: { encoding, damaged, delimiter, header, skipLines, columns: layout.columns },
    headers,
    columns: columns.end(),
    read,
    blank,
    malformed,
    sample,
    questions: found.questions,
    notes,
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
  const source = await openSource(path, options)
  const readRow = rowReader(plan)
  let headerSeen = !plan.header
  for await (const records of recordsOf(source, plan.encoding, plan.delimiter, plan.skipLines)) {
    const batch: RowBatch = { rows: [], rejects: [] }
    for (const record of records) {
      if (!headerSeen) {
        if (record.fault === undefined && record.cells.every((cell) => cell.trim() === '')) continue
        headerSeen = true
        const headers = headersOf(source, record, plan.damaged)
        if (headers.join('\0') !== plan.headers.join('\0')) {
          throw fileRefusal(
            source.file,
            'not_readable',
            { line: record.line, column: 1 },
            { why: 'the headers have changed' },
          )
        }
        continue
      }
      const reading = readRow(record)
      if (!reading) continue
      if ('row' in reading) batch.rows.push(reading.row)
      else batch.rejects.push(reading.reject)
    }
    if (batch.rows.length + batch.rejects.length > 0) yield batch
  }
}
