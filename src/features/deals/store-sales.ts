// Keeps the sales ledger in step with the deals: one sale per won deal and seller, none for the others.
import { type RawBuilder, sql } from 'kysely'
import { baseAmount, rateJoin } from '../../platform/database/base-amount.ts'
import { facts } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

const saleColumns = sql`deal_id, group_id, owner, seller_id, share, customer_id, product_id, source, kind, on_day, quantity, amount,
  currency, base_amount, rate_id, cost, list_amount`
const compared = [
  'group_id',
  'owner',
  'seller_id',
  'share',
  'customer_id',
  'product_id',
  'on_day',
  'quantity',
  'amount',
  'currency',
  'base_amount',
] as const

/** Price × quantity, in whole minor units, half-even. */
function priceTimes(price: RawBuilder<unknown>, quantity: 'd.quantity' | 's.quantity') {
  return sql`kontor_half_even(${price} * ${sql.ref(quantity)})`
}

/** One seller's part of an amount over all parts of a deal: the rest goes to the largest fractions. */
function part(amount: string): RawBuilder<unknown> {
  const whole = sql.ref(`w.${amount}`)
  return sql`(floor(${whole} * ds.share) + (row_number() OVER (PARTITION BY w.deal_id ORDER BY ${whole} * ds.share - floor(${whole} * ds.share) DESC, ds.id)
    <= ${whole} - sum(floor(${whole} * ds.share)) OVER (PARTITION BY w.deal_id))::int)::int8`
}

/** The sales that each open row of a deal asks for. Alias of the deal: d. */
function wantedSales(tx: Tx, which: RawBuilder<unknown>): RawBuilder<unknown> {
  const rated = {
    orgId: tx.orgId,
    amount: sql`d.amount`,
    currency: sql`d.currency`,
    day: sql`d.closed_on`,
    base: sql`o.base_currency`,
  }
  const whole = sql`
    SELECT d.id AS deal_id, d.version AS deal_version, d.seller_id, d.customer_id, d.product_id, d.closed_on AS on_day, d.quantity,
      d.amount, d.currency, d.base_amount, rt.rate_id, ${priceTimes(sql`coalesce(dp.cost, p.cost)`, 'd.quantity')} AS cost,
      ${priceTimes(sql`coalesce(dp.list_price, p.list_price)`, 'd.quantity')} AS list_amount,
      EXISTS (SELECT 1 FROM deal_seller ds WHERE ds.org_id = d.org_id AND ds.deal_id = d.id AND ds.change_out IS NULL) AS shared
    FROM deal d JOIN org o ON o.org_id = d.org_id
    LEFT JOIN product p ON p.org_id = d.org_id AND p.id = d.product_id AND p.currency = o.base_currency
    LEFT JOIN price dp ON dp.org_id = d.org_id AND dp.product_id = d.product_id AND dp.state = 'active' AND dp.currency = o.base_currency
      AND dp.valid_from <= d.closed_on AND d.closed_on < dp.valid_until
    ${rateJoin('rt', rated)}
    WHERE d.org_id = ${tx.orgId} AND d.change_out IS NULL AND d.outcome = 'won' AND ${which}`
  return sql`
    SELECT w.deal_id AS id, w.deal_id, w.deal_version, NULL::uuid AS group_id, true AS owner, w.seller_id, 1::numeric AS share, w.customer_id,
      w.product_id, w.on_day, w.quantity, w.amount, w.currency, w.base_amount, w.rate_id, w.cost, w.list_amount
    FROM (${whole}) w WHERE NOT w.shared
    UNION ALL
    SELECT CASE WHEN ds.seller_id = w.seller_id THEN w.deal_id ELSE ds.id END, w.deal_id, w.deal_version, w.deal_id,
      ds.seller_id = w.seller_id, ds.seller_id, ds.share, w.customer_id, w.product_id, w.on_day, w.quantity * ds.share,
      ${part('amount')}, w.currency, ${part('base_amount')}, w.rate_id, ${part('cost')}, ${part('list_amount')}
    FROM (${whole}) w JOIN deal_seller ds ON ds.org_id = ${tx.orgId} AND ds.deal_id = w.deal_id AND ds.change_out IS NULL
    WHERE w.shared`
}

/**
 * After deals were written by this change: closes the sales that no longer hold and writes the ones
 * that are missing. A sale whose content is the same stays, with the cost and list price of its time.
 * `dealIds` narrows it to some deals; without them it looks at all that this change put in or closed.
 */
