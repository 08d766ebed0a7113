// The SQL of deals that wait: open ones with nothing planned, and how long closed ones were open.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'
import type { ClosedAfter } from './calc/lost-later.ts'

export interface WaitingRow {
  id: string
  stage_id: string
  customer_id: string | null
  name: string
  stage_name: string | null
  base_amount: number | null
  days_open: number | null
  days_in_stage: number | null
}

interface Asked {
  reach: RawBuilder<unknown>
  today: string
  sellerId: string | undefined
}

/** Open deals with nothing planned. Condition on the deal d. */
function waiting(tx: Tx, { reach, sellerId }: Asked): RawBuilder<unknown> {
  return sql`d.org_id = ${tx.orgId} AND d.change_out IS NULL AND d.closed_on IS NULL AND ${reach}
    AND ${sellerId === undefined ? sql`true` : sql`d.seller_id = ${sellerId}`}
    AND NOT EXISTS (SELECT 1 FROM activity a WHERE a.org_id = d.org_id AND a.deal_id = d.id AND a.state = 'active' AND a.done_on IS NULL)`
}

/** Those worth most first. */
export function listWaiting(tx: Tx, asked: Asked & { limit: number }): Promise<WaitingRow[]> {
  return tx.rows<WaitingRow>(sql`
    WITH page AS MATERIALIZED (
      SELECT d.id, d.stage_id, d.customer_id, d.product_id, d.external_id, d.external_source, d.base_amount, d.opened_on
      FROM deal d WHERE ${waiting(tx, asked)} ORDER BY d.base_amount DESC NULLS LAST, d.id LIMIT ${asked.limit}
    )
    SELECT d.id, d.stage_id, d.customer_id, d.base_amount, t.name AS stage_name,
      coalesce(c.name, p.name, CASE WHEN d.external_source <> 'content' THEN d.external_id END, '') AS name,
      greatest(${asked.today}::date - d.opened_on, 0) AS days_open,
      greatest(${asked.today}::date - coalesce(entered.on_day, d.opened_on), 0) AS days_in_stage
    FROM page d
    LEFT JOIN customer c ON c.org_id = ${tx.orgId} AND c.id = d.customer_id
    LEFT JOIN product p ON p.org_id = ${tx.orgId} AND p.id = d.product_id
    LEFT JOIN stage t ON t.org_id = ${tx.orgId} AND t.id = d.stage_id
    LEFT JOIN LATERAL (
      SELECT max(e.entered_on) AS on_day FROM stage_entry e
      WHERE e.org_id = ${tx.orgId} AND e.deal_id = d.id AND e.stage_id = d.stage_id AND e.change_out IS NULL
    ) entered ON true
    ORDER BY d.base_amount DESC NULLS LAST, d.id`)
}

export async function sumWaiting(tx: Tx, asked: Asked): Promise<{ count: number; amount: number }> {
  const row = await tx.first<{ count: number; amount: number }>(sql`
    SELECT count(*)::int4 AS count, coalesce(sum(d.base_amount), 0)::int8 AS amount FROM deal d WHERE ${waiting(tx, asked)}`)
  return row ?? { count: 0, amount: 0 }
}

/** What is usual now, not years ago. */
const closedMax = 5_000

/** How long the deals closed last were open, won and lost. */
export function closedAfter(tx: Tx, reach: RawBuilder<unknown>): Promise<ClosedAfter[]> {
  return tx.rows<ClosedAfter>(sql`
    SELECT closed_on - opened_on AS days, count(*)::int4 AS closed, (count(*) FILTER (WHERE outcome = 'lost'))::int4 AS lost
    FROM (
      SELECT d.opened_on, d.closed_on, d.outcome FROM deal d
      WHERE d.org_id = ${tx.orgId} AND d.change_out IS NULL AND d.closed_on IS NOT NULL AND d.opened_on IS NOT NULL AND ${reach}
      ORDER BY d.closed_on DESC, d.id DESC LIMIT ${closedMax}
    ) latest GROUP BY 1`)
}
