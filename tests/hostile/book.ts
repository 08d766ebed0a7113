// Writes spreadsheet files part by part, for tests: every part can be replaced or left out.
import { type Part, type ZipForm, zipOf } from './zip.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

export interface SheetSource {
  name: string
  /** Content of `<sheetData>`. */
  rows: string
  /** Behind `<sheetData>`. */
  behind?: string
  state?: 'hidden' | 'veryHidden'
}

export interface BookSource {
  sheets: SheetSource[]
  strings?: string[]
  /** `numFmtId`s or codes of the cell formats, in their order; 0 is General. */
  formats?: (number | string)[]
  from1904?: boolean
  /** Before the names of elements, with its colon. */
  prefix?: string
}

export function sheetXml(rows: string, behind = '', prefix = ''): string {
  const xmlns = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`
  return `${declaration}<${prefix}worksheet ${xmlns}="${main}"><${prefix}sheetData>${rows}</${prefix}sheetData>${behind}</${prefix}worksheet>`
}

function stylesXml(formats: readonly (number | string)[]): string {
  const written = formats.filter((one) => typeof one === 'string')
  const ids = formats.map((one) => (typeof one === 'string' ? 200 + written.indexOf(one) : one))
  const codes = written.map(
    (code, i) =>
      `<numFmt numFmtId="${200 + i}" formatCode="${escapeXml(code).replaceAll('"', '&quot;')}"/>`,
  )
  const cells = ids.map((id) => `<xf numFmtId="${id}" applyNumberFormat="1"/>`)
  return `${declaration}<styleSheet xmlns="${main}"><numFmts count="${codes.length}">${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${cells.join('')}</cellXfs></styleSheet>`
}

/** The parts of a book, by their names. */
export function partsOf(book: BookSource): Map<string, string> {
  const { sheets, strings, formats = [0], from1904, prefix = '' } = book
  const relations = sheets.map(
    (_, i) =>
      `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  )
  relations.push(`<Relationship Id="rS" Type="${office}/styles" Target="/xl/styles.xml"/>`)
  if (strings) {
    relations.push(
      `<Relationship Id="rT" Type="${office}/sharedStrings" Target="sharedStrings.xml"/>`,
    )
  }
  const list = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${escapeXml(name).replaceAll('"', '&quot;')}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  )
  const parts = new Map([
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}">${from1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${list.join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships">${relations.join('')}</Relationships>`,
    ],
    ['xl/styles.xml', stylesXml(formats)],
  ])
  if (strings) {
    const items = strings.map((text) => `<si><t xml:space="preserve">${text}</t></si>`)
    parts.set('xl/sharedStrings.xml', `${declaration}<sst xmlns="${main}">${items.join('')}</sst>`)
  }
  sheets.forEach(({ rows, behind }, i) => {
    parts.set(`xl/worksheets/sheet${i + 1}.xml`, sheetXml(rows, behind, prefix))
  })
  return parts
}

/** Parts that a test leaves out: null; those it replaces or adds: their content or a whole part. */
export type Changes = Readonly<Record<string, string | Uint8Array | Omit<Part, 'name'> | null>>

export function bookOf(book: BookSource, changes: Changes = {}, form: ZipForm = {}): Buffer {
  const parts = new Map<string, Omit<Part, 'name'>>()
  for (const [name, bytes] of partsOf(book)) parts.set(name, { bytes })
  for (const [name, change] of Object.entries(changes)) {
    if (change === null) parts.delete(name)
    else if (typeof change === 'string' || change instanceof Uint8Array)
      parts.set(name, { bytes: change })
    else parts.set(name, change)
  }
  return zipOf(
    [...parts].map(([name, part]) => ({ name, ...part })),
    form,
  )
}

/** `AB` of index 27. */
export function letters(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest > 0 ? letters(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
}
