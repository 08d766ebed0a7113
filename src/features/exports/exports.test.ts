// What leaves as a file is what the list shows to the same person: exact, harmless, and good to come in again.
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { FileAnswer } from '../../basics/contract.ts'
import { openZip } from '../../platform/files/unzip.ts'
import { inspectFile } from '../imports/read-file.ts'
import { exportTables } from './contract.ts'
import { atMost } from './write-file.ts'

let db: TestDatabase
let world: ImportWorld
let folder: string
beforeAll(async () => {
  db = await freshDatabase()
  world = await importWorld(db)
  folder = await mkdtemp(join(tmpdir(), 'kontor-exports-'))
  await fill()
}, 60_000)
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await db.close()
})

const hostile = ['=1+1', '+49 512', '-5', '@SUM(A1)', '=HYPERLINK("http://x","y")']

async function fill(): Promise<void> {
  for (const [i, name] of ['Alm', 'Tal', ...hostile].entries()) {
    await world.call('customers.create', {
      name: `${name} ${i}`,
      externalId: `C-${i}`,
      country: i === 0 ? 'Austria' : 'Germany',
      region: i < 2 ? name : null,
      employees: i === 0 ? 120 : null,
      traits: i === 1 ? { Loyalty: 'gold' } : { '=Risk': name },
    })
  }
  await world.call('products.create', { name: 'Bolt', traits: { Tab: '\tx', Return: '\rx' } })
  const { rows: stages } = await world.call<{ rows: { id: string; outcome: string }[] }>(
    'stages.list',
  )
  const stage = (outcome: string) => stages.find((one) => one.outcome === outcome)?.id ?? ''
  const deal = (number: string, more: object) =>
    world.call('deals.create', {
      externalId: number,
      seller: { name: 'Ana Weber' },
      customer: { name: 'Berg' },
      product: { name: 'Pump' },
      openedOn: '2024-01-05',
      ...more,
    })
  await deal('D-1', { stageId: stage('won'), closedOn: '2024-02-10', amount: 123_456 })
  await deal('D-2', { stageId: stage('won'), closedOn: '2024-02-11', amount: -250, quantity: 2.5 })
  await deal('D-3', {
    stageId: stage('lost'),
    closedOn: '2024-02-12',
    amount: 500,
    currency: 'JPY',
    lostReason: { name: 'price' },
  })
  await deal('D-4', { stageId: stage('open'), amount: null })
  await world.call('orders.create', {
    number: 'A-1',
    on: '2024-03-01',
    customer: { name: 'Tal' },
    seller: { name: 'Ana Weber' },
    lines: [
      { product: { name: 'Pump' }, quantity: 2, price: '1.505', discount: 0.1 },
      { product: { name: 'Hose' }, quantity: 1, amount: 700 },
    ],
  })
}

async function file(input: object): Promise<{ path: string; name: string }> {
  const { name, bytes } = await world.call<FileAnswer>('exports.table', input)
  const path = join(folder, name)
  await pipeline(bytes, createWriteStream(path))
  return { path, name }
}

