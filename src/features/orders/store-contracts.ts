// The SQL of contracts.
import { type RawBuilder, sql } from 'kysely'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'

export interface ContractRow {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  number: string | null
  customer_id: string | null
  customer_name: string | null
  product_id: string | null
  product_name: string | null
  seller_id: string | null
  seller_name: string | null
  valid_from: string
  valid_until: string | null
  renewal: 'none' | 'automatic' | 'on-request'
  notice_days: number | null
  amount: number | null
  currency: string | null
  every: 'month' | 'quarter' | 'year' | 'once'
}

const select = sql`
  SELECT k.id, k.version, k.state, k.name, CASE WHEN k.external_source <> 'content' THEN k.external_id END AS number, k.customer_id, c.name AS customer_name, k.product_id, p.name AS product_name,
    k.seller_id, s.name AS seller_name, k.valid_from, k.valid_until, k.renewal, k.notice_days, k.amount, k.currency, k.every
  FROM contract k LEFT JOIN customer c ON c.org_id = k.org_id AND c.id = k.customer_id
  LEFT JOIN product p ON p.org_id = k.org_id AND p.id = k.product_id LEFT JOIN seller s ON s.org_id = k.org_id AND s.id = k.seller_id`

export interface ContractFilter {
  state: 'active' | 'archived'
  customerId?: string | undefined
  productId?: string | undefined
  sellerId?: string | undefined
  endsBefore?: string | undefined
  search?: string | undefined
}

/** Contracts without an end come last. */
const noEnd = '9999-12-31'
export const endDay = (row: ContractRow): string => row.valid_until ?? noEnd

/** Contracts by their end from a place on, one more than the limit; `today`: what has not ended yet. */
export function listContracts(
  tx: Tx,
  filter: ContractFilter,
  today: string,
  after: { day: string; id: string } | undefined,
  limit: number,
): Promise<ContractRow[]> {
  const end = sql`coalesce(k.valid_until, ${noEnd}::date)`
  const conditions: RawBuilder<unknown>[] = [
    sql`k.org_id = ${tx.orgId}`,
    sql`k.state = ${filter.state}`,
  ]
  if (filter.customerId) conditions.push(sql`k.customer_id = ${filter.customerId}`)
  if (filter.productId) conditions.push(sql`k.product_id = ${filter.productId}`)
  if (filter.sellerId) conditions.push(sql`k.seller_id = ${filter.sellerId}`)
  if (filter.endsBefore)
    conditions.push(
      sql`k.valid_until <= ${filter.endsBefore}::date AND k.valid_until > ${today}::date`,
    )
  if (filter.search) {
    const key = nameKey(filter.search)
    conditions.push(
      sql`k.name_key COLLATE "C" >= ${key} AND k.name_key COLLATE "C" < ${`${key}\u{10FFFF}`}`,
    )
  }
  if (after) conditions.push(sql`(${end}, k.id) > (${after.day}::date, ${after.id}::uuid)`)
  return tx.rows<ContractRow>(
    sql`${select} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY ${end}, k.id LIMIT ${limit}`,
  )
}

export function contractById(tx: Tx, id: string): Promise<ContractRow | undefined> {
  return tx.first<ContractRow>(
    sql`${select} WHERE k.org_id = ${tx.orgId} AND k.id = ${id} AND k.state <> 'removed'`,
  )
}

/** Another contract that has this number. */
export function contractNumbered(
  tx: Tx,
  number: string,
  not?: string,
): Promise<{ id: string } | undefined> {
  return tx.first<{ id: string }>(sql`
    SELECT id FROM contract WHERE org_id = ${tx.orgId} AND external_source = '' AND external_id = ${number} AND state <> 'removed'
      ${not === undefined ? sql`` : sql`AND id <> ${not}`}`)
}
