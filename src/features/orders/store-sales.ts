// Keeps the sales ledger in step with the orders: one sale per line whose day is known, or per order without lines.
import { type RawBuilder, sql } from 'kysely'
import { baseAmount, lockRates, rateJoin } from '../../platform/database/base-amount.ts'
import { insertRecord } from '../../platform/database/records.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

type Sql = RawBuilder<unknown>

const columns = [
  'deal_id',
  'order_no',
  'line_no',
  'group_id',
  'owner',
  'seller_id',
  'share',
  'customer_id',
  'product_id',
  'source',
  'kind',
  'on_day',
  'quantity',
  'amount',
  'currency',
  'base_amount',
  'rate_id',
  'cost',
  'list_amount',
] as const
const compared = columns.filter((name) => !['rate_id', 'cost', 'list_amount'].includes(name))
const list = (alias?: string) =>
  sql.join(columns.map((name) => sql.ref(alias === undefined ? name : `${alias}.${name}`)))

/**
 * Numbers of the orders, and ids of heads, lines and sales, that this change has put in or closed (an
 * undo also closes the sales of an order that stays); then the heads, lines and sales these concern,
 * each found by its own index: one order among a million is quick.
 */
function touched(tx: WriteTx): Sql {
  const of = (table: 'order_head' | 'order_line' | 'sale', column: Sql) => sql`
    SELECT ${column} FROM ${sql.table(table)} x WHERE x.org_id = ${tx.orgId} AND x.change_in = ${tx.changeId}
    UNION SELECT ${column} FROM ${sql.table(table)} x WHERE x.org_id = ${tx.orgId} AND x.change_out = ${tx.changeId}`
  const headNumber = sql`CASE WHEN x.external_source = '' THEN x.external_id END`
  return sql`touched_no (no) AS MATERIALIZED (
      SELECT n.no FROM (${of('order_head', sql`${headNumber} AS no`)} UNION ${of('order_line', sql`x.order_no AS no`)} UNION ${of('sale', sql`CASE WHEN x.source = 'orders' THEN x.order_no END AS no`)}) n WHERE n.no IS NOT NULL
    ), touched_id (id) AS MATERIALIZED (${of('order_head', sql`x.id`)} UNION ${of('order_line', sql`x.id`)}
      UNION ${of('sale', sql`CASE WHEN x.source = 'orders' THEN x.id END AS id`)}),
    line_id (id) AS MATERIALIZED (
      SELECT l.id FROM touched_no t JOIN order_line l ON l.org_id = ${tx.orgId} AND l.order_no = t.no AND l.change_out IS NULL
      UNION SELECT id FROM touched_id
    ), head_id (id) AS MATERIALIZED (
      SELECT h.id FROM touched_no t
      JOIN order_head h ON h.org_id = ${tx.orgId} AND h.external_source = '' AND h.external_id = t.no AND h.change_out IS NULL
      UNION SELECT id FROM touched_id
    ), sale_id (id) AS MATERIALIZED (
      SELECT s.id FROM touched_no t JOIN sale s ON s.org_id = ${tx.orgId} AND s.order_no = t.no AND s.change_out IS NULL
      UNION SELECT id FROM touched_id
    )`
}

/** Lines as sold, and orders known only as a whole: what a line does not say itself comes from its head. */
function sold(tx: Tx): Sql {
  return sql`
    SELECT l.id, h.deal_id, l.order_no, l.line_no, h.id AS group_id, coalesce(l.seller_id, h.seller_id) AS seller_id,
      coalesce(l.customer_id, h.customer_id) AS customer_id, l.product_id, coalesce(l.kind, h.kind, 'sale') AS kind,
      coalesce(l.on_day, h.on_day) AS on_day, l.quantity, l.amount, l.currency, l.cost AS given_cost,
      CASE WHEN l.discount IS NOT NULL THEN kontor_half_even(l.price * l.quantity * power(10::numeric, kontor_digits(l.currency))) END AS given_list
    FROM line_id t JOIN order_line l ON l.org_id = ${tx.orgId} AND l.id = t.id AND l.change_out IS NULL
    LEFT JOIN order_head h ON h.org_id = l.org_id AND h.external_source = '' AND h.external_id = l.order_no AND h.change_out IS NULL
    UNION ALL
    SELECT h.id, h.deal_id, CASE WHEN h.external_source = '' THEN h.external_id END, NULL, h.id, h.seller_id, h.customer_id, NULL, h.kind,
      h.on_day, 1, h.amount, h.currency, NULL, NULL
    FROM head_id t JOIN order_head h ON h.org_id = ${tx.orgId} AND h.id = t.id AND h.change_out IS NULL
    WHERE h.amount IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.org_id = h.org_id AND h.external_source = '' AND l.order_no = h.external_id AND l.change_out IS NULL)`
}

