// The SQL of values that become others: every customer that has one of them, each with its history.
import { sql } from 'kysely'
import { writeRecords } from '../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

export async function replaceValues(
  tx: WriteTx,
  field: 'country' | 'region' | 'industry' | 'source',
  values: readonly string[],
  to: string,
): Promise<number> {
  const { updated } = await writeRecords(tx, 'customer', {
    columns: [field],
    source: sql`SELECT c.id, ${to}::text AS ${sql.ref(field)}, false AS touched FROM customer c
      WHERE c.org_id = ${tx.orgId} AND c.state <> 'removed' AND ${sql.ref(`c.${field}`)} = ANY(${values}::text[])
      ORDER BY c.id FOR UPDATE`,
  })
  return updated
}

/** Spellings that mean one of these values so far, so that they come to mean the new one. */
export async function spellingsOf(
  tx: Tx,
  field: string,
  values: readonly string[],
): Promise<string[]> {
  const rows = await tx.rows<{ key: string }>(sql`
    SELECT key FROM alias WHERE org_id = ${tx.orgId} AND entity = ${field} AND value = ANY(${values}::text[]) AND state <> 'removed'`)
  return rows.map((row) => row.key)
}
