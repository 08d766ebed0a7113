// Writing many facts with one statement: what a set of rows should be, against the open rows there are.
import { type RawBuilder, sql } from 'kysely'
import { assert } from '../../basics/refusal.ts'
import type { RecordCounts } from './records-bulk.ts'
import { type FactTable, facts } from './tables.ts'
import type { Tx, WriteTx } from './with-org.ts'

/**
 * Rows as they should be: `id uuid`, `old_version int` (of the open row with this id; null for a new
 * fact) and every column of the table in its type. Each id at most once.
 */
export type WantedFacts = RawBuilder<unknown>

/** The rows wanted, each with whether the open row there is says the same. */
function compared(tx: Tx, table: FactTable, wanted: WantedFacts): RawBuilder<unknown> {
  const row = (alias: string) =>
    sql`ROW(${sql.join(facts[table].map((name) => sql.ref(`${alias}.${name}`)))})`
  return sql`(
      SELECT w.*, (t.id IS NOT NULL AND ${row('w')} IS NOT DISTINCT FROM ${row('t')}) AS same
      FROM (${wanted}) w LEFT JOIN ${sql.table(table)} t ON t.org_id = ${tx.orgId} AND t.id = w.id AND t.version = w.old_version
    )`
}

const counted = sql`count(*) FILTER (WHERE c.old_version IS NULL) AS added,
  count(*) FILTER (WHERE c.old_version IS NOT NULL AND NOT c.same) AS updated,
  count(*) FILTER (WHERE c.same) AS unchanged`

/** What {@link writeFacts} would do, without doing it. */
export async function countFacts(
  tx: Tx,
  table: FactTable,
  wanted: WantedFacts,
): Promise<RecordCounts> {
  const row = await tx.first<RecordCounts>(
    sql`SELECT ${counted} FROM ${compared(tx, table, wanted)} c`,
  )
  assert(row, 'a count answers one row')
  return row
}

/** Closes the facts that differ and puts in their next version and the new ones; equal ones stay. */
export async function writeFacts(
  tx: WriteTx,
  table: FactTable,
  wanted: WantedFacts,
): Promise<RecordCounts> {
  const columns = facts[table]
  const row = await tx.first<RecordCounts & { closed: number }>(sql`
    WITH compared AS MATERIALIZED ${compared(tx, table, wanted)},
    closed AS (
      UPDATE ${sql.table(table)} f SET change_out = ${tx.changeId} FROM compared c
      WHERE f.org_id = ${tx.orgId} AND f.id = c.id AND f.version = c.old_version AND f.change_out IS NULL AND NOT c.same
      RETURNING f.id
    ), put AS (
      INSERT INTO ${sql.table(table)} (org_id, id, version, change_in, ${sql.join(columns.map((name) => sql.ref(name)))})
      SELECT ${tx.orgId}, c.id, coalesce(c.old_version, 0) + 1, ${tx.changeId}, ${sql.join(columns.map((name) => sql.ref(`c.${name}`)))}
      FROM compared c WHERE NOT c.same
    )
    SELECT ${counted}, (SELECT count(*) FROM closed) AS closed FROM compared c`)
  assert(row && row.closed === row.updated, 'every fact that differs was closed once')
  return { added: row.added, updated: row.updated, unchanged: row.unchanged }
}
