// Writing many records with one statement: what a set of rows should be, against what is there.
import { type RawBuilder, sql } from 'kysely'
import { assert } from '../../basics/refusal.ts'
import { type RecordTable, records } from './tables.ts'
import type { Tx, WriteTx } from './with-org.ts'

/**
 * Rows as they should be: `id uuid`, the columns named, in their types, and `touched boolean`: whether
 * something else that belongs to the record changes, so that it counts as updated. New ids are new records.
 */
export interface WantedRecords {
  columns: readonly string[]
  source: RawBuilder<unknown>
}

export interface RecordCounts {
  added: number
  updated: number
  unchanged: number
}

/** What {@link writeRecords} would do, without doing it. */
export async function countRecords(
  tx: Tx,
  table: RecordTable,
  wanted: WantedRecords,
): Promise<RecordCounts> {
  const row = await tx.first<RecordCounts>(sql`
    WITH ${comparison(tx, table, wanted, false)}
    SELECT ${countsOf()} FROM compared c`)
  assert(row, 'a count answers one row')
  return row
}

/**
 * Brings records to what is wanted: new ids are added, differing ones get the next version, equal
 * ones are left alone; each with its history row. The rows are locked in the order of their ids first.
 */
export async function writeRecords(
  tx: WriteTx,
  table: RecordTable,
  wanted: WantedRecords,
): Promise<RecordCounts> {
  const { columns } = wanted
  await tx.run(sql`
    SELECT t.id FROM ${sql.table(table)} t WHERE t.org_id = ${tx.orgId}
      AND t.id IN (SELECT w.id FROM (${wanted.source}) w) ORDER BY t.id FOR UPDATE`)
  const names = sql.join(columns.map((name) => sql.ref(name)))
  const row = await tx.first<RecordCounts>(sql`
    WITH ${comparison(tx, table, wanted, true)},
    added AS (
      INSERT INTO ${sql.table(table)} (org_id, id, ${names})
      SELECT ${tx.orgId}, c.id, ${sql.join(columns.map((name) => sql.ref(`c.${name}`)))}
      FROM compared c WHERE c.old_version IS NULL
    ), updated AS (
      UPDATE ${sql.table(table)} t SET version = c.old_version + 1,
        ${sql.join(columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`c.${name}`)}`))}
      FROM compared c WHERE t.org_id = ${tx.orgId} AND t.id = c.id AND c.old_version IS NOT NULL AND c.differs
    ), logged AS (
      INSERT INTO history (org_id, change_id, entity, entity_id, version, fields, salt, row_hash)
      SELECT ${tx.orgId}, ${tx.changeId}, ${table}, c.id, coalesce(c.old_version, 0) + 1, c.fields, c.salt,
        sha256(c.salt || convert_to(c.fields::text, 'UTF8'))
      FROM compared c WHERE c.differs
    )
    SELECT ${countsOf()} FROM compared c`)
  assert(row, 'a count answers one row')
  return row
}

/** The common part: `compared` has the wanted row, the version there is, whether they differ, and how. */
function comparison(
  tx: Tx,
  table: RecordTable,
  { columns, source }: WantedRecords,
  history: boolean,
): RawBuilder<unknown> {
  const known: readonly string[] = records[table]
  for (const name of columns) assert(known.includes(name), `${table} has a column ${name}`)
  const side = (alias: string) =>
    sql`jsonb_build_object(${sql.join(columns.map((name) => sql`${sql.lit(name)}, ${sql.ref(`${alias}.${name}`)}`))})`
  const row = (alias: string) =>
    sql`ROW(${sql.join(columns.map((name) => sql.ref(`${alias}.${name}`)))})`
  const differs = sql`(t.id IS NULL OR ${row('w')} IS DISTINCT FROM ${row('t')})`
  const fields = history
    ? sql`, CASE WHEN ${differs} THEN (
        SELECT coalesce(jsonb_object_agg(n.key, jsonb_build_array(coalesce(o.value, 'null'), n.value)), '{}')
        FROM jsonb_each(${side('w')}) n
        LEFT JOIN jsonb_each(CASE WHEN t.id IS NULL THEN '{}' ELSE ${side('t')} END) o ON o.key = n.key
        WHERE coalesce(o.value, 'null') IS DISTINCT FROM n.value) END AS fields,
      CASE WHEN ${differs} THEN uuid_send(gen_random_uuid()) END AS salt`
    : sql``
  return sql`wanted AS MATERIALIZED (${source}),
    compared AS MATERIALIZED (
      SELECT w.*, t.version AS old_version, ${differs} AS differs ${fields}
      FROM wanted w LEFT JOIN ${sql.table(table)} t ON t.org_id = ${tx.orgId} AND t.id = w.id
    )`
}

function countsOf(): RawBuilder<unknown> {
  return sql`count(*) FILTER (WHERE c.old_version IS NULL) AS added,
    count(*) FILTER (WHERE c.old_version IS NOT NULL AND (c.differs OR c.touched)) AS updated,
    count(*) FILTER (WHERE NOT c.differs AND NOT c.touched) AS unchanged`
}
