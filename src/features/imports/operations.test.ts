// Imports from the file to the rows in the database, and back again.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const rows = <Row>(world: ImportWorld, query: ReturnType<typeof sql<Row>>) =>
  db.database.read(world.who, (tx) => tx.rows<Row>(query))
const revision = async (world: ImportWorld) =>
  (
    await rows<{ revision: number }>(
      world,
      sql`SELECT revision FROM org_head WHERE org_id = ${world.who.orgId}`,
    )
  )[0]?.revision

const dealsCsv = `number,seller,customer,product,stage,opened on,closed on,amount,currency
D-1,Ana Weber,Acme,Pump,Won,2026-01-05,2026-02-01,100.50,EUR
D-2,Ben Roth,Acme,Pump,Lost,2026-01-05,2026-02-03,,EUR
D-3,Ana Weber,Berg,Valve,Proposal,2026-01-09,,70,EUR
D-4,Ana Weber,Berg,Valve,Won,2026-01-09,,70,EUR
`

test('deals come in with the records they mention, bad rows are set aside whole, and the counts add up', async () => {
  const world = await importWorld(db)
  const batch = await world.upload('deals.csv', dealsCsv)
  expect(batch).toMatchObject({
    kind: 'deals',
    state: 'ready',
    counts: { read: 4, added: 3, updated: 0, unchanged: 0, rejected: 1 },
    created: { sellers: 2, customers: 2, products: 2 },
  })
  const applied = await world.apply(batch.id)
  expect(applied).toMatchObject({
    state: 'applied',
    counts: { read: 4, added: 3, updated: 0, unchanged: 0, rejected: 1 },
  })
  const rejects = await world.call<{ rows: unknown[] }>('imports.rejects', { id: batch.id })
  expect(rejects.rows).toMatchObject([
    {
      line: 5,
      code: 'deal.closed_needs_day',
      raw: 'D-4,Ana Weber,Berg,Valve,Won,2026-01-09,,70,EUR',
    },
  ])
  const list = await world.call<{ rows: { externalId: string }[] }>('deals.list', {
    batchId: batch.id,
  })
  expect(list.rows.map((row) => row.externalId)).toEqual(['D-3', 'D-2', 'D-1'])
  expect(
    await rows(
      world,
      sql`SELECT amount, base_amount, on_day FROM sale WHERE org_id = ${world.who.orgId}`,
    ),
  ).toEqual([{ amount: 10050, base_amount: 10050, on_day: '2026-02-01' }])
})

test('the same file again changes nothing and makes no revision', async () => {
  const world = await importWorld(db)
  await world.take('deals.csv', dealsCsv)
  const before = await revision(world)
  const again = await world.take('deals.csv', dealsCsv)
  expect(again).toMatchObject({
    state: 'applied',
    changeId: null,
    counts: { read: 4, added: 0, updated: 0, unchanged: 3, rejected: 1 },
  })
  expect(await revision(world)).toBe(before)
})

test('a changed row replaces its deal and its sale, and the others stay', async () => {
  const world = await importWorld(db)
  await world.take('deals.csv', dealsCsv)
  const changed = dealsCsv
    .replace('100.50', '200.00')
    .replace(
      'D-3,Ana Weber,Berg,Valve,Proposal,2026-01-09,,70',
      'D-3,Ana Weber,Berg,Valve,Won,2026-01-09,2026-03-01,70',
    )
  const batch = await world.take('deals.csv', changed)
  expect(batch.counts).toEqual({ read: 4, added: 0, updated: 2, unchanged: 1, rejected: 1 })
  const sales = await rows(
    world,
    sql`SELECT amount, version FROM sale WHERE org_id = ${world.who.orgId} AND change_out IS NULL ORDER BY amount`,
  )
  expect(sales).toEqual([
    { amount: 7000, version: 1 },
    { amount: 20000, version: 2 },
  ])
})