/** The sales the touched orders ask for; a return counts with the opposite sign. */
function wanted(tx: Tx): Sql {
  const rated = (amount: Sql) => ({
    orgId: tx.orgId,
    amount,
    currency: sql`s.currency`,
    day: sql`s.on_day`,
    base: sql`o.base_currency`,
  })
  const sign = sql`CASE s.kind WHEN 'return' THEN -1 ELSE 1 END`
  const times = (price: Sql) => sql`kontor_half_even(${price} * s.quantity)`
  return sql`
    SELECT s.id, s.deal_id, s.order_no, s.line_no, s.group_id, true AS owner, s.seller_id, 1::numeric AS share, s.customer_id, s.product_id,
      'orders' AS source, s.kind, s.on_day, ${sign} * s.quantity AS quantity, ${sign} * s.amount AS amount, s.currency,
      ${sign} * ${baseAmount('rt', rated(sql`s.amount`))} AS base_amount, rt.rate_id,
      ${sign} * coalesce(${baseAmount('rt', rated(sql`s.given_cost`))}, ${times(sql`coalesce(dp.cost, p.cost)`)}) AS cost,
      ${sign} * coalesce(${baseAmount('rt', rated(sql`s.given_list`))}, ${times(sql`coalesce(dp.list_price, p.list_price)`)}) AS list_amount,
      s.given_cost IS NOT NULL AS cost_given
    FROM (${sold(tx)}) s JOIN org o ON o.org_id = ${tx.orgId}
    LEFT JOIN product p ON p.org_id = ${tx.orgId} AND p.id = s.product_id AND p.currency = o.base_currency
    LEFT JOIN price dp ON dp.org_id = ${tx.orgId} AND dp.product_id = s.product_id AND dp.state = 'active' AND dp.currency = o.base_currency
      AND dp.valid_from <= s.on_day AND s.on_day < dp.valid_until
    ${rateJoin('rt', rated(sql`s.amount`))}
    WHERE s.on_day IS NOT NULL`
}

/**
 * After heads or lines were written by this change: closes the sales that no longer hold and writes the
 * ones that are missing. A sale whose content is the same stays, with the cost and list price of its time.
 */
export async function syncOrderSales(tx: WriteTx): Promise<number> {
  await lockRates(tx, 'read')
  const row = (alias: string) =>
    sql`ROW(${sql.join(compared.map((name) => sql.ref(`${alias}.${name}`)))})`
  const counted = await tx.first<{ closed: number; put: number }>(sql`
    WITH ${touched(tx)}, wanted AS MATERIALIZED (${wanted(tx)}),
    standing AS MATERIALIZED (
      SELECT s.* FROM sale_id t JOIN sale s ON s.org_id = ${tx.orgId} AND s.id = t.id AND s.change_out IS NULL AND s.source = 'orders'
    ),
    -- Joined and not asked for line by line: where the ledger was empty when it was last looked at, each
    -- question would read all that this statement has written so far.
    past AS MATERIALIZED (
      SELECT e.id, max(e.version) AS version FROM wanted w JOIN sale e ON e.org_id = ${tx.orgId} AND e.id = w.id GROUP BY e.id
    ),
    judged AS MATERIALIZED (
      SELECT w.*, s.id IS NOT NULL AND ${row('w')} IS NOT DISTINCT FROM ${row('s')} AND (NOT w.cost_given OR w.cost IS NOT DISTINCT FROM s.cost) AS same
      FROM wanted w LEFT JOIN standing s ON s.id = w.id
    ),
    closed AS (
      UPDATE sale s SET change_out = ${tx.changeId} FROM standing t
      WHERE s.org_id = ${tx.orgId} AND s.id = t.id AND s.version = t.version AND s.change_out IS NULL
        AND NOT EXISTS (SELECT 1 FROM judged j WHERE j.id = t.id AND j.same) RETURNING s.id
    ),
    put AS (
      INSERT INTO sale (org_id, id, version, change_in, ${list()})
      SELECT ${tx.orgId}, j.id, coalesce(p.version, 0) + 1, ${tx.changeId}, ${list('j')}
      FROM judged j LEFT JOIN past p ON p.id = j.id WHERE NOT j.same RETURNING id
    )
    SELECT (SELECT count(*) FROM closed) AS closed, (SELECT count(*) FROM put) AS put`)
  const { closed = 0, put = 0 } = counted ?? {}
  return closed + put + (put > 0 ? await chooseOrders(tx) : 0)
}

/** Whoever brings orders and has no won deal means the orders: from then on they are what counts. */
async function chooseOrders(tx: WriteTx): Promise<number> {
  const open = await tx.first<{ open: boolean }>(sql`
    SELECT NOT EXISTS (SELECT 1 FROM revenue_source WHERE org_id = ${tx.orgId} AND state <> 'removed')
      AND NOT EXISTS (SELECT 1 FROM deal WHERE org_id = ${tx.orgId} AND change_out IS NULL AND outcome = 'won') AS open`)
  if (!open?.open) return 0
  await insertRecord(tx, 'revenue_source', { source: 'orders', valid_from: '0001-01-01' })
  return 1
}
