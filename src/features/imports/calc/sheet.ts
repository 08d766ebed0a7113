// Turns the XML of one sheet into the same records that the splitter of CSV gives; the line is the row's number.
import { anyCell } from '../../../basics/csv.ts'
import type { CellFormat } from './cell-format.ts'
import { readNumberCell } from './cell-format.ts'
import { textMost, unescaped } from './shared-strings.ts'
import type { RawRecord } from './split.ts'
import { cellPlace, columnLetters, lastColumn, lastRow, type Merge } from './workbook.ts'
import { attributeOf, attributesOf, type XmlEvents } from './xml.ts'

/** As those of CSV, in UTF-16 units. */
const limits = { cell: 65_536, row: 1_048_576, columns: 500 }

export class SheetFault extends Error {
  readonly kind: 'broken' | 'too_many_rows'

  constructor(kind: SheetFault['kind'], why: string) {
    super(why)
    this.name = 'SheetFault'
    this.kind = kind
  }
}

/** What was done to cells on the way, counted. */
export interface SheetCounts {
  /** Numbers rounded to what their format shows. */
  rounded: number
  /** Formulas whose result is not in the file. */
  withoutResult: number
  /** Cells filled from a merged cell above. */
  filled: number
}

export interface SheetOptions {
  text(index: number): string | undefined
  formats: readonly CellFormat[]
  from1904: boolean
  /** Cells over several rows, by their first row. */
  merges: ReadonlyMap<number, readonly Merge[]>
  rowsMost: number
}

interface Held {
  lastRow: number
  text: string
}

/** What stands for a value that is not there; asked about like any other mark. */
const notAvailable = '#N/A'
const wholeDay = /^(\d{4}-\d{2}-\d{2})T00:00(?::00(?:\.0+)?)?Z?$/

/** A cell's tag as nearly all programs write it; any other is read the long way. */
const usualCell = /^ r="([A-Z]{1,3}\d{1,7})"(?: s="(\d{1,5})")?(?: t="(\w{1,9})")?$/

/** Place, format and type of a cell. */
function cellAttributes(text: string): (string | undefined)[] {
  const usual = usualCell.exec(text)
  if (usual) return [usual[1], usual[2], usual[3]]
  const all = attributesOf(text)
  return [all.get('r'), all.get('s'), all.get('t')]
}

/** The work of {@link sheetReader}. */
class SheetReader implements XmlEvents {
  /** Records ready to be taken. */
  records: RawRecord[] = []
  /** Where reading stands. */
  row = 0
  column = 0
  readonly counts: SheetCounts = { rounded: 0, withoutResult: 0, filled: 0 }
  private readonly options: SheetOptions
  private rows = 0
  private within: 'book' | 'data' | 'row' | 'cell' = 'book'
  private take: 'value' | 'inline' | undefined
  private inAid = false
  private cells: string[] = []
  private numeric: boolean[] = []
  private rowLength = 0
  private fault:
    | { fault: 'row_too_large' | 'too_many_columns' | 'cell_too_large'; at: number }
    | undefined
  private type = 'n'
  private style = 0
  private value = ''
  private hasValue = false
  private hasFormula = false
  private readonly held = new Map<number, Held>()

  constructor(options: SheetOptions) {
    this.options = options
  }

  open(name: string, attributes: string): void {
    switch (this.within) {
      case 'book':
        if (name === 'sheetData') this.within = 'data'
        return
      case 'data':
        if (name === 'row') this.openRow(attributes)
        return
      case 'row':
        if (name === 'c') this.openCell(attributes)
        return
      case 'cell':
        if (name === 'v') {
          this.take = 'value'
          this.hasValue = true
        } else if (name === 'f') this.hasFormula = true
        else if (name === 'rPh') this.inAid = true
        else if (name === 't' && !this.inAid) {
          this.take = 'inline'
          this.hasValue = true
        }
    }
  }

  text(piece: string): void {
    if (this.take === undefined) return
    const room = textMost - this.value.length
    this.value += piece.length > room ? piece.slice(0, room) : piece
  }

  close(name: string): void {
    switch (this.within) {
      case 'cell':
        if (name === 'c') {
          this.closeCell()
          this.within = 'row'
        } else if (name === 'v' || name === 't') this.take = undefined
        else if (name === 'rPh') this.inAid = false
        return
      case 'row':
        if (name !== 'row') return
        this.closeRow()
        this.within = 'data'
        return
      case 'data':
        if (name === 'sheetData') this.within = 'book'
    }
  }

  private openRow(attributes: string): void {
    const written = attributeOf(attributes, 'r')
    const row =
      written === undefined ? this.row + 1 : /^\d{1,7}$/.test(written) ? Number(written) : 0
    this.column = 0
    if (row <= this.row || row > lastRow)
      throw new SheetFault('broken', 'its rows are not in order')
    this.row = row
    this.cells = []
    this.numeric = []
    this.rowLength = 0
    this.fault = undefined
    this.within = 'row'
  }

