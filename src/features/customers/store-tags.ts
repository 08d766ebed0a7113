// The SQL of tags.
import { type RawBuilder, sql } from 'kysely'
import type { Fields } from '../../platform/database/records.ts'
import { insertRecord, updateRecord } from '../../platform/database/records.ts'
import { writeRecords } from '../../platform/database/records-bulk.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import type { TaggedEntity } from './contract-notes.ts'

/** Condition on the column id of records of this kind that they have a tag. */
export function tagged(tx: Tx, entity: TaggedEntity, tag: string): RawBuilder<unknown> {
  return sql`id IN (SELECT g.entity_id FROM tagging g WHERE g.org_id = ${tx.orgId} AND g.entity = ${entity}
    AND g.tag_key COLLATE "C" = ${nameKey(tag)} AND g.state <> 'removed')`
}

export async function tagsOf(tx: Tx, entityId: string): Promise<string[]> {
  const rows = await tx.rows<{ tag: string }>(sql`
    SELECT tag FROM tagging WHERE org_id = ${tx.orgId} AND entity_id = ${entityId} AND state <> 'removed'
    ORDER BY tag_key COLLATE "C"`)
  return rows.map((row) => row.tag)
}

/** Tags with the number of records there are that have them; of deals d, those that `within` lets through. */
export function tagCounts(
  tx: Tx,
  entity: TaggedEntity,
  within: RawBuilder<unknown>,
): Promise<{ tag: string; count: number }[]> {
  const there =
    entity === 'deal'
      ? sql`JOIN deal d ON d.org_id = g.org_id AND d.id = g.entity_id AND d.change_out IS NULL AND ${within}`
      : sql`JOIN ${sql.table(entity)} t ON t.org_id = g.org_id AND t.id = g.entity_id AND t.state <> 'removed'`
  return tx.rows<{ tag: string; count: number }>(sql`
    SELECT min(g.tag) AS tag, count(*) AS count FROM tagging g ${there}
    WHERE g.org_id = ${tx.orgId} AND g.entity = ${entity} AND g.state <> 'removed'
    GROUP BY g.tag_key ORDER BY count(*) DESC, g.tag_key COLLATE "C" LIMIT 500`)
}

/** Brings the tags of a record to these; a tag it had before comes back as the row it was. */
export async function setTags(
  tx: WriteTx,
  entity: TaggedEntity,
  entityId: string,
  tags: readonly string[],
): Promise<void> {
  const wanted = new Map(tags.map((tag) => [nameKey(tag), tag.trim()]))
  const rows = await tx.rows<{ id: string; tag_key: string; state: string }>(sql`
    SELECT DISTINCT ON (tag_key COLLATE "C") id, tag_key, state FROM tagging
    WHERE org_id = ${tx.orgId} AND entity = ${entity} AND entity_id = ${entityId}
    ORDER BY tag_key COLLATE "C", state = 'removed', id`)
  const known = new Map(rows.map((row) => [row.tag_key, row]))
  for (const { id, tag_key, state } of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (state !== 'removed' && !wanted.has(tag_key))
      await updateRecord(tx, 'tagging', id, { state: 'removed' })
  }
  for (const [tag_key, tag] of wanted) {
    const before = known.get(tag_key)
    const fields: Fields = { state: 'active', entity, entity_id: entityId, tag, tag_key }
    if (before === undefined) await insertRecord(tx, 'tagging', fields)
    else if (before.state === 'removed') await bringBack(tx, before.id, fields)
  }
}

/** A removed record is found by no ordinary edit. */
async function bringBack(tx: WriteTx, id: string, fields: Fields): Promise<void> {
  await writeRecords(tx, 'tagging', {
    columns: ['state', 'tag'],
    source: sql`SELECT t.id, false AS touched, ${fields.state}::text AS state, ${fields.tag}::text AS tag
      FROM tagging t WHERE t.org_id = ${tx.orgId} AND t.id = ${id}`,
  })
}

/** Ids of the records that fit, locked in their order; one more than the limit. */
export async function chosenCustomers(
  tx: WriteTx,
  ids: readonly string[] | undefined,
  fit: readonly RawBuilder<unknown>[] | undefined,
  limit: number,
): Promise<string[]> {
  const conditions = [
    sql`org_id = ${tx.orgId}`,
    sql`state <> 'removed'`,
    ...(ids === undefined ? [] : [sql`id = ANY(${ids}::uuid[])`]),
    ...(fit ?? []),
  ]
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT id FROM customer WHERE ${sql.join(conditions, sql` AND `)} ORDER BY id LIMIT ${limit + 1} FOR UPDATE`)
  return rows.map((row) => row.id)
}

/** Gives these tags to all, and takes others away; says how many taggings changed. */
export async function tagMany(
  tx: WriteTx,
  entity: TaggedEntity,
  ids: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Promise<number> {
  const gone = [...new Set(remove.map(nameKey))]
  const removed = await writeRecords(tx, 'tagging', {
    columns: ['state'],
    source: sql`SELECT g.id, false AS touched, 'removed'::text AS state FROM tagging g
      WHERE g.org_id = ${tx.orgId} AND g.entity = ${entity} AND g.entity_id = ANY(${ids}::uuid[])
        AND g.tag_key = ANY(${gone}::text[]) AND g.state <> 'removed'`,
  })
  let changed = removed.updated
  for (const [key, tag] of new Map(add.map((tag) => [nameKey(tag), tag.trim()]))) {
    const made = ids.map(() => tx.newId())
    const added = await writeRecords(tx, 'tagging', {
      columns: ['state', 'entity', 'entity_id', 'tag', 'tag_key'],
      source: sql`
        SELECT coalesce(g.id, c.new_id) AS id, false AS touched, 'active'::text AS state, ${entity}::text AS entity, c.id AS entity_id,
          CASE WHEN g.state = 'active' THEN g.tag ELSE ${tag}::text END AS tag, ${key}::text AS tag_key
        FROM unnest(${ids}::uuid[], ${made}::uuid[]) AS c (id, new_id)
        LEFT JOIN LATERAL (SELECT t.id, t.tag, t.state FROM tagging t WHERE t.org_id = ${tx.orgId} AND t.entity_id = c.id
          AND t.tag_key COLLATE "C" = ${key} ORDER BY t.state = 'removed', t.id LIMIT 1) g ON true`,
    })
    changed += added.added + added.updated
  }
  return changed
}
