// The SQL of products.
import { type RawBuilder, sql } from 'kysely'
import { nameBegins, type PageAsked, pageByName } from '../../platform/database/paging.ts'
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
}

/** Conditions on the columns of products that fit the filter. */
export function productsThatFit(filter: ProductFilter): RawBuilder<unknown>[] {
  return [
    sql`state = ${filter.state}`,
    ...(filter.search === undefined ? [] : [nameBegins(filter.search)]),
    ...(filter.family === undefined ? [] : [sql`family = ${filter.family}`]),
  ]
}

export function listProducts(tx: Tx, filter: ProductFilter, page: PageAsked) {
  return pageByName<ProductRow>(
    tx,
    { table: 'product', columns, fit: productsThatFit(filter) },
    page,
  )
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
