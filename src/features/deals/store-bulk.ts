// The SQL of changing many deals alike: which are chosen, what each becomes, and their next versions.
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { baseAmount, rateJoin } from '../../platform/database/base-amount.ts'
import { writeFacts } from '../../platform/database/facts-bulk.ts'
import { facts } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { reachCondition } from '../team/door.ts'
import { type DealFilter, filters } from './store.ts'

/** How far whoever asks reaches, and what today is for deals that are still open. */
export interface Whose {
  ctx: Ctx
  today: string
}

const dayOf = (today: string) => sql`coalesce(d.closed_on, ${today}::date)`

/** Condition on d: these, or all that fit the filter, whose owner is within reach. */
export function chosenDeals(
  tx: Tx,
  { ctx, today }: Whose,
  { ids, filter }: { ids?: readonly string[] | undefined; filter?: DealFilter | undefined },
): RawBuilder<unknown> {
  const conditions = [
    reachCondition(ctx, { seller: 'd.seller_id', day: dayOf(today) }),
    ...(ids === undefined ? [] : [dealsOf(ids)]),
    ...(filter === undefined ? [] : filters(tx, filter)),
  ]
  return sql`(${sql.join(conditions, sql` AND `)})`
}

/** Condition on d: exactly these. */
export function dealsOf(ids: readonly string[]): RawBuilder<unknown> {
  return sql`d.id = ANY(${ids}::uuid[])`
}

export interface BulkSet {
  sellerId?: string | null | undefined
  customerId?: string | null | undefined
  /** List price × quantity, where the product has one in the currency of the deal. */
  amount?: 'list-price' | undefined
}

interface Side {
  seller: string | null
  customer: string | null
  amount: number | null
}

export interface BulkRow {
  id: string
  name: string
  currency: string
  before: Side
  after: Side
}

/** `w`: the chosen deals with what would be set beside what is. `which` speaks of d. */
function wanted(tx: Tx, which: RawBuilder<unknown>, set: BulkSet): RawBuilder<unknown> {
  const given = (value: string | null | undefined, column: string) =>
    value === undefined ? sql.ref(column) : sql`${value}::uuid`
  const amount =
    set.amount === undefined
      ? sql`d.amount`
      : sql`coalesce(kontor_half_even(coalesce(dp.list_price, CASE WHEN p.currency = d.currency THEN p.list_price END) * d.quantity), d.amount)`
  const prices =
    set.amount === undefined
      ? sql``
      : sql`LEFT JOIN product p ON p.org_id = d.org_id AND p.id = d.product_id
        LEFT JOIN price dp ON dp.org_id = d.org_id AND dp.product_id = d.product_id AND dp.state = 'active' AND dp.currency = d.currency
          AND dp.valid_from <= coalesce(d.closed_on, d.opened_on) AND coalesce(d.closed_on, d.opened_on) < dp.valid_until`
  return sql`(
    SELECT d.*, ${given(set.sellerId, 'd.seller_id')} AS to_seller, ${given(set.customerId, 'd.customer_id')} AS to_customer,
      ${amount} AS to_amount
    FROM deal d ${prices} WHERE d.org_id = ${tx.orgId} AND d.change_out IS NULL AND ${which}) w`
}

const differs = sql`(w.to_seller IS DISTINCT FROM w.seller_id OR w.to_customer IS DISTINCT FROM w.customer_id OR w.to_amount IS DISTINCT FROM w.amount)`

