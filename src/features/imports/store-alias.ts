// The SQL of other names: what people said that a name or value means.
import { sql } from 'kysely'
import { insertRecord, updateRecord } from '../../platform/database/records.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

export type NamedTable = 'seller' | 'customer' | 'product' | 'team' | 'person'

const named = ['seller', 'person', 'team', 'customer', 'contact', 'product'] as const

export interface UnifiedName {
  id: string
  version: number
  kind: (typeof named)[number] | 'industry' | 'country'
  written: string
  means: string
}

/** Other names in the order of what they are of and how they are written, one more than the limit. */
export function listNames(
  tx: Tx,
  after: { kind: string; written: string } | undefined,
  limit: number,
): Promise<UnifiedName[]> {
  const records = named.map(
    (table) => sql`
    SELECT a.id, a.version, a.entity AS kind, a.key AS written, r.name AS means
    FROM alias a JOIN ${sql.table(table)} r ON r.org_id = a.org_id AND r.id = a.entity_id AND r.state <> 'removed'
    WHERE a.org_id = ${tx.orgId} AND a.entity = ${table} AND a.state <> 'removed'`,
  )
  const place = after
    ? sql`WHERE (kind COLLATE "C", written COLLATE "C") > (${after.kind}, ${after.written})`
    : sql``
  return tx.rows<UnifiedName>(sql`
    SELECT id, version, kind, written, means FROM (
      ${sql.join(records, sql` UNION ALL `)}
      UNION ALL SELECT id, version, entity, key, value FROM alias
        WHERE org_id = ${tx.orgId} AND value IS NOT NULL AND state <> 'removed'
    ) names ${place} ORDER BY kind COLLATE "C", written COLLATE "C" LIMIT ${limit + 1}`)
}

/** The other name of this id, unless it is forgotten already. */
export function nameById(tx: Tx, id: string): Promise<{ written: string } | undefined> {
  return tx.first<{ written: string }>(sql`
    SELECT key AS written FROM alias WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
}

/** Agreed spellings of plain values: `<entity>\t<key>` → value. */
export async function aliasedValues(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.rows<{ entity: string; key: string; value: string }>(sql`
    SELECT entity, key, value FROM alias WHERE org_id = ${tx.orgId} AND value IS NOT NULL AND state <> 'removed'`)
  return new Map(rows.map((row) => [`${row.entity}\t${row.key}`, row.value]))
}

/** The record of this name, oldest active one first. */
export async function recordNamed(
  tx: Tx,
  table: NamedTable,
  key: string,
): Promise<string | undefined> {
  const row = await tx.first<{ id: string }>(sql`
    SELECT id FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND name_key COLLATE "C" = ${key} AND state <> 'removed'
    ORDER BY state COLLATE "C", id LIMIT 1`)
  return row?.id
}

/** Says what a key means from now on; true when that is new. */
export async function writeAlias(
  tx: WriteTx,
  entity: NamedTable | 'industry' | 'country' | 'region' | 'source',
  key: string,
  means: { entity_id: string } | { value: string },
): Promise<boolean> {
  const wanted = { entity_id: null, value: null, ...means }
  const known = await tx.first<{ id: string; entity_id: string | null; value: string | null }>(sql`
    SELECT id, entity_id, value FROM alias WHERE org_id = ${tx.orgId} AND entity = ${entity} AND key COLLATE "C" = ${key} AND state <> 'removed'`)
  if (known && known.entity_id === wanted.entity_id && known.value === wanted.value) return false
  if (known) await updateRecord(tx, 'alias', known.id, wanted)
  else await insertRecord(tx, 'alias', { entity, key, ...wanted })
  return true
}
