// The SQL of deals: lists and single rows, with the names of the records they refer to.
import { type RawBuilder, sql } from 'kysely'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { Outcome } from './calc/rules.ts'

export interface DealRow {
  id: string
  version: number
  external_id: string | null
  seller_id: string | null
  seller_name: string | null
  customer_id: string | null
  customer_name: string | null
  product_id: string | null
  product_name: string | null
  stage_id: string
  stage_name: string | null
  outcome: Outcome
  lost_reason_id: string | null
  lost_reason_name: string | null
  opened_on: string | null
  closed_on: string | null
  quantity: number
  amount: number | null
  currency: string
  base_amount: number | null
}

/** A deal without a number of its own is recognised by its content; that key is nobody's business. */
export const selectDeal = sql`
  SELECT d.id, d.version, CASE WHEN d.external_source = 'content' THEN NULL ELSE d.external_id END AS external_id,
    d.seller_id, s.name AS seller_name, d.customer_id, c.name AS customer_name, d.product_id, p.name AS product_name,
    d.stage_id, t.name AS stage_name, d.outcome, d.lost_reason_id, l.name AS lost_reason_name,
    d.opened_on, d.closed_on, d.quantity, d.amount, d.currency, d.base_amount
  FROM deal d
  LEFT JOIN seller s ON s.org_id = d.org_id AND s.id = d.seller_id
  LEFT JOIN customer c ON c.org_id = d.org_id AND c.id = d.customer_id
  LEFT JOIN product p ON p.org_id = d.org_id AND p.id = d.product_id
  LEFT JOIN stage t ON t.org_id = d.org_id AND t.id = d.stage_id
  LEFT JOIN lost_reason l ON l.org_id = d.org_id AND l.id = d.lost_reason_id`

export interface DealFilter {
  outcome?: Outcome | undefined
  sellerId?: string | undefined
  customerId?: string | undefined
  productId?: string | undefined
  stageId?: string | undefined
  batchId?: string | undefined
  without?: 'seller' | 'customer' | 'amount' | undefined
}

const lacks = {
  seller: sql`d.seller_id IS NULL`,
  customer: sql`d.customer_id IS NULL`,
  amount: sql`coalesce(d.amount, 0) = 0`,
} as const

/** A place in one part of the list; deals without an opening day come last. */
export interface DealPlace {
  day: string
  id: string
}

/** Stands for the opening day of a deal that has none: behind all others. */
const noDay = '0001-01-01'
/** The day that open deals d are listed by; literally as the indexes `deal_open` and `deal_stage` have it. */
export const openDaySql = sql`(CASE WHEN d.opened_on IS NULL THEN DATE ${sql.lit(noDay)} ELSE d.opened_on END)`
/** The day that a row of the open part is sorted by. */
export const openDay = (row: DealRow): string => row.opened_on ?? noDay

/** Open deals from a place on, newest opening day first. `reach` speaks of d. */
export function listOpen(
  tx: Tx,
  filter: DealFilter,
  reach: RawBuilder<unknown>,
  after: DealPlace | undefined,
  limit: number,
): Promise<DealRow[]> {
  return part(tx, sql`d.closed_on IS NULL`, openDaySql, filter, reach, after, limit)
}

/** Closed deals from a place on, newest closing day first. */
export function listClosed(
  tx: Tx,
  filter: DealFilter,
  reach: RawBuilder<unknown>,
  after: DealPlace | undefined,
  limit: number,
): Promise<DealRow[]> {
  return part(tx, sql`d.closed_on IS NOT NULL`, sql`d.closed_on`, filter, reach, after, limit)
}

/** The page is found on the deals alone; names are joined to its rows only. */
function part(
  tx: Tx,
  which: RawBuilder<unknown>,
  day: RawBuilder<unknown>,
  filter: DealFilter,
  reach: RawBuilder<unknown>,
  after: DealPlace | undefined,
  limit: number,
): Promise<DealRow[]> {
  const conditions = [
    sql`d.org_id = ${tx.orgId}`,
    sql`d.change_out IS NULL`,
    which,
    reach,
    ...filters(tx, filter),
  ]
  if (after) conditions.push(sql`(${day}, d.id) < (${after.day}::date, ${after.id}::uuid)`)
  return tx.rows<DealRow>(sql`
    WITH page AS MATERIALIZED (
      SELECT d.id, d.version, ${day} AS sort_day FROM deal d WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY ${day} DESC, d.id DESC LIMIT ${limit}
    )
    ${selectDeal} JOIN page ON page.id = d.id AND page.version = d.version
    WHERE d.org_id = ${tx.orgId} ORDER BY page.sort_day DESC, d.id DESC`)
}

