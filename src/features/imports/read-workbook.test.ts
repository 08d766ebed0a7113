// Spreadsheet files: what their cells become, which sheet is read, and what is refused before anything is parsed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type BookSource,
  bookOf,
  type Changes,
  letters,
  sheetXml,
} from '../../../tests/hostile/book.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { RowReject, TypedRow } from './calc/convert.ts'
import type { Mapping } from './calc/mapping.ts'
import type { Inspection } from './calc/plan.ts'
import { planImport } from './calc/plan.ts'
import { sharedStringReader, sharedTextsMost } from './calc/shared-strings.ts'
import { inspectFile, readRows } from './read-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-workbook-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function file(bytes: Uint8Array | string, name = 'book.xlsx'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

type CellSource = string | number | boolean | null | { xml: string }

function cellXml(cell: CellSource, place: string): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'object') return cell.xml.replace('<c', `<c r="${place}"`)
  return `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`
}

function rowsXml(rows: readonly (readonly CellSource[])[], first = 1): string {
  return rows
    .map((cells, i) => {
      const line = first + i
      const inside = cells.map((cell, at) => cellXml(cell, `${letters(at)}${line}`)).join('')
      return `<row r="${line}">${inside}</row>`
    })
    .join('')
}

const formatted = (value: number | string, style: number) => ({
  xml: `<c s="${style}"><v>${value}</v></c>`,
})

/** Cells of the rows as they are read, without converting them. */
async function cellsOf(book: BookSource, changes: Changes = {}, mapping: Mapping = {}) {
  const inspection = await inspectFile(await file(bookOf(book, changes)), {
    mapping: { header: true, ...mapping },
  })
  return { ...inspection, cells: inspection.sample.map((one) => one.cells) }
}

async function one(rows: readonly (readonly CellSource[])[], rest: Partial<BookSource> = {}) {
  return cellsOf({ sheets: [{ name: 'Data', rows: rowsXml(rows) }], ...rest })
}

const codesOf = ({ notes }: Inspection) => notes.map((note) => note.code)

