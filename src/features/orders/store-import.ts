// The SQL that brings staged rows into the orders: heads or lines, all at once.
import { type RawBuilder, sql } from 'kysely'
import { countFacts, writeFacts } from '../../platform/database/facts-bulk.ts'
import type { RecordCounts } from '../../platform/database/records-bulk.ts'
import { facts } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { syncOrderSales } from './store-sales.ts'

type Sql = RawBuilder<unknown>

const mention = (alias: string): Sql =>
  sql`coalesce(${sql.ref(`${alias}.record_id`)}, ${sql.ref(`${alias}.id`)})`
const join = (alias: string, kind: string): Sql => sql`
  LEFT JOIN import_mention ${sql.ref(alias)} ON ${sql.ref(`${alias}.org_id`)} = r.org_id AND ${sql.ref(`${alias}.batch_id`)} = r.batch_id
    AND ${sql.ref(`${alias}.kind`)} = ${sql.lit(kind)} AND ${sql.ref(`${alias}.key`)} COLLATE "C" = ${sql.ref(`r.${kind}`)}`

/** A column of the file replaces, also by nothing; what the file has no column for stays (of `old`). */
const taker =
  (present: ReadonlySet<string>, old: string) =>
  (field: string, given: Sql, column = field) =>
    present.has(field) ? given : sql.ref(`${old}.${column}`)

function wantedHeads(tx: Tx, batchId: string, present: ReadonlySet<string>): Sql {
  const take = taker(present, 'h')
  // Without a column for it, the sign of the amount says what kind it is.
  const kept = present.has('kind')
    ? sql`NULL`
    : present.has('amount')
      ? sql`CASE WHEN r.amount IS NULL THEN h.kind END`
      : sql`h.kind`
  return sql`
    SELECT coalesce(h.id, r.id) AS id, h.version AS old_version, r.external_source, r.external_id,
      ${take('deal', sql`d.id`, 'deal_id')} AS deal_id, ${take('deal', sql`r.fields ->> 'deal'`, 'deal_no')} AS deal_no,
      ${take('seller', mention('m_seller'), 'seller_id')} AS seller_id,
      ${take('customer', mention('m_customer'), 'customer_id')} AS customer_id,
      ${take('ordered_on', sql`r.opened_on`, 'on_day')} AS on_day,
      coalesce(r.fields ->> 'kind', ${kept}, 'sale') AS kind, h.return_of,
      ${take('amount', sql`r.amount`)} AS amount,
      CASE WHEN ${sql.lit(present.has('amount'))} OR h.id IS NULL THEN r.currency ELSE h.currency END AS currency
    FROM import_row r
    LEFT JOIN order_head h ON h.org_id = r.org_id AND h.external_source = r.external_source AND h.external_id = r.external_id AND h.change_out IS NULL
    LEFT JOIN deal d ON d.org_id = r.org_id AND d.external_source = '' AND d.external_id = r.fields ->> 'deal' AND d.change_out IS NULL
    ${join('m_seller', 'seller')} ${join('m_customer', 'customer')}
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`
}

function wantedLines(tx: Tx, batchId: string, present: ReadonlySet<string>): Sql {
  const take = taker(present, 'l')
  const quantity = sql`coalesce(${take('quantity', sql`r.quantity`)}, 1)`
  const price = take('price', sql`r.price`)
  const discount = take('discount', sql`r.discount`)
  const currency = sql`CASE WHEN ${sql.lit(present.has('amount') || present.has('price'))} OR l.id IS NULL THEN r.currency ELSE l.currency END`
  // What the file says outright, else price × quantity × (1 − discount), half-even per line.
  const worked = sql`kontor_half_even(${price} * ${quantity} * (1 - coalesce(${discount}, 0)) * power(10::numeric, kontor_digits(${currency})))`
  const given = present.has('amount') ? sql`r.amount` : sql`NULL::int8`
  return sql`
    SELECT coalesce(l.id, r.id) AS id, l.version AS old_version, r.external_source, r.external_id, r.order_no,
      ${take('line_no', sql`r.line_no`)} AS line_no,
      ${take('seller', mention('m_seller'), 'seller_id')} AS seller_id,
      ${take('customer', mention('m_customer'), 'customer_id')} AS customer_id,
      ${take('product', mention('m_product'), 'product_id')} AS product_id,
      ${take('ordered_on', sql`r.opened_on`, 'on_day')} AS on_day,
      r.fields ->> 'kind' AS kind,
      ${quantity} AS quantity, ${price} AS price, ${discount} AS discount,
      coalesce(${given}, ${worked}, l.amount) AS amount, ${currency} AS currency,
      ${take('cost', sql`r.amount2`)} AS cost
    FROM import_row r
    LEFT JOIN order_line l ON l.org_id = r.org_id AND l.external_source = r.external_source AND l.external_id = r.external_id AND l.change_out IS NULL
    ${join('m_seller', 'seller')} ${join('m_customer', 'customer')} ${join('m_product', 'product')}
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`
}

