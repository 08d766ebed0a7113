// The SQL of planned activities: what is due, with the open deal it is about, and what a calendar shows.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'
import type { ActivityKind } from './store.ts'

interface DueRow {
  id: string
  version: number
  kind: ActivityKind
  subject: string
  due_on: string
  customer_id: string | null
  with_name: string | null
  deal_id: string | null
  base_amount: number | null
  days_open: number | null
}

/** Planned and due on the day or before; the longest due first. */
export function listDue(
  tx: Tx,
  asked: {
    reach: RawBuilder<unknown>
    today: string
    sellerId: string | undefined
    limit: number
  },
): Promise<DueRow[]> {
  const { reach, today, sellerId, limit } = asked
  return tx.rows<DueRow>(sql`
    SELECT a.id, a.version, a.kind, a.subject, a.due_on, a.customer_id, coalesce(k.name, c.name) AS with_name,
      d.id AS deal_id, d.base_amount, greatest(${today}::date - d.opened_on, 0) AS days_open
    FROM activity a
    LEFT JOIN customer c ON c.org_id = a.org_id AND c.id = a.customer_id
    LEFT JOIN contact k ON k.org_id = a.org_id AND k.id = a.contact_id
    LEFT JOIN deal d ON d.org_id = a.org_id AND d.id = a.deal_id AND d.change_out IS NULL AND d.closed_on IS NULL
    WHERE a.org_id = ${tx.orgId} AND a.state = 'active' AND a.done_on IS NULL AND a.due_on <= ${today}::date AND ${reach}
      AND ${sellerId === undefined ? sql`true` : sql`a.seller_id = ${sellerId}`}
    ORDER BY a.due_on, a.id LIMIT ${limit}`)
}

export interface PlannedRow {
  id: string
  version: number
  kind: ActivityKind
  subject: string
  note: string | null
  due_on: string
  customer: string | null
  contact: string | null
  deal_id: string | null
}

/** What a calendar holds of one seller: planned activities, also those with deals the seller answers for. */
export function listPlannedOf(
  tx: Tx,
  sellerId: string,
  { from, limit }: { from: string; limit: number },
): Promise<PlannedRow[]> {
  return tx.rows<PlannedRow>(sql`
    SELECT a.id, a.version, a.kind, a.subject, a.note, a.due_on, c.name AS customer, k.name AS contact, d.id AS deal_id
    FROM activity a
    LEFT JOIN deal d ON d.org_id = a.org_id AND d.id = a.deal_id AND d.change_out IS NULL
    LEFT JOIN customer c ON c.org_id = a.org_id AND c.id = coalesce(a.customer_id, d.customer_id)
    LEFT JOIN contact k ON k.org_id = a.org_id AND k.id = a.contact_id
    WHERE a.org_id = ${tx.orgId} AND a.state = 'active' AND a.done_on IS NULL AND a.due_on >= ${from}::date
      AND (a.seller_id = ${sellerId} OR (a.seller_id IS NULL AND d.seller_id = ${sellerId}))
    ORDER BY a.due_on, a.id LIMIT ${limit}`)
}
