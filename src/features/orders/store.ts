// The SQL of orders by hand: lists, one order with its lines, numbers in use.
import { type RawBuilder, sql } from 'kysely'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { headWithin, rowWithin } from './store-reach.ts'

type Sql = RawBuilder<unknown>

export interface OrderRow {
  id: string
  version: number
  number: string | null
  kind: 'sale' | 'return'
  on_day: string | null
  seller_id: string | null
  seller_name: string | null
  sellers: number
  customer_id: string | null
  customer_name: string | null
  deal_id: string | null
  deal_number: string | null
  return_of: string | null
  line_count: number
  amount: number
  currency: string
}

export interface OrderFilter {
  sellerId?: string | undefined
  customerId?: string | undefined
  productId?: string | undefined
  kind?: 'sale' | 'return' | undefined
  from?: string | undefined
  until?: string | undefined
  search?: string | undefined
  batchId?: string | undefined
}

/** An order without a day comes last. */
const noDay = '0001-01-01'
export const orderDay = (row: OrderRow): string => row.on_day ?? noDay

/** Conditions on heads `h`, and on lines `l` without a number, which are orders of their own. */
function conditionsOf(tx: Tx, filter: OrderFilter, reach: Sql): { heads: Sql; lines: Sql } {
  const common = (alias: string): Sql[] => {
    const column = (name: string) => sql.ref(`${alias}.${name}`)
    const conditions: Sql[] = [
      sql`${column('org_id')} = ${tx.orgId}`,
      sql`${column('change_out')} IS NULL`,
    ]
    if (filter.customerId) conditions.push(sql`${column('customer_id')} = ${filter.customerId}`)
    if (filter.kind) conditions.push(sql`coalesce(${column('kind')}, 'sale') = ${filter.kind}`)
    if (filter.from) conditions.push(sql`${column('on_day')} >= ${filter.from}::date`)
    if (filter.until) conditions.push(sql`${column('on_day')} < ${filter.until}::date`)
    return conditions
  }
  const heads = [...common('h'), headWithin(tx, reach, 'h')]
  const lines = [...common('l'), sql`l.order_no IS NULL`, rowWithin(reach, 'l')]
  if (filter.sellerId) {
    heads.push(sql`(h.seller_id = ${filter.sellerId} OR h.id IN (SELECT s.group_id FROM sale s
      WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL AND s.seller_id = ${filter.sellerId} AND s.source = 'orders' AND s.group_id IS NOT NULL))`)
    lines.push(sql`l.seller_id = ${filter.sellerId}`)
  }
  if (filter.batchId) {
    const change = sql`(SELECT b.change_id FROM import_batch b WHERE b.org_id = ${tx.orgId} AND b.id = ${filter.batchId})`
    heads.push(sql`(h.change_in = ${change} OR (h.external_source = '' AND h.external_id IN (
      SELECT x.order_no FROM order_line x WHERE x.org_id = ${tx.orgId} AND x.change_out IS NULL AND x.change_in = ${change})))`)
    lines.push(sql`l.change_in = ${change}`)
  }
  if (filter.productId) {
    heads.push(sql`h.external_source = '' AND EXISTS (SELECT 1 FROM order_line x WHERE x.org_id = h.org_id
      AND x.order_no = h.external_id AND x.change_out IS NULL AND x.product_id = ${filter.productId})`)
    lines.push(sql`l.product_id = ${filter.productId}`)
  }
  if (filter.search) {
    const end = `${filter.search}\u{10FFFF}`
    heads.push(
      sql`h.external_source = '' AND h.external_id COLLATE "C" >= ${filter.search} AND h.external_id COLLATE "C" < ${end}`,
    )
    lines.push(sql`false`)
  }
  return { heads: sql.join(heads, sql` AND `), lines: sql.join(lines, sql` AND `) }
}

/** Heads and lone lines carry the same columns, as rows of orders. */
const headRows = sql`
  SELECT h.id, h.version, CASE WHEN h.external_source = '' THEN h.external_id END AS number, h.kind, h.on_day, h.seller_id, h.customer_id,
    h.deal_id, h.return_of, h.amount, h.currency, true AS is_head FROM order_head h`
