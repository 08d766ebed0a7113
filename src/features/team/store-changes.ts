// The list of changes, and the history of one record or deal, newest first, with names instead of ids.
import { sql } from 'kysely'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { facts, type RecordTable } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type FieldChanges, fieldsForReading, referencesIn } from './calc/history.ts'
import type { ListQuery, Named } from './store.ts'

export interface Change {
  id: string
  revision: number
  operation: string
  actor: Named
  at: string
  subject: Record<string, unknown>
  undoes: string | null
  undoneBy: string | null
}

interface ChangeRow {
  id: string
  revision: number
  operation: string
  actor: string
  actor_name: string | null
  at: string
  subject: Record<string, unknown>
  undoes: string | null
  undone_by: string | null
}

export async function listChanges(
  tx: Tx,
  query: ListQuery,
): Promise<{ rows: Change[]; next?: string }> {
  const after = readCursor(query.cursor, ['int'])
  const rows = await tx.rows<ChangeRow>(sql`
    SELECT c.id, c.revision, c.operation, c.actor, p.name AS actor_name, c.at, c.subject, c.undoes,
      (SELECT u.id FROM change u WHERE u.org_id = ${tx.orgId} AND u.undoes = c.id LIMIT 1) AS undone_by
    FROM change c LEFT JOIN person p ON p.org_id = ${tx.orgId} AND p.id = c.actor
    WHERE c.org_id = ${tx.orgId} AND ${after ? sql`c.revision < ${after[0]}` : sql`true`}
    ORDER BY c.revision DESC LIMIT ${query.limit + 1}`)
  const page = pageOfRows(rows, query.limit, (row) => [row.revision])
  return {
    ...page,
    rows: page.rows.map((row) => ({
      id: row.id,
      revision: row.revision,
      operation: row.operation,
      actor: { id: row.actor, name: row.actor_name ?? '' },
      at: row.at,
      subject: row.subject,
      undoes: row.undoes,
      undoneBy: row.undone_by,
    })),
  }
}

/** Who made a change; undefined when there is no such change. */
export async function actorOf(tx: Tx, changeId: string): Promise<string | undefined> {
  const row = await tx.first<{ actor: string }>(
    sql`SELECT actor FROM change WHERE org_id = ${tx.orgId} AND id = ${changeId}`,
  )
  return row?.actor
}

export interface HistoryEntry {
  changeId: string
  version: number
  at: string
  actor: Named
  operation: string
  fields: Record<string, [unknown, unknown]>
}

interface HistoryRow {
  change_id: string
  version: number
  revision: number
  at: string
  actor: string
  actor_name: string | null
  operation: string
  fields: FieldChanges | null
}

/** History of a record. Empty when nothing is known under the id. */
export async function recordHistory(
  tx: Tx,
  entity: RecordTable,
  id: string,
  query: ListQuery,
): Promise<{ rows: HistoryEntry[]; next?: string }> {
  const after = readCursor(query.cursor, ['int'])
  const rows = await tx.rows<HistoryRow>(sql`
    SELECT h.change_id, h.version, c.revision, c.at, c.actor, p.name AS actor_name, c.operation, h.fields
    FROM history h JOIN change c ON c.org_id = ${tx.orgId} AND c.id = h.change_id
    LEFT JOIN person p ON p.org_id = ${tx.orgId} AND p.id = c.actor
    WHERE h.org_id = ${tx.orgId} AND h.entity = ${entity} AND h.entity_id = ${id}
      AND ${after ? sql`h.version < ${after[0]}` : sql`true`}
    ORDER BY h.version DESC LIMIT ${query.limit + 1}`)
  const page = pageOfRows(rows, query.limit, (row) => [row.version])
  return { ...page, rows: await readable(tx, page.rows) }
}

/**
 * History of a deal: its versions, each against the one before; a removal is the state going from
 * active to removed. Empty when nothing is known under the id.
 */
export async function dealHistory(
  tx: Tx,
  id: string,
  query: ListQuery,
): Promise<{ rows: HistoryEntry[]; next?: string }> {
  const after = readCursor(query.cursor, ['int'])
  const columns = sql.join(facts.deal.map((name) => sql.lit(name)))
  const rows = await tx.rows<HistoryRow>(sql`
    WITH version AS (
      SELECT version, change_in, change_out, content - 'change_in' AS content FROM (
        SELECT d.version, d.change_in, d.change_out,
          (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(to_jsonb(d)) f WHERE f.key IN (${columns})) AS content
        FROM deal d WHERE d.org_id = ${tx.orgId} AND d.id = ${id}
      ) v
    ), event AS (
      SELECT v.change_in AS change_id, v.version, (
        SELECT jsonb_object_agg(f.key, jsonb_build_array(before.content -> f.key, f.value))
        FROM jsonb_each(v.content) f WHERE coalesce(before.content -> f.key, 'null') <> f.value) AS fields
      FROM version v LEFT JOIN version before ON before.version = v.version - 1 AND before.change_out = v.change_in
      UNION ALL
      SELECT v.change_out, v.version, '{"state": ["active", "removed"]}'::jsonb
      FROM version v WHERE v.change_out IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM version next WHERE next.version = v.version + 1 AND next.change_in = v.change_out)
    )
    SELECT e.change_id, e.version, c.revision, c.at, c.actor, p.name AS actor_name, c.operation, e.fields
    FROM event e JOIN change c ON c.org_id = ${tx.orgId} AND c.id = e.change_id
    LEFT JOIN person p ON p.org_id = ${tx.orgId} AND p.id = c.actor
    WHERE ${after ? sql`c.revision < ${after[0]}` : sql`true`}
    ORDER BY c.revision DESC, e.version DESC LIMIT ${query.limit + 1}`)
  const page = pageOfRows(rows, query.limit, (row) => [row.revision])
  return { ...page, rows: await readable(tx, page.rows) }
}

/** Seller and day by which the reach on a deal is decided; undefined when there never was such a deal. */
export async function placeOfDeal(
  tx: Tx,
  id: string,
): Promise<{ sellerId: string | null; closedOn: string | null } | undefined> {
  const row = await tx.first<{ seller_id: string | null; closed_on: string | null }>(sql`
    SELECT seller_id, closed_on FROM deal WHERE org_id = ${tx.orgId} AND id = ${id} ORDER BY version DESC LIMIT 1`)
  return row && { sellerId: row.seller_id, closedOn: row.closed_on }
}

async function readable(tx: Tx, rows: readonly HistoryRow[]): Promise<HistoryEntry[]> {
  const names = new Map<string, string>()
  for (const [table, ids] of referencesIn(rows.map((row) => row.fields ?? {}))) {
    const found = await tx.rows<Named>(sql`
      SELECT id, name FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND id = ANY(${[...ids]}::uuid[])`)
    for (const { id, name } of found) names.set(id, name)
  }
  return rows.map((row) => ({
    changeId: row.change_id,
    version: row.version,
    at: row.at,
    actor: { id: row.actor, name: row.actor_name ?? '' },
    operation: row.operation,
    fields: fieldsForReading(row.fields ?? {}, names),
  }))
}
