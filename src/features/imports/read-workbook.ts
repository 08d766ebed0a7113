// Reads spreadsheet files (XLSX) in bounded memory: judged by their directory before anything is unpacked,
// then one sheet row by row. Nothing in them is run and nothing outside of them is fetched.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Refusal } from '../../basics/refusal.ts'
import { openZip, type Zip, ZipFault } from '../../platform/files/unzip.ts'
import { type CellFormat, formatReader } from './calc/cell-format.ts'
import { clip } from './calc/clip.ts'
import type { Mapping } from './calc/mapping.ts'
import type { FileFault } from './calc/messages.ts'
import { answer, ask, type Note, note } from './calc/questions.ts'
import { type SharedStrings, sharedStringReader } from './calc/shared-strings.ts'
import {
  columnAt,
  sheetReader as makeSheetReader,
  type SheetCounts,
  SheetFault,
  type sheetReader,
} from './calc/sheet.ts'
import { sniffRecords } from './calc/sniff.ts'
import type { RawRecord } from './calc/split.ts'
import {
  type Merge,
  mergeOf,
  type Relation,
  relationReader,
  type SheetList,
  sheetListReader,
} from './calc/workbook.ts'
import { type XmlEvents, XmlFault, xmlEncoding, xmlReader } from './calc/xml.ts'
import { fileRefusal, type Place, refuseBroken } from './file-refusal.ts'
import type { Look, ReadOptions, RecordLayout, TableFile } from './table-file.ts'

const mega = 1_000_000
export const workbookLimits = {
  packed: 50 * mega,
  unpacked: 500 * mega,
  entries: 10_000,
  rows: mega,
  merges: 200_000,
  /** Parts that are kept whole: relations, list of sheets, styles. */
  part: 32 * mega,
}
const recordsLooked = 300
const sheetsAsked = 50
const headBytes = 200

interface Sheet {
  name: string
  part: string
  hidden: boolean
}

class Workbook implements TableFile {
  readonly file: string
  readonly fileBytes: number
  readonly gzip = false
  private readonly path: string
  private readonly zip: Zip
  private readonly options: ReadOptions
  private readonly at: Place = { line: 1, column: 1 }
  private sheets: Sheet[] = []
  private from1904 = false
  private formats: readonly CellFormat[] = []
  private stringsPart: string | undefined
  private strings: SharedStrings | undefined
  private merges: ReadonlyMap<number, readonly Merge[]> = new Map()
  private counts: SheetCounts = { rounded: 0, withoutResult: 0, filled: 0 }

  constructor(path: string, file: string, zip: Zip, options: ReadOptions) {
    this.path = path
    this.file = file
    this.zip = zip
    this.fileBytes = zip.fileBytes
    this.options = options
  }

  close(): Promise<void> {
    return this.zip.close()
  }

  /** Reads what is where; refuses files that are ZIP but no spreadsheet. */
  async prepare(): Promise<void> {
    const top = await this.relations('', '_rels/.rels')
    const book = top.find((one) => one.type === 'officeDocument')?.part
    if (book === undefined || !book.toLowerCase().endsWith('.xml')) throw this.noWorkbook(book)
    const list = await this.meta(book, sheetListReader(), ({ list }): SheetList => list)
    this.from1904 = list.from1904
    const folder = book.split('/').slice(0, -1).join('/')
    const name = book.slice(folder === '' ? 0 : folder.length + 1)
    const inside = await this.relations(folder, `${folder}/_rels/${name}.rels`)
    const partOf = (type: string) =>
      inside.find((one) => one.type === type && this.zip.size(one.part) !== undefined)?.part
    const worksheets = new Map(
      inside.filter((one) => one.type === 'worksheet').map((one) => [one.id, one.part]),
    )
    const taken = new Set<string>()
    for (const { name: title, relation, hidden } of list.sheets) {
      const part = worksheets.get(relation)
      if (part === undefined) continue
      const sheet = { name: freeName(title, taken), part, hidden }
      taken.add(sheet.name)
      this.sheets.push(sheet)
    }
    if (this.sheets.length === 0) throw this.refusal('empty')
    this.stringsPart = partOf('sharedStrings')
    const styles = partOf('styles')
    if (styles !== undefined) {
      this.formats = await this.meta(styles, formatReader(), ({ formats }) => formats)
    }
  }