async function text(input: object): Promise<string> {
  const { bytes } = await world.call<FileAnswer>('exports.table', input)
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** Header and rows of a spreadsheet, as the import reads them. */
async function sheet(input: object): Promise<{ headers: readonly string[]; rows: string[][] }> {
  const { path } = await file({ ...input, format: 'xlsx' })
  const { headers, sample } = await inspectFile(path, { mapping: { header: true } })
  return { headers, rows: sample.map(({ cells }) => [...cells]) }
}

test('a list comes as its screen gives it: filtered, in order, exact', async () => {
  const csv = await text({ table: 'deals', filter: { outcome: 'won' } })
  expect(csv).toBe(
    'Number,Seller,Customer,Product,Stage,Opened on,Closed on,Amount,Currency,Quantity,Reason lost\r\n' +
      'D-2,Ana Weber,Berg,Pump,Won,2024-01-05,2024-02-11,-2.50,EUR,2.5,\r\n' +
      'D-1,Ana Weber,Berg,Pump,Won,2024-01-05,2024-02-10,1234.56,EUR,1,\r\n',
  )
  const fields = await text({ table: 'deals', headers: 'fields', filter: { outcome: 'lost' } })
  expect(fields).toBe(
    'external_id,seller,customer,product,stage,opened_on,closed_on,amount,currency,quantity,lost_reason\r\n' +
      'D-3,Ana Weber,Berg,Pump,Lost,2024-01-05,2024-02-12,500,JPY,1,price\r\n',
  )
  expect((await text({ table: 'deals', lang: 'de' })).split(',').slice(0, 3)).toEqual([
    'Nummer',
    'Verkäufer/in',
    'Kundin/Kunde',
  ])
})

test('a spreadsheet holds numbers as numbers and days as days', async () => {
  const { headers, rows } = await sheet({ table: 'deals', filter: { outcome: 'won' } })
  expect(headers).toContain('Closed on')
  expect(rows[0]).toEqual([
    'D-2',
    'Ana Weber',
    'Berg',
    'Pump',
    'Won',
    '2024-01-05',
    '2024-02-11',
    '-2.5',
    'EUR',
    '2.5',
    '',
  ])
  const { path, name } = await file({ table: 'deals', format: 'xlsx', lang: 'de' })
  expect(name).toMatch(/^Verkaufschancen \d{4}-\d\d-\d\d\.xlsx$/)
  const xml = await sheetXml(path)
  expect(xml).toContain('<v>-2.50</v>')
  expect(xml).toMatch(/s="3"><v>45332<\/v>/)
})

async function sheetXml(path: string): Promise<string> {
  const zip = await openZip(path, { packed: 1e7, unpacked: 1e8, entries: 10 })
  let xml = ''
  for await (const piece of zip.read('xl/worksheets/sheet1.xml')) {
    xml += Buffer.from(piece).toString()
  }
  await zip.close()
  return xml
}

test('S6: what a spreadsheet would run is text, in both formats and in headers', async () => {
  const csv = await text({ table: 'customers' })
  expect(csv.split('\r\n')[0]).toContain("'=Risk")
  for (const value of hostile) {
    const cell = `'${value}`
    const quoted = cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell
    expect(csv, JSON.stringify(value)).toContain(`,${quoted},`)
  }
  expect(csv).not.toMatch(/(^|,|\n)"?[=+@\t-]/)
  expect(await text({ table: 'products', filter: { search: 'Bolt' } })).toContain(
    `,"'\rx",'\tx\r\n`,
  )
  const { path } = await file({ table: 'customers', format: 'xlsx' })
  const xml = await sheetXml(path)
  expect(xml).not.toMatch(/<f[ >]/)
  expect(xml).toContain('t="inlineStr"><is><t>=1+1</t></is>')
  const { rows } = await sheet({ table: 'customers', filter: { search: '=1+1' } })
  expect(rows[0]?.at(-1)).toBe('=1+1')
})

describe('comes in again', () => {
  const formats = [
    ['csv', 'words', 'en'],
    ['csv', 'fields', 'en'],
    ['xlsx', 'words', 'de'],
  ] as const
  test.each(formats)('deals as %s with %s, %s: all unchanged', async (format, headers, lang) => {
    const { bytes, name } = await world.call<FileAnswer>('exports.table', {
      table: 'deals',
      format,
      headers,
      lang,
    })
    const batch = await world.take(name, await whole(bytes), { kind: 'deals' })
    expect(batch.counts).toMatchObject({ read: 4, unchanged: 4, added: 0, updated: 0, rejected: 0 })
  })

  test('customers with their own fields, whatever their names look like: all unchanged', async () => {
    const { bytes } = await world.call<FileAnswer>('exports.table', {
      table: 'customers',
      format: 'xlsx',
    })
    const batch = await world.take('customers.xlsx', await whole(bytes), { kind: 'customers' })
    expect(batch.counts).toMatchObject({ read: 9, unchanged: 9, added: 0, updated: 0, rejected: 0 })
  })

  test('CSV of customers whose names run nothing: all unchanged', async () => {
    const csv = await text({ table: 'customers', filter: { region: 'Tal' } })
    const batch = await world.take('customers.csv', csv, { kind: 'customers' })
    expect(batch.counts).toMatchObject({ read: 1, unchanged: 1, added: 0, updated: 0 })
  })
})

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts)
}

test('orders come as heads, and as lines with all that belongs to them', async () => {
  expect(await text({ table: 'orders', headers: 'fields' })).toBe(
    'order_no,ordered_on,seller,customer,deal,kind,amount,currency\r\n' +
      'A-1,2024-03-01,Ana Weber,Tal,,sale,9.71,EUR\r\n',
  )
  expect(await text({ table: 'order-lines', headers: 'fields' })).toBe(
    'order_no,ordered_on,seller,customer,deal,kind,line_no,product,quantity,price,discount,amount,currency,cost\r\n' +
      'A-1,2024-03-01,Ana Weber,Tal,,sale,1,Pump,2,1.505,0.1,2.71,EUR,\r\n' +
      'A-1,2024-03-01,Ana Weber,Tal,,sale,2,Hose,1,,,7.00,EUR,\r\n',
  )
})