/** Ids of the chosen deals, locked in their order, so that nobody changes them in between. */
export async function lockDeals(
  tx: WriteTx,
  which: RawBuilder<unknown>,
  most: number,
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT d.id FROM deal d WHERE d.org_id = ${tx.orgId} AND d.change_out IS NULL AND ${which}
    ORDER BY d.id LIMIT ${most} FOR UPDATE`)
  return rows.map((row) => row.id)
}

export async function countChosen(
  tx: Tx,
  which: RawBuilder<unknown>,
  set: BulkSet,
): Promise<{ chosen: number; changed: number }> {
  const row = await tx.first<{ chosen: number; changed: number }>(sql`
    SELECT count(*) AS chosen, count(*) FILTER (WHERE ${differs}) AS changed FROM ${wanted(tx, which, set)}`)
  return row ?? { chosen: 0, changed: 0 }
}

/** The first of those that would change, as a person knows them. */
export async function firstChanged(
  tx: Tx,
  which: RawBuilder<unknown>,
  set: BulkSet,
  most: number,
): Promise<BulkRow[]> {
  const name = (table: 'seller' | 'customer', id: string) =>
    sql`(SELECT x.name FROM ${sql.table(table)} x WHERE x.org_id = w.org_id AND x.id = ${sql.ref(id)})`
  const side = (seller: string, customer: string, amount: string) =>
    sql`jsonb_build_object('seller', ${name('seller', seller)}, 'customer', ${name('customer', customer)}, 'amount', ${sql.ref(amount)})`
  return tx.rows<BulkRow>(sql`
    SELECT w.id, w.currency, coalesce(nullif(concat_ws(' · ', CASE WHEN w.external_source = '' THEN w.external_id END,
        ${name('customer', 'w.customer_id')}, (SELECT p.name FROM product p WHERE p.org_id = w.org_id AND p.id = w.product_id)), ''),
        to_char(coalesce(w.closed_on, w.opened_on), 'YYYY-MM-DD'), '—') AS name,
      ${side('w.seller_id', 'w.customer_id', 'w.amount')} AS before, ${side('w.to_seller', 'w.to_customer', 'w.to_amount')} AS after
    FROM ${wanted(tx, which, set)} WHERE ${differs}
    ORDER BY coalesce(w.closed_on, w.opened_on) DESC NULLS LAST, w.id LIMIT ${most}`)
}

/** Whether the seller is within reach on the day of every chosen deal. */
export async function mayHaveAll(
  tx: Tx,
  { ctx, today }: Whose,
  which: RawBuilder<unknown>,
  sellerId: string | null,
): Promise<boolean> {
  if (ctx.reach === 'all') return true
  const within = reachCondition(ctx, { seller: sql`${sellerId}::uuid`, day: dayOf(today) })
  const row = await tx.first<{ found: boolean }>(sql`
    SELECT EXISTS (SELECT 1 FROM deal d WHERE d.org_id = ${tx.orgId} AND d.change_out IS NULL AND ${which} AND NOT ${within}) AS found`)
  return !row?.found
}

/** The next versions of these deals; returns the ids of those that changed. */
export async function writeChosen(
  tx: WriteTx,
  ids: readonly string[],
  set: BulkSet,
): Promise<string[]> {
  const valued = {
    orgId: tx.orgId,
    amount: sql`w.to_amount`,
    currency: sql`w.currency`,
    day: sql`coalesce(w.closed_on, w.opened_on)`,
    base: sql`o.base_currency`,
  }
  const become: Record<string, RawBuilder<unknown>> = {
    seller_id: sql`w.to_seller AS seller_id`,
    customer_id: sql`w.to_customer AS customer_id`,
    amount: sql`w.to_amount AS amount`,
    base_amount: sql`CASE WHEN w.to_amount IS DISTINCT FROM w.amount THEN ${baseAmount('rt', valued)} ELSE w.base_amount END AS base_amount`,
  }
  const columns = facts.deal.map((column) => become[column] ?? sql.ref(`w.${column}`))
  await writeFacts(
    tx,
    'deal',
    sql`SELECT w.id, w.version AS old_version, ${sql.join(columns)}
      FROM ${wanted(tx, dealsOf(ids), set)} JOIN org o ON o.org_id = w.org_id ${rateJoin('rt', valued)}
      ORDER BY w.id`,
  )
  const rows = await tx.rows<{ id: string }>(
    sql`SELECT id FROM deal WHERE org_id = ${tx.orgId} AND change_in = ${tx.changeId} AND change_out IS NULL`,
  )
  return rows.map((row) => row.id)
}

/** Whether a record that is about to be named is there. */
export async function isThere(tx: Tx, table: 'seller' | 'customer', id: string): Promise<boolean> {
  const row = await tx.first(
    sql`SELECT 1 FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`,
  )
  return row !== undefined
}