  async look(mapping: Mapping): Promise<Look> {
    const sha256 = await this.hash()
    const { sheet, withData } = await this.choose(mapping.sheet)
    const head = await this.head(sheet)
    const { questions, ...layout } = sniffRecords(head, mapping)
    if (withData.length > 1 && mapping.sheet === undefined) {
      const options = withData
        .slice(0, sheetsAsked)
        .map((one) => answer({ sheet: one.name }, 'sheet_is', { sheet: clip(one.name, 100) }))
      const names = clip(withData.map((one) => one.name).join(', '), 300)
      questions.unshift(ask('which_sheet', { params: { sheets: names }, options }))
    }
    const notes = [note('sheet_read', { sheet: clip(sheet.name, 100) })]
    if (layout.skipLines > 0) notes.push(note('titles_skipped', { line: layout.skipLines }))
    return {
      sha256,
      bytes: this.zip.unpackedBytes,
      layout: { encoding: 'utf-8', damaged: false, ...layout, sheet: sheet.name },
      questions,
      notes,
    }
  }

  async *records(layout: RecordLayout): AsyncGenerator<RawRecord[]> {
    const sheet = this.sheets.find((one) => one.name === layout.sheet)
    if (!sheet) throw this.refusal('not_readable', { why: 'the sheet is no longer there' })
    this.merges = await this.mergesOf(sheet)
    for await (const records of this.rows(sheet, true)) {
      const { skipLines } = layout
      yield (records[0]?.line ?? 0) > skipLines
        ? records
        : records.filter((one) => one.line > skipLines)
    }
  }

  notes(): Note[] {
    const { rounded, withoutResult, filled } = this.counts
    return [
      ...(rounded > 0 ? [note('numbers_rounded', { cells: rounded })] : []),
      ...(withoutResult > 0 ? [note('formulas_without_result', { cells: withoutResult })] : []),
      ...(filled > 0 ? [note('merged_filled', { cells: filled })] : []),
    ]
  }

  private refusal(fault: FileFault, more: Record<string, string | number> = {}): Refusal {
    return fileRefusal(this.file, fault, this.at, more)
  }

  private noWorkbook(book: string | undefined): Refusal {
    const what = book?.endsWith('.bin')
      ? 'Excel (.xlsb)'
      : this.zip.size('mimetype') === undefined
        ? 'ZIP'
        : 'OpenDocument'
    return this.refusal('not_text', { what })
  }

  private async hash(): Promise<string> {
    const hash = createHash('sha256')
    try {
      for await (const chunk of createReadStream(this.path)) hash.update(chunk)
    } catch (error) {
      refuseBroken(error, this.file, this.at)
    }
    return hash.digest('hex')
  }

  /** Decoded text of a part; whatever breaks becomes a refusal that names where reading stood. */
  private async *text(part: string): AsyncGenerator<string> {
    const { signal } = this.options
    let decoder: TextDecoder | undefined
    let start = new Uint8Array()
    for await (const chunk of this.zip.read(part)) {
      signal?.throwIfAborted()
      if (decoder) {
        yield decoder.decode(chunk, { stream: true })
        continue
      }
      start = start.length === 0 ? Uint8Array.from(chunk) : Buffer.concat([start, chunk])
      if (start.length < headBytes) continue
      decoder = new TextDecoder(xmlEncoding(start), { fatal: true })
      yield decoder.decode(start, { stream: true })
    }
    if (decoder) yield decoder.decode()
    else yield new TextDecoder(xmlEncoding(start), { fatal: true }).decode(start)
  }

