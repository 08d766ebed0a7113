// Figures come in time also where the database's statistics are of a day when there was nothing yet.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { insertFacts, insertRecords } from '../../platform/database/bulk.ts'
import type { Asking } from './asked.ts'
import { metricIds } from './contract.ts'
import { resultsOperations as operations } from './operations.ts'

const sales = 4_000
const customers = 200
let db: TestDatabase
let asking: Asking
beforeAll(async () => {
  db = await freshDatabase()
  const actor = await db.newOrg({ currency: 'EUR' })
  // As after a first import that brought no sales: statistics say that the tables are empty.
  await db.owner.query('ANALYZE')
  await db.owner.query('ALTER TABLE sale SET (autovacuum_enabled = false)')
  const ids = Array.from({ length: customers }, () => db.newId())
  const seller = db.newId()
  await db.database.write(actor, 'test.sales', async (tx) => {
    await insertRecords(tx, 'seller', [{ id: seller, name: 'Ana', name_key: 'ana' }])
    await insertRecords(
      tx,
      'customer',
      ids.map((id, i) => ({ id, name: `Customer ${i}`, name_key: `customer ${i}` })),
    )
    await insertFacts(
      tx,
      'sale',
      Array.from({ length: sales }, (_, i) => ({
        id: db.newId(),
        source: 'deals',
        kind: 'sale',
        seller_id: seller,
        customer_id: ids[i % customers],
        on_day: `2026-0${1 + (i % 9)}-1${i % 7}`,
        quantity: 1,
        amount: 100,
        currency: 'EUR',
        base_amount: 100,
      })),
    )
  })
  const who = { orgId: actor.orgId, personId: actor.personId, sellerId: null, roles: [] }
  asking = {
    who,
    reach: 'all',
    clock: () => Date.parse('2026-11-28T12:00:00Z'),
    read: (work) => db.database.read(who, work),
  }
})
afterAll(() => db.close())

test.each(metricIds)('%s', async (metric) => {
  const { rows } = await operations['results.figures'](asking, {
    metric: [metric],
    by: ['seller'],
    period: '2026',
    where: {},
  })
  expect(rows.length).toBe(1)
})
