// The SQL of managers given by the number of a seller, in the same file, an earlier or a later one.
import { sql } from 'kysely'
import { writeRecords } from '../../platform/database/records-bulk.ts'
import { resolveMentions } from '../../platform/database/staging.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

/**
 * Where a manager is the number of a row of the file, or of a seller there is, the row means that
 * person by name, and the team called after the manager likewise. A name that fits goes first.
 */
export async function nameNumberedManagers(tx: Tx, batchId: string): Promise<void> {
  const staged = (alias: string) =>
    sql`${sql.ref(`${alias}.org_id`)} = ${tx.orgId} AND ${sql.ref(`${alias}.batch_id`)} = ${batchId}`
  const meant = await tx.rows<{ key: string; name: string; name_key: string }>(sql`
    SELECT DISTINCT ON (m.key) m.key, coalesce(n.name, s.name) AS name, coalesce(n.name_key, s.name_key) AS name_key
    FROM import_mention m
    LEFT JOIN import_row n ON ${staged('n')} AND lower(n.external_id) = m.key
    LEFT JOIN seller s ON s.org_id = ${tx.orgId} AND s.external_source = '' AND s.external_id = m.name AND s.state <> 'removed'
    WHERE ${staged('m')} AND m.kind = 'person' AND coalesce(n.name_key, s.name_key) <> m.key
      AND NOT EXISTS (SELECT 1 FROM import_row x WHERE ${staged('x')} AND x.name_key COLLATE "C" = m.key)
      AND NOT EXISTS (SELECT 1 FROM import_row x WHERE ${staged('x')} AND x.team COLLATE "C" = m.key AND x.manager IS DISTINCT FROM x.team)
    ORDER BY m.key, n.line`)
  if (meant.length === 0) return
  const known = sql`jsonb_to_recordset(${JSON.stringify(meant)}::jsonb) AS k (key text, name text, name_key text)`
  await tx.run(sql`
    UPDATE import_row r SET manager = k.name_key, team = CASE WHEN r.team = r.manager THEN k.name_key ELSE r.team END
    FROM ${known} WHERE ${staged('r')} AND r.manager COLLATE "C" = k.key`)
  await tx.run(sql`
    UPDATE import_mention m SET key = k.name_key, name = k.name
    FROM ${known} WHERE ${staged('m')} AND m.kind IN ('person', 'team') AND m.key COLLATE "C" = k.key`)
}

/**
 * An earlier file knew a manager by number only: now that the seller of this number has come, person and
 * team bear the name, unless somebody else has it.
 */
export async function nameManagersKnownByNumber(tx: WriteTx, batchId: string): Promise<number> {
  const free = (table: 'person' | 'team') => sql`NOT EXISTS (
    SELECT 1 FROM ${sql.table(table)} o WHERE o.org_id = ${tx.orgId} AND o.name_key COLLATE "C" = s.name_key AND o.state <> 'removed')`
  const numbered = sql`import_row r JOIN seller s ON s.org_id = r.org_id AND s.id = r.target_id AND s.name_key <> lower(r.external_id)`
  const here = sql`r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`
  const columns = sql`false AS touched, s.name, s.name_key`
  const teams = await writeRecords(tx, 'team', {
    columns: ['name', 'name_key'],
    source: sql`SELECT DISTINCT ON (t.id) t.id, ${columns} FROM ${numbered}
      JOIN person p ON p.org_id = r.org_id AND p.name_key COLLATE "C" = lower(r.external_id) AND p.state <> 'removed'
      JOIN membership b ON b.org_id = r.org_id AND b.change_out IS NULL AND b.kind = 'lead' AND b.person_id = p.id
      JOIN team t ON t.org_id = r.org_id AND t.id = b.team_id AND t.name_key COLLATE "C" = p.name_key AND t.state <> 'removed'
      WHERE ${here} AND ${free('team')} ORDER BY t.id, r.line`,
  })
  const people = await writeRecords(tx, 'person', {
    columns: ['name', 'name_key'],
    source: sql`SELECT DISTINCT ON (p.id) p.id, ${columns} FROM ${numbered}
      JOIN person p ON p.org_id = r.org_id AND p.name_key COLLATE "C" = lower(r.external_id) AND p.state <> 'removed' AND p.seller_id IS NULL
      WHERE ${here} AND ${free('person')} ORDER BY p.id, r.line`,
  })
  if (people.updated > 0) await resolveMentions(tx, batchId, 'person', 'person')
  return teams.updated + people.updated
}
