// Records by what people call them: the ones of a name or alias, and another one of the same name or number.
import { sql } from 'kysely'
import { nameKey } from './tables.ts'
import type { Tx } from './with-org.ts'

type NamedTable = 'customer' | 'product'

/** Up to two records of exactly this name, oldest first; by alias when none has it. */
export async function recordsNamed(
  tx: Tx,
  table: NamedTable,
  name: string,
): Promise<{ id: string }[]> {
  const key = nameKey(name)
  const named = await tx.rows<{ id: string }>(sql`
    SELECT id FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND name_key COLLATE "C" = ${key} AND state <> 'removed'
    ORDER BY id LIMIT 2`)
  if (named.length > 0) return named
  return tx.rows<{ id: string }>(sql`
    SELECT r.id FROM alias a JOIN ${sql.table(table)} r ON r.org_id = a.org_id AND r.id = a.entity_id AND r.state <> 'removed'
    WHERE a.org_id = ${tx.orgId} AND a.entity = ${table} AND a.key COLLATE "C" = ${key} AND a.state <> 'removed'`)
}

export interface Like {
  name?: string | undefined
  externalId?: string | null | undefined
  /** The record that is no other. */
  not?: string | undefined
}

/** Another record that has this name or external id. */
export async function recordLike(
  tx: Tx,
  table: NamedTable,
  like: Like,
): Promise<{ id: string } | undefined> {
  const not = like.not === undefined ? sql`` : sql`AND id <> ${like.not}`
  if (like.externalId) {
    const found = await tx.first<{ id: string }>(sql`
      SELECT id FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND external_source = '' AND external_id = ${like.externalId}
        AND state <> 'removed' ${not}`)
    if (found) return found
  }
  if (like.name === undefined) return undefined
  return tx.first<{ id: string }>(sql`
    SELECT id FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND name_key COLLATE "C" = ${nameKey(like.name)}
      AND state <> 'removed' ${not} LIMIT 1`)
}
