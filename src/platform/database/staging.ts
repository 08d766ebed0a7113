// What every kind of import does with its staged rows: look up the names they mention and the records they are about.
import { type RawBuilder, sql } from 'kysely'
import { type WantedRecords, writeRecords } from './records-bulk.ts'
import { numberKey, type RecordTable, records } from './tables.ts'
import type { Tx, WriteTx } from './with-org.ts'

/** The record that took over this number when another was merged into it. */
function byOldNumber(
  table: RecordTable,
  org: RawBuilder<unknown>,
  number: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`(SELECT t.id FROM alias a JOIN ${sql.table(table)} t ON t.org_id = a.org_id AND t.id = a.entity_id AND t.state <> 'removed'
    WHERE a.org_id = ${org} AND a.entity = ${sql.lit(table)} AND a.key COLLATE "C" = ${sql.lit(numberKey(''))} || ${number} AND a.state <> 'removed' LIMIT 1)`
}

/** Names are looked up by name, then by alias, then by the number of another system, then by an old number. */
function lookUp(
  table: RecordTable,
  org: RawBuilder<unknown>,
  key: RawBuilder<unknown>,
  text: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const known: readonly string[] = records[table]
  const named = sql`(SELECT t.id FROM ${sql.table(table)} t
    WHERE t.org_id = ${org} AND t.name_key COLLATE "C" = ${key} AND t.state <> 'removed'
    ORDER BY t.state COLLATE "C", t.id LIMIT 1)`
  const alias = sql`(SELECT t.id FROM alias a JOIN ${sql.table(table)} t ON t.org_id = a.org_id AND t.id = a.entity_id AND t.state <> 'removed'
    WHERE a.org_id = ${org} AND a.entity = ${sql.lit(table)} AND a.key COLLATE "C" = ${key} AND a.state <> 'removed' LIMIT 1)`
  const numbered = known.includes('external_id')
    ? sql`, (SELECT t.id FROM ${sql.table(table)} t WHERE t.org_id = ${org} AND t.external_source = ''
        AND t.external_id = ${text} AND t.state <> 'removed' LIMIT 1), ${byOldNumber(table, org, text)}`
    : sql``
  return sql`coalesce(${named}, ${alias} ${numbered})`
}

/** Notes for every name of a kind that rows mention which record it means; null where there is none. */
export async function resolveMentions(
  tx: Tx,
  batchId: string,
  kind: string,
  table: RecordTable,
): Promise<void> {
  await tx.run(sql`
    UPDATE import_mention m SET record_id = ${lookUp(table, sql`m.org_id`, sql`m.key`, sql`m.name`)}
    WHERE m.org_id = ${tx.orgId} AND m.batch_id = ${batchId} AND m.kind = ${kind}`)
}

/** Makes the records that rows mention and nobody knows; `more` gives further columns of mention m. */
export async function makeMentioned(
  tx: WriteTx,
  batchId: string,
  kind: string,
  table: RecordTable,
  more: Readonly<Record<string, RawBuilder<unknown>>> = {},
): Promise<number> {
  const missing = sql`m.org_id = ${tx.orgId} AND m.batch_id = ${batchId} AND m.kind = ${kind} AND m.record_id IS NULL`
  const extra = Object.entries(more).map(([name, value]) => sql`, ${value} AS ${sql.ref(name)}`)
  const { added } = await writeRecords(tx, table, {
    columns: ['name', 'name_key', ...Object.keys(more)],
    source: sql`SELECT m.id, false AS touched, m.name, m.key AS name_key ${sql.join(extra, sql` `)} FROM import_mention m WHERE ${missing}`,
  })
  if (added > 0) await tx.run(sql`UPDATE import_mention m SET record_id = m.id WHERE ${missing}`)
  return added
}

/**
 * Notes for every staged row of a kind of record which record it is about: the one with its number,
 * else the one that took over this number, else the one with its name (a numbered row only takes one
 * that has no number yet: it was made by mention), else the one it was said to be (`accepted` names the
 * column with that key), else the one known by this name as well, else a new one. A row that finds its
 * record by such an old name or number is marked ({@link markOldNames}).
 */
