// What the program writes, it reads: tables as CSV and as spreadsheets come back as they were.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testSeed } from '../../../tests/seed.ts'
import { fromMinor } from '../../basics/money.ts'
import { writeCsv } from '../../platform/files/csv-out.ts'
import type { OutCell, OutColumn, OutRow } from '../../platform/files/table-out.ts'
import { openZip } from '../../platform/files/unzip.ts'
import { writeXlsx } from '../../platform/files/xlsx-out.ts'
import { inspectFile } from './read-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-round-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

const columns: OutColumn[] = [
  { header: 'Name', kind: 'text' },
  { header: 'Quantity', kind: 'number' },
  { header: 'Share', kind: 'rate' },
  { header: 'Day', kind: 'date' },
  { header: 'Amount', kind: 'money' },
]

async function file(name: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

async function* inParts(rows: readonly OutRow[], size: number) {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size)
}

/** As the reader gives it. */
function readAs(cell: OutCell): string {
  if (cell === null) return ''
  if (typeof cell === 'object') {
    const text = fromMinor(cell.amount, cell.currency)
    return text.includes('.') ? text.replace(/\.?0+$/, '') : text
  }
  return String(cell)
}

const text = fc
  .array(fc.constantFrom(...'=+-@\t\n"\',;<>&é漢😀_x0041_\u0001 a1'), { maxLength: 15 })
  .map((parts) => parts.join(''))
  .filter((one) => one.trim() !== '')
const row = fc.tuple(
  fc.oneof(text, fc.constantFrom('_x000D_', '-5', '1e5', 'TRUE', '2024-01-01', '#N/A', "'x")),
  fc.oneof(
    fc.integer(),
    fc.integer().map((n) => n / 1000),
    fc.constant(null),
  ),
  fc.oneof(
    fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
    fc.constant(null),
  ),
  fc.oneof(
    fc
      .integer({ min: -25_508, max: 80_000 })
      .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10)),
    fc.constant(null),
  ),
  fc.oneof(
    fc.record({
      amount: fc.integer({ min: -1e14, max: 1e14 }),
      currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'),
    }),
    fc.constant(null),
  ),
)

test('a spreadsheet comes back cell by cell, whatever its texts look like', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      const path = await file('book.xlsx', writeXlsx(columns, inParts(rows, 7), { title: 'Deals' }))
      const { headers, sample, layout, read } = await inspectFile(path, {
        mapping: { header: true },
      })
      expect(layout.sheet).toBe('Deals')
      expect(headers).toEqual(columns.map((column) => column.header))
      expect(read).toBe(rows.length)
      expect(sample.map((record) => record.cells)).toEqual(rows.map((cells) => cells.map(readAs)))
    }),
    { seed: testSeed, numRuns: 60 },
  )
})

test('CSV comes back, with an apostrophe before what would be a formula', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 40 }), async (rows) => {
      const path = await file('table.csv', writeCsv(columns, inParts(rows, 7)))
      const { sample } = await inspectFile(path, { mapping: { header: true, delimiter: ',' } })
      const written = (cell: OutCell) =>
        typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell)
          ? `'${cell}`
          : cell === null || typeof cell !== 'object'
            ? readAs(cell)
            : fromMinor(cell.amount, cell.currency)
      expect(sample.map((record) => record.cells)).toEqual(rows.map((cells) => cells.map(written)))
    }),
    { seed: testSeed, numRuns: 60 },
  )
})

test('rows beyond one sheet go on in the next, under the same headers', async () => {
  const rows = Array.from({ length: 25 }, (_, i): OutRow => [`n${i}`, i, null, null, null])
  const path = await file(
    'many.xlsx',
    writeXlsx(columns, inParts(rows, 4), { title: 'Deals: [all]', sheetRows: 11 }),
  )
  const { questions } = await inspectFile(path)
  expect(questions[0]?.options.map((one) => one.value)).toEqual([
    { sheet: 'Deals   all' },
    { sheet: 'Deals   all 2' },
    { sheet: 'Deals   all 3' },
  ])
  const last = await inspectFile(path, { mapping: { sheet: 'Deals   all 3' } })
  expect(last.sample.map(({ cells }) => cells[0])).toEqual(['n20', 'n21', 'n22', 'n23', 'n24'])
})

test('a spreadsheet without rows has its headers', async () => {
  const path = await file('empty.xlsx', writeXlsx(columns, [], { title: '' }))
  expect(await inspectFile(path)).toMatchObject({ read: 0, layout: { sheet: 'Sheet' } })
})

test('no part of a spreadsheet is a formula, headers are bold and stay in view', async () => {
  const path = await file(
    'safe.xlsx',
    writeXlsx(columns, [[['=1+1', 1, 0.5, '2024-02-29', { amount: -1250, currency: 'EUR' }]]], {
      title: 'x',
    }),
  )
  const limits = { packed: 1e6, unpacked: 1e6, entries: 10 }
  const zip = await openZip(path, limits)
  const partText = async (name: string) => {
    let content = ''
    for await (const piece of zip.read(name)) content += Buffer.from(piece).toString()
    return content
  }
  const sheet = await partText('xl/worksheets/sheet1.xml')
  expect(sheet).not.toMatch(/<f[ >]/)
  expect(sheet).toContain('<c r="A2" s="2" t="inlineStr"><is><t>=1+1</t></is></c>')
  expect(sheet).toContain('<v>-12.50</v>')
  expect(sheet).toContain('state="frozen"')
  expect(sheet).toContain('<c r="A1" s="1" t="inlineStr"><is><t>Name</t>')
  expect(await partText('xl/styles.xml')).toContain('<font><b/>')
  await zip.close()
})

test('half a million rows are written in the memory of a few', async () => {
  async function* rows() {
    for (let i = 0; i < 500; i++) {
      yield Array.from(
        { length: 1000 },
        (_, at): OutRow => [
          `Customer ${i * 1000 + at}`,
          at,
          0.5,
          '2024-02-29',
          { amount: at, currency: 'EUR' },
        ],
      )
    }
  }
  const before = process.memoryUsage().rss
  let bytes = 0
  let most = 0
  for await (const piece of writeXlsx(columns, rows(), { title: 'Deals' })) {
    bytes += piece.length
    most = Math.max(most, process.memoryUsage().rss - before)
  }
  expect(bytes).toBeGreaterThan(4_000_000)
  expect(most).toBeLessThan(250_000_000)
})
