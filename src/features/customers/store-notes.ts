// The SQL of notes.
import { sql } from 'kysely'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { NotedEntity } from './contract-notes.ts'

export interface NoteRow {
  id: string
  version: number
  body: string
  author_id: string
  author: string | null
  written_on: string
  entity: NotedEntity
  entity_id: string
}

const select = sql`
  SELECT n.id, n.version, n.body, n.author_id, p.name AS author, n.written_on, n.entity, n.entity_id
  FROM note n LEFT JOIN person p ON p.org_id = n.org_id AND p.id = n.author_id`

/** Newest first; what was written on one day by the order in which it came. */
export async function listNotes(
  tx: Tx,
  about: { entity: NotedEntity; entityId: string },
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ rows: NoteRow[]; next?: string }> {
  const after = readCursor(cursor, ['day', 'id'])
  const rows = await tx.rows<NoteRow>(sql`
    ${select} WHERE n.org_id = ${tx.orgId} AND n.entity = ${about.entity} AND n.entity_id = ${about.entityId}
      AND n.state <> 'removed' ${after ? sql`AND (n.written_on, n.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``}
    ORDER BY n.written_on DESC, n.id DESC LIMIT ${limit + 1}`)
  return pageOfRows(rows, limit, (row) => [row.written_on, row.id])
}

export function noteById(tx: Tx, id: string): Promise<NoteRow | undefined> {
  return tx.first<NoteRow>(
    sql`${select} WHERE n.org_id = ${tx.orgId} AND n.id = ${id} AND n.state <> 'removed'`,
  )
}