test('figures, facts, overview and board come with intervals and in exact amounts', async () => {
  const period = { from: '2024-01-01', until: '2024-04-01' }
  expect(
    await text({
      table: 'figures',
      headers: 'fields',
      filter: { metric: ['revenue', 'win-rate'], by: ['seller'], ...period },
    }),
  ).toMatch(
    /^seller,revenue,win-rate,win-rate_low,win-rate_high,win-rate_n\r\nAna Weber,1232\.06,(0\.\d+)?,(0\.\d+)?,(0\.\d+)?,3\r\n$/,
  )
  const facts = await text({
    table: 'facts',
    headers: 'fields',
    filter: { metric: 'revenue', ...period },
  })
  const lines = facts.trimEnd().split('\r\n').slice(1)
  expect(lines.map((line) => line.split(',')[12])).toEqual(['-2.50', '1234.56'])
  const overview = await sheet({ table: 'overview', filter: period })
  expect(overview.headers.slice(0, 2)).toEqual(['Period', 'Revenue'])
  expect(overview.rows).toHaveLength(3)
  expect(overview.rows[0]?.slice(0, 2)).toEqual(['2024-Q1', '1232.06'])
  const board = await sheet({ table: 'board', filter: period })
  expect(board.rows.map((row) => row[0])).toEqual(['Ana Weber'])
})

test('a crossed question holds all rows and columns, and totals of their own last', async () => {
  const cross = await sheet({
    table: 'cross',
    filter: {
      metric: ['win-rate', 'revenue'],
      by: ['seller', 'month'],
      compare: 'year-ago',
      from: '2024-01-01',
      until: '2024-04-01',
    },
  })
  const plain = await world.call<{ total: { revenue: { now: { value: number } } } }>(
    'results.cross',
    {
      metric: ['revenue'],
      from: '2024-01-01',
      until: '2024-04-01',
    },
  )
  expect(cross.rows.at(-1)?.[0]).toBe('=')
  expect(cross.headers).toContain('Revenue, a year ago')
  const revenue = cross.headers.indexOf('Revenue')
  expect(cross.rows.at(-1)?.[revenue]).toBe((plain.total.revenue.now.value / 100).toFixed(2))
})

test('every table can be had in both formats, also when nothing is in it', async () => {
  const empty = await importWorld(db)
  const { id } = await empty.call<{ id: string }>('products.create', { name: 'Pump' })
  const filters: Record<string, object> = {
    facts: { metric: 'revenue' },
    figures: { metric: ['revenue'] },
    'product-card': { id },
    'segment-card': { where: { industry: ['-'] } },
  }
  for (const table of exportTables) {
    for (const format of ['csv', 'xlsx']) {
      const { bytes } = await empty.call<FileAnswer>('exports.table', {
        table,
        format,
        filter: filters[table] ?? {},
      })
      expect((await whole(bytes)).length, table).toBeGreaterThan(5)
    }
  }
})

test('all rows come, not only a page of them', async () => {
  const many = await importWorld(db)
  const names = Array.from({ length: 1_203 }, (_, i) => `Customer ${i}`)
  await many.take(
    'many.csv',
    `Name,Country\n${names.map((name) => `${name},Austria\n`).join('')}`,
    { kind: 'customers' },
  )
  const { bytes } = await many.call<FileAnswer>('exports.table', {
    table: 'customers',
    filter: { limit: 5, count: true },
  })
  const lines = Buffer.from(await whole(bytes))
    .toString()
    .trimEnd()
    .split('\r\n')
    .slice(1)
  expect(lines).toHaveLength(1_203)
  expect(new Set(lines).size).toBe(1_203)
})

test('a filter the list does not have is refused by its name, and rights are those of the list', async () => {
  await expect(
    world.call('exports.table', { table: 'customers', filter: { colour: 'red' } }),
  ).rejects.toMatchObject({ message: expect.stringContaining('colour') })
  const nobody = { ...world.who, roles: [] }
  await expect(
    world.call('exports.table', { table: 'customers' }, { as: nobody }),
  ).rejects.toMatchObject({ detail: { code: 'request.no_right' } })
  const seller = { ...world.who, roles: ['seller' as const], sellerId: db.newId() }
  const { bytes } = await world.call<FileAnswer>(
    'exports.table',
    { table: 'deals' },
    { as: seller },
  )
  expect(
    Buffer.from(await whole(bytes))
      .toString()
      .trimEnd()
      .split('\r\n'),
  ).toHaveLength(1)
})

test('more rows than a file holds are refused, and nothing is left behind', async () => {
  const read = async () => {
    for await (const _ of atMost([[['a'], ['b']], [['c']]], 2)) {
      // only counted
    }
  }
  await expect(read()).rejects.toMatchObject({ detail: { code: 'export.too_many_rows' } })
  const { bytes } = await world.call<FileAnswer>('exports.table', { table: 'customers' })
  const iterator = bytes[Symbol.asyncIterator]()
  await iterator.next()
  await iterator.return?.()
  expect(await readdir(join(world.program.dataDir, 'outgoing', 'tables'))).toEqual([])
})