/** Conditions on the deal d. Whoever has a share of it sells it, too. */
export function filters(tx: Tx, filter: DealFilter): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = []
  if (filter.outcome !== undefined) conditions.push(sql`d.outcome = ${filter.outcome}`)
  if (filter.sellerId !== undefined) {
    conditions.push(sql`(d.seller_id = ${filter.sellerId} OR d.id = ANY(ARRAY(SELECT ds.deal_id FROM deal_seller ds
      WHERE ds.org_id = ${tx.orgId} AND ds.seller_id = ${filter.sellerId} AND ds.change_out IS NULL)))`)
  }
  if (filter.customerId !== undefined) conditions.push(sql`d.customer_id = ${filter.customerId}`)
  if (filter.productId !== undefined) conditions.push(sql`d.product_id = ${filter.productId}`)
  if (filter.stageId !== undefined) conditions.push(sql`d.stage_id = ${filter.stageId}`)
  if (filter.without !== undefined) conditions.push(lacks[filter.without])
  if (filter.batchId !== undefined) {
    conditions.push(sql`d.change_in = (
      SELECT b.change_id FROM import_batch b WHERE b.org_id = ${tx.orgId} AND b.id = ${filter.batchId})`)
  }
  return conditions
}

/** The open row of a deal within `reach`. */
export function dealById(
  tx: Tx,
  id: string,
  reach: RawBuilder<unknown>,
): Promise<DealRow | undefined> {
  return tx.first<DealRow>(sql`
    ${selectDeal} WHERE d.org_id = ${tx.orgId} AND d.id = ${id} AND d.change_out IS NULL AND ${reach}`)
}

export function dealNumbered(tx: Tx, externalId: string): Promise<{ id: string } | undefined> {
  return tx.first<{ id: string }>(sql`
    SELECT id FROM deal WHERE org_id = ${tx.orgId} AND external_source = '' AND external_id = ${externalId} AND change_out IS NULL`)
}

export interface EntryRow {
  id: string
  stage_id: string
  stage_name: string
  entered_on: string
}

/** Recorded steps of a deal, in order. */
export function entriesOf(tx: Tx, dealId: string): Promise<EntryRow[]> {
  return tx.rows<EntryRow>(sql`
    SELECT e.id, e.stage_id, t.name AS stage_name, e.entered_on FROM stage_entry e
    JOIN stage t ON t.org_id = e.org_id AND t.id = e.stage_id
    WHERE e.org_id = ${tx.orgId} AND e.deal_id = ${dealId} AND e.change_out IS NULL
    ORDER BY e.entered_on, e.id`)
}

export interface StageRow {
  id: string
  version: number
  name: string
  name_key: string
  position: number
  outcome: Outcome
}

export function listStages(tx: Tx): Promise<StageRow[]> {
  return tx.rows<StageRow>(sql`
    SELECT id, version, name, name_key, position, outcome FROM stage
    WHERE org_id = ${tx.orgId} AND state = 'active'
    ORDER BY CASE outcome WHEN 'open' THEN 0 WHEN 'won' THEN 1 ELSE 2 END, position, name_key COLLATE "C"`)
}

export function stageById(tx: Tx, id: string): Promise<StageRow | undefined> {
  return tx.first<StageRow>(sql`
    SELECT id, version, name, name_key, position, outcome FROM stage
    WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
}

export function stageNamed(tx: Tx, name: string): Promise<{ id: string } | undefined> {
  return tx.first<{ id: string }>(sql`
    SELECT id FROM stage WHERE org_id = ${tx.orgId} AND name_key COLLATE "C" = ${nameKey(name)} AND state <> 'removed'`)
}

export interface LostReasonRow {
  id: string
  version: number
  name: string
  name_key: string
  state: 'active' | 'archived'
}

const reasonColumns = sql`id, version, name, name_key, state`

export function listLostReasons(tx: Tx, state: 'active' | 'archived'): Promise<LostReasonRow[]> {
  return tx.rows<LostReasonRow>(sql`
    SELECT ${reasonColumns} FROM lost_reason WHERE org_id = ${tx.orgId} AND state = ${state} ORDER BY name_key COLLATE "C"`)
}

export function lostReason(
  tx: Tx,
  which: { id: string } | { name: string },
): Promise<LostReasonRow | undefined> {
  const condition =
    'id' in which ? sql`id = ${which.id}` : sql`name_key COLLATE "C" = ${nameKey(which.name)}`
  return tx.first<LostReasonRow>(sql`
    SELECT ${reasonColumns} FROM lost_reason WHERE org_id = ${tx.orgId} AND state <> 'removed' AND ${condition}`)
}
