// However many deals are open, a page of their list is read from an index: told by the counters of the database, not by the clock.
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import type { Actor, Tx } from '../../platform/database/with-org.ts'
import { listClosed, listOpen } from './store.ts'
import { cardsOfStage } from './store-board.ts'

const deals = 20_000
const stage = '00000000-0000-7000-8009-000000000001'
const anyone: RawBuilder<unknown> = sql`true`

let db: TestDatabase
let who: Actor
beforeAll(async () => {
  db = await freshDatabase()
  who = await db.newOrg()
  await db.owner.query(
    `INSERT INTO stage (org_id, id, name, name_key, position, outcome) VALUES ($1, $2, 'Offer', 'offer', 1, 'open') ON CONFLICT DO NOTHING`,
    [who.orgId, stage],
  )
  await db.owner.query(
    `INSERT INTO deal (org_id, id, version, change_in, stage_id, outcome, currency, opened_on, closed_on)
     SELECT $1, gen_random_uuid(), 1, $1, $2, CASE WHEN i % 2 = 0 THEN 'open' ELSE 'won' END, 'EUR',
       CASE WHEN i % 100 > 1 THEN DATE '2020-01-01' + i % 2000 END, CASE WHEN i % 2 = 1 THEN DATE '2020-01-01' + i % 2000 END
     FROM generate_series(1, $3::int) i`,
    [who.orgId, stage, deals],
  )
  await db.owner.query('ANALYZE deal')
}, 240_000)
afterAll(() => db.close())

/** How many rows of deals and of their indexes this work looked at. */
function looked<T>(work: (tx: Tx) => Promise<T[]>): Promise<{ rows: T[]; looked: number }> {
  return db.database.read(who, async (tx) => {
    const count = () =>
      tx.first<{ n: number }>(sql`
        SELECT sum(pg_stat_get_xact_tuples_returned(c.oid))::int4 AS n FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname ~ '^deal(_[a-z]+)?$' AND c.relname !~ '^deal_seller'`)
    const before = (await count())?.n ?? 0
    const rows = await work(tx)
    return { rows, looked: ((await count())?.n ?? 0) - before }
  })
}

const place = { day: '2023-01-01', id: 'ffffffff-ffff-7fff-bfff-ffffffffffff' }
const cases: [string, (tx: Tx) => Promise<{ opened_on: string | null }[]>][] = [
  ['open ones', (tx) => listOpen(tx, {}, anyone, undefined, 51)],
  ['open ones from a place on', (tx) => listOpen(tx, {}, anyone, place, 51)],
  ['closed ones', (tx) => listClosed(tx, {}, anyone, undefined, 51)],
  [
    'those in a stage',
    (tx) =>
      cardsOfStage(tx, {
        stageId: stage,
        filter: {},
        reach: anyone,
        today: '2026-01-01',
        after: place,
        limit: 51,
      }),
  ],
]
test.each(cases)('%s', async (_what, work) => {
  const { rows, looked: count } = await looked(work)
  expect(rows).toHaveLength(51)
  expect(count, 'rows looked at').toBeLessThan(deals / 20)
})

test('open ones without a day stand behind all others', async () => {
  const page = await db.database.read(who, (tx) =>
    listOpen(tx, {}, anyone, { day: '0001-01-01', id: place.id }, 51),
  )
  expect(page).toHaveLength(51)
  expect(page.every(({ opened_on }) => opened_on === null)).toBe(true)
})
