// The one way into the database: entering, reading, writing, the chain.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemChance } from '../../src/platform/clock.ts'
import { openPools } from '../../src/platform/database/connect.ts'
import { insertRecord, updateRecord } from '../../src/platform/database/records.ts'
import { prepared } from '../../src/platform/database/statement.ts'
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

test('a prepared statement keeps its plan, never the organisation it was planned for', async () => {
  const actors = [await db.newOrg(), await db.newOrg()]
  for (const [i, actor] of actors.entries()) {
    await db.database.write(actor, 'customers.create', (tx) =>
      insertRecord(tx, 'customer', { name: `Only ${i}`, name_key: `only ${i}`, traits: {} }),
    )
  }
  // Without the organisation in the statement: row security alone parts them.
  const names = prepared(
    sql<{ name: string }>`SELECT name FROM customer WHERE name LIKE ${'Only%'}`,
  )
  // Often enough that the plan for anybody is taken, on every connection that comes to be used.
  for (let i = 0; i < 30; i++) {
    for (const [n, actor] of actors.entries()) {
      const [one, other] = await db.database.read(actor, (tx) =>
        Promise.all([tx.rows(names), tx.rows(names)]),
      )
      expect([one, other]).toEqual([[{ name: `Only ${n}` }], [{ name: `Only ${n}` }]])
    }
  }
  const [actor] = actors
  const kept = await db.database.read(actor as (typeof actors)[number], async (tx) => {
    await tx.rows(names)
    return tx.rows(
      sql`SELECT 1 FROM pg_prepared_statements WHERE statement LIKE '%FROM customer WHERE name LIKE%'`,
    )
  })
  expect(kept).toHaveLength(1)
})

test('after a failure in the middle a prepared statement goes on in the next transaction', async () => {
  const actor = await db.newOrg()
  const zone = prepared(sql<{ zone: string }>`SELECT zone FROM org WHERE org_id = ${actor.orgId}`)
  for (let i = 0; i < 3; i++) {
    const broken = db.database.read(actor, (tx) =>
      Promise.all([tx.rows(sql`SELECT 1 / 0`), tx.rows(zone)]),
    )
    await expect(broken).rejects.toThrow()
    expect(await db.database.read(actor, (tx) => tx.first(zone))).toBeDefined()
  }
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
