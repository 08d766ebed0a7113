// The SQL of activities: one list in two parts, planned and done, with the names they refer to.
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition, settingsOf, today } from '../team/door.ts'

export type ActivityKind = 'call' | 'mail' | 'meeting' | 'visit' | 'message' | 'task'

export interface ActivityRow {
  id: string
  version: number
  kind: ActivityKind
  subject: string
  note: string | null
  due_on: string | null
  done_on: string | null
  outcome: string | null
  seller_id: string | null
  seller_name: string | null
  customer_id: string | null
  customer_name: string | null
  contact_id: string | null
  contact_name: string | null
  deal_id: string | null
  deal_name: string | null
}

const selectActivity = sql`
  SELECT a.id, a.version, a.kind, a.subject, a.note, a.due_on, a.done_on, a.outcome, a.seller_id, s.name AS seller_name,
    a.customer_id, c.name AS customer_name, a.contact_id, k.name AS contact_name, d.id AS deal_id,
    coalesce(CASE WHEN d.external_source <> 'content' THEN d.external_id END, p.name, '') AS deal_name
  FROM activity a
  LEFT JOIN seller s ON s.org_id = a.org_id AND s.id = a.seller_id
  LEFT JOIN customer c ON c.org_id = a.org_id AND c.id = a.customer_id
  LEFT JOIN contact k ON k.org_id = a.org_id AND k.id = a.contact_id
  LEFT JOIN deal d ON d.org_id = a.org_id AND d.id = a.deal_id AND d.change_out IS NULL
  LEFT JOIN product p ON p.org_id = d.org_id AND p.id = d.product_id`

/** Activities of people: done ones count on their day, planned ones today. Condition on the activity a. */
export async function activityReach(ctx: Ctx, tx: Tx): Promise<RawBuilder<boolean>> {
  const { zone } = await settingsOf(tx)
  const day = sql`coalesce(a.done_on, ${today(ctx.clock, zone)}::date)`
  return reachCondition(ctx, { seller: 'a.seller_id', day })
}

export interface ActivityFilter {
  dealId?: string | undefined
  customerId?: string | undefined
  contactId?: string | undefined
  sellerId?: string | undefined
  kind?: ActivityKind | undefined
  dueUntil?: string | undefined
}

function filters(filter: ActivityFilter): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = []
  if (filter.dealId !== undefined) conditions.push(sql`a.deal_id = ${filter.dealId}`)
  if (filter.customerId !== undefined) conditions.push(sql`a.customer_id = ${filter.customerId}`)
  if (filter.contactId !== undefined) conditions.push(sql`a.contact_id = ${filter.contactId}`)
  if (filter.sellerId !== undefined) conditions.push(sql`a.seller_id = ${filter.sellerId}`)
  if (filter.kind !== undefined) conditions.push(sql`a.kind = ${filter.kind}`)
  return conditions
}

interface Asked {
  filter: ActivityFilter
  reach: RawBuilder<unknown>
  after: { day: string; id: string } | undefined
  limit: number
}

/** Planned activities from a place on, the one due first at the top. */
export function listPlanned(
  tx: Tx,
  { filter, reach, after, limit }: Asked,
): Promise<ActivityRow[]> {
  const conditions = [sql`a.done_on IS NULL`, reach, ...filters(filter)]
  if (filter.dueUntil !== undefined) conditions.push(sql`a.due_on <= ${filter.dueUntil}::date`)
  if (after) conditions.push(sql`(a.due_on, a.id) > (${after.day}::date, ${after.id}::uuid)`)
  return tx.rows<ActivityRow>(sql`
    ${selectActivity} WHERE a.org_id = ${tx.orgId} AND a.state = 'active' AND ${sql.join(conditions, sql` AND `)}
    ORDER BY a.due_on, a.id LIMIT ${limit}`)
}

/** Done activities from a place on, newest first. */
export function listDone(tx: Tx, { filter, reach, after, limit }: Asked): Promise<ActivityRow[]> {
  const conditions = [sql`a.done_on IS NOT NULL`, reach, ...filters(filter)]
  if (after) conditions.push(sql`(a.done_on, a.id) < (${after.day}::date, ${after.id}::uuid)`)
  return tx.rows<ActivityRow>(sql`
    ${selectActivity} WHERE a.org_id = ${tx.orgId} AND a.state = 'active' AND ${sql.join(conditions, sql` AND `)}
    ORDER BY a.done_on DESC, a.id DESC LIMIT ${limit}`)
}

export function activityById(tx: Tx, id: string): Promise<ActivityRow | undefined> {
  return tx.first<ActivityRow>(sql`
    ${selectActivity} WHERE a.org_id = ${tx.orgId} AND a.id = ${id} AND a.state <> 'removed'`)
}

/** The customer of a contact; undefined when there is no such contact. */
export function contactById(
  tx: Tx,
  id: string,
): Promise<{ customer_id: string | null } | undefined> {
  return tx.first<{ customer_id: string | null }>(sql`
    SELECT customer_id FROM contact WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
}
