// Many lines at once, where the database believes that nothing has been sold yet: the ledger is read a few times, not once per line.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { insertFacts } from '../../platform/database/bulk.ts'
import { syncOrderSales } from './store-sales.ts'

const lines = 400
let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
  // As after a first import of customers alone.
  await db.owner.query('ANALYZE')
  await db.owner.query('ALTER TABLE sale SET (autovacuum_enabled = false)')
})
afterAll(() => db.close())

test('earlier versions are looked up for all lines together', async () => {
  const actor = await db.newOrg({ currency: 'EUR' })
  let scans = 0
  await db.database.write(actor, 'test.lines', async (tx) => {
    await insertFacts(
      tx,
      'order_line',
      Array.from({ length: lines }, (_, i) => ({
        id: db.newId(),
        external_id: `${i}`,
        order_no: `A-${i % 50}`,
        line_no: i,
        kind: 'sale',
        on_day: '2026-03-01',
        quantity: 1,
        amount: 100 + i,
        currency: 'EUR',
      })),
    )
    // As an import of many rows has it.
    await tx.run(sql`SET LOCAL enable_nestloop = off`)
    const put = await syncOrderSales(tx)
    expect(put).toBeGreaterThanOrEqual(lines)
    const row = await tx.first<{ n: number }>(
      sql`SELECT pg_stat_get_xact_numscans('sale'::regclass)::int AS n`,
    )
    scans = row?.n ?? 0
  })
  expect(scans).toBeGreaterThan(0)
  expect(scans).toBeLessThan(50)
})