describe('cells', () => {
  test('dates by their format, in both calendars, and with their time', async () => {
    const formats = [
      0,
      14,
      22,
      'dd\\.mm\\.yyyy',
      '[$-407]d. mmmm yyyy',
      '[h]:mm',
      'h:mm',
      'mm:ss.0',
    ]
    const row = [
      formatted(45_292, 1),
      formatted(45_292.75, 2),
      formatted(45_292, 3),
      formatted(1, 4),
      formatted(61, 3),
      formatted(60, 1),
      formatted(1.5, 5),
      formatted(0.25, 6),
      formatted(45_292.9999999999, 1),
      formatted(3_000_000, 1),
      { xml: '<c t="d"><v>2024-01-05T00:00:00</v></c>' },
    ]
    const headers = row.map((_, i) => `h${i}`)
    const { cells } = await one([headers, row], { formats })
    expect(cells[0]).toEqual([
      '2024-01-01',
      '2024-01-01 18:00:00',
      '2024-01-01',
      '1900-01-01',
      '1900-03-01',
      '1900-02-29',
      '1.5',
      '06:00:00',
      '2024-01-02',
      '3000000',
      '2024-01-05',
    ])
    const later = await one([headers, row], { formats, from1904: true })
    expect(later.cells[0]?.slice(0, 4)).toEqual([
      '2028-01-02',
      '2028-01-02 18:00:00',
      '2028-01-02',
      '1904-01-02',
    ])
  })

  test('numbers are plain text, without traces of binary fractions', async () => {
    const formats = [
      0,
      4,
      '0.00%',
      '#,##0.00\\ "€"',
      '00000',
      '0.00E+00',
      '# ?/?',
      '#,##0.00,',
      '0',
    ]
    const row = [
      formatted('19.989999999999998', 0),
      formatted('1.5E-7', 0),
      formatted('1.2345E+17', 0),
      formatted('1234.5678', 1),
      formatted('0.12345', 2),
      formatted('2.675', 3),
      formatted('1234', 4),
      formatted('-0.001', 3),
      formatted('1234.5678', 5),
      formatted('0.3333', 6),
      formatted('1234.5678', 7),
      formatted('12.49', 8),
      formatted('1E+300', 0),
    ]
    const found = await one([row.map((_, i) => `h${i}`), row], { formats })
    expect(found.cells[0]).toEqual([
      '19.99',
      '0.00000015',
      '123450000000000000',
      '1234.57',
      '0.12345',
      '2.68',
      '01234',
      '0',
      '1234.5678',
      '0.3333',
      '1234.5678',
      '12.49',
      '1e300',
    ])
    expect(found.notes.find((note) => note.code === 'numbers_rounded')?.params).toEqual({
      cells: 3,
    })
  })

  test('texts: shared, inline, of formulas, in several styles, escaped, with reading aids', async () => {
    const cells = [
      { xml: '<c t="s"><v>1</v></c>' },
      { xml: '<c t="str"><f>A1&amp;"x"</f><v>a &amp; b</v></c>' },
      { xml: '<c t="inlineStr"><is><r><t>Gr</t></r><r><rPr><b/></rPr><t>öße</t></r></is></c>' },
      { xml: '<c t="s"><v>2</v></c>' },
      { xml: '<c t="s"><v>3</v></c>' },
      { xml: '<c t="b"><v>1</v></c>' },
      { xml: '<c t="e"><v>#N/A</v></c>' },
      { xml: '<c><f>1+1</f><v>2</v></c>' },
      { xml: '<c><f>1+1</f></c>' },
      { xml: '<c t="str"><f>""</f><v></v></c>' },
      { xml: '<c t="inlineStr"><is><t><![CDATA[<b>]]></t><!-- no --></is></c>' },
    ]
    const found = await one([cells.map((_, i) => `h${i}`), cells], {
      strings: [
        'never',
        'first',
        'a_x000D_b_x005F_x',
        '漢</t><rPh sb="0" eb="1"><t>kan</t></rPh><t>字',
      ],
    })
    expect(found.cells[0]).toEqual([
      'first',
      'a & b',
      'Größe',
      'a\rb_x',
      '漢字',
      'TRUE',
      '#N/A',
      '2',
      '#N/A',
      '',
      '<b>',
    ])
    expect(codesOf(found)).toContain('formulas_without_result')
  })

  test('shared texts may be empty, and many', async () => {
    const strings = ['', 'first', '', 'x'.repeat(1000)]
    const cells = [0, 1, 2, 3].map((at) => ({ xml: `<c t="s"><v>${at}</v></c>` }))
    const found = await one([['a', 'b', 'c', 'd'], cells], { strings })
    expect(found.cells[0]).toEqual(strings)
    const many = sharedStringReader(() => {
      throw new Error('full')
    })
    expect(() => {
      for (let i = 0; i <= sharedTextsMost; i++) {
        many.open('si', '')
        many.close('si')
      }
    }).toThrow('full')
    expect(many.strings.length).toBe(sharedTextsMost + 1)
  })

  test('rows and cells may be missing, and need not say where they are', async () => {
    const rows =
      '<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c><c t="inlineStr"><is><t>c</t></is></c></row>' +
      '<row r="5"><c r="B5"><v>1</v></c></row><row r="7"/><row r="9"><c><v>2</v></c><c r="C9"><v>3</v></c></row>'
    const { sample, read } = await cellsOf({ sheets: [{ name: 'Data', rows }] })
    expect(sample.map(({ line, cells }) => [line, ...cells])).toEqual([
      [5, '', '1', ''],
      [9, '2', '', '3'],
    ])
    expect(read).toBe(2)
  })

  test('what is merged over rows holds for each of them, unless it is a number', async () => {
    const rows = rowsXml([
      ['Region', 'Customer', 'Amount', 'Note'],
      ['West', 7, 100, 'x'],
      [null, null, null, 'y'],
      [null, null, null, null],
      ['East', 8, 200, 'z'],
    ])
    const behind =
      '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/><mergeCell ref="C2:C4"/><mergeCell ref="D5:E5"/></mergeCells>'
    const found = await cellsOf({ sheets: [{ name: 'Data', rows, behind }] })
    expect(found.cells).toEqual([
      ['West', '7', '100', 'x'],
      ['West', '', '', 'y'],
      ['East', '8', '200', 'z'],
    ])
    expect(codesOf(found)).toContain('merged_filled')
  })

  test('titles above the table are skipped, and what stands beside it is told', async () => {
    const found = await one([
      ['Sales 2024'],
      [],
      ['Number', 'Seller', 'Stage', 'Amount'],
      ['1', 'Ana', 'Won', 10, null, 'checked'],
      ['2', 'Ben', 'Won', 20],
    ])
    expect(found.headers).toEqual(['Number', 'Seller', 'Stage', 'Amount'])
    expect(found.cells).toEqual([
      ['1', 'Ana', 'Won', '10'],
      ['2', 'Ben', 'Won', '20'],
    ])
    expect(codesOf(found)).toEqual(['sheet_read', 'titles_skipped', 'cells_beside'])
  })

  test('names of elements may have a prefix, and the text may be UTF-16', async () => {
    const rows = rowsXml([
      ['a', 'b'],
      [1, 'Zoë'],
    ]).replace(/<(\/?)/g, '<$1x:')
    const book = { sheets: [{ name: 'Data', rows }], prefix: 'x:' }
    expect((await cellsOf(book)).cells).toEqual([['1', 'Zoë']])
    const wide = sheetXml(rowsXml([['a'], ['Zoë']])).replace('UTF-8', 'UTF-16')
    const utf16 = Buffer.from(`\ufeff${wide}`, 'utf16le')
    const found = await cellsOf(book, { 'xl/worksheets/sheet1.xml': utf16 })
    expect(found.cells).toEqual([['Zoë']])
  })
})

