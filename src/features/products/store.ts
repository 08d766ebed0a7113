// The SQL of products.
import { type RawBuilder, sql } from 'kysely'
import { nameBegins, type PageAsked, pageByName } from '../../platform/database/paging.ts'
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