const lineRows = sql`
  SELECT l.id, l.version, NULL AS number, coalesce(l.kind, 'sale') AS kind, l.on_day, l.seller_id, l.customer_id,
    NULL::uuid AS deal_id, NULL AS return_of, l.amount, l.currency, false AS is_head FROM order_line l`

function shown(tx: Tx, from: Sql, order: Sql): Sql {
  return sql`
    SELECT o.id, o.version, o.number, o.kind, o.on_day, o.seller_id, s.name AS seller_name,
      coalesce(n.sellers, CASE WHEN o.seller_id IS NULL THEN 0 ELSE 1 END)::int AS sellers, o.customer_id, c.name AS customer_name,
      o.deal_id, CASE WHEN d.external_source <> 'content' THEN d.external_id END AS deal_number, o.return_of, coalesce(n.line_count, CASE WHEN o.is_head THEN 0 ELSE 1 END)::int AS line_count,
      coalesce(n.amount, CASE o.kind WHEN 'return' THEN -o.amount ELSE o.amount END, 0)::int8 AS amount, o.currency
    FROM ${from} o
    LEFT JOIN LATERAL (
      SELECT count(*) AS line_count, count(DISTINCT coalesce(l.seller_id, o.seller_id)) AS sellers, sum(CASE coalesce(l.kind, o.kind) WHEN 'return' THEN -l.amount ELSE l.amount END)::int8 AS amount FROM order_line l
      WHERE o.is_head AND l.org_id = ${tx.orgId} AND l.order_no = o.number AND l.change_out IS NULL HAVING count(*) > 0
    ) n ON true
    LEFT JOIN seller s ON s.org_id = ${tx.orgId} AND s.id = o.seller_id
    LEFT JOIN customer c ON c.org_id = ${tx.orgId} AND c.id = o.customer_id
    LEFT JOIN deal d ON d.org_id = ${tx.orgId} AND d.id = o.deal_id AND d.change_out IS NULL
    ${order}`
}

/**
 * Orders within reach from a place on, newest first, those without a day last; one more than the limit.
 * Each part is read by its own index and no further than a page.
 */
export function listOrders(
  tx: Tx,
  filter: OrderFilter,
  reach: Sql,
  after: { day: string; id: string } | undefined,
  limit: number,
): Promise<OrderRow[]> {
  const { heads, lines } = conditionsOf(tx, filter, reach)
  const undatedOnly = after?.day === noDay
  const part = (rows: Sql, conditions: Sql, alias: string) => {
    const [day, id] = [sql.ref(`${alias}.on_day`), sql.ref(`${alias}.id`)]
    const dated = after
      ? sql`(${day}, ${id}) < (${after.day}::date, ${after.id}::uuid)`
      : sql`${day} IS NOT NULL`
    const undated = after && undatedOnly ? sql`AND ${id} < ${after.id}::uuid` : sql``
    const last = sql`(${rows} WHERE ${conditions} AND ${day} IS NULL ${undated} ORDER BY ${day} DESC, ${id} DESC LIMIT ${limit})`
    if (undatedOnly) return last
    return sql`(${rows} WHERE ${conditions} AND ${dated} ORDER BY ${day} DESC, ${id} DESC LIMIT ${limit}) UNION ALL ${last}`
  }
  const order = sql`ORDER BY coalesce(o.on_day, ${noDay}::date) DESC, o.id DESC`
  const page = sql`(SELECT * FROM (${part(headRows, heads, 'h')} UNION ALL ${part(lineRows, lines, 'l')}) o ${order} LIMIT ${limit})`
  return tx.rows<OrderRow>(sql<OrderRow>`${shown(tx, page, order)}`)
}

export function orderById(tx: Tx, id: string, reach: Sql): Promise<OrderRow | undefined> {
  const { heads, lines } = conditionsOf(tx, {}, reach)
  const one = sql`(${headRows} WHERE ${heads} AND h.id = ${id} UNION ALL ${lineRows} WHERE ${lines} AND l.id = ${id})`
  return tx.first<OrderRow>(sql<OrderRow>`${shown(tx, one, sql``)}`)
}

