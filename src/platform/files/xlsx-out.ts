// Writes a table as a spreadsheet file while it is sent. Texts are texts: nothing in it is ever a formula.
import { minorDigits } from '../../basics/money.ts'
import {
  type CellKind,
  decimalText,
  type OutCell,
  type OutColumn,
  type OutRow,
  type OutRows,
} from './table-out.ts'
import { type ZipEntry, zipStream } from './zip-out.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Rows of the largest sheet there can be; further ones go on in the next sheet. */
const sheetRowsMost = 1_048_576
/** Characters that a cell can hold. */
const textMost = 32_767
/** Digits that a spreadsheet keeps: longer numbers go as text, so that nothing is lost. */
const digitsMost = 15

/** Cell formats by their place in {@link styles}. */
const style = {
  general: 0,
  header: 1,
  text: 2,
  date: 3,
  rate: 4,
  money0: 5,
  money2: 6,
  money3: 7,
  money4: 8,
}
const formatCodes = ['0.0%', '#,##0', '#,##0.00', '#,##0.000', '#,##0.0000']

function stylesXml(): string {
  const first = 164
  const codes = formatCodes.map(
    (code, i) => `<numFmt numFmtId="${first + i}" formatCode="${code}"/>`,
  )
  const xf = (format: number, font = 0) =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${font > 0 ? ' applyFont="1"' : ''}/>`
  const formats = [xf(0), xf(49, 1), xf(49), xf(14), ...formatCodes.map((_, i) => xf(first + i))]
  const font = (bold: string) => `<font>${bold}<sz val="11"/><name val="Calibri"/></font>`
  return `${declaration}<styleSheet xmlns="${main}"><numFmts count="${codes.length}">${codes.join('')}</numFmts><fonts count="2">${font('')}${font('<b/>')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${formats.length}">${formats.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}

const special = /[&<>"]|_x[0-9a-fA-F]{4}_|\p{Cc}|[\ufffe\uffff]/gu
const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '\n',
  '\t': '\t',
}

/** Text within XML; what XML cannot hold is written as spreadsheets do, `_x0001_`. */
function xmlText(text: string): string {
  return text.toWellFormed().replace(special, (found) => {
    const known = named[found]
    if (known !== undefined) return known
    if (found.startsWith('_x')) return `_x005F${found}`
    return `_x${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}_`
  })
}

function textCellXml(text: string, format: number, place: string): string {
  if (text === '') return ''
  const clipped = text.length > textMost ? text.slice(0, textMost) : text
  const space = /^\s|\s$|\n/.test(clipped) ? ' xml:space="preserve"' : ''
  return `<c r="${place}" s="${format}" t="inlineStr"><is><t${space}>${xmlText(clipped)}</t></is></c>`
}

const dayMs = 86_400_000
const epoch1900 = 25_569
/** Before it, the calendars of spreadsheets disagree with each other. */
const firstDay = '1900-03-01'

function dateSerial(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < firstDay) return undefined
  const days = Date.parse(`${text}T00:00:00Z`) / dayMs
  return Number.isInteger(days) ? days + epoch1900 : undefined
}

const moneyStyles = new Map([
  [0, style.money0],
  [2, style.money2],
  [3, style.money3],
  [4, style.money4],
])

function formatOf(cell: OutCell, kind: CellKind): number {
  if (typeof cell === 'object' && cell !== null) {
    return moneyStyles.get(minorDigits(cell.currency)) ?? style.general
  }
  return kind === 'rate' ? style.rate : style.general
}

function cellXml(cell: OutCell, kind: CellKind, place: string): string {
  if (cell === null) return ''
  if (typeof cell === 'string') {
    const serial = kind === 'date' ? dateSerial(cell) : undefined
    return serial === undefined
      ? textCellXml(cell, style.text, place)
      : `<c r="${place}" s="${style.date}"><v>${serial}</v></c>`
  }
  const number = decimalText(cell)
  if (number === undefined) return ''
  const digits = number.replace(/^-?[0.]*/, '').replace('.', '')
  const kept = number.includes('.') ? digits.replace(/0+$/, '') : digits
  if (typeof cell === 'object' && kept.length > digitsMost) {
    return textCellXml(number, style.text, place)
  }
  return `<c r="${place}" s="${formatOf(cell, kind)}"><v>${number}</v></c>`
}

/** A column as the sheet writes it: its kind and its letters. */
interface SheetColumn {
  kind: CellKind
  letters: string
}

/** `AB` of index 27. */
function lettersOf(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest > 0 ? lettersOf(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
}

/** Rows and cells say where they are: not every reader counts them. */
function rowXml(row: OutRow, columns: readonly SheetColumn[], line: number): string {
  let cells = ''
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]
    if (column) cells += cellXml(row[i] ?? null, column.kind, `${column.letters}${line}`)
  }
  return `<row r="${line}">${cells}</row>`
}

const widths: Record<CellKind, number> = { text: 24, number: 12, rate: 10, date: 12, money: 16 }