const table = rowsXml([
  ['Number', 'Seller', 'Stage', 'Closed on', 'Amount'],
  ['D1', 'Ana', 'Won', '2024-02-01', 100.5],
  ['D2', '=1+1', 'Won', '2024-02-30', -3],
  ['D3', 'Ben', 'Won', '2024-02-03', 7],
])

async function typed(path: string, mapping: Mapping = {}) {
  const inspection = await inspectFile(path, { mapping })
  const { plan, questions } = planImport(inspection, { as: 'deals', currency: 'EUR', mapping })
  if (!plan) throw new Error(questions.map(({ text }) => text.en).join(' '))
  const rows: TypedRow[] = []
  const rejects: RowReject[] = []
  for await (const batch of readRows(path, plan)) {
    rows.push(...batch.rows)
    rejects.push(...batch.rejects)
  }
  return { rows, rejects, inspection }
}

describe('sheets', () => {
  test('rows become typed, and those set aside are lines of CSV that run nothing', async () => {
    const path = await file(bookOf({ sheets: [{ name: 'Data', rows: table }] }))
    const { rows, rejects, inspection } = await typed(path)
    expect(inspection.read).toBe(3)
    expect(rows.map(({ line, values }) => [line, values.seller, values.amount])).toEqual([
      [2, 'Ana', 10_050],
      [4, 'Ben', 700],
    ])
    expect(rejects.map(({ line, code, raw }) => [line, code, raw])).toEqual([
      [3, 'not_a_date', "D2,'=1+1,Won,2024-02-30,-3"],
    ])
  })

  test('the only sheet with data is taken; of several, one is asked for and can be named', async () => {
    const other = rowsXml([
      ['Number', 'Seller', 'Stage'],
      ['X1', 'Cleo', 'Won'],
    ])
    const alone = await file(
      bookOf({
        sheets: [
          { name: 'Empty', rows: '' },
          { name: 'Data', rows: table },
          { name: 'Lists', rows: other, state: 'hidden' },
        ],
      }),
    )
    expect((await inspectFile(alone)).layout.sheet).toBe('Data')
    const path = await file(
      bookOf({
        sheets: [
          { name: 'Data', rows: table },
          { name: 'Möre & "x"', rows: other },
        ],
      }),
    )
    const inspection = await inspectFile(path)
    expect(
      inspection.questions.map(({ code, options }) => [code, options.map((o) => o.value)]),
    ).toEqual([['which_sheet', [{ sheet: 'Data' }, { sheet: 'Möre & "x"' }]]])
    const mapping = { sheet: 'Möre & "x"' }
    const planned = planImport(inspection, { as: 'deals', currency: 'EUR', mapping })
    expect(planned).toMatchObject({ inspectAgain: true, questions: [] })
    expect((await typed(path, mapping)).rows.map(({ values }) => values.seller)).toEqual(['Cleo'])
    await expect(inspectFile(path, { mapping: { sheet: 'None' } })).rejects.toMatchObject({
      detail: { code: 'import.mapping_invalid', field: 'sheet' },
    })
  })

  test('macros and links to elsewhere are not looked at', async () => {
    const parts = {
      'xl/vbaProject.bin': 'not a project',
      'xl/externalLinks/externalLink1.xml': '<!DOCTYPE x><x>',
    }
    const path = await file(
      bookOf({ sheets: [{ name: 'Data', rows: table }] }, parts),
      'macro.xlsm',
    )
    expect((await typed(path)).rows).toHaveLength(2)
  })

  test('sizes in the wide form, as streaming writers put them', async () => {
    const bytes = bookOf({ sheets: [{ name: 'Data', rows: table }] }, {}, { wide: true })
    expect((await typed(await file(bytes))).rows).toHaveLength(2)
  })
})

