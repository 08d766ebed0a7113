// Keeps the sales ledger in step with the deals: one sale per won deal, none for the others.
import { type RawBuilder, sql } from 'kysely'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

const saleColumns = sql`deal_id, owner, seller_id, share, customer_id, product_id, source, kind, on_day, quantity, amount,
  currency, base_amount, cost, list_amount`
const compared = [
  'seller_id',
  'customer_id',
  'product_id',
  'on_day',
  'quantity',
  'amount',
  'currency',
  'base_amount',
] as const

/** Price of product p × quantity, in whole minor units, half-even. */
function priceTimes(
  price: 'cost' | 'list_price',
  quantity: 'd.quantity' | 's.quantity',
): RawBuilder<unknown> {
  const exact = sql`(${sql.ref(`p.${price}`)} * ${sql.ref(quantity)})`
  return sql`(CASE WHEN abs(${exact} - trunc(${exact})) = 0.5 THEN 2 * round(${exact} / 2) ELSE round(${exact}) END)::int8`
}

/** The sale that each open row of a deal asks for. Alias of the deal: d. */
function wantedSales(tx: Tx, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    SELECT d.id, d.version AS deal_version, d.seller_id, d.customer_id, d.product_id, d.closed_on AS on_day, d.quantity,
      d.amount, d.currency, d.base_amount, ${priceTimes('cost', 'd.quantity')} AS cost,
      ${priceTimes('list_price', 'd.quantity')} AS list_amount
    FROM deal d JOIN org o ON o.org_id = d.org_id
    LEFT JOIN product p ON p.org_id = d.org_id AND p.id = d.product_id AND p.currency = o.base_currency
    WHERE d.org_id = ${tx.orgId} AND d.change_out IS NULL AND d.outcome = 'won' AND ${which}`
}

/**
 * After deals were written by this change: closes the sales that no longer hold and writes the ones
 * that are missing. A sale whose content is the same stays, with the cost and list price of its time.
 * `dealIds` narrows it to some deals; without them it looks at all that this change put in or closed.
 */
export async function syncSales(tx: WriteTx, dealIds?: readonly string[]): Promise<number> {
  const put = dealIds ? sql`d.id = ANY(${dealIds}::uuid[])` : sql`d.change_in = ${tx.changeId}`
  const gone = dealIds
    ? sql`s.id = ANY(${dealIds}::uuid[])`
    : sql`s.id IN (SELECT g.id FROM deal g WHERE g.org_id = ${tx.orgId} AND g.change_out = ${tx.changeId})`
  const row = (alias: string) =>
    sql`ROW(${sql.join(compared.map((name) => sql.ref(`${alias}.${name}`)))})`
  const closed = await tx.run(sql`
    UPDATE sale s SET change_out = ${tx.changeId}
    WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL AND s.source = 'deals' AND s.kind = 'sale' AND ${gone}
      AND NOT EXISTS (SELECT 1 FROM (${wantedSales(tx, put)}) w WHERE w.id = s.id AND ${row('w')} IS NOT DISTINCT FROM ${row('s')})`)
  const added = await tx.run(sql`
    INSERT INTO sale (org_id, id, version, change_in, ${saleColumns})
    SELECT ${tx.orgId}, w.id,
      CASE WHEN w.deal_version = 1 THEN 1
        ELSE (SELECT coalesce(max(e.version), 0) + 1 FROM sale e WHERE e.org_id = ${tx.orgId} AND e.id = w.id) END,
      ${tx.changeId}, w.id, true, w.seller_id, 1, w.customer_id, w.product_id, 'deals', 'sale', w.on_day, w.quantity, w.amount,
      w.currency, w.base_amount, w.cost, w.list_amount
    FROM (${wantedSales(tx, put)}) w
    WHERE w.deal_version = 1 OR NOT EXISTS (
      SELECT 1 FROM sale e WHERE e.org_id = ${tx.orgId} AND e.id = w.id AND e.change_out IS NULL)`)
  return closed + added
}

/**
 * Sales made before their product had a price or cost get it, outside closed periods, so that it does
 * not matter whether products or deals come in first. Prices that change later leave them alone.
 */
export async function fillSalePrices(tx: WriteTx, batchId: string): Promise<number> {
  return tx.run(sql`
    WITH filled AS MATERIALIZED (
      SELECT s.id, s.version, coalesce(s.cost, ${priceTimes('cost', 's.quantity')}) AS cost,
        coalesce(s.list_amount, ${priceTimes('list_price', 's.quantity')}) AS list_amount
      FROM sale s JOIN org o ON o.org_id = s.org_id
      JOIN product p ON p.org_id = s.org_id AND p.id = s.product_id AND p.currency = o.base_currency
      WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL AND s.source = 'deals'
        AND s.product_id IN (SELECT r.target_id FROM import_row r WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId})
        AND ((s.cost IS NULL AND p.cost IS NOT NULL) OR (s.list_amount IS NULL AND p.list_price IS NOT NULL))
        AND NOT EXISTS (SELECT 1 FROM period_lock l WHERE l.org_id = s.org_id AND l.state = 'active'
          AND l.from_on <= s.on_day AND s.on_day < l.until_on)
    ), closed AS (
      UPDATE sale s SET change_out = ${tx.changeId} FROM filled f
      WHERE s.org_id = ${tx.orgId} AND s.id = f.id AND s.version = f.version AND s.change_out IS NULL
      RETURNING s.*
    )
    INSERT INTO sale (org_id, id, version, change_in, order_no, line_no, group_id, rate_id, ${saleColumns})
    SELECT c.org_id, c.id, c.version + 1, ${tx.changeId}, c.order_no, c.line_no, c.group_id, c.rate_id, c.deal_id, c.owner,
      c.seller_id, c.share, c.customer_id, c.product_id, c.source, c.kind, c.on_day, c.quantity, c.amount, c.currency,
      c.base_amount, f.cost, f.list_amount
    FROM closed c JOIN filled f ON f.id = c.id`)
}
