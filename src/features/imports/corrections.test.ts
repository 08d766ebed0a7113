// The quarantine: set-aside rows are corrected, sent again, and never lost; mappings are kept by name.
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Reject {
  line: number
  cells: string[]
  column: string | null
  value: string | null
  code: string
  correctedIn: string | null
}
type Detail = Awaited<ReturnType<ImportWorld['take']>>

const rejects = (world: ImportWorld, id: string) =>
  world.call<{ rows: Reject[] }>('imports.rejects', { id }).then(({ rows }) => rows)
const won = async ({ who }: ImportWorld) =>
  db.database.read(who, async (tx) => {
    const row = await tx.first<{ n: number; amount: number }>(sql`
      SELECT count(*) AS n, coalesce(sum(amount), 0)::int8 AS amount FROM deal WHERE org_id = ${tx.orgId} AND change_out IS NULL`)
    return [row?.n, row?.amount]
  })

const text = `number;customer;stage;closed on;amount
1;"Acme; Ltd";Won;03.02.2026;10,00
2;Bolt;Won;03.13.2026;20,00
3;Cole;Won;soon;30,00
4;Dorn;Won;soon;40,00
5;Erle;Won;05.02.2026;fünfzig
`
const mapping = { currency: 'EUR', dates: 'DD.MM.YYYY', decimal: ',' }

test('cells of single rows and an answer for all rows with a value bring the rows in', async () => {
  const world = await importWorld(db)
  const first = await world.take('deals.csv', text, { kind: 'deals', mapping })
  expect(first.counts).toMatchObject({ read: 5, added: 1, rejected: 4 })
  const aside = await rejects(world, first.id)
  expect(aside.map(({ line, value, cells }) => [line, value, cells.length])).toEqual([
    [3, '03.13.2026', 5],
    [4, 'soon', 5],
    [5, 'soon', 5],
    [6, 'fünfzig', 5],
  ])
  const sent = await world.call<Detail>('imports.resend', {
    id: first.id,
    rows: [{ line: 3, cells: ['2', 'Bolt', 'Won', '13.03.2026', '20,00'] }],
    replace: [{ column: 3, value: 'soon', with: '04.02.2026' }],
  })
  expect(sent).toMatchObject({ corrects: first.id, state: 'ready', counts: { read: 3, added: 3 } })
  await world.apply(sent.id)
  expect(await won(world)).toEqual([4, 10_000])
  expect(
    (await rejects(world, first.id)).map(({ line, correctedIn }) => [line, correctedIn]),
  ).toEqual([
    [3, sent.id],
    [4, sent.id],
    [5, sent.id],
    [6, null],
  ])
  // What is still wrong after correcting is set aside again, in the new import.
  const still = await world.call<Detail>('imports.resend', {
    id: first.id,
    rows: [{ line: 6, cells: ['5', 'Erle', 'Won', '05.02.2026', '50,0,0'] }],
  })
  expect(still.counts).toMatchObject({ read: 1, rejected: 1 })
  await world.call('imports.cancel', { id: still.id })
  expect((await rejects(world, first.id)).at(-1)).toMatchObject({ line: 6, correctedIn: null })
})

test('nothing corrected is refused; a corrected import is taken back like any other', async () => {
  const world = await importWorld(db)
  const first = await world.take('deals.csv', text, { kind: 'deals', mapping })
  await expect(
    world.call('imports.resend', {
      id: first.id,
      replace: [{ column: 3, value: 'later', with: '01.01.2026' }],
    }),
  ).rejects.toMatchObject({ detail: { code: 'import.nothing_corrected' } })
  const sent = await world.call<Detail>('imports.resend', {
    id: first.id,
    replace: [{ column: 3, value: 'soon', with: '04.02.2026' }],
  })
  await world.apply(sent.id)
  expect(await won(world)).toEqual([3, 8_000])
  await world.call('imports.undo', { id: sent.id })
  expect(await won(world)).toEqual([1, 1_000])
})