export async function syncSales(tx: WriteTx, dealIds?: readonly string[]): Promise<number> {
  const put = dealIds ? sql`d.id = ANY(${dealIds}::uuid[])` : sql`d.change_in = ${tx.changeId}`
  const gone = dealIds
    ? sql`s.deal_id = ANY(${dealIds}::uuid[])`
    : sql`s.deal_id IN (SELECT g.id FROM deal g WHERE g.org_id = ${tx.orgId} AND g.change_out = ${tx.changeId})`
  // A deal that this change has made has no sale yet; asking for each of a million would take its time.
  const made = dealIds ? sql`false` : sql`w.deal_version = 1`
  const row = (alias: string) =>
    sql`ROW(${sql.join(compared.map((name) => sql.ref(`${alias}.${name}`)))})`
  const closed = await tx.run(sql`
    UPDATE sale s SET change_out = ${tx.changeId}
    WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL AND s.source = 'deals' AND s.kind = 'sale' AND ${gone}
      AND NOT EXISTS (SELECT 1 FROM (${wantedSales(tx, put)}) w WHERE w.id = s.id AND ${row('w')} IS NOT DISTINCT FROM ${row('s')})`)
  const added = await tx.run(sql`
    INSERT INTO sale (org_id, id, version, change_in, ${saleColumns})
    SELECT ${tx.orgId}, w.id,
      CASE WHEN ${made} THEN 1
        ELSE (SELECT coalesce(max(e.version), 0) + 1 FROM sale e WHERE e.org_id = ${tx.orgId} AND e.id = w.id) END,
      ${tx.changeId}, w.deal_id, w.group_id, w.owner, w.seller_id, w.share, w.customer_id, w.product_id, 'deals', 'sale', w.on_day,
      w.quantity, w.amount, w.currency, w.base_amount, w.rate_id, w.cost, w.list_amount
    FROM (${wantedSales(tx, put)}) w
    WHERE ${made} OR NOT EXISTS (
      SELECT 1 FROM sale e WHERE e.org_id = ${tx.orgId} AND e.id = w.id AND e.change_out IS NULL)`)
  return closed + added
}

/**
 * After rates were written: deals and sales in these currencies get the base amount that follows from
 * the rates now, as next versions; what stays the same stays. Returns how many were valued anew.
 */
export async function revalue(
  tx: WriteTx,
  currencies: readonly string[],
  range: { from: string; until: string },
): Promise<number> {
  const wantedDeals = sql`
    SELECT * FROM (
      SELECT d.*, ${baseAmount('rt', {
        orgId: tx.orgId,
        amount: sql`d.amount`,
        currency: sql`d.currency`,
        day: sql`coalesce(d.closed_on, d.opened_on)`,
        base: sql`o.base_currency`,
      })} AS wanted
      FROM deal d JOIN org o ON o.org_id = d.org_id
      ${rateJoin('rt', {
        orgId: tx.orgId,
        amount: sql`d.amount`,
        currency: sql`d.currency`,
        day: sql`coalesce(d.closed_on, d.opened_on)`,
        base: sql`o.base_currency`,
      })}
      WHERE d.org_id = ${tx.orgId} AND d.change_out IS NULL AND d.currency = ANY(${currencies}::text[]) AND d.currency <> o.base_currency
        AND coalesce(d.closed_on, d.opened_on) >= ${range.from}::date AND coalesce(d.closed_on, d.opened_on) < ${range.until}::date
    ) v WHERE v.base_amount IS DISTINCT FROM v.wanted ORDER BY v.id`
  const deals = await tx.run(sql`
    WITH wanted AS MATERIALIZED (${wantedDeals}), closed AS (
      UPDATE deal d SET change_out = ${tx.changeId} FROM wanted w
      WHERE d.org_id = ${tx.orgId} AND d.id = w.id AND d.version = w.version AND d.change_out IS NULL RETURNING d.id
    )
    INSERT INTO deal (org_id, id, version, change_in, ${sql.join(facts.deal.map((name) => sql.ref(name)))})
    SELECT ${tx.orgId}, w.id, w.version + 1, ${tx.changeId}, ${sql.join(facts.deal.map((name) => (name === 'base_amount' ? sql`w.wanted` : sql.ref(`w.${name}`))))}
    FROM wanted w JOIN closed c ON c.id = w.id`)
  if (deals > 0) await syncSales(tx)
  return deals + (await revalueSales(tx, currencies, range))
}

