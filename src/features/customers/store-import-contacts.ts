// The SQL that brings staged rows into the contacts, all at once.
import { type RawBuilder, sql } from 'kysely'
import {
  countRecords,
  type RecordCounts,
  type WantedRecords,
  writeRecords,
} from '../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

/**
 * The contacts as the staged rows say. A row without a number (source `name`) is about the contact of
 * that name at that customer, whoever entered it. `present`: fields that the file has a column for;
 * the others stay as they are.
 */
function wanted(tx: Tx, batchId: string, present: ReadonlySet<string>): WantedRecords {
  const given = sql`coalesce(m.record_id, m.id)`
  const columns: Record<string, RawBuilder<unknown>> = {
    name: sql`r.name`,
    name_key: sql`r.name_key`,
    external_source: sql`CASE WHEN t.external_id IS NULL OR r.external_source = '' THEN r.external_source ELSE t.external_source END`,
    external_id: sql`CASE WHEN t.external_id IS NULL OR r.external_source = '' THEN r.external_id ELSE t.external_id END`,
    customer_id: present.has('customer') ? given : sql`t.customer_id`,
    traits: sql`coalesce(t.traits, '{}') || coalesce(r.fields -> 'traits', '{}')`,
  }
  for (const name of ['job_title', 'email', 'phone']) {
    if (present.has(name)) columns[name] = sql`r.fields ->> ${sql.lit(name)}`
  }
  const list = Object.entries(columns).map(([name, value]) => sql`${value} AS ${sql.ref(name)}`)
  return {
    columns: Object.keys(columns),
    source: sql`
      SELECT coalesce(t.id, r.id) AS id, false AS touched, ${sql.join(list)}
      FROM import_row r
      LEFT JOIN import_mention m ON m.org_id = r.org_id AND m.batch_id = r.batch_id AND m.kind = 'customer' AND m.key COLLATE "C" = r.customer
      LEFT JOIN contact t ON t.org_id = r.org_id AND t.id = coalesce(
        (SELECT k.id FROM contact k WHERE k.org_id = r.org_id AND k.external_source = r.external_source AND k.external_id = r.external_id
          AND k.state <> 'removed' LIMIT 1),
        (SELECT k.id FROM contact k WHERE k.org_id = r.org_id AND k.name_key COLLATE "C" = r.name_key AND k.customer_id = ${given}
          AND (r.external_source = 'name' OR k.external_source = 'name' OR k.external_id IS NULL) AND k.state <> 'removed'
          AND NOT EXISTS (SELECT 1 FROM import_row o WHERE o.org_id = r.org_id AND o.batch_id = r.batch_id AND o.name_key = r.name_key
            AND o.customer IS NOT DISTINCT FROM r.customer AND o.line < r.line)
          ORDER BY k.id LIMIT 1))
      WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`,
  }
}

export function countContacts(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countRecords(tx, 'contact', wanted(tx, batchId, present))
}

export function importContacts(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return writeRecords(tx, 'contact', wanted(tx, batchId, present))
}