  /** Reads a part to its end, or for as long as `go` says. */
  private async *parse(part: string, events: XmlEvents): AsyncGenerator<void> {
    const xml = xmlReader(events)
    try {
      for await (const piece of this.text(part)) {
        xml.push(piece)
        yield
      }
      xml.end()
    } catch (error) {
      throw this.refusalOf(error, part)
    }
  }

  private refusalOf(error: unknown, part: string): unknown {
    if (error instanceof XmlFault) {
      const fault = error.kind === 'forbidden' ? 'forbidden_xml' : 'damaged_xml'
      return this.refusal(fault, { part: clip(part, 100), why: error.message })
    }
    if (error instanceof SheetFault) {
      return error.kind === 'too_many_rows'
        ? this.refusal('too_many_rows', { most: workbookLimits.rows })
        : this.refusal('damaged_xml', { part: clip(part, 100), why: error.message })
    }
    if (error instanceof TypeError && 'code' in error) {
      return this.refusal('damaged_xml', { part: clip(part, 100), why: 'bytes that are no text' })
    }
    return zipRefusal(error, this.file, this.at)
  }

  private async meta<E extends XmlEvents, T>(
    part: string,
    events: E,
    result: (events: E) => T,
  ): Promise<T> {
    const size = this.zip.size(part)
    if (size === undefined) throw this.refusal('damaged_archive', { why: `no ${clip(part, 100)}` })
    if (size > workbookLimits.part) {
      throw this.refusal('too_large', { most: workbookLimits.part })
    }
    for await (const _ of this.parse(part, events));
    return result(events)
  }

  private async relations(folder: string, part: string): Promise<Relation[]> {
    if (this.zip.size(part) === undefined) return []
    return this.meta(part, relationReader(folder), ({ relations }) => relations)
  }

  private async sharedStrings(): Promise<SharedStrings | undefined> {
    if (this.stringsPart === undefined || this.strings) return this.strings
    const full = (): never => {
      throw this.refusal('too_many_texts')
    }
    const reader = sharedStringReader(full)
    for await (const _ of this.parse(this.stringsPart, reader));
    this.strings = reader.strings
    return this.strings
  }

  private async *rows(sheet: Sheet, merged: boolean): AsyncGenerator<RawRecord[]> {
    const strings = await this.sharedStrings()
    const reader = makeSheetReader({
      text: (index) => strings?.get(index),
      formats: this.formats,
      from1904: this.from1904,
      merges: merged ? this.merges : new Map(),
      rowsMost: workbookLimits.rows,
    })
    this.counts = reader.counts
    const size = this.zip.size(sheet.part)
    if (size === undefined) throw this.refusal('damaged_archive', { why: `no ${sheet.part}` })
    try {
      for await (const _ of this.parse(sheet.part, following(reader, this.at))) {
        const { records } = reader
        if (records.length === 0) continue
        reader.records = []
        yield records
        const { line } = this.at
        this.options.onProgress?.({ bytes: this.fileBytes, fileBytes: this.fileBytes, line })
      }
      if (reader.records.length > 0) yield reader.records
    } finally {
      this.at.line = 1
      this.at.column = 1
    }
  }

  private async head(sheet: Sheet): Promise<RawRecord[]> {
    const head: RawRecord[] = []
    for await (const records of this.rows(sheet, false)) {
      head.push(...records)
      if (head.length >= recordsLooked) break
    }
    return head.slice(0, recordsLooked)
  }

  private async hasData(sheet: Sheet): Promise<boolean> {
    for await (const records of this.rows(sheet, false)) if (records.length > 0) return true
    return false
  }

  /** The sheet that the mapping names, else the only one with data, else the first of them. */
  private async choose(wanted?: string): Promise<{ sheet: Sheet; withData: Sheet[] }> {
    if (wanted !== undefined) {
      const sheet = this.sheets.find((one) => one.name === wanted)
      if (!sheet) throw this.unknownSheet(wanted)
      return { sheet, withData: [sheet] }
    }
    for (const hidden of [false, true]) {
      const withData: Sheet[] = []
      for (const sheet of this.sheets) {
        if (sheet.hidden === hidden && (await this.hasData(sheet))) withData.push(sheet)
      }
      if (withData[0]) return { sheet: withData[0], withData }
    }
    throw this.refusal('empty')
  }