/** Sales of orders, which stand in the ledger with their own amount; and of any sale, which rate it names. */
async function revalueSales(
  tx: WriteTx,
  currencies: readonly string[],
  range: { from: string; until: string },
): Promise<number> {
  const rated = {
    orgId: tx.orgId,
    amount: sql`s.amount`,
    currency: sql`s.currency`,
    day: sql`s.on_day`,
    base: sql`o.base_currency`,
  }
  const kept = facts.sale.filter((name) => name !== 'base_amount' && name !== 'rate_id')
  return tx.run(sql`
    WITH wanted AS MATERIALIZED (
      SELECT * FROM (
        SELECT s.*, CASE s.source WHEN 'orders' THEN ${baseAmount('rt', rated)} ELSE s.base_amount END AS wanted, rt.rate_id AS wanted_rate FROM sale s JOIN org o ON o.org_id = s.org_id
        ${rateJoin('rt', rated)}
        WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL AND s.currency = ANY(${currencies}::text[])
          AND s.currency <> o.base_currency AND s.on_day >= ${range.from}::date AND s.on_day < ${range.until}::date
      ) v WHERE v.base_amount IS DISTINCT FROM v.wanted OR v.rate_id IS DISTINCT FROM v.wanted_rate
    ), closed AS (
      UPDATE sale s SET change_out = ${tx.changeId} FROM wanted w
      WHERE s.org_id = ${tx.orgId} AND s.id = w.id AND s.version = w.version AND s.change_out IS NULL RETURNING s.id
    )
    INSERT INTO sale (org_id, id, version, change_in, base_amount, rate_id, ${sql.join(kept.map((name) => sql.ref(name)))})
    SELECT ${tx.orgId}, w.id, w.version + 1, ${tx.changeId}, w.wanted, w.wanted_rate, ${sql.join(kept.map((name) => sql.ref(`w.${name}`)))}
    FROM wanted w JOIN closed c ON c.id = w.id`)
}

/**
 * Sales made before their product had a price or cost get it, outside closed periods, so that it does
 * not matter whether products or deals come in first. Prices that change later leave them alone.
 */
export async function fillSalePrices(tx: WriteTx, batchId: string): Promise<number> {
  return tx.run(sql`
    WITH filled AS MATERIALIZED (
      SELECT s.id, s.version, coalesce(s.cost, ${priceTimes(sql`coalesce(dp.cost, p.cost)`, 's.quantity')}) AS cost,
        coalesce(s.list_amount, ${priceTimes(sql`coalesce(dp.list_price, p.list_price)`, 's.quantity')}) AS list_amount
      FROM sale s JOIN org o ON o.org_id = s.org_id
      JOIN product p ON p.org_id = s.org_id AND p.id = s.product_id AND p.currency = o.base_currency
      LEFT JOIN price dp ON dp.org_id = s.org_id AND dp.product_id = s.product_id AND dp.state = 'active' AND dp.currency = o.base_currency
        AND dp.valid_from <= s.on_day AND s.on_day < dp.valid_until
      WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL AND s.share = 1
        AND s.product_id IN (SELECT r.target_id FROM import_row r WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId})
        AND ((s.cost IS NULL AND p.cost IS NOT NULL) OR (s.list_amount IS NULL AND p.list_price IS NOT NULL))
        AND NOT EXISTS (SELECT 1 FROM period_lock l WHERE l.org_id = s.org_id AND l.state = 'active'
          AND l.from_on <= s.on_day AND s.on_day < l.until_on)
    ), closed AS (
      UPDATE sale s SET change_out = ${tx.changeId} FROM filled f
      WHERE s.org_id = ${tx.orgId} AND s.id = f.id AND s.version = f.version AND s.change_out IS NULL
      RETURNING s.*
    )
    INSERT INTO sale (org_id, id, version, change_in, order_no, line_no, ${saleColumns})
    SELECT c.org_id, c.id, c.version + 1, ${tx.changeId}, c.order_no, c.line_no, c.deal_id, c.group_id, c.owner,
      c.seller_id, c.share, c.customer_id, c.product_id, c.source, c.kind, c.on_day, c.quantity, c.amount, c.currency,
      c.base_amount, c.rate_id, f.cost, f.list_amount
    FROM closed c JOIN filled f ON f.id = c.id`)
}
