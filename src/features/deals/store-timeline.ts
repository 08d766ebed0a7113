// The SQL of everything that happened to one deal, in one order: the day, then the kind of event.
import { type RawBuilder, sql } from 'kysely'
import { facts } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'

export interface EventRow {
  kind: 'stage' | 'activity' | 'note' | 'version' | 'sale'
  on_day: string
  place: number
  id: string
  detail: Record<string, unknown>
}

/** Within a day: what is highest stands first. Versions follow each other by their number. */
const place = { activity: 4_000_000, sale: 3_000_000, note: 2_000_000, version: 1_000, stage: 0 }

/** Events of the deal from a place on, newest first. The asker's right to the deal is settled before. */
export function eventsOf(
  tx: Tx,
  dealId: string,
  zone: string,
  after: { day: string; place: number; id: string } | undefined,
  limit: number,
): Promise<EventRow[]> {
  const parts = [activities(tx, dealId), notes(tx, dealId), versions(tx, dealId, zone)]
  parts.push(stages(tx, dealId), sales(tx, dealId))
  const from = after
    ? sql`WHERE (on_day, place, id) < (${after.day}::date, ${after.place}::int, ${after.id}::uuid)`
    : sql``
  return tx.rows<EventRow>(sql`
    SELECT kind, on_day, place, id, detail FROM (${sql.join(parts, sql` UNION ALL `)}) e
    ${from} ORDER BY on_day DESC, place DESC, id DESC LIMIT ${limit}`)
}

function activities(tx: Tx, dealId: string): RawBuilder<unknown> {
  return sql`SELECT 'activity' AS kind, coalesce(a.done_on, a.due_on) AS on_day, ${sql.lit(place.activity)}::int AS place, a.id,
      jsonb_build_object('activity', a.kind, 'subject', a.subject, 'note', a.note, 'outcome', a.outcome, 'done', a.done_on IS NOT NULL,
        'seller', CASE WHEN s.id IS NOT NULL THEN jsonb_build_object('id', s.id, 'name', s.name) END) AS detail
    FROM activity a LEFT JOIN seller s ON s.org_id = a.org_id AND s.id = a.seller_id
    WHERE a.org_id = ${tx.orgId} AND a.deal_id = ${dealId} AND a.state = 'active'`
}

function notes(tx: Tx, dealId: string): RawBuilder<unknown> {
  return sql`SELECT 'note', n.written_on, ${sql.lit(place.note)}::int, n.id,
      jsonb_build_object('body', n.body, 'author', jsonb_build_object('id', n.author_id, 'name', coalesce(p.name, '')))
    FROM note n LEFT JOIN person p ON p.org_id = n.org_id AND p.id = n.author_id
    WHERE n.org_id = ${tx.orgId} AND n.entity_id = ${dealId} AND n.entity = 'deal' AND n.state = 'active'`
}

/** Each version with what it changed against the one before. */
function versions(tx: Tx, dealId: string, zone: string): RawBuilder<unknown> {
  const columns = sql.join(facts.deal.map((name) => sql.lit(name)))
  const content = (alias: string) => sql`(
    SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(to_jsonb(${sql.ref(alias)})) f WHERE f.key IN (${columns}))`
  return sql`SELECT 'version', (c.at AT TIME ZONE ${zone})::date, (${sql.lit(place.version)} + d.version)::int, d.id,
      jsonb_build_object('version', d.version, 'changeId', c.id, 'operation', c.operation, 'at', c.at,
        'actor', jsonb_build_object('id', c.actor, 'name', coalesce(p.name, '')),
        'undone', EXISTS (SELECT 1 FROM change u WHERE u.org_id = d.org_id AND u.undoes = c.id),
        'after', ${content('d')}, 'before', CASE WHEN b.id IS NOT NULL THEN ${content('b')} END)
    FROM deal d JOIN change c ON c.org_id = d.org_id AND c.id = d.change_in
    LEFT JOIN person p ON p.org_id = d.org_id AND p.id = c.actor
    LEFT JOIN deal b ON b.org_id = d.org_id AND b.id = d.id AND b.version = d.version - 1
    WHERE d.org_id = ${tx.orgId} AND d.id = ${dealId}`
}

/** Steps of their own day; one that stands in a version of the same day is told there. */
function stages(tx: Tx, dealId: string): RawBuilder<unknown> {
  return sql`SELECT 'stage', e.entered_on, ${sql.lit(place.stage)}::int, e.id,
      jsonb_build_object('stage', jsonb_build_object('id', e.stage_id, 'name', t.name), 'outcome', t.outcome)
    FROM stage_entry e JOIN stage t ON t.org_id = e.org_id AND t.id = e.stage_id
    WHERE e.org_id = ${tx.orgId} AND e.deal_id = ${dealId} AND e.change_out IS NULL
    UNION ALL
    SELECT 'stage', d.closed_on, ${sql.lit(place.stage)}::int, d.id,
      jsonb_build_object('stage', jsonb_build_object('id', d.stage_id, 'name', t.name), 'outcome', t.outcome)
    FROM deal d JOIN stage t ON t.org_id = d.org_id AND t.id = d.stage_id
    WHERE d.org_id = ${tx.orgId} AND d.id = ${dealId} AND d.change_out IS NULL AND d.closed_on IS NOT NULL`
}

function sales(tx: Tx, dealId: string): RawBuilder<unknown> {
  return sql`SELECT 'sale', s.on_day, ${sql.lit(place.sale)}::int, s.id,
      jsonb_build_object('amount', s.amount, 'currency', s.currency, 'share', s.share,
        'seller', CASE WHEN v.id IS NOT NULL THEN jsonb_build_object('id', v.id, 'name', v.name) END)
    FROM sale s LEFT JOIN seller v ON v.org_id = s.org_id AND v.id = s.seller_id
    WHERE s.org_id = ${tx.orgId} AND s.deal_id = ${dealId} AND s.source = 'deals' AND s.change_out IS NULL`
}

/** Columns of a deal that hold the id of a record, with its table. */
const named = {
  seller_id: 'seller',
  customer_id: 'customer',
  product_id: 'product',
  stage_id: 'stage',
  lost_reason_id: 'lost_reason',
} as const

/** Names of the records that versions refer to, by id. */
export async function namesIn(
  tx: Tx,
  contents: readonly Record<string, unknown>[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const [column, table] of Object.entries(named)) {
    const ids = new Set(contents.map((one) => one[column]).filter((id) => typeof id === 'string'))
    if (ids.size === 0) continue
    const rows = await tx.rows<{ id: string; name: string }>(sql`
      SELECT id, name FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND id = ANY(${[...ids]}::uuid[])`)
    for (const row of rows) names.set(row.id, row.name)
  }
  return names
}