  private openCell(attributes: string): void {
    const [written, style, type] = cellAttributes(attributes)
    const place = written === undefined ? undefined : cellPlace(written)
    const column = written === undefined ? this.column + 1 : (place?.column ?? 0)
    if (column <= this.column || column > lastColumn || (place && place.row !== this.row)) {
      throw new SheetFault('broken', 'its cells are not in order')
    }
    this.column = column
    this.type = type ?? 'n'
    this.style = Number(style ?? 0)
    this.value = ''
    this.hasValue = false
    this.hasFormula = false
    this.take = undefined
    this.inAid = false
    this.within = 'cell'
  }

  private closeCell(): void {
    const text = this.cellText()
    if (text === '') return
    const at = this.column - 1
    if (at >= limits.columns) {
      this.fault ??= { fault: 'too_many_columns', at: limits.columns }
      return
    }
    this.rowLength += text.length
    if (this.rowLength > limits.row) {
      this.fault = { fault: 'row_too_large', at: 0 }
      this.cells = []
      return
    }
    if (text.length > limits.cell) this.fault ??= { fault: 'cell_too_large', at }
    this.put(at, text, this.type === 'n' || this.type === 'd')
  }

  private put(at: number, text: string, numeric: boolean): void {
    while (this.cells.length < at) this.cells.push('')
    this.cells[at] = text
    this.numeric[at] = numeric
  }

  private cellText(): string {
    const { value, options } = this
    if (!this.hasValue) {
      if (!this.hasFormula) return ''
      this.counts.withoutResult++
      return notAvailable
    }
    switch (this.type) {
      case 's': {
        if (value.trim() === '') return ''
        const text = options.text(/^\s*\d{1,9}\s*$/.test(value) ? Number(value) : -1)
        if (text === undefined) throw new SheetFault('broken', 'a shared text is missing')
        return text
      }
      case 'str':
      case 'inlineStr':
        return unescaped(value)
      case 'b':
        return value.trim() === '1' ? 'TRUE' : value.trim() === '0' ? 'FALSE' : value
      case 'd':
        return wholeDay.exec(value.trim())?.[1] ?? value.trim()
      case 'n': {
        const read = readNumberCell(value, options.formats[this.style], options.from1904)
        if (read.rounded) this.counts.rounded++
        return read.text
      }
      default:
        return value
    }
  }

  private closeRow(): void {
    const filled = this.cells.some((cell) => cell !== '')
    if (!filled && this.fault === undefined) return
    this.rows++
    if (this.rows > this.options.rowsMost) {
      throw new SheetFault('too_many_rows', `more than ${this.options.rowsMost} rows`)
    }
    if (this.fault?.fault !== 'row_too_large') this.fillMerged()
    const record: RawRecord = { line: this.row, cells: this.cells, raw: '' }
    if (this.fault) {
      record.fault = this.fault.fault
      record.faultAt = this.fault.at
    }
    this.records.push(record)
  }

  /**
   * A word or a day that is merged over several rows holds for each of them. A number does not: an
   * amount told once would be counted several times.
   */
  private fillMerged(): void {
    for (const [at, { lastRow: last, text }] of this.held) {
      if (this.row > last) this.held.delete(at)
      else if ((this.cells[at] ?? '') === '') {
        this.put(at, text, false)
        this.counts.filled++
      }
    }
    for (const { column, lastRow: last } of this.options.merges.get(this.row) ?? []) {
      const text = this.cells[column - 1] ?? ''
      const holds = text !== '' && !(this.numeric[column - 1] && Number.isFinite(Number(text)))
      if (holds && text.length <= 1000) this.held.set(column - 1, { lastRow: last, text })
    }
  }
}

/**
 * A record as wide as its headers, written as a line of CSV: empty cells at the end are not in the
 * file, and what stands beside the table is told apart.
 */
export function fitted(record: RawRecord, width: number): { record: RawRecord; beside: boolean } {
  const { line, fault, faultAt } = record
  const cells = record.cells.slice(0, width)
  while (cells.length < width) cells.push('')
  const raw = cells.map(anyCell).join(',')
  const beside =
    fault === 'too_many_columns' || record.cells.slice(width).some((cell) => cell.trim() !== '')
  const whole = fault === undefined || fault === 'too_many_columns' || (faultAt ?? 0) >= width
  return { record: whole ? { line, cells, raw } : { ...record, cells, raw }, beside }
}

/** Name of the column where reading stands. */
export function columnAt(reader: Pick<SheetReader, 'column'>): string {
  return columnLetters(Math.max(1, reader.column))
}

/** Reader of the XML of one sheet; throws {@link SheetFault}. Holds one row, and what was not taken. */
export function sheetReader(options: SheetOptions): SheetReader {
  return new SheetReader(options)
}