/** Fields that make a row a line: the file is one of lines when it has a column for any of them. */
const lineFields = ['product', 'quantity', 'price', 'discount', 'line_no', 'cost']

export function isOfLines(present: { has(field: string): boolean }): boolean {
  return lineFields.some((field) => present.has(field))
}

export function countOrderHeads(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countFacts(tx, 'order_head', wantedHeads(tx, batchId, present))
}

export function importOrderHeads(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return writeFacts(tx, 'order_head', wantedHeads(tx, batchId, present))
}

export function countOrderLines(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countFacts(tx, 'order_line', wantedLines(tx, batchId, present))
}

export function importOrderLines(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return writeFacts(tx, 'order_line', wantedLines(tx, batchId, present))
}

/** Notes for every order that whole lines name which head it has; null where there is none yet. */
export async function resolveOrderMentions(tx: Tx, batchId: string): Promise<void> {
  await tx.run(sql`
    UPDATE import_mention m SET record_id = (
      SELECT h.id FROM order_head h WHERE h.org_id = m.org_id AND h.external_source = '' AND h.external_id = m.key AND h.change_out IS NULL)
    WHERE m.org_id = ${tx.orgId} AND m.batch_id = ${batchId} AND m.kind = 'order'`)
}

/**
 * Orders that came as whole lines get a head with what all their lines say alike, so that they can be
 * found, opened and changed like any other. What a head says itself stays where the lines differ.
 */
export async function importHeadsOfLines(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<number> {
  const take = taker(present, 'h')
  const alike = (
    column: string,
  ) => sql`CASE WHEN count(DISTINCT ${sql.ref(`l.${column}`)}) = 1 AND count(${sql.ref(`l.${column}`)}) = count(*)
    THEN (array_agg(${sql.ref(`l.${column}`)}))[1] END AS ${sql.ref(column)}`
  const { added, updated } = await writeFacts(
    tx,
    'order_head',
    sql`
    SELECT coalesce(h.id, m.id) AS id, h.version AS old_version, '' AS external_source, m.key AS external_id,
      ${take('deal', sql`d.id`, 'deal_id')} AS deal_id, ${take('deal', sql`n.deal_no`, 'deal_no')} AS deal_no,
      coalesce(a.seller_id, h.seller_id) AS seller_id, coalesce(a.customer_id, h.customer_id) AS customer_id,
      coalesce(a.on_day, h.on_day) AS on_day, coalesce(a.kind, h.kind, 'sale') AS kind, h.return_of, h.amount,
      coalesce(h.currency, a.currency) AS currency
    FROM import_mention m
    JOIN (
      SELECT l.order_no, ${alike('seller_id')}, ${alike('customer_id')}, ${alike('on_day')},
        CASE WHEN count(l.kind) = 0 THEN NULL WHEN bool_and(l.kind IS NOT DISTINCT FROM 'return') THEN 'return' ELSE 'sale' END AS kind, min(l.currency) AS currency
      FROM order_line l WHERE l.org_id = ${tx.orgId} AND l.change_out IS NULL
        AND l.order_no IN (SELECT key FROM import_mention WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} AND kind = 'order')
      GROUP BY l.order_no
    ) a ON a.order_no = m.key
    LEFT JOIN (
      SELECT r.order_no, CASE WHEN count(DISTINCT r.fields ->> 'deal') = 1 THEN min(r.fields ->> 'deal') END AS deal_no
      FROM import_row r WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} AND r.order_no IS NOT NULL GROUP BY r.order_no
    ) n ON n.order_no = m.key
    LEFT JOIN deal d ON d.org_id = ${tx.orgId} AND d.external_source = '' AND d.external_id = n.deal_no AND d.change_out IS NULL
    LEFT JOIN order_head h ON h.org_id = m.org_id AND h.external_source = '' AND h.external_id = m.key AND h.change_out IS NULL
    WHERE m.org_id = ${tx.orgId} AND m.batch_id = ${batchId} AND m.kind = 'order'`,
  )
  return added + updated
}

/** Orders that named a deal before it came: this change has brought it. */
export async function linkOrdersToDeals(tx: WriteTx): Promise<number> {
  const columns = facts.order_head.map((name) =>
    name === 'deal_id' ? sql`d.id AS deal_id` : sql.ref(`h.${name}`),
  )
  const { updated } = await writeFacts(
    tx,
    'order_head',
    sql`
    SELECT h.id, h.version AS old_version, ${sql.join(columns)} FROM order_head h
    JOIN deal d ON d.org_id = ${tx.orgId} AND d.external_source = '' AND d.external_id = h.deal_no AND d.change_out IS NULL AND d.change_in = ${tx.changeId}
    WHERE h.org_id = ${tx.orgId} AND h.change_out IS NULL AND h.deal_id IS NULL AND h.deal_no IS NOT NULL`,
  )
  return updated === 0 ? 0 : updated + (await syncOrderSales(tx))
}
