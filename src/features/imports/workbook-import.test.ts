// Spreadsheets and pasted cells through the whole import: questions, rows stored, rows set aside as CSV.
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import type { OutColumn, OutRow } from '../../platform/files/table-out.ts'
import { writeXlsx } from '../../platform/files/xlsx-out.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const columns: OutColumn[] = [
  { header: 'Number', kind: 'text' },
  { header: 'Seller', kind: 'text' },
  { header: 'Customer', kind: 'text' },
  { header: 'Stage', kind: 'text' },
  { header: 'Closed on', kind: 'date' },
  { header: 'Amount', kind: 'money' },
]
const row = (number: string, closedOn: string, amount: number, customer = 'Berg'): OutRow => [
  number,
  'Ana Weber',
  customer,
  'Won',
  closedOn,
  { amount, currency: 'EUR' },
]

async function bytesOf(rows: OutRow[], sheetRows?: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const options = { title: 'Deals', ...(sheetRows ? { sheetRows } : {}) }
  for await (const part of writeXlsx(columns, [rows], options)) parts.push(part)
  return Buffer.concat(parts)
}

test('rows of a spreadsheet are stored; those set aside come as CSV and can be taken in', async () => {
  const world = await importWorld(db)
  const rows = [
    row('D-1', '2024-02-01', 10_050),
    row('D-2', 'someday', -300, '=HYPERLINK("http://x","y")'),
    row('D-3', '2024-02-03', 700),
  ]
  const book = await bytesOf(rows)
  const { id, counts, state } = await world.take('deals.xlsx', book, { kind: 'deals' })
  expect({ state, ...counts }).toMatchObject({ state: 'applied', read: 3, added: 2, rejected: 1 })
  const { rows: rejects } = await world.call<{ rows: { line: number }[] }>('imports.rejects', {
    id,
  })
  expect(rejects.map((one) => one.line)).toEqual([3])
  const file = await text(
    (await world.call<NodeJS.ReadableStream>('imports.rejects-file', { id })) as never,
  )
  expect(file).toBe(
    'Number,Seller,Customer,Stage,Closed on,Amount\r\n' +
      `D-2,Ana Weber,"'=HYPERLINK(""http://x"",""y"")",Won,someday,-3\r\n`,
  )
  const corrected = file.replace('someday', '2024-02-02').replace('-3\r', '3\r')
  expect((await world.take('rest.csv', corrected, { kind: 'deals' })).counts).toMatchObject({
    read: 1,
    added: 1,
  })
  // The same file again changes nothing, though one is a spreadsheet and was written anew.
  const again = await world.take('deals.xlsx', await bytesOf(rows), { kind: 'deals' })
  expect(again.counts).toMatchObject({ unchanged: 2, rejected: 1 })
})

test('which of several sheets is read is asked, and the answer kept with the import', async () => {
  const world = await importWorld(db)
  const rows = [
    row('D-1', '2024-02-01', 1),
    row('D-2', '2024-02-02', 2),
    row('D-3', '2024-02-03', 3),
  ]
  const book = await bytesOf(rows, 3)
  const asked = await world.upload('deals.xlsx', book, { kind: 'deals' })
  expect(asked.state).toBe('asking')
  const [question] = asked.questions
  expect(question).toMatchObject({ code: 'which_sheet' })
  expect(question?.options.map((one) => one.label.en)).toEqual(['Deals', 'Deals 2'])
  const value = question?.options[1]?.value
  const ready = await world.call<typeof asked>('imports.set-mapping', {
    id: asked.id,
    answers: [{ code: 'which_sheet', value }],
  })
  expect(ready).toMatchObject({
    state: 'ready',
    mapping: { sheet: 'Deals 2' },
    counts: { read: 1 },
  })
  expect((await world.apply(asked.id)).counts).toMatchObject({ read: 1, added: 1 })
  const named = await world.take('deals.xlsx', book, { kind: 'deals', mapping: { sheet: 'Deals' } })
  expect(named.counts).toMatchObject({ read: 2, added: 2 })
})

test('what was done to the cells of a spreadsheet is told before anything is stored', async () => {
  const world = await importWorld(db)
  const rows: OutRow[] = [
    ['Sales of the year', null, null, null, null, null],
    columns.map((column) => column.header),
    row('D-1', '2024-02-01', 1),
    row('D-2', '2024-02-02', 2),
  ]
  const parts: Uint8Array[] = []
  const untitled = columns.map(({ kind }) => ({ header: '', kind }))
  for await (const part of writeXlsx(untitled, [rows], { title: 'Deals' })) parts.push(part)
  const batch = await world.upload('deals.xlsx', Buffer.concat(parts), { kind: 'deals' })
  expect(batch).toMatchObject({ state: 'ready', counts: { read: 2 } })
  expect(batch.notes).toContainEqual({
    code: 'titles_skipped',
    text: {
      en: 'The lines above the table, up to line 2, are not read.',
      de: 'Die Zeilen über der Tabelle, bis Zeile 2, werden nicht gelesen.',
    },
  })
})

test('cells pasted from a spreadsheet are read like a file', async () => {
  const world = await importWorld(db)
  const pasted =
    'Nummer\tVerkäufer\tKunde\tPhase\tAbgeschlossen am\tBetrag\r\n' +
    'D-1\tAna Weber\tBerg\tGewonnen\t01.02.2024\t1.234,50 €\r\n' +
    'D-2\tAna Weber\t"Tal\nund ""Söhne"""\tGewonnen\t13.02.2024\t-5,00 €\r\n'
  const batch = await world.upload('pasted.tsv', pasted)
  expect(batch.questions).toEqual([])
  expect(batch).toMatchObject({ state: 'ready', kind: 'deals', counts: { read: 2, rejected: 0 } })
  expect(batch.firstRows).toMatchObject([
    { customer: 'Berg', closed_on: '2024-02-01', amount: 123_450 },
    { customer: 'Tal und "Söhne"', closed_on: '2024-02-13', amount: -500 },
  ])
})