describe('refusals', () => {
  const sheet = 'xl/worksheets/sheet1.xml'
  async function refused(changes: Changes, rows = table): Promise<Refusal['detail']> {
    const bytes = bookOf({ sheets: [{ name: 'Data', rows }], strings: ['a'] }, changes)
    return inspectFile(await file(bytes)).then(
      () => Promise.reject(new Error('it was read')),
      (error: unknown) => {
        if (error instanceof Refusal) return error.detail
        throw error
      },
    )
  }

  test.each<[string, Changes, string]>([
    ['a document type', { [sheet]: '<!DOCTYPE x><worksheet/>' }, 'forbidden_xml'],
    ['an entity', { [sheet]: sheetXml('<row><c><v>&lol;</v></c></row>') }, 'forbidden_xml'],
    ['levels without end', { [sheet]: '<a>'.repeat(100) }, 'forbidden_xml'],
    ['an open element', { [sheet]: '<worksheet><sheetData>' }, 'damaged_xml'],
    [
      'another encoding',
      { [sheet]: '<?xml version="1.0" encoding="EBCDIC-37"?><x/>' },
      'damaged_xml',
    ],
    ['bytes that are no UTF-8', { [sheet]: Buffer.from([0x3c, 0x61, 0x3e, 0xff]) }, 'damaged_xml'],
    ['a NUL', { [sheet]: sheetXml('<row><c><v>\0</v></c></row>') }, 'damaged_xml'],
    ['no sheet', { [sheet]: null }, 'damaged_archive'],
    ['no list of sheets', { 'xl/workbook.xml': null }, 'damaged_archive'],
    ['no way to it', { '_rels/.rels': null }, 'not_text'],
    [
      'a size that lies',
      { [sheet]: { bytes: sheetXml(table), lie: { size: 50 } } },
      'damaged_archive',
    ],
    [
      'a check sum that lies',
      { [sheet]: { bytes: sheetXml(table), lie: { crc: 1 } } },
      'damaged_archive',
    ],
    ['a password', { [sheet]: { bytes: sheetXml(table), lie: { flags: 1 } } }, 'encrypted'],
    ['a way of packing', { [sheet]: { bytes: 'x', lie: { method: 12 } } }, 'damaged_archive'],
    [
      'the same bytes twice',
      { [sheet]: { bytes: sheetXml(table), twice: 'b' } },
      'damaged_archive',
    ],
    ['a name twice', { 'XL/Workbook.xml': 'x' }, 'damaged_archive'],
    [
      'another name inside',
      { [sheet]: { bytes: sheetXml(table), localName: 'xl/worksheets/sheet2.xml' } },
      'damaged_archive',
    ],
    ['too much unpacked', { bomb: { bytes: 'x', lie: { size: 501_000_000 } } }, 'too_large'],
    [
      'a shared text that is not there',
      { [sheet]: sheetXml('<row><c t="s"><v>9</v></c></row>') },
      'damaged_xml',
    ],
  ])('%s', async (_, changes, reason) => {
    const detail = await refused(changes)
    expect(detail.particulars).toMatchObject({
      reason,
      file: 'book.xlsx',
      line: expect.any(Number),
    })
    expect(detail.message).toContain('book.xlsx')
    expect(detail.message).not.toMatch(/\{\w+\}/)
  })

  test('rows and cells out of order name their place', async () => {
    const back = '<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    expect((await refused({}, back)).particulars).toMatchObject({ reason: 'damaged_xml', line: 3 })
    const twice = '<row r="4"><c r="B4"><v>1</v></c><c r="B4"><v>2</v></c></row>'
    expect((await refused({}, twice)).particulars).toMatchObject({ line: 4, column: 'B' })
  })

  test('a file cut off anywhere is refused', async () => {
    const bytes = bookOf({ sheets: [{ name: 'Data', rows: table }] })
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      const path = await file(bytes.subarray(0, Math.floor(bytes.length * share)))
      await expect(inspectFile(path)).rejects.toMatchObject({
        detail: { particulars: { reason: 'damaged_archive' } },
      })
    }
  })

  test('more than 50 MB packed', async () => {
    const bytes = Buffer.alloc(50_000_001)
    bytes.set([0x50, 0x4b, 3, 4])
    await expect(inspectFile(await file(bytes))).rejects.toMatchObject({
      detail: { code: 'import.too_large', particulars: { reason: 'too_large_packed' } },
    })
  })

  test('more than a million rows', async () => {
    let rows = '<row><c t="inlineStr"><is><t>Number</t></is></c></row>'
    rows += '<row><c><v>1</v></c></row>'.repeat(1_000_000)
    expect(await refused({}, rows)).toMatchObject({
      code: 'import.too_large',
      particulars: { reason: 'too_many_rows', line: 1_000_001 },
    })
  })
})
