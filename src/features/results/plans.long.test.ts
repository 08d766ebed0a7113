// How the database answers every metric by every dimension, among many deals, against the ways kept in plans.txt: a lost index is seen.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadSmallWorld, type SmallWorld } from '../../../tests/results-world.ts'
import type { Query, Tx } from '../../platform/database/with-org.ts'
import { ask } from './asked.ts'
import { metrics } from './calc/metrics.ts'
import { metricIds } from './contract.ts'
import { countPieces } from './store-figures.ts'

/** Of some 900 deals: enough that reading all of them is no way to answer for one quarter. */
const copies = 220
const seed = 20_261_125
const period = '2024-Q1'
/** Every fact of these stands so often that it matters how it is found. */
const big = ['deal', 'sale', 'survey_answer', 'customer_case']
/** So small that the way into them says nothing. */
const rollups = ['sale_day_seller', 'sale_month_product']

let db: TestDatabase
let world: SmallWorld
beforeAll(async () => {
  db = await freshDatabase()
  world = await loadSmallWorld(db, seed)
  // Every row counts for the statistics, and none are made while this looks: the same ways each time.
  await db.owner.query(`DO $$ DECLARE t text; BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('ALTER TABLE %I SET (autovacuum_enabled = false)', t);
    END LOOP; END $$`)
  for (const table of big) await multiply(table)
  await db.owner.query('SET default_statistics_target = 10000; ANALYZE')
}, 600_000)
afterAll(() => db.close())

/** Each fact many times, under new ids and without a number of its own. */
async function multiply(table: string): Promise<void> {
  const { rows } = await db.owner.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  )
  const given: Record<string, string> = { id: 'gen_random_uuid()', external_id: 'NULL' }
  // A sale of many copies belongs to no deal, order or group: those are numbered once.
  for (const name of ['deal_id', 'order_no', 'line_no', 'group_id'])
    if (table === 'sale') given[name] = 'NULL'
  const columns = rows.map(({ name }) => name)
  await db.owner.query(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.map((name) => given[name] ?? `t.${name}`).join(', ')}
     FROM ${table} t, generate_series(1, $1::int) WHERE t.change_out IS NULL`,
    [copies],
  )
}

/** Tables and indexes by which the statements would be answered; nothing is read. */
async function waysOf(tx: Tx, work: (asking: Tx) => Promise<unknown>): Promise<string[]> {
  const ways = new Set<string>()
  await work({
    ...tx,
    rows: async <Row>(query: Query<Row>) => {
      const plan = await tx.rows<{ 'QUERY PLAN': string }>(
        sql`EXPLAIN (COSTS OFF) ${query as ReturnType<typeof sql>}`,
      )
      for (const { 'QUERY PLAN': line } of plan) {
        const [, read, table = ''] = /(Seq )?Scan (?:using \w+ )?on (\w+)/.exec(line) ?? []
        if (rollups.includes(table)) ways.add(table)
        if (read && big.includes(table)) ways.add(`${table} whole`)
        const index =
          /(?:Index (?:Only )?Scan(?: Backward)? using|Bitmap Index Scan on) (\w+)/.exec(line)?.[1]
        if (
          index &&
          !/^sale_(day|month)_\w+_/.test(index) &&
          /^(deal|sale|survey_answer|customer_case)_/.test(index)
        )
          ways.add(index)
      }
      return []
    },
  })
  return [...ways].sort()
}

test('every metric by every dimension is answered as it was', async () => {
  const lines: string[] = []
  const asking = world.asking()
  await asking.read(async (tx) => {
    const about = await ask(asking, tx, { period })
    for (const id of metricIds) {
      for (const by of [undefined, ...metrics[id].dimensions]) {
        const ways = await waysOf(tx, (seen) =>
          countPieces(seen, about.scope, {
            metrics: [id],
            by: by ? [by] : [],
            frames: [about.period],
          }),
        )
        lines.push(`${id}${by ? ` by ${by}` : ''}: ${ways.join(', ')}`)
      }
    }
  })
  expect(lines.length).toBeGreaterThan(metricIds.length)
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('plans.txt')
}, 120_000)