test('reasons and repeated values are counted; the list is narrowed by reason and by what is open', async () => {
  const world = await importWorld(db)
  const first = await world.take('deals.csv', text, { kind: 'deals', mapping })
  const counted = () => world.call<object>('imports.reasons', { id: first.id })
  expect(await counted()).toEqual({
    reasons: [
      { code: 'not_a_date', column: 'closed on', rows: 3, open: 3 },
      { code: 'not_a_number', column: 'amount', rows: 1, open: 1 },
    ],
    values: [{ column: 'closed on', value: 'soon', rows: 2 }],
  })
  const sent = await world.call<Detail>('imports.resend', {
    id: first.id,
    replace: [{ column: 3, value: 'soon', with: '04.02.2026' }],
  })
  await world.apply(sent.id)
  expect(await counted()).toEqual({
    reasons: [
      { code: 'not_a_date', column: 'closed on', rows: 3, open: 1 },
      { code: 'not_a_number', column: 'amount', rows: 1, open: 1 },
    ],
    values: [],
  })
  const lines = (wanted: object) =>
    world
      .call<{ rows: Reject[] }>('imports.rejects', { id: first.id, ...wanted })
      .then(({ rows }) => rows.map(({ line }) => line))
  expect(await lines({ code: 'not_a_date' })).toEqual([3, 4, 5])
  expect(await lines({ column: 'amount' })).toEqual([6])
  expect(await lines({ open: true })).toEqual([3, 6])
  // Taken back, the corrected rows wait again; doing it after all brings them in again.
  const undo = await world.call<{ changeId: string }>('imports.undo', { id: sent.id })
  expect(await lines({ open: true })).toEqual([3, 4, 5, 6])
  await world.call('changes.undo', { id: undo.changeId })
  expect(await lines({ open: true })).toEqual([3, 6])
})

test('a file without headers is corrected by its columns', async () => {
  const world = await importWorld(db)
  const first = await world.take('orders.txt', '0001 19970101 1 11.77\n0002 1997013 2 12.00\n', {
    kind: 'orders',
    mapping: {
      header: false,
      delimiter: 'blank',
      currency: 'USD',
      dates: 'YYYYMMDD',
      columns: { '1': 'customer', '2': 'ordered_on', '3': 'quantity', '4': 'amount' },
    },
  })
  expect(first.counts).toMatchObject({ added: 1, rejected: 1 })
  const sent = await world.call<Detail>('imports.resend', {
    id: first.id,
    rows: [{ line: 2, cells: ['0002', '19970103', '2', '12.00'] }],
  })
  expect(sent.counts).toMatchObject({ read: 1, added: 1 })
})

test('a kept mapping reads the next file with the same headers; others are asked as before', async () => {
  const world = await importWorld(db)
  const odd = 'Beleg;Wer;Wann;Wieviel\n1;Acme;03.02.2026;10,00\n'
  const columns = { Beleg: 'order_no', Wer: 'customer', Wann: 'ordered_on', Wieviel: 'amount' }
  const first = await world.take('shop.csv', odd, {
    kind: 'orders',
    mapping: { ...mapping, columns },
  })
  const { changeId } = await world.call<{ changeId: string }>('imports.save-mapping', {
    id: first.id,
    name: 'Shop',
  })
  const upload = (content: string) =>
    world.call<Detail>(
      'imports.upload',
      { fileName: 'next.csv' },
      {
        body: Readable.from([Buffer.from(content)]),
      },
    )
  const next = await upload('Wann;Beleg;Wer;Wieviel\n04.02.2026;2;Bolt;20,00\n')
  expect(next).toMatchObject({ kind: 'orders', state: 'ready', counts: { read: 1, added: 1 } })
  expect([first.readBy, next.readBy]).toEqual([null, 'Shop'])
  const anew = await world.call<Detail>('imports.set-mapping', { id: next.id, mapping: {} })
  expect([anew.readBy, anew.state]).toEqual([null, 'asking'])
  // However the next file is written down: from a spreadsheet by way of the clipboard.
  const tabs = await upload('Wann\tBeleg\tWer\tWieviel\n05.02.2026\t4\tBolt\t20,00\n')
  expect(tabs).toMatchObject({ readBy: 'Shop', state: 'ready', counts: { read: 1, added: 1 } })
  expect(await world.call('imports.mappings')).toMatchObject({
    rows: [{ name: 'Shop', kind: 'orders' }],
  })
  await world.call('changes.undo', { id: changeId })
  expect((await upload('Wann;Beleg;Wer;Wieviel\n04.02.2026;3;Bolt;20,00\n')).state).toBe('asking')
})

test('the sample file of every kind is read without a question', async () => {
  const world = await importWorld(db)
  const { rows } = await world.call<{ rows: { kind: string }[] }>('imports.kinds')
  for (const { kind } of rows) {
    for (const lang of ['en', 'de']) {
      const sample = await world.call<string>('imports.sample', { kind, lang })
      const detail = await world.upload(`${kind}.csv`, sample, { kind: kind as 'deals' })
      expect([kind, lang, detail.state, detail.questions, detail.counts.rejected]).toEqual([
        kind,
        lang,
        'ready',
        [],
        0,
      ])
      await world.call('imports.cancel', { id: detail.id })
    }
  }
})
