// The SQL of rates.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'

export interface RateRow {
  id: string
  version: number
  currency: string
  day: string
  rate: number
}

export interface RateFilter {
  currency?: string | undefined
  from?: string | undefined
  until?: string | undefined
}

export interface RatePlace {
  currency: string
  day: string
  id: string
}

/** Rates from a place on: by currency, newest day first. */
export function listRates(
  tx: Tx,
  { currency, from, until }: RateFilter,
  after: RatePlace | undefined,
  limit: number,
): Promise<RateRow[]> {
  const conditions = [sql`org_id = ${tx.orgId}`, sql`change_out IS NULL`]
  if (currency !== undefined) conditions.push(sql`currency = ${currency}`)
  if (from !== undefined) conditions.push(sql`on_day >= ${from}::date`)
  if (until !== undefined) conditions.push(sql`on_day < ${until}::date`)
  if (after) {
    conditions.push(sql`(currency COLLATE "C" > ${after.currency}
      OR (currency = ${after.currency} AND (on_day, id) < (${after.day}::date, ${after.id}::uuid)))`)
  }
  return tx.rows<RateRow>(sql`
    SELECT id, version, currency, on_day AS day, rate FROM rate WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY currency COLLATE "C", on_day DESC, id DESC LIMIT ${limit}`)
}

/** The rate of a currency that begins on a day. */
export function rateOn(tx: Tx, currency: string, day: string): Promise<{ id: string } | undefined> {
  return tx.first<{ id: string }>(sql`
    SELECT id FROM rate WHERE org_id = ${tx.orgId} AND currency = ${currency} AND on_day = ${day}::date AND change_out IS NULL`)
}

export interface GapRow {
  currency: string
  first: string
  last: string
  rows: number
}

/** Per currency: first and last day and number of the deals and sales of orders without a base amount. */
export function listGaps(tx: Tx): Promise<GapRow[]> {
  return tx.rows<GapRow>(sql`
    SELECT currency, min(day) AS first, max(day) AS last, count(*) AS rows FROM (
      SELECT currency, coalesce(closed_on, opened_on) AS day FROM deal
      WHERE org_id = ${tx.orgId} AND change_out IS NULL AND amount IS NOT NULL AND base_amount IS NULL
      UNION ALL
      SELECT currency, on_day FROM sale
      WHERE org_id = ${tx.orgId} AND change_out IS NULL AND source = 'orders' AND amount IS NOT NULL AND base_amount IS NULL
    ) x WHERE day IS NOT NULL GROUP BY currency ORDER BY currency COLLATE "C"`)
}
