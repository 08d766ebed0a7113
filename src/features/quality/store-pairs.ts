// The SQL of near-duplicates: names to compare, and what the page shows of a pair.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'
import type { Mergeable } from './calc/merge-fields.ts'
import type { Named } from './calc/pairs.ts'

/** The organisation’s revision: as long as it is the same, so is what was found. */
export async function revisionNow(tx: Tx): Promise<number> {
  const row = await tx.first<{ revision: number }>(
    sql`SELECT revision FROM org_head WHERE org_id = ${tx.orgId}`,
  )
  return row?.revision ?? 0
}

export function namesOf(tx: Tx, entity: Mergeable): Promise<Named[]> {
  const group = entity === 'contact' ? sql`customer_id::text` : sql`NULL`
  return tx.rows<Named>(sql`
    SELECT id, name, ${group} AS "group" FROM ${sql.table(entity)}
    WHERE org_id = ${tx.orgId} AND state = 'active' ORDER BY id`)
}

/** How many facts and activities name each of these records: the one with more is the one to keep. */
export async function weights(
  tx: Tx,
  entity: Mergeable,
  ids: readonly string[],
): Promise<Map<string, { count: number; numbered: boolean }>> {
  const per = (from: RawBuilder<unknown>) => sql`(SELECT count(*) FROM ${from})`
  const facts = (table: string, column: string) =>
    per(
      sql`${sql.table(table)} f WHERE f.org_id = t.org_id AND ${sql.ref(`f.${column}`)} = t.id AND f.change_out IS NULL`,
    )
  const activities = (column: string) =>
    per(
      sql`activity f WHERE f.org_id = t.org_id AND ${sql.ref(`f.${column}`)} = t.id AND f.state <> 'removed'`,
    )
  const counted: Record<Mergeable, RawBuilder<unknown>> = {
    customer: sql`${facts('deal', 'customer_id')} + ${facts('sale', 'customer_id')} + ${activities('customer_id')}`,
    seller: sql`${facts('deal', 'seller_id')} + ${facts('sale', 'seller_id')} + ${activities('seller_id')}`,
    product: facts('sale', 'product_id'),
    contact: activities('contact_id'),
  }
  const rows = await tx.rows<{ id: string; count: number; numbered: boolean }>(sql`
    SELECT t.id, ${counted[entity]} AS count, t.external_id IS NOT NULL AS numbered FROM ${sql.table(entity)} t
    WHERE t.org_id = ${tx.orgId} AND t.id = ANY(${ids}::uuid[])`)
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}
