// The demo organisation in the database: whole, quick, in the chain, apart from the own one, removable.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { organisations, orgBySlug, principalFor } from '../src/features/team/door.ts'
import { removeDemos } from '../src/features/team/store-organisations.ts'
import type { Principal } from '../src/platform/context.ts'
import { checkOrganisation } from '../src/platform/database/check.ts'
import { makeBooks } from '../tests/database/books.ts'
import { freshDatabase, type TestDatabase } from '../tests/database.ts'
import { demoSeed, makeDemo } from './load.ts'
import { demoWorld } from './world.ts'

let db: TestDatabase
let own: Principal
const today = '2026-11-25'
beforeAll(async () => {
  db = await freshDatabase()
  own = await principalFor(db.database, (await makeBooks(db)).orgId)
})
afterAll(() => db.close())

const make = () =>
  makeDemo({ db: db.database, who: own, clock: () => 0, newId: db.newId }, { today, size: 'small' })

test('holds what the world holds, and its sales are what the world sold', async () => {
  await make()
  const world = demoWorld({ seed: demoSeed, today, size: 'small', lang: 'en' })
  const demo = await orgBySlug(db.database, 'demo')
  const who = await principalFor(db.database, demo?.id ?? '')
  expect(who.sellerId).not.toBeNull()
  const [row] = await db.database.read(who, (tx) =>
    tx.rows<Record<string, number>>(sql`
      SELECT (SELECT count(*) FROM customer WHERE org_id = ${tx.orgId}) AS customers,
        (SELECT count(*) FROM deal WHERE org_id = ${tx.orgId}) AS deals,
        (SELECT count(*) FROM stage_entry WHERE org_id = ${tx.orgId}) AS entries,
        (SELECT sum(base_amount)::int8 FROM sale WHERE org_id = ${tx.orgId}) AS revenue,
        (SELECT sum(cost)::int8 FROM sale WHERE org_id = ${tx.orgId}) AS cost,
        (SELECT sum(list_amount)::int8 FROM sale WHERE org_id = ${tx.orgId}) AS list,
        (SELECT sum(base_amount)::int8 FROM sale_day_seller WHERE org_id = ${tx.orgId}) AS rolled`),
  )
  const sold = [...world.deals.filter(({ outcome }) => outcome === 'won'), ...world.returns]
  const total = (pick: (row: (typeof sold)[number]) => number) =>
    sold.reduce((sum, one) => sum + pick(one), 0)
  const revenue = total(({ amount }) => amount)
  expect(row).toEqual({
    customers: world.customers.length,
    deals: world.deals.length,
    entries: world.deals.reduce((sum, { stageEntries, closedOn }) => {
      const steps = stageEntries.length + (closedOn === undefined ? 0 : 1)
      // With the first step the stage the deal began in is on record, too.
      return sum + stageEntries.length + (steps > 0 ? 1 : 0)
    }, 0),
    revenue,
    cost: total(({ cost }) => cost),
    list: total(({ listAmount }) => listAmount),
    rolled: revenue,
  })
  expect(await checkOrganisation(db.database, who)).toMatchObject({ revision: 1, findings: [] })
})

test('is there once, and goes whole', async () => {
  await make()
  expect((await organisations(db.database)).filter(({ kind }) => kind === 'demo')).toHaveLength(1)
  expect(await removeDemos(db.database, own)).toBe(true)
  expect(await removeDemos(db.database, own)).toBe(false)
  const { rows } = await db.owner.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'org_id'`,
  )
  for (const { name } of rows) {
    const left = await db.owner.query(`SELECT 1 FROM ${name} WHERE org_id <> $1`, [own.orgId])
    expect([name, left.rowCount]).toEqual([name, 0])
  }
  expect((await checkOrganisation(db.database, own)).holds).toBe(true)
})
