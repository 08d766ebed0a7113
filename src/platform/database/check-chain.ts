// Recomputes the chain of changes: digests from the rows as they stand, links, order, head, histories.
import { type RawBuilder, sql } from 'kysely'
import type { Finding } from './check.ts'
import { type FactTable, facts } from './tables.ts'
import type { Tx } from './with-org.ts'

const factTables = (Object.keys(facts) as FactTable[]).sort()

/** Findings of one kind that are listed; more of the same kind say nothing new. */
export const findingsPerKindMax = 100

/**
 * Digest of every change, from what the tables hold now: in one pass over all of them, because asking
 * change by change would scan the tables once for each. Must say the same as `kontor_digest`.
 */
function digests(orgId: string): RawBuilder<unknown> {
  const parts = factTables.flatMap((table) =>
    (['i', 'o'] as const).map((way) => {
      const column = sql.ref(way === 'i' ? 'f.change_in' : 'f.change_out')
      return sql`SELECT ${column} AS change_id, ${sql.lit(table)} AS t, f.id, f.version, ${sql.lit(way)} AS w,
        sha256(convert_to(${sql.lit(`${way}|`)} || kontor_content(f), 'UTF8')) AS h
        FROM ${sql.table(table)} f WHERE f.org_id = ${orgId} AND ${column} IS NOT NULL`
    }),
  )
  return sql`SELECT change_id, sha256(string_agg(h, ''::bytea ORDER BY t COLLATE "C", id, version, w COLLATE "C")) AS digest
    FROM (${sql.join(parts, sql` UNION ALL `)} UNION ALL
      SELECT change_id, 'history:' || entity, entity_id, version, 'h',
        sha256(convert_to(concat_ws('|', entity, entity_id::text, version::text, ''), 'UTF8') || row_hash)
      FROM history WHERE org_id = ${orgId}
    ) part GROUP BY change_id`
}

interface LinkRow {
  revision: number
  what: 'sequence' | 'digest' | 'link' | 'order'
}

/** Links whose revision, digest, hash, predecessor or time does not hold. */
export async function checkLinks(tx: Tx): Promise<Finding[]> {
  const rows = await tx.rows<LinkRow>(sql`
    WITH digest AS (${digests(tx.orgId)}), link AS (
      SELECT c.*, d.digest AS recomputed, row_number() OVER (ORDER BY c.revision) AS place,
        coalesce(lag(c.hash) OVER (ORDER BY c.revision), sha256(convert_to(c.org_id::text, 'UTF8'))) AS hash_before,
        lag(c.at) OVER (ORDER BY c.revision) AS at_before
      FROM change c LEFT JOIN digest d ON d.change_id = c.id WHERE c.org_id = ${tx.orgId}
    ), judged AS (
      SELECT revision, CASE
        WHEN place <> revision THEN 'sequence'
        WHEN digest <> coalesce(recomputed, sha256(''::bytea)) THEN 'digest'
        WHEN previous_hash <> hash_before OR hash <> kontor_link(previous_hash, revision, id, operation, actor, at, subject, undoes, digest) THEN 'link'
        WHEN at < at_before THEN 'order' END AS what
      FROM link
    ) SELECT revision, what FROM judged WHERE what IS NOT NULL ORDER BY revision LIMIT ${findingsPerKindMax}`)
  const texts: Record<LinkRow['what'], string> = {
    sequence: 'a revision is missing before this one',
    digest: 'rows written or closed by this change are not what they were',
    link: 'the link to the change before does not hold',
    order: 'it is dated before the change that precedes it',
  }
  return rows.map((row) => ({
    what: row.what,
    revision: row.revision,
    text: `Revision ${row.revision}: ${texts[row.what]}.`,
  }))
}

export interface Head {
  revision: number
  hash: string
  at: string
}

/** The head of the chain, and whether it is where the last link is. */
export async function checkHead(tx: Tx): Promise<{ head: Head; findings: Finding[] }> {
  const row = await tx.first<Head & { holds: boolean }>(sql`
    SELECT h.revision, encode(h.hash, 'hex') AS hash, h.at, CASE
      WHEN c.revision IS NULL THEN h.revision = 0 AND h.hash = sha256(convert_to(h.org_id::text, 'UTF8'))
      ELSE c.revision = h.revision AND c.hash = h.hash AND c.at = h.at END AS holds
    FROM org_head h LEFT JOIN LATERAL (
      SELECT * FROM change WHERE org_id = ${tx.orgId} ORDER BY revision DESC LIMIT 1) c ON true
    WHERE h.org_id = ${tx.orgId}`)
  if (!row) {
    return {
      head: { revision: 0, hash: '', at: '' },
      findings: [{ what: 'head', text: 'The chain of this organisation has no head.' }],
    }
  }
  const { holds, ...head } = row
  const text = `The head says revision ${head.revision}, but the chain ends otherwise.`
  return { head, findings: holds ? [] : [{ what: 'head', revision: head.revision, text }] }
}

/** Facts that name a change which is not there, with the revision of their other change if that is known. */
export async function checkDangling(tx: Tx): Promise<Finding[]> {
  const ways = [
    { place: 'change_in', other: 'change_out' },
    { place: 'change_out', other: 'change_in' },
  ] as const
  const parts = factTables.flatMap((table) =>
    ways.map(
      ({
        place,
        other,
      }) => sql`SELECT ${sql.lit(table)} AS entity, f.id, ${sql.lit(place)} AS place, ${sql.ref(`f.${other}`)} AS other
        FROM ${sql.table(table)} f WHERE f.org_id = ${tx.orgId} AND ${sql.ref(`f.${place}`)} IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM change c WHERE c.org_id = ${tx.orgId} AND c.id = ${sql.ref(`f.${place}`)})`,
    ),
  )
  const rows = await tx.rows<{
    entity: string
    id: string
    place: string
    revision: number | null
  }>(sql`
    SELECT d.entity, d.id, d.place, c.revision FROM (${sql.join(parts, sql` UNION ALL `)} UNION ALL
      SELECT 'history:' || h.entity, h.entity_id, 'change_id', NULL FROM history h WHERE h.org_id = ${tx.orgId}
        AND NOT EXISTS (SELECT 1 FROM change c WHERE c.org_id = ${tx.orgId} AND c.id = h.change_id)
    ) d LEFT JOIN change c ON c.org_id = ${tx.orgId} AND c.id = d.other ORDER BY c.revision LIMIT ${findingsPerKindMax}`)
  return rows.map((row) => ({
    what: 'dangling',
    ...(row.revision === null ? {} : { revision: row.revision }),
    text: `${row.entity} ${row.id} names a change (${row.place}) that is not there.`,
  }))
}

/** History rows whose content is not what was hashed when it was written. */
export async function checkHistories(tx: Tx): Promise<Finding[]> {
  const rows = await tx.rows<{ entity: string; entity_id: string; revision: number | null }>(sql`
    SELECT h.entity, h.entity_id, c.revision FROM history h
    LEFT JOIN change c ON c.org_id = ${tx.orgId} AND c.id = h.change_id
    WHERE h.org_id = ${tx.orgId}
      AND h.row_hash IS DISTINCT FROM sha256(h.salt || convert_to(h.fields::text, 'UTF8'))
    ORDER BY c.revision LIMIT ${findingsPerKindMax}`)
  return rows.map((row) => ({
    what: 'history',
    ...(row.revision === null ? {} : { revision: row.revision }),
    text: `The history of ${row.entity} ${row.entity_id} was altered after it was written.`,
  }))
}
