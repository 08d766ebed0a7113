// The SQL of cases: lists and single rows, with the names of the records they refer to.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'
import type { CaseState } from './calc/status.ts'

export type CaseKind = 'complaint' | 'concern' | 'dispute'

export interface CaseRow {
  id: string
  version: number
  external_id: string | null
  on_day: string
  kind: CaseKind
  status: string | null
  state: CaseState
  closed_on: string | null
  channel: string | null
  customer_id: string | null
  customer_name: string | null
  seller_id: string | null
  seller_name: string | null
  product_id: string | null
  product_name: string | null
}

/** A case without a number of its own is recognised by its content; that key is nobody's business. */
const selectCase = sql`
  SELECT f.id, f.version, CASE WHEN f.external_source = 'content' THEN NULL ELSE f.external_id END AS external_id,
    f.on_day, f.kind, f.status, f.state, f.closed_on, f.channel, f.customer_id, c.name AS customer_name,
    f.seller_id, s.name AS seller_name, f.product_id, p.name AS product_name
  FROM customer_case f
  LEFT JOIN customer c ON c.org_id = f.org_id AND c.id = f.customer_id
  LEFT JOIN seller s ON s.org_id = f.org_id AND s.id = f.seller_id
  LEFT JOIN product p ON p.org_id = f.org_id AND p.id = f.product_id`

export interface CaseFilter {
  kind?: CaseKind | undefined
  state?: CaseState | undefined
  sellerId?: string | undefined
  customerId?: string | undefined
  productId?: string | undefined
  batchId?: string | undefined
  from?: string | undefined
  until?: string | undefined
}

/** Conditions on the case f: open rows within `reach` that fit the filter. */
function fitting(tx: Tx, filter: CaseFilter, reach: RawBuilder<unknown>): RawBuilder<unknown>[] {
  const conditions = [sql`f.org_id = ${tx.orgId}`, sql`f.change_out IS NULL`, reach]
  if (filter.kind !== undefined) conditions.push(sql`f.kind = ${filter.kind}`)
  if (filter.state !== undefined) conditions.push(sql`f.state = ${filter.state}`)
  if (filter.sellerId !== undefined) conditions.push(sql`f.seller_id = ${filter.sellerId}`)
  if (filter.customerId !== undefined) conditions.push(sql`f.customer_id = ${filter.customerId}`)
  if (filter.productId !== undefined) conditions.push(sql`f.product_id = ${filter.productId}`)
  if (filter.from !== undefined) conditions.push(sql`f.on_day >= ${filter.from}::date`)
  if (filter.until !== undefined) conditions.push(sql`f.on_day < ${filter.until}::date`)
  if (filter.batchId !== undefined) {
    conditions.push(sql`f.change_in = (
      SELECT b.change_id FROM import_batch b WHERE b.org_id = ${tx.orgId} AND b.id = ${filter.batchId})`)
  }
  return conditions
}

/** Cases from a place on, newest first. `reach` speaks of f. */
export function listCases(
  tx: Tx,
  filter: CaseFilter,
  reach: RawBuilder<unknown>,
  after: { day: string; id: string } | undefined,
  limit: number,
): Promise<CaseRow[]> {
  const conditions = fitting(tx, filter, reach)
  if (after) conditions.push(sql`(f.on_day, f.id) < (${after.day}::date, ${after.id}::uuid)`)
  return tx.rows<CaseRow>(sql`
    ${selectCase} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY f.on_day DESC, f.id DESC LIMIT ${limit}`)
}

export async function countCaseRows(
  tx: Tx,
  filter: CaseFilter,
  reach: RawBuilder<unknown>,
): Promise<number> {
  const row = await tx.first<{ n: number }>(sql`
    SELECT count(*) AS n FROM customer_case f WHERE ${sql.join(fitting(tx, filter, reach), sql` AND `)}`)
  return row?.n ?? 0
}

/** The open row of a case within `reach`. */
export function caseById(
  tx: Tx,
  id: string,
  reach: RawBuilder<unknown>,
): Promise<CaseRow | undefined> {
  return tx.first<CaseRow>(sql`
    ${selectCase} WHERE f.org_id = ${tx.orgId} AND f.id = ${id} AND f.change_out IS NULL AND ${reach}`)
}

export function caseNumbered(tx: Tx, externalId: string): Promise<{ id: string } | undefined> {
  return tx.first<{ id: string }>(sql`
    SELECT id FROM customer_case
    WHERE org_id = ${tx.orgId} AND external_source = '' AND external_id = ${externalId} AND change_out IS NULL`)
}
