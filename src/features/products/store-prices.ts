// The SQL of prices with dates.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'

export interface PriceRow {
  id: string
  version: number
  product_id: string
  product: string
  currency: string
  list_price: number | null
  cost: number | null
  valid_from: string
  valid_until: string
}

const select = sql`
  SELECT t.id, t.version, t.product_id, p.name AS product, t.currency, t.list_price, t.cost, t.valid_from, t.valid_until
  FROM price t JOIN product p ON p.org_id = t.org_id AND p.id = t.product_id`

export function pricesOf(tx: Tx, productId: string): Promise<PriceRow[]> {
  return tx.rows<PriceRow>(sql`
    ${select} WHERE t.org_id = ${tx.orgId} AND t.product_id = ${productId} AND t.state = 'active'
    ORDER BY t.valid_from DESC, t.currency COLLATE "C", t.id`)
}

export function priceById(tx: Tx, id: string): Promise<PriceRow | undefined> {
  return tx.first<PriceRow>(
    sql`${select} WHERE t.org_id = ${tx.orgId} AND t.id = ${id} AND t.state = 'active'`,
  )
}

/** Writers of one product's prices wait for each other: two that overlap must not both find room. */
export async function lockPricesOf(tx: Tx, productId: string): Promise<void> {
  await tx.run(
    sql`SELECT 1 FROM product WHERE org_id = ${tx.orgId} AND id = ${productId} FOR UPDATE`,
  )
}

/** The earliest other price of the product that holds on one of these days, in the same currency. */
export function overlapping(
  tx: Tx,
  wanted: { productId: string; currency: string; from: string; until: string; not?: string },
): Promise<PriceRow | undefined> {
  return tx.first<PriceRow>(sql`
    ${select} WHERE t.org_id = ${tx.orgId} AND t.product_id = ${wanted.productId} AND t.currency = ${wanted.currency}
      AND t.state = 'active' AND t.valid_from < ${wanted.until}::date AND ${wanted.from}::date < t.valid_until
      ${wanted.not === undefined ? sql`` : sql`AND t.id <> ${wanted.not}`}
    ORDER BY t.valid_from LIMIT 1`)
}
