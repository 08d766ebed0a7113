// The SQL of what came back of an order: which returns, how much of each product, with which part of its amount.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'

/** The open returns of an order by its number, oldest first. */
export function returnsOf(tx: Tx, number: string): Promise<{ id: string; number: string }[]> {
  return tx.rows<{ id: string; number: string }>(sql`
    SELECT h.id, h.external_id AS number FROM order_head h
    WHERE h.org_id = ${tx.orgId} AND h.change_out IS NULL AND h.external_source = '' AND h.return_of = ${number} ORDER BY h.on_day, h.id`)
}

/** The open order of a number. */
export function headNumbered(
  tx: Tx,
  number: string,
): Promise<{ id: string; number: string } | undefined> {
  return tx.first<{ id: string; number: string }>(sql`
    SELECT h.id, h.external_id AS number FROM order_head h
    WHERE h.org_id = ${tx.orgId} AND h.change_out IS NULL AND h.external_source = '' AND h.external_id = ${number}`)
}

/** A product of which more has come back than the order holds; by product, since returns name that. */
export function returnedBeyond(
  tx: Tx,
  number: string,
): Promise<{ product: string | null; sold: number; returned: number } | undefined> {
  return tx.first<{ product: string | null; sold: number; returned: number }>(sql`
    SELECT p.name AS product, coalesce(s.quantity, 0) AS sold, r.quantity AS returned FROM (${returnedOf(tx, number)}) r
    LEFT JOIN (
      SELECT l.product_id, sum(CASE coalesce(l.kind, h.kind) WHEN 'return' THEN -l.quantity ELSE l.quantity END) AS quantity
      FROM order_head h JOIN order_line l ON l.org_id = h.org_id AND l.order_no = h.external_id AND l.change_out IS NULL
      WHERE h.org_id = ${tx.orgId} AND h.change_out IS NULL AND h.external_source = '' AND h.external_id = ${number}
      GROUP BY l.product_id
    ) s ON s.product_id IS NOT DISTINCT FROM r.product_id
    LEFT JOIN product p ON p.org_id = ${tx.orgId} AND p.id = r.product_id
    WHERE r.quantity > coalesce(s.quantity, 0) ORDER BY p.name COLLATE "C" LIMIT 1`)
}

/** What has come back of an order, by product. */
function returnedOf(tx: Tx, number: string): RawBuilder<unknown> {
  return sql`SELECT l.product_id, sum(l.quantity) AS quantity
    FROM order_head h JOIN order_line l ON l.org_id = h.org_id AND l.order_no = h.external_id AND l.change_out IS NULL
    WHERE h.org_id = ${tx.orgId} AND h.change_out IS NULL AND h.external_source = '' AND h.return_of = ${number}
    GROUP BY l.product_id`
}

/** What has come back of an order known only as a whole, in minor units. */
export async function amountReturned(tx: Tx, number: string): Promise<number> {
  const row = await tx.first<{ amount: number }>(sql`
    SELECT coalesce(sum(h.amount), 0)::int8 AS amount FROM order_head h
    WHERE h.org_id = ${tx.orgId} AND h.change_out IS NULL AND h.external_source = '' AND h.return_of = ${number}`)
  return row?.amount ?? 0
}

export interface Part {
  id: string
  amount: number
  cost: number | null
}

/**
 * The part of amount and cost that comes back with a quantity of each line. Where the line alone has
 * its product, the parts of all its returns add to the whole.
 */
export function partsBack(
  tx: Tx,
  number: string,
  asked: readonly { id: string; quantity: number }[],
): Promise<Part[]> {
  const part = (of: RawBuilder<unknown>) =>
    sql`kontor_half_even(${of} * (a.before + a.quantity) / a.whole) - kontor_half_even(${of} * a.before / a.whole)`
  return tx.rows<Part>(sql`
    SELECT a.id, ${part(sql`a.amount`)} AS amount, ${part(sql`a.cost`)} AS cost FROM (
      SELECT l.id, l.amount, l.cost, l.quantity AS whole, g.quantity,
        CASE WHEN EXISTS (SELECT 1 FROM order_line o WHERE o.org_id = l.org_id AND o.order_no = l.order_no AND o.change_out IS NULL
          AND o.id <> l.id AND o.product_id IS NOT DISTINCT FROM l.product_id) THEN 0 ELSE coalesce(r.quantity, 0) END AS before
      FROM unnest(${asked.map((one) => one.id)}::uuid[], ${asked.map((one) => one.quantity)}::numeric[]) AS g (id, quantity)
      JOIN order_line l ON l.org_id = ${tx.orgId} AND l.id = g.id AND l.change_out IS NULL
      LEFT JOIN (${returnedOf(tx, number)}) r ON r.product_id IS NOT DISTINCT FROM l.product_id
    ) a`)
}