function sheetStart(columns: readonly OutColumn[], first: boolean): string {
  const cols = columns.map(
    ({ kind }, i) => `<col min="${i + 1}" max="${i + 1}" width="${widths[kind]}" customWidth="1"/>`,
  )
  const headers = columns
    .map(({ header }, i) => textCellXml(header, style.header, `${lettersOf(i)}1`))
    .join('')
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView${first ? ' tabSelected="1"' : ''} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData><row r="1">${headers}</row>`
}

const sheetEnd = '</sheetData></worksheet>'

/** A name that a sheet can have. */
function sheetName(title: string, count: number): string {
  const name = title
    .replace(/[[\]:*?/\\]|\p{Cc}/gu, ' ')
    .replace(/^'+|'+$/g, '')
    .trim()
  const ending = count === 1 ? '' : ` ${count}`
  return `${(name === '' ? 'Sheet' : name).slice(0, 31 - ending.length)}${ending}`
}

/** Rows one after the other, to be taken a sheet's worth at a time. */
class RowSource {
  private readonly rows: AsyncIterator<readonly OutRow[]>
  private kept: readonly OutRow[] = []
  done = false

  constructor(rows: OutRows) {
    this.rows = (async function* () {
      yield* rows
    })()
  }

  /** Some rows, at most so many; undefined at the end. */
  async next(most: number): Promise<readonly OutRow[] | undefined> {
    while (this.kept.length === 0 && !this.done) {
      const { value, done } = await this.rows.next()
      if (done) this.done = true
      else this.kept = value
    }
    if (this.kept.length === 0) return undefined
    const some = this.kept.slice(0, most)
    this.kept = this.kept.slice(most)
    return some
  }

  /** Whether another row comes. */
  async more(): Promise<boolean> {
    const next = await this.next(0)
    return next !== undefined
  }

  async stop(): Promise<void> {
    await this.rows.return?.()
  }
}

async function* sheetXml(
  columns: readonly OutColumn[],
  source: RowSource,
  first: boolean,
  rowsMost: number,
): AsyncGenerator<string> {
  yield sheetStart(columns, first)
  const placed = columns.map(({ kind }, i): SheetColumn => ({ kind, letters: lettersOf(i) }))
  for (let line = 2; line <= rowsMost; ) {
    const rows = await source.next(rowsMost + 1 - line)
    if (rows === undefined) break
    const from = line
    yield rows.map((row, i) => rowXml(row, placed, from + i)).join('')
    line += rows.length
  }
  yield sheetEnd
}

function listXml(names: readonly string[]): string {
  const sheets = names.map(
    (name, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><bookViews><workbookView/></bookViews><sheets>${sheets.join('')}</sheets></workbook>`
}

function relationsXml(relations: readonly [id: string, type: string, target: string][]): string {
  const all = relations.map(
    ([id, type, target]) =>
      `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`,
  )
  return `${declaration}<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`
}

function typesXml(): string {
  const special = [
    ['workbook', 'sheet.main+xml'],
    ['styles', 'styles+xml'],
  ].map(
    ([part, type]) => `<Override PartName="/xl/${part}.xml" ContentType="${contentType}.${type}"/>`,
  )
  return `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${contentType}.worksheet+xml"/>${special.join('')}</Types>`
}

export interface XlsxOptions {
  /** Name of the sheet. */
  title: string
  /** Rows of a sheet with its headers, before another begins. */
  sheetRows?: number
}

export async function* writeXlsx(
  columns: readonly OutColumn[],
  rows: OutRows,
  options: XlsxOptions,
): AsyncGenerator<Uint8Array> {
  const source = new RowSource(rows)
  try {
    yield* zipStream(entriesOf(columns, source, options), 'plain')
  } finally {
    await source.stop()
  }
}

/** The parts of the file; how many sheets there are is known when the rows have gone out. */
async function* entriesOf(
  columns: readonly OutColumn[],
  source: RowSource,
  { title, sheetRows = sheetRowsMost }: XlsxOptions,
): AsyncGenerator<ZipEntry> {
  yield { name: '[Content_Types].xml', content: [typesXml()] }
  yield {
    name: '_rels/.rels',
    content: [relationsXml([['rId1', 'officeDocument', 'xl/workbook.xml']])],
  }
  yield { name: 'xl/styles.xml', content: [stylesXml()] }
  const names: string[] = []
  do {
    names.push(sheetName(title, names.length + 1))
    yield {
      name: `xl/worksheets/sheet${names.length}.xml`,
      content: sheetXml(columns, source, names.length === 1, sheetRows),
    }
  } while (await source.more())
  yield { name: 'xl/workbook.xml', content: [listXml(names)] }
  const sheets = names.map((_, i): [string, string, string] => [
    `rId${i + 1}`,
    'worksheet',
    `worksheets/sheet${i + 1}.xml`,
  ])
  yield {
    name: 'xl/_rels/workbook.xml.rels',
    content: [relationsXml([...sheets, [`rId${names.length + 1}`, 'styles', 'styles.xml']])],
  }
}