export interface LineRow {
  id: string
  version: number
  order_no: string | null
  line_no: number | null
  product_id: string | null
  product_name: string | null
  seller_id: string | null
  seller_name: string | null
  customer_id: string | null
  on_day: string | null
  /** Null: that of its order. */
  kind: 'sale' | 'return' | null
  quantity: number
  price: string | null
  discount: number | null
  amount: number
  currency: string
  cost: number | null
}

/** Open lines of orders by their numbers, or the one line that is an order of its own; in order within each. */
export function linesOf(
  tx: Tx,
  orders: readonly { number: string | null; id: string }[],
): Promise<LineRow[]> {
  const numbers = orders.flatMap(({ number }) => (number === null ? [] : [number]))
  const alone = orders.flatMap(({ number, id }) => (number === null ? [id] : []))
  return tx.rows<LineRow>(sql`
    SELECT l.id, l.version, l.order_no, l.line_no, l.product_id, p.name AS product_name, l.seller_id, s.name AS seller_name, l.customer_id, l.on_day, l.kind, l.quantity,
      trim_scale(l.price)::text AS price, l.discount, l.amount, l.currency, l.cost
    FROM order_line l LEFT JOIN product p ON p.org_id = l.org_id AND p.id = l.product_id
    LEFT JOIN seller s ON s.org_id = l.org_id AND s.id = l.seller_id
    WHERE l.org_id = ${tx.orgId} AND l.change_out IS NULL
      AND (l.order_no = ANY(${numbers}) OR (l.order_no IS NULL AND l.id = ANY(${alone}::uuid[])))
    ORDER BY l.line_no NULLS LAST, l.id`)
}

/** Whether there is an order of this number, or lines that wait for one. */
export async function orderNumbered(tx: Tx, number: string): Promise<boolean> {
  const row = await tx.first<{ found: boolean }>(sql`
    SELECT EXISTS (SELECT 1 FROM order_head WHERE org_id = ${tx.orgId} AND external_source = '' AND external_id = ${number} AND change_out IS NULL)
      OR EXISTS (SELECT 1 FROM order_line WHERE org_id = ${tx.orgId} AND order_no = ${number} AND change_out IS NULL) AS found`)
  return row?.found ?? false
}

/** How many numbers, also past ones, begin like this. */
export async function numbersLike(tx: Tx, prefix: string): Promise<number> {
  const row = await tx.first<{ n: number }>(sql`
    SELECT count(DISTINCT external_id) AS n FROM order_head WHERE org_id = ${tx.orgId} AND external_source = ''
      AND external_id COLLATE "C" >= ${prefix} AND external_id COLLATE "C" < ${`${prefix}\u{10FFFF}`}`)
  return row?.n ?? 0
}

/** Until the change ends, nobody else gives an order its number. */
export async function lockNumbers(tx: WriteTx): Promise<void> {
  await tx.run(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`order numbers ${tx.orgId}`}, 0))`,
  )
}

/** Largest amount of a line, and of an order, in minor units. */
export const amountMax = 1_000_000_000_000_000

/** price × quantity × (1 − discount) in minor units, half-even, exact; null where it is more than may be. */
export async function lineAmount(
  tx: Tx,
  {
    price,
    quantity,
    discount,
    currency,
  }: { price: string; quantity: number; discount: number | null; currency: string },
): Promise<number | null> {
  const row = await tx.first<{ amount: number | null }>(sql`
    SELECT CASE WHEN x.exact <= ${sql.lit(amountMax)} THEN kontor_half_even(x.exact) END AS amount
    FROM (SELECT ${price}::numeric * ${quantity}::numeric * (1 - coalesce(${discount}::numeric, 0))
      * power(10::numeric, kontor_digits(${currency})) AS exact) x`)
  return row?.amount ?? null
}

export async function dealNumbered(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.first(
    sql`SELECT 1 FROM deal WHERE org_id = ${tx.orgId} AND id = ${id} AND change_out IS NULL`,
  )
  return row !== undefined
}