export async function matchRows(
  tx: Tx,
  batchId: string,
  table: RecordTable,
  accepted: 'seller' | 'team' | 'customer' | 'product',
): Promise<void> {
  const known: readonly string[] = records[table]
  const numbers = known.includes('external_id')
  const free = numbers ? sql`AND (r.external_id IS NULL OR t.external_id IS NULL)` : sql``
  const byKey = (key: RawBuilder<unknown>) => sql`(SELECT t.id FROM ${sql.table(table)} t
    WHERE t.org_id = r.org_id AND t.name_key COLLATE "C" = ${key} AND t.state <> 'removed' ${free}
    ORDER BY t.state COLLATE "C", t.id LIMIT 1)`
  const byNumber = numbers
    ? sql`(SELECT t.id FROM ${sql.table(table)} t WHERE t.org_id = r.org_id AND t.external_source = ''
        AND t.external_id = r.external_id AND t.state <> 'removed' LIMIT 1), ${byOldNumber(table, sql`r.org_id`, sql`r.external_id`)},`
    : sql``
  // Deals may have mentioned it by its number before anybody knew its name.
  const byNumberAsName = numbers ? sql`${byKey(sql`lower(r.external_id)`)},` : sql``
  const byAlias = sql`(SELECT t.id FROM alias a JOIN ${sql.table(table)} t ON t.org_id = a.org_id AND t.id = a.entity_id AND t.state <> 'removed'
    WHERE a.org_id = r.org_id AND a.entity = ${sql.lit(table)} AND a.key COLLATE "C" = r.name_key AND a.state <> 'removed' ${free} LIMIT 1)`
  await tx.run(sql`
    UPDATE import_row r SET known_by = NULL, target_id = coalesce(${byNumber} ${byKey(sql`r.name_key`)}, ${byKey(sql.ref(`r.${accepted}`))}, ${byNumberAsName} ${byAlias}, r.id)
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`)
  if (numbers) {
    // Several numbered rows of one name: only the first completes the record that was made by mention.
    await tx.run(sql`
      UPDATE import_row r SET target_id = r.id
      FROM (
        SELECT d.id, row_number() OVER (PARTITION BY d.target_id ORDER BY d.line) AS place FROM import_row d
        WHERE d.org_id = ${tx.orgId} AND d.batch_id = ${batchId} AND d.external_id IS NOT NULL
      ) n
      WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} AND r.id = n.id AND n.place > 1
        AND EXISTS (SELECT 1 FROM ${sql.table(table)} t WHERE t.org_id = r.org_id AND t.id = r.target_id AND t.external_id IS NULL)
        AND NOT EXISTS (SELECT 1 FROM alias a WHERE a.org_id = r.org_id AND a.entity = ${sql.lit(table)} AND a.entity_id = r.target_id
          AND a.key COLLATE "C" = ${sql.lit(numberKey(''))} || r.external_id AND a.state <> 'removed')`)
  }
  await markOldNames(tx, batchId, table, accepted)
}

/**
 * A row that found its record by an old name leaves the name there is (`name`). One that found it by the
 * number of a record merged into it, or stands beside a row that is about the same record, changes
 * nothing (`merged`): what the two said was decided when they became one.
 */
async function markOldNames(
  tx: Tx,
  batchId: string,
  table: RecordTable,
  accepted: string,
): Promise<void> {
  const known: readonly string[] = records[table]
  const staged = sql`r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`
  const meant = (key: RawBuilder<unknown>) => sql`EXISTS (
    SELECT 1 FROM alias a WHERE a.org_id = r.org_id AND a.entity = ${sql.lit(table)} AND a.entity_id = r.target_id
      AND a.key COLLATE "C" = ${key} AND a.state <> 'removed')`
  if (known.includes('external_id')) {
    await tx.run(sql`
      UPDATE import_row r SET known_by = 'merged' WHERE ${staged} AND r.target_id <> r.id AND ${meant(sql`${sql.lit(numberKey(''))} || r.external_id`)}
        AND NOT EXISTS (SELECT 1 FROM ${sql.table(table)} t WHERE t.org_id = r.org_id AND t.id = r.target_id AND t.external_id = r.external_id)`)
  }
  const byName = await tx.run(sql`
    UPDATE import_row r SET known_by = 'name' WHERE ${staged} AND r.target_id <> r.id AND r.known_by IS NULL
      AND ${sql.ref(`r.${accepted}`)} IS NULL AND ${meant(sql`r.name_key`)}
      AND NOT EXISTS (SELECT 1 FROM ${sql.table(table)} t WHERE t.org_id = r.org_id AND t.id = r.target_id AND t.name_key COLLATE "C" = r.name_key)`)
  if (byName === 0) return
  await tx.run(sql`
    UPDATE import_row r SET known_by = 'merged' FROM (
      SELECT d.id, row_number() OVER (PARTITION BY d.target_id ORDER BY d.known_by IS NOT NULL, d.line) AS place
      FROM import_row d WHERE d.org_id = ${tx.orgId} AND d.batch_id = ${batchId}
    ) n
    WHERE ${staged} AND r.id = n.id AND n.place > 1 AND r.known_by = 'name'`)
}

/**
 * The staged rows of a batch as records: name, number and the further columns given, of row r and
 * record t; `touched` (see {@link WantedRecords}) may speak of what `joins` adds.
 */
export function stagedRecords(
  orgId: string,
  batchId: string,
  table: RecordTable,
  more: Readonly<Record<string, RawBuilder<unknown>>>,
  {
    touched = sql`false`,
    joins = sql``,
  }: { touched?: RawBuilder<unknown>; joins?: RawBuilder<unknown> } = {},
): WantedRecords {
  const known: readonly string[] = records[table]
  const columns: Record<string, RawBuilder<unknown>> = {
    name: sql`CASE WHEN r.known_by IS NULL THEN r.name ELSE t.name END`,
    name_key: sql`CASE WHEN r.known_by IS NULL THEN r.name_key ELSE t.name_key END`,
    ...(known.includes('external_id')
      ? { external_id: sql`coalesce(r.external_id, t.external_id)` }
      : {}),
    ...more,
  }
  return {
    columns: Object.keys(columns),
    source: sql`
      SELECT r.target_id AS id, (${touched} AND r.known_by IS DISTINCT FROM 'merged') AS touched,
        ${sql.join(Object.entries(columns).map(([name, value]) => sql`CASE WHEN r.known_by = 'merged' THEN ${sql.ref(`t.${name}`)} ELSE ${value} END AS ${sql.ref(name)}`))}
      FROM import_row r LEFT JOIN ${sql.table(table)} t ON t.org_id = r.org_id AND t.id = r.target_id ${joins}
      WHERE r.org_id = ${orgId} AND r.batch_id = ${batchId}`,
  }
}
