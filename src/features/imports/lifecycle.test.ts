// What can happen to an import on its way: questions, cancelling, twice at once, lost staging, closed periods.
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { applyBatch, recoverBatches } from './operations.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const csv = `number,seller,customer,product,stage,opened on,closed on,amount,currency
D-1,Ana Weber,Acme,Pump,Won,2026-01-05,2026-02-01,100.50,EUR
D-2,Ben Roth,Acme,Pump,Won,2026-01-05,2026-02-03,20,EUR
D-3,Ben Roth,"Berg; ""Söhne""
KG",Pump,Won,2026-01-05,,20,EUR
`

async function stored(world: ImportWorld) {
  const [row] = await db.database.read(world.who, (tx) =>
    tx.rows<Record<string, number>>(sql`
      SELECT (SELECT count(*) FROM deal WHERE org_id = ${world.who.orgId}) AS deals, (SELECT count(*) FROM sale WHERE org_id = ${world.who.orgId}) AS sales,
        (SELECT count(*) FROM seller WHERE org_id = ${world.who.orgId}) AS sellers, (SELECT revision FROM org_head WHERE org_id = ${world.who.orgId}) AS revision,
        (SELECT count(*) FROM import_row WHERE org_id = ${world.who.orgId}) AS staged, (SELECT count(*) FROM import_mention WHERE org_id = ${world.who.orgId}) AS mentions`),
  )
  return row
}
const job = (world: ImportWorld, batchId: string) => ({
  orgId: world.who.orgId,
  personId: world.who.personId,
  batchId,
})
const incoming = (world: ImportWorld) =>
  readdir(join(world.program.dataDir, 'incoming', world.who.orgId))

test('columns that are not recognised are asked about; the answer and changed columns lead to rows', async () => {
  const world = await importWorld(db)
  const asked = await world.upload('x.csv', 'deal number;who;state;worth\nA1;Ana;Won;12,50\n', {
    kind: 'deals',
    mapping: { currency: 'EUR' },
  })
  expect(asked.state).toBe('asking')
  const question = asked.questions.find((one) => one.code === 'field_missing')
  const stage = question?.options.find((one) => JSON.stringify(one.value).includes('state'))
  const answered = await world.call<typeof asked>('imports.set-mapping', {
    id: asked.id,
    answers: [{ code: 'field_missing', value: stage?.value }],
  })
  expect(answered.questions.map((one) => one.code)).not.toContain('field_missing')
  const ready = await world.call<typeof asked>('imports.set-mapping', {
    id: asked.id,
    columns: { who: 'seller', worth: 'amount', 'deal number': 'external_id' },
  })
  expect(ready).toMatchObject({ state: 'ready', counts: { read: 1, rejected: 1 } })
  const open = await world.call<typeof asked>('imports.set-mapping', {
    id: asked.id,
    mapping: { ...ready.mapping, values: { state: { Won: 'Proposal' } } },
  })
  expect(open).toMatchObject({
    state: 'ready',
    counts: { read: 1, added: 1, rejected: 0 },
    firstRows: [{ seller: 'Ana', amount: 1250, stage: 'Proposal' }],
  })
  expect((await world.apply(asked.id)).state).toBe('applied')
})

test('a cancelled waiting import is gone with its file; a stored one cannot be cancelled', async () => {
  const world = await importWorld(db)
  const waiting = await world.upload('deals.csv', csv)
  expect(await incoming(world)).not.toEqual([])
  expect(await world.call('imports.cancel', { id: waiting.id })).toMatchObject({
    state: 'discarded',
  })
  expect(await incoming(world)).toEqual([])
  expect(await stored(world)).toMatchObject({ deals: 0, staged: 0, mentions: 0, revision: 1 })
  await expect(world.apply(waiting.id)).rejects.toMatchObject({
    detail: { code: 'import.not_ready' },
  })
  const applied = await world.take('deals.csv', csv)
  expect(await incoming(world)).toEqual([])
  await expect(world.call('imports.cancel', { id: applied.id })).rejects.toMatchObject({
    detail: { code: 'import.already_applied' },
  })
  await expect(world.call('imports.set-mapping', { id: applied.id })).rejects.toMatchObject({
    detail: { code: 'import.not_waiting' },
  })
})

test('cancelling while it is being stored leaves nothing; it can be stored later', async () => {
  const world = await importWorld(db)
  const { id } = await world.upload('deals.csv', csv)
  await world.call('imports.apply', { id })
  await world.call('imports.cancel', { id })
  await applyBatch(world.program, job(world, id))
  expect(await world.call('imports.get', { id })).toMatchObject({
    state: 'cancelled',
    changeId: null,
  })
  expect(await stored(world)).toMatchObject({ deals: 0, sales: 0, sellers: 0, revision: 1 })
  expect(await world.apply(id)).toMatchObject({ state: 'applied', counts: { added: 2 } })
})

test('run twice at once or once more, the job stores once', async () => {
  const world = await importWorld(db)
  const { id } = await world.upload('deals.csv', csv)
  await world.call('imports.apply', { id })
  await Promise.all([1, 2, 3].map(() => applyBatch(world.program, job(world, id))))
  await applyBatch(world.program, job(world, id))
  expect(await world.call('imports.get', { id })).toMatchObject({
    state: 'applied',
    counts: { read: 3, added: 2, rejected: 1 },
  })
  expect(await stored(world)).toEqual({
    deals: 2,
    sales: 2,
    sellers: 2,
    revision: 2,
    staged: 0,
    mentions: 0,
  })
})

test('rows that a crash of the database took from the staging table are read from the file again', async () => {
  const world = await importWorld(db)
  const { id } = await world.upload('deals.csv', csv)
  await world.call('imports.apply', { id })
  await db.owner.query('TRUNCATE import_row, import_mention')
  await applyBatch(world.program, job(world, id))
  expect(await world.call('imports.get', { id })).toMatchObject({
    state: 'applied',
    counts: { read: 3, added: 2, rejected: 1 },
  })
  expect(await stored(world)).toMatchObject({ deals: 2, sales: 2 })
  expect(await world.call('imports.rejects', { id })).toMatchObject({ rows: [{ line: 4 }] })
})

test('after a restart what was being stored is queued again, half-read files and orphans go', async () => {
  const world = await importWorld(db)
  const applying = await world.upload('a.csv', csv)
  await world.call('imports.apply', { id: applying.id })
  const reading = await world.upload('b.csv', csv)
  await db.owner.query(`UPDATE import_batch SET state = 'read' WHERE id = $1`, [reading.id])
  const orphan = await world.upload('c.csv', csv)
  await db.owner.query('UPDATE import_batch SET file_path = NULL WHERE id = $1', [orphan.id])
  const queued: unknown[] = []
  const jobs = { add: async (task: string, payload: unknown) => void queued.push([task, payload]) }
  await recoverBatches({ ...world.program, jobs }, world.who)
  expect(queued).toEqual([['imports.apply', job(world, applying.id)]])
  expect(await world.call('imports.get', { id: reading.id })).toMatchObject({
    state: 'discarded',
    error: { code: 'import.interrupted' },
  })
  expect((await incoming(world)).filter((name) => !name.startsWith(applying.id))).toEqual([])
})

test('a closed period refuses the whole import with its sentence, and it can be tried again', async () => {
  const world = await importWorld(db)
  const lock = await world.call<{ id: string }>('period-locks.set', {
    from: '2026-02-01',
    until: '2026-03-01',
    reason: 'closed',
  })
  const { id } = await world.upload('deals.csv', csv)
  expect(await world.apply(id)).toMatchObject({ state: 'failed', error: { code: 'period.locked' } })
  expect(await stored(world)).toMatchObject({ deals: 0, sales: 0, sellers: 0 })
  await world.call('period-locks.remove', { id: lock.id })
  expect(await world.apply(id)).toMatchObject({ state: 'applied', error: null })
})

test('the file of rejected rows has the form of the original and can be corrected and taken in', async () => {
  const world = await importWorld(db)
  const { id } = await world.take('deals.csv', csv)
  const file = await text(
    (await world.call<NodeJS.ReadableStream>('imports.rejects-file', { id })) as never,
  )
  expect(file).toBe(
    `${csv.split('\n')[0]}\r\nD-3,Ben Roth,"Berg; ""Söhne""\nKG",Pump,Won,2026-01-05,,20,EUR\r\n`,
  )
  const again = await world.take(
    'corrected.csv',
    file.replace('2026-01-05,,', '2026-01-05,2026-02-09,'),
  )
  expect(again.counts).toMatchObject({ read: 1, added: 1, rejected: 0 })
})

test('a file that cannot be read leaves neither batch nor file', async () => {
  const world = await importWorld(db)
  await expect(world.upload('empty.csv', '')).rejects.toMatchObject({
    detail: { code: 'import.unreadable' },
  })
  await expect(
    world.upload('x.csv', 'a,b\n1,2\n', {
      mapping: { columns: { nope: 'name' } },
      kind: 'customers',
    }),
  ).rejects.toMatchObject({
    detail: { code: 'import.mapping_invalid' },
  })
  expect(await world.call('imports.list')).toMatchObject({ rows: [] })
  expect(
    existsSync(join(world.program.dataDir, 'incoming', world.who.orgId))
      ? await incoming(world)
      : [],
  ).toEqual([])
})

test('imports are listed newest first', async () => {
  const world = await importWorld(db)
  const ids: string[] = []
  for (let i = 0; i < 3; i++) ids.unshift((await world.take(`${i}.csv`, csv)).id)
  const first = await world.call<{ rows: { id: string }[]; next: string }>('imports.list', {
    limit: 2,
  })
  const second = await world.call<{ rows: { id: string }[] }>('imports.list', {
    limit: 2,
    cursor: first.next,
  })
  expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(ids)
})

test('a file that said nothing new when it was read is compared again when something has changed since', async () => {
  const world = await importWorld(db)
  await world.take('first.csv', csv)
  const before = await stored(world)
  const [same, late] = [await world.upload('same.csv', csv), await world.upload('late.csv', csv)]
  expect(late.counts).toMatchObject({ added: 0, updated: 0, unchanged: 2 })
  expect((await world.apply(same.id)).counts).toMatchObject({ updated: 0, unchanged: 2 })
  expect((await stored(world))?.revision).toBe(before?.revision)
  await world.take('other.csv', csv.replace('100.50', '7'))
  expect((await world.apply(late.id)).counts).toMatchObject({ updated: 1, unchanged: 1 })
  expect(await stored(world)).toMatchObject({ revision: (before?.revision ?? 0) + 2, staged: 0 })
})
