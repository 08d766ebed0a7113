// However many records there are, the search reads them by index: told by the counters of the database, not by the clock.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import type { Actor, Tx } from '../../platform/database/with-org.ts'
import { type Asked, findDeals, findNamed, findOrders, knownOtherwise } from './store.ts'

const customers = 20_000

let db: TestDatabase
let who: Actor
beforeAll(async () => {
  db = await freshDatabase()
  who = await db.newOrg()
  await fill(who.orgId)
}, 240_000)
afterAll(() => db.close())

/** Names of a first word from 4,000, a middle one from 60 and a form of company, and a fact for each. */
async function fill(orgId: string): Promise<void> {
  const middles = `(ARRAY['Werkzeug','Logistik','Maschinen','Handel','Technik','Systeme','Bau','Energie','Medizin','Druck'])`
  const forms = `(ARRAY['GmbH','AG','KG','Ltd','Inc','SA'])`
  const id = (table: number) =>
    `('00000000-0000-7000-800${table}-' || lpad(to_hex(i), 12, '0'))::uuid`
  await db.owner.query(
    `INSERT INTO customer (org_id, id, state, name, name_key, external_id, city)
     SELECT $1, ${id(1)}, CASE WHEN i % 20 = 0 THEN 'archived' ELSE 'active' END, n, lower(n), 'K-' || i, 'Kiel'
     FROM generate_series(1, $2::int) i, LATERAL (SELECT initcap(translate(substr(md5((i % 4000)::text), 1, 7), '0123456789', 'ouiaeönstr'))
       || ' ' || ${middles}[1 + i % 10] || ' ' || ${forms}[1 + i / 7 % 6] || ' ' || i AS n) x`,
    [orgId, customers],
  )
  await db.owner.query(
    `INSERT INTO alias (org_id, id, entity, key, entity_id)
     SELECT $1, ${id(2)}, 'customer', 'formerly ' || md5(i::text), ${id(1)} FROM generate_series(1, $2::int) i`,
    [orgId, customers / 10],
  )
  const facts = `i, ${id(3)} AS id, ${id(1)} AS customer_id FROM generate_series(1, $2::int) i`
  await db.owner.query(
    `INSERT INTO deal (org_id, id, version, change_in, external_id, customer_id, stage_id, outcome, currency, opened_on)
     SELECT $1, id, 1, $1, 'D-' || i, customer_id, $1, 'open', 'EUR', '2026-01-01' FROM (SELECT ${facts}) x`,
    [orgId, customers],
  )
  await db.owner.query(
    `INSERT INTO order_head (org_id, id, version, change_in, external_id, customer_id, on_day, currency)
     SELECT $1, id, 1, $1, 'O-' || i, customer_id, '2026-01-01', 'EUR' FROM (SELECT ${facts}) x`,
    [orgId, customers],
  )
  await db.owner.query('ANALYZE customer, alias, deal, order_head')
}

const asked = (text: string, alike = false): Asked => ({
  text: text.toLowerCase(),
  numbers: [text],
  limit: 6,
  alike,
  today: '2026-11-25',
})
/** Big ones. */
const tables = ['customer', 'alias', 'deal', 'order_head']
const everything = sql<boolean>`true`

/** Which big tables were read from end to end, and which indexes looked into, by this work. */
function scans(work: (tx: Tx) => Promise<unknown[]>): Promise<{ by: string[] }> {
  return db.database.read(who, async (tx) => {
    const counters = () =>
      tx.rows<{ name: string; n: number }>(sql`
        SELECT c.relname AS name, pg_stat_get_xact_numscans(c.oid) AS n FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND (c.relname = ANY(${tables}) OR c.relname ~ '_(begins|words|number)$')`)
    // The counters of a connection are told to all only now and then; what is left of earlier work stands before.
    const before = new Map((await counters()).map((row) => [row.name, row.n]))
    await work(tx)
    const after = await counters()
    return { by: after.filter((row) => row.n > (before.get(row.name) ?? 0)).map((row) => row.name) }
  })
}

const cases: [string, (tx: Tx) => Promise<unknown[]>, string[]][] = [
  [
    'a beginning that many have',
    (tx) => findNamed(tx, 'customer', asked('a'), []),
    ['customer_begins'],
  ],
  [
    'a word within',
    (tx) => findNamed(tx, 'customer', asked('logistik 777'), []),
    ['customer_words'],
  ],
  ['many words', (tx) => findNamed(tx, 'customer', asked('7 l o g i s k'), []), ['customer_words']],
  [
    'what nobody is called',
    (tx) => findNamed(tx, 'customer', asked('zzzzq'), []),
    ['customer_words'],
  ],
  [
    'a slip',
    (tx) => findNamed(tx, 'customer', asked('logistikk 777', true), []),
    ['customer_words'],
  ],
  ['another name', (tx) => knownOtherwise(tx, asked('formerly')), ['alias_begins']],
  ['a word of another name', (tx) => knownOtherwise(tx, asked('zzzzq')), ['alias_words']],
  [
    'the number of a customer',
    (tx) => findNamed(tx, 'customer', asked('K-199'), []),
    ['customer_number'],
  ],
  ['the number of a deal', (tx) => findDeals(tx, asked('D-199'), everything), ['deal_number']],
  [
    'the number of an order',
    (tx) => findOrders(tx, asked('O-199'), everything),
    ['order_head_number'],
  ],
]
test.each(cases)('%s', async (_what, work, indexes) => {
  const { by } = await scans(work)
  expect(by).toEqual(expect.arrayContaining(indexes))
  for (const table of tables) expect(by, 'read from end to end').not.toContain(table)
})

test('of what very many names hold, the first by name are found', async () => {
  const { rows } = await db.owner.query(
    `SELECT name FROM customer WHERE org_id = $1 AND state = 'active' AND kontor_words(name_key) LIKE '% logistik%'
     ORDER BY kontor_words(name_key) COLLATE "C", id LIMIT 7`,
    [who.orgId],
  )
  const found = await db.database.read(who, (tx) =>
    findNamed(tx, 'customer', asked('logistik'), []),
  )
  expect(found.map(({ name }) => name).sort()).toEqual(rows.map(({ name }) => name).sort())
})

test('what finds for the owner in whichever organisation is not for the application', async () => {
  for (const finder of [
    sql`kontor_found_in_customer(gen_random_uuid(), 'active', ' a', ARRAY['% a%'], '% a%', '', 1)`,
    sql`kontor_alike_in_customer(gen_random_uuid(), ' logistik', 1)`,
  ]) {
    const asks = db.database.read(who, (tx) => tx.rows(sql`SELECT * FROM ${finder}`))
    await expect(asks).rejects.toThrow('permission denied')
  }
})
