// The list of changes, newest first.
import { sql } from 'kysely'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import type { Tx } from '../../platform/database/with-org.ts'
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
