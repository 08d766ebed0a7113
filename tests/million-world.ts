// A million deals put straight into a database: the same rows in the same place whenever it is done, for looking at plans.
import type pg from 'pg'
import type { Actor } from '../src/platform/database/with-org.ts'
import type { TestDatabase } from './database.ts'

const sellers = 100
const customers = 10_000
const products = 50

/** Ids by table and place. */
const id = (table: number, place: string) =>
  `('00000000-0000-7000-80${String(table).padStart(2, '0')}-' || lpad(to_hex(${place}), 12, '0'))::uuid`
/** Whole numbers below `below`, spread as if by chance, but the same for every `i`. */
const spread = (below: number, by: number) =>
  `(abs(hashint8(i * ${by} + ${by})::bigint) % ${below})::int`
const day = (by: number, of = 1341) => `(DATE '2021-01-01' + ${spread(of, by)})`

/** What is written, in this order; $1 is the organisation, $2 how many deals. */
const steps = [
  `INSERT INTO team (org_id, id, name, name_key, kind) SELECT $1, ${id(1, 'i')}, 'Team ' || i, 'team ' || i, 'team' FROM generate_series(0, 9) i`,
  `INSERT INTO seller (org_id, id, name, name_key) SELECT $1, ${id(2, 'i')}, 'Seller ' || i, 'seller ' || i FROM generate_series(0, ${sellers - 1}) i`,
  `INSERT INTO membership (org_id, id, version, change_in, team_id, kind, seller_id)
   SELECT $1, ${id(3, 'i')}, 1, $1, ${id(1, 'i % 10')}, 'member', ${id(2, 'i')} FROM generate_series(0, ${sellers - 1}) i`,
  `INSERT INTO customer (org_id, id, name, name_key, country, region, industry, size, source)
   SELECT $1, ${id(4, 'i')}, 'Customer ' || i, 'customer ' || i, 'Germany', 'Region ' || i % 5, 'Industry ' || i % 12, '10–49', 'web'
   FROM generate_series(0, ${customers - 1}) i`,
  `INSERT INTO product (org_id, id, name, name_key, family) SELECT $1, ${id(5, 'i')}, 'Product ' || i, 'product ' || i, 'Family ' || i % 5 FROM generate_series(0, ${products - 1}) i`,
  `INSERT INTO stage (org_id, id, name, name_key, position, outcome)
   SELECT $1, ${id(6, 'i')}, 'Stage ' || i, 'stage ' || i, i, (ARRAY['open', 'open', 'open', 'won', 'lost'])[i + 1] FROM generate_series(0, 4) i`,
  `INSERT INTO deal (org_id, id, version, change_in, external_id, seller_id, customer_id, product_id, stage_id, outcome, opened_on, closed_on, amount, currency, base_amount)
   SELECT $1, ${id(7, 'i')}, 1, $1, 'D-' || i, ${id(2, spread(sellers, 3))}, ${id(4, spread(customers, 5))}, ${id(5, spread(products, 7))},
     ${id(6, "CASE outcome WHEN 'won' THEN 3 WHEN 'lost' THEN 4 ELSE i % 3 END::int")}, outcome, opened, CASE WHEN outcome <> 'open' THEN opened + ${spread(120, 11)} END,
     amount, 'EUR', amount
   FROM (SELECT i, ${day(13)} AS opened, 10000 + ${spread(9_000_000, 17)} AS amount,
     CASE WHEN ${spread(100, 19)} < 63 THEN 'won' WHEN ${spread(100, 19)} < 87 THEN 'lost' ELSE 'open' END AS outcome FROM generate_series(1, $2::bigint) i) x ORDER BY i`,
  `INSERT INTO sale (org_id, id, version, change_in, deal_id, seller_id, customer_id, product_id, source, kind, on_day, quantity, amount, currency, base_amount)
   SELECT org_id, id, 1, change_in, id, seller_id, customer_id, product_id, 'deals', 'sale', closed_on, 1, amount, 'EUR', amount
   FROM deal WHERE org_id = $1 AND outcome = 'won' ORDER BY id`,
  `INSERT INTO stage_entry (org_id, id, version, change_in, deal_id, stage_id, entered_on)
   SELECT org_id, id, 1, change_in, id, stage_id, opened_on FROM deal WHERE org_id = $1 AND outcome = 'open' ORDER BY id`,
  ...[
    ['sale_day_seller', 'on_day', 'seller_id'],
    ['sale_month_product', "date_trunc('month', on_day::timestamp)::date", 'product_id'],
  ].map(
    ([table, on, of]) => `INSERT INTO ${table}
      SELECT org_id, ${on}, ${of}, source, kind, count(*), count(*), 0, 0, sum(quantity), sum(base_amount), 0, 0 FROM sale WHERE org_id = $1
      GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3`,
  ),
  `INSERT INTO activity (org_id, id, kind, subject, done_on, seller_id, customer_id)
   SELECT $1, ${id(8, 'i')}, 'call', 'Call', ${day(23)}, ${id(2, spread(sellers, 29))}, ${id(4, spread(customers, 31))} FROM generate_series(1, 200000) i`,
  `INSERT INTO survey_answer (org_id, id, version, change_in, on_day, measure, score, scale_low, scale_high, customer_id, seller_id)
   SELECT $1, ${id(9, 'i')}, 1, $1, ${day(37)}, (ARRAY['satisfaction', 'nps'])[1 + i % 2], 1 + i % 5, 0, 10, ${id(4, spread(customers, 41))}, ${id(2, spread(sellers, 43))}
   FROM generate_series(1, 50000) i`,
  `INSERT INTO customer_case (org_id, id, version, change_in, on_day, kind, state, customer_id, seller_id)
   SELECT $1, ${id(10, 'i')}, 1, $1, ${day(47)}, 'complaint', 'open', ${id(4, spread(customers, 53))}, ${id(2, spread(sellers, 59))} FROM generate_series(1, 20000) i`,
]

const tables =
  'team, seller, membership, customer, product, stage, deal, sale, stage_entry, sale_day_seller, sale_day_seller_delta, sale_month_product, sale_month_product_delta, activity, survey_answer, customer_case'

/** With statistics over every row instead of a sample by chance, and nobody who tidies up at a time of his own. */
export async function loadMillion(db: TestDatabase, deals: number): Promise<Actor> {
  const actor = await db.newOrg({ currency: 'EUR' })
  const owner = await db.owner.connect()
  try {
    for (const table of tables.split(', '))
      await owner.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`)
    for (const step of steps) await write(owner, step, [actor.orgId, deals])
    await owner.query('SET default_statistics_target = 10000')
    await owner.query(`VACUUM (FREEZE, ANALYZE) ${tables}`)
    await owner.query('RESET default_statistics_target')
  } finally {
    owner.release()
  }
  return actor
}

function write(owner: pg.PoolClient, step: string, given: readonly unknown[]): Promise<unknown> {
  return owner.query(step, step.includes('$2') ? [...given] : [given[0]])
}
