// The SQL that brings staged rows into the cases, all at once.
import { type RawBuilder, sql } from 'kysely'
import { countFacts, writeFacts } from '../../platform/database/facts-bulk.ts'
import type { RecordCounts } from '../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

/**
 * The cases as the staged rows say: the day in `opened_on`, what else there is in
 * `fields`. `present`: fields that the file has a column for; the others stay as they are.
 */
function wanted(tx: Tx, batchId: string, present: ReadonlySet<string>): RawBuilder<unknown> {
  const take = (field: string, given: RawBuilder<unknown>, column: string) =>
    present.has(field) ? given : sql.ref(`c.${column}`)
  const reference = (kind: 'customer' | 'seller' | 'product') => {
    const alias = `m_${kind}`
    const given = sql`coalesce(${sql.ref(`${alias}.record_id`)}, ${sql.ref(`${alias}.id`)})`
    return sql`${take(kind, given, `${kind}_id`)} AS ${sql.ref(`${kind}_id`)}`
  }
  const join = (kind: 'customer' | 'seller' | 'product') => {
    const alias = `m_${kind}`
    return sql`LEFT JOIN import_mention ${sql.ref(alias)} ON ${sql.ref(`${alias}.org_id`)} = r.org_id AND ${sql.ref(`${alias}.batch_id`)} = r.batch_id
      AND ${sql.ref(`${alias}.kind`)} = ${sql.lit(kind)} AND ${sql.ref(`${alias}.key`)} COLLATE "C" = ${sql.ref(`r.${kind}`)}`
  }
  const given = sql`r.fields ->> 'state'`
  // A file without status and closing day does not open or close what is on record.
  const state =
    present.has('status') || present.has('closed_on') ? given : sql`coalesce(c.state, ${given})`
  return sql`
    SELECT w.*, CASE WHEN w.state = 'closed' THEN w.last_day END AS closed_on FROM (
      SELECT coalesce(c.id, r.id) AS id, c.version AS old_version, r.external_source, r.external_id, r.opened_on AS on_day,
        coalesce(${take('kind', sql`r.fields ->> 'kind'`, 'kind')}, 'complaint') AS kind,
        ${take('status', sql`r.fields ->> 'status'`, 'status')} AS status, ${state} AS state,
        ${take('closed_on', sql`r.closed_on`, 'closed_on')} AS last_day,
        ${take('channel', sql`r.fields ->> 'channel'`, 'channel')} AS channel,
        ${reference('customer')}, ${reference('seller')}, ${reference('product')}
      FROM import_row r
      LEFT JOIN customer_case c ON c.org_id = r.org_id AND c.external_source = r.external_source AND c.external_id = r.external_id AND c.change_out IS NULL
      ${join('customer')} ${join('seller')} ${join('product')}
      WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}
    ) w`
}

/** How many staged rows are new, different and the same. */
export function countCases(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countFacts(tx, 'customer_case', wanted(tx, batchId, present))
}

/** Closes the cases that differ and puts in their next version and the new ones; equal ones stay. */
export function importCases(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return writeFacts(tx, 'customer_case', wanted(tx, batchId, present))
}

/** Words of the staged rows' status, most frequent first. */
export function stagedStatuses(
  tx: Tx,
  batchId: string,
  limit: number,
): Promise<{ status: string; rows: number }[]> {
  return tx.rows<{ status: string; rows: number }>(sql`
    SELECT fields ->> 'status' AS status, count(*) AS rows FROM import_row
    WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} AND fields ->> 'status' IS NOT NULL
    GROUP BY 1 ORDER BY 2 DESC, min(fields ->> 'status') COLLATE "C" LIMIT ${limit}`)
}