  private unknownSheet(wanted: string): Refusal {
    const names = clip(this.sheets.map((one) => `“${one.name}”`).join(', '), 300)
    return new Refusal({
      code: 'import.mapping_invalid',
      message: `The mapping is not valid at “sheet”: “${this.file}” has no sheet “${wanted}”.`,
      field: 'sheet',
      next: `Name one of its sheets: ${names}.`,
      status: 422,
    })
  }

  /** Cells over several rows. They are listed behind the rows, so the sheet is gone through for them first. */
  private async mergesOf(sheet: Sheet): Promise<Map<number, Merge[]>> {
    const merges = new Map<number, Merge[]>()
    let count = 0
    let tail = ''
    try {
      for await (const piece of this.text(sheet.part)) {
        const text = tail + piece
        const end = text.lastIndexOf('>') + 1
        tail = text.slice(Math.max(end, text.length - mergeTagMost))
        for (const [, reference = ''] of text.slice(0, end).matchAll(mergeTag)) {
          const merge = mergeOf(reference)
          if (!merge) continue
          if (++count > workbookLimits.merges) throw this.refusal('too_many_merges')
          const those = merges.get(merge.row)
          if (those) those.push(merge)
          else merges.set(merge.row, [merge])
        }
      }
    } catch (error) {
      throw this.refusalOf(error, sheet.part)
    }
    return merges
  }
}

/** A name by which a mapping can tell the sheet from the others, whatever the file calls it. */
function freeName(title: string, taken: ReadonlySet<string>): string {
  const name = clip(title, 200)
  if (name !== '' && !taken.has(name)) return name
  return `${name} (${taken.size + 1})`
}

const mergeTag = /<(?:\w{1,20}:)?mergeCell\s{1,20}ref\s?=\s?["']([A-Z0-9:]{1,30})["']/g
const mergeTagMost = 200

/** A reader whose place is written down as it goes, so that a refusal can name it. */
function following(reader: ReturnType<typeof sheetReader>, at: Place): XmlEvents {
  const mark = () => {
    at.line = Math.max(1, reader.row)
    at.column = columnAt(reader)
  }
  return {
    open: (name, attributes) => {
      try {
        reader.open(name, attributes)
      } finally {
        if (name === 'c' || name === 'row') mark()
      }
    },
    close: (name) => reader.close(name),
    text: (text) => reader.text(text),
  }
}

function zipRefusal(error: unknown, file: string, place: Place): unknown {
  if (error instanceof ZipFault) {
    switch (error.kind) {
      case 'encrypted':
        return fileRefusal(file, 'encrypted', place)
      case 'packed_too_large':
        return fileRefusal(file, 'too_large_packed', place, { most: workbookLimits.packed / mega })
      case 'unpacked_too_large':
        return fileRefusal(file, 'too_large', place, { most: workbookLimits.unpacked })
      case 'damaged':
        return fileRefusal(file, 'damaged_archive', place, { why: error.message })
    }
  }
  try {
    refuseBroken(error, file, place)
  } catch (refusal) {
    return refusal
  }
}

/** Opens a spreadsheet file; refuses what is no such file, is too large or not in order. */
export async function openWorkbook(
  path: string,
  file: string,
  options: ReadOptions,
): Promise<TableFile> {
  const place = { line: 1, column: 1 }
  const { packed, entries } = workbookLimits
  const unpacked = Math.min(workbookLimits.unpacked, options.maxBytes ?? workbookLimits.unpacked)
  const zip = await openZip(path, { packed, unpacked, entries }).catch((error: unknown) => {
    throw zipRefusal(error, file, place)
  })
  const workbook = new Workbook(path, file, zip, options)
  try {
    await workbook.prepare()
    return workbook
  } catch (error) {
    await workbook.close()
    throw error
  }
}
