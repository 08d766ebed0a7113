// The SQL of products.
import { type RawBuilder, sql } from 'kysely'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'

export interface ProductRow {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  name_key: string
  external_id: string | null
  family: string | null
  currency: string | null
  list_price: number | null
  cost: number | null
  traits: Record<string, string>
}

const columns = sql`id, version, state, name, name_key, external_id, family, currency, list_price, cost, traits`

export interface ProductFilter {
  search?: string | undefined
  state: 'active' | 'archived'
  family?: string | undefined
  after: { nameKey: string; id: string } | undefined
  limit: number
}

/** Rows by name from a place on, one more than the limit. */
export async function listProducts(tx: Tx, filter: ProductFilter): Promise<ProductRow[]> {
  const conditions: RawBuilder<unknown>[] = [
    sql`org_id = ${tx.orgId}`,
    sql`state = ${filter.state}`,
  ]
  if (filter.search !== undefined) {
    // By range, because row security lets LIKE use no index. U+10FFFF sorts behind every other character.
    const key = nameKey(filter.search)
    conditions.push(
      sql`name_key COLLATE "C" >= ${key} AND name_key COLLATE "C" < ${`${key}\u{10FFFF}`}`,
    )
  }
  if (filter.family !== undefined) conditions.push(sql`family = ${filter.family}`)
  if (filter.after) {
    conditions.push(
      sql`(name_key COLLATE "C", id) > (${filter.after.nameKey}, ${filter.after.id}::uuid)`,
    )
  }
  return tx.rows<ProductRow>(sql`
    SELECT ${columns} FROM product WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY name_key COLLATE "C", id LIMIT ${filter.limit + 1}`)
}

export async function productById(tx: Tx, id: string): Promise<ProductRow | undefined> {
  return tx.first<ProductRow>(sql`
    SELECT ${columns} FROM product WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
}

/** The oldest product of exactly this name; by alias when none has it. */
export async function productNamed(tx: Tx, name: string): Promise<{ id: string } | undefined> {
  const key = nameKey(name)
  const named = await tx.first<{ id: string }>(sql`
    SELECT id FROM product WHERE org_id = ${tx.orgId} AND name_key COLLATE "C" = ${key} AND state <> 'removed'
    ORDER BY id LIMIT 1`)
  if (named) return named
  return tx.first<{ id: string }>(sql`
    SELECT p.id FROM alias a JOIN product p ON p.org_id = a.org_id AND p.id = a.entity_id AND p.state <> 'removed'
    WHERE a.org_id = ${tx.orgId} AND a.entity = 'product' AND a.key COLLATE "C" = ${key} AND a.state <> 'removed'`)
}

/** Another product that has this name or external id. */
export async function productLike(
  tx: Tx,
  like: {
    name?: string | undefined
    externalId?: string | null | undefined
    not?: string | undefined
  },
): Promise<{ id: string } | undefined> {
  const not = like.not === undefined ? sql`` : sql`AND id <> ${like.not}`
  if (like.externalId) {
    const found = await tx.first<{ id: string }>(sql`
      SELECT id FROM product WHERE org_id = ${tx.orgId} AND external_source = '' AND external_id = ${like.externalId}
        AND state <> 'removed' ${not}`)
    if (found) return found
  }
  if (like.name === undefined) return undefined
  return tx.first<{ id: string }>(sql`
    SELECT id FROM product WHERE org_id = ${tx.orgId} AND name_key COLLATE "C" = ${nameKey(like.name)}
      AND state <> 'removed' ${not} LIMIT 1`)
}
