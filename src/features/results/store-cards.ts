// The SQL of cards: who buys what, by customers rather than by sales.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'
import type { DimensionId } from './contract.ts'
import { cellSql, commonTables, type Frame, type Scope, saleColumns } from './store-scope.ts'
import { saleSource } from './store-sources.ts'

type Sql<T = unknown> = RawBuilder<T>

export function productNamed(
  tx: Tx,
  id: string,
): Promise<{ id: string; name: string } | undefined> {
  return tx.first<{ id: string; name: string }>(sql`
    SELECT id, name FROM product WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
}

/** Purchases inside a scope: sales, not returns, of known customers. */
function purchases(scope: Scope, frames: readonly Frame[], by: readonly DimensionId[]): Sql {
  return sql`${saleSource(scope, frames, by, [])} AND f.kind = 'sale' AND f.customer_id IS NOT NULL`
}

export interface GroupBuyers {
  cell: string | null
  buyers: number
  customers: number
}

/** Per cell: customers who buy anything, and those of them who buy the product. */
export function buyersByGroup(
  tx: Tx,
  scope: Scope,
  frame: Frame,
  dimension: DimensionId,
  productId: string,
): Promise<GroupBuyers[]> {
  return tx.rows<GroupBuyers>(sql`${commonTables(scope)}
    SELECT ${cellSql(dimension, saleColumns, scope)} AS cell,
      count(DISTINCT f.customer_id) FILTER (WHERE f.product_id = ${productId}::uuid) AS buyers,
      count(DISTINCT f.customer_id) AS customers
    ${purchases(scope, [frame], [dimension])} GROUP BY 1`)
}

export interface ProductBuyers {
  product: string
  buyers: number
}

/** How many customers buy each product, and how many buy anything, on how many days. */
export async function productBuyers(
  tx: Tx,
  scope: Scope,
  frame: Frame,
): Promise<{ products: ProductBuyers[]; customers: number; days: number }> {
  const products = await tx.rows<ProductBuyers>(sql`${commonTables(scope)}
    SELECT f.product_id AS product, count(DISTINCT f.customer_id) AS buyers
    ${purchases(scope, [frame], [])} AND f.product_id IS NOT NULL GROUP BY 1`)
  const whole = await tx.first<{ customers: number; days: number }>(sql`${commonTables(scope)}
    SELECT count(DISTINCT f.customer_id) AS customers, count(DISTINCT (f.customer_id, f.on_day)) AS days
    ${purchases(scope, [frame], [])}`)
  return { products, customers: whole?.customers ?? 0, days: whole?.days ?? 0 }
}

/** How many customers of a product buy each other product. */
export function companions(
  tx: Tx,
  scope: Scope,
  frame: Frame,
  productId: string,
): Promise<ProductBuyers[]> {
  return tx.rows<ProductBuyers>(sql`${commonTables(scope)}, bought AS (
      SELECT DISTINCT f.customer_id, f.product_id ${purchases(scope, [frame], [])} AND f.product_id IS NOT NULL
    )
    SELECT b.product_id AS product, count(*) AS buyers FROM bought b
    JOIN bought c ON c.customer_id = b.customer_id AND c.product_id = ${productId}::uuid
    WHERE b.product_id <> ${productId}::uuid GROUP BY 1`)
}
