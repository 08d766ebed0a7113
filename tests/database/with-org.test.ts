// The one way into the database: entering, reading, writing, the chain.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemChance } from '../../src/platform/clock.ts'
import { openPools } from '../../src/platform/database/connect.ts'
import { insertRecord, updateRecord } from '../../src/platform/database/records.ts'
import { openDatabase } from '../../src/platform/database/with-org.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

test('a write makes one revision, and its history row is in the chain', async () => {
  const actor = await db.newOrg()
  const { result: id, revision } = await db.database.write(actor, 'customers.create', (tx) =>
    insertRecord(tx, 'customer', { name: 'Acme', name_key: 'acme', employees: 12, traits: {} }),
  )
  expect(revision).toBe(1)
  const { result: version } = await db.database.write(actor, 'customers.edit', (tx) =>
    updateRecord(tx, 'customer', id, { name: 'Acme', employees: 13, traits: { a: 'b' } }, 1),
  )
  expect(version).toBe(2)
  const rows = await db.database.read(actor, (tx) =>
    tx.rows<{ fields: unknown }>(
      sql`SELECT fields FROM history WHERE org_id = ${actor.orgId} ORDER BY version`,
    ),
  )
  expect(rows[1]?.fields).toEqual({ employees: [12, 13], traits: [{}, { a: 'b' }] })
})

test('an edit of an outdated version is refused with both sides', async () => {
  const actor = await db.newOrg()
  const { result: id } = await db.database.write(actor, 'customers.create', (tx) =>
    insertRecord(tx, 'customer', { name: 'Acme', name_key: 'acme', traits: {} }),
  )
  await db.database.write(actor, 'x', (tx) => updateRecord(tx, 'customer', id, { city: 'Kiel' }, 1))
  await expect(
    db.database.write(actor, 'x', (tx) => updateRecord(tx, 'customer', id, { city: 'Bremen' }, 1)),
  ).rejects.toMatchObject({
    detail: { code: 'record.changed', particulars: { theirs: { city: 'Kiel' } } },
  })
})

test('the same key twice has one effect and one answer', async () => {
  const actor = await db.newOrg()
  const idempotency = { key: 'a-key-of-mine', inputDigest: Buffer.from('x') }
  const write = () =>
    db.database.write(
      actor,
      'customers.create',
      (tx) => insertRecord(tx, 'customer', { name: 'Acme', name_key: 'acme', traits: {} }),
      { idempotency },
    )
  const answers = await Promise.all(Array.from({ length: 8 }, write))
  expect(new Set(answers.map((answer) => answer.result)).size).toBe(1)
  const [row] = await db.database.read(actor, (tx) =>
    tx.rows<{ n: number }>(sql`SELECT count(*) AS n FROM customer WHERE org_id = ${actor.orgId}`),
  )
  expect(row?.n).toBe(1)
})

test('whoever waits too long for a connection is told that too much is asked', async () => {
  const actor = await db.newOrg()
  const pools = openPools(db.connection.app, { size: 1, waitMs: 50 })
  const small = openDatabase(pools, { newId: db.newId, chance: systemChance })
  const look = sql<{ name: string }>`SELECT name FROM org WHERE org_id = ${actor.orgId}`
  let refused: unknown
  await small.read(actor, async (tx) => {
    await tx.first(look)
    refused = await small.read(actor, (other) => other.first(look)).catch((error) => error)
  })
  expect(refused).toMatchObject({ detail: { code: 'server.busy', status: 503 } })
  expect(await small.read(actor, (tx) => tx.first(look))).toEqual({ name: 'Test' })
  await pools.close()
})
