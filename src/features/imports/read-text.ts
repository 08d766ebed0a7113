// Reads text files of any size in bounded memory: bytes, unpacking, decoding, records.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { binaryKind, byteCounter, findEncoding } from './calc/encoding.ts'
import type { Mapping } from './calc/mapping.ts'
import type { Question } from './calc/questions.ts'
import { answer, ask, note } from './calc/questions.ts'
import { sniffText } from './calc/sniff.ts'
import type { RawRecord } from './calc/split.ts'
import { splitter } from './calc/split.ts'
import { fileRefusal, refuseBroken } from './file-refusal.ts'
import type { Look, ReadOptions, RecordLayout, TableFile } from './table-file.ts'

const defaultMaxBytes = 4 * 1024 ** 3
const chunkBytes = 64 * 1024
const headBytes = 256 * 1024

interface Source {
  file: string
  chunks(): AsyncGenerator<Uint8Array>
  /** Where reading stands, for refusals and progress. */
  at: { line: number; fileBytes: number }
}

function sourceOf(
  path: string,
  file: string,
  size: number,
  gzip: boolean,
  options: ReadOptions,
): Source {
  const at = { line: 1, fileBytes: 0 }
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
      refuseBroken(error, file, { line: at.line, column: 1 })
    } finally {
      raw.destroy()
      unpack?.destroy()
    }
  }
  return { file, chunks, at }
}

/** Records of a source, a chunk's worth at a time; refuses at an unclosed quote. */
async function* recordsOf(source: Source, layout: RecordLayout): AsyncGenerator<RawRecord[]> {
  const { skipLines } = layout
  const decoder = new TextDecoder(layout.encoding)
  const split = splitter(layout.delimiter)
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

/** First pass: every byte once, for hash, encoding, and the layout of the beginning. */
async function lookAtBytes(source: Source, mapping: Mapping): Promise<Look> {
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
  const { questions: open, ...layout } = sniffText(text, whole, mapping)
  const notes = [
    note(finding.how === 'not_utf8' ? 'encoding_not_utf8' : 'encoding_found', { encoding }),
  ]
  return {
    sha256: hash.digest('hex'),
    bytes: facts.bytes,
    layout: { encoding, damaged, ...layout },
    questions: [...questions, ...open],
    notes,
  }
}

/** Opens a text file, gzipped or not. */
export async function openText(
  path: string,
  file: string,
  gzip: boolean,
  options: ReadOptions,
): Promise<TableFile> {
  const { size } = await stat(path)
  const source = sourceOf(path, file, size, gzip, options)
  return {
    file,
    fileBytes: size,
    gzip,
    look: (mapping) => lookAtBytes(source, mapping),
    records: (layout) => recordsOf(source, layout),
    notes: () => [],
    close: async () => {},
  }
}