test('undo takes everything back, records made by mention too; undoing that brings it back', async () => {
  const world = await importWorld(db)
  const batch = await world.take('deals.csv', dealsCsv)
  const open = () =>
    rows(
      world,
      sql`
    SELECT (SELECT count(*) FROM deal WHERE org_id = ${world.who.orgId} AND change_out IS NULL) AS deals,
      (SELECT count(*) FROM sale WHERE org_id = ${world.who.orgId} AND change_out IS NULL) AS sales,
      (SELECT count(*) FROM customer WHERE org_id = ${world.who.orgId} AND state <> 'removed') AS customers`,
    )
  const undone = await world.call<{ changeId: string; kept: unknown[] }>('imports.undo', {
    id: batch.id,
  })
  expect(undone.kept).toEqual([])
  expect(await open()).toEqual([{ deals: 0, sales: 0, customers: 0 }])
  expect(await world.call('imports.get', { id: batch.id })).toMatchObject({
    state: 'undone',
    undoChangeId: undone.changeId,
  })
  const told = { fileHash: createHash('sha256').update(dealsCsv).digest('hex'), revision: 2 }
  expect(await world.call('imports.get', { id: batch.id })).toMatchObject({
    ...told,
    undoRevision: 3,
  })
  expect(await world.call('imports.list')).toMatchObject({
    rows: [{ ...told, undoRevision: 3, createdBy: { id: world.who.personId } }],
  })
  await expect(world.call('imports.undo', { id: batch.id })).rejects.toMatchObject({
    detail: { code: 'import.not_applied' },
  })
  await world.call('changes.undo', { id: undone.changeId })
  expect(await open()).toEqual([{ deals: 3, sales: 1, customers: 2 }])
  expect(await world.call('imports.get', { id: batch.id })).toMatchObject({
    state: 'applied',
    undoChangeId: null,
    ...told,
    undoRevision: null,
  })
  await world.call('imports.undo', { id: batch.id })
  expect(await open()).toEqual([{ deals: 0, sales: 0, customers: 0 }])
})

test('rows without a number are recognised by their content; real duplicates survive', async () => {
  const world = await importWorld(db)
  const csv = `seller,customer,stage,closed on,amount,currency\n${'Ana,Acme,Won,2026-02-01,10,EUR\n'.repeat(3)}Ana,Berg,Won,2026-02-01,10,EUR\n`
  expect((await world.take('deals.csv', csv)).counts).toMatchObject({ read: 4, added: 4 })
  expect((await world.take('deals.csv', csv)).counts).toMatchObject({ unchanged: 4 })
  expect(
    (await world.take('deals.csv', `${csv}Ana,Acme,Won,2026-02-01,10,EUR\n`)).counts,
  ).toMatchObject({ added: 1, unchanged: 4 })
})

test('a second row about the same record is set aside', async () => {
  const world = await importWorld(db)
  const batch = await world.take(
    'customers.csv',
    'name,country,employees\nAcme,Austria,12\nBerg,Italy,3\nacme,Austria,15\n',
    { kind: 'customers' },
  )
  expect(batch.counts).toEqual({ read: 3, added: 2, updated: 0, unchanged: 0, rejected: 1 })
  const rejects = await world.call<{ rows: unknown[] }>('imports.rejects', { id: batch.id })
  expect(rejects.rows).toMatchObject([
    { line: 4, code: 'duplicate_in_file', raw: 'acme,Austria,15' },
  ])
})

describe('each kind of record', () => {
  const files = {
    customers: [
      'name,number,country,industry,employees,founded\nAcme,C1,Austria,medical,12,1999\nBerg,C2,Italy,retail,,2001\n',
      'Italy',
      'France',
    ],
    products: [
      'name,family,list price,cost,currency\nPump,P,10.50,4,EUR\nValve,V,3,,EUR\n',
      '10.50',
      '11',
    ],
    sellers: [
      'name,manager,office\nAna,Jo Falk,West\nBen,Jo Falk,West\nCid,Kim Voss,East\n',
      'Ben,Jo Falk,West',
      'Ben,Kim Voss,East',
    ],
    teams: [
      'name,parent,kind,manager\nWest,,office,\nKey accounts,West,team,Jo Falk\nSmall accounts,West,team,Kim Voss\n',
      'Kim Voss',
      'Jo Falk',
    ],
  } as const
  test.each(Object.entries(files))(
    '%s: in, again, changed, undone',
    async (kind, [csv, from, to]) => {
      const world = await importWorld(db)
      const count = csv.trimEnd().split('\n').length - 1
      const options = { kind: kind as keyof typeof files }
      const first = await world.upload(`${kind}.csv`, csv, options)
      expect(first).toMatchObject({
        kind,
        counts: { read: count, added: count, updated: 0, unchanged: 0, rejected: 0 },
      })
      expect((await world.apply(first.id)).counts).toMatchObject({
        added: count,
        updated: 0,
        unchanged: 0,
      })
      const before = await revision(world)
      const again = await world.upload(`${kind}.csv`, csv, options)
      expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: count })
      expect(await world.apply(again.id)).toMatchObject({ changeId: null })
      expect(await revision(world)).toBe(before)
      const changed = await world.upload(`${kind}.csv`, csv.replace(from, to), options)
      expect(changed.counts).toMatchObject({ added: 0, updated: 1, unchanged: count - 1 })
      expect((await world.apply(changed.id)).counts).toMatchObject({
        updated: 1,
        unchanged: count - 1,
      })
      await world.call('imports.undo', { id: changed.id })
      expect((await world.take(`${kind}.csv`, csv, options)).counts).toMatchObject({
        updated: 0,
        unchanged: count,
      })
    },
  )
})
