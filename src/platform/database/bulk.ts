// Many records or facts at once from values the program holds: a statement per few thousand rows.
import { sql } from 'kysely'
import { assert } from '../../basics/refusal.ts'
import type { Fields } from './records.ts'
import { type FactTable, facts, type RecordTable, records } from './tables.ts'
import type { WriteTx } from './with-org.ts'

export type Row = { id: string } & Fields

const rowsPerStatement = 5_000

/** What a record's columns hold when nothing is said; such values need no history. */
const recordDefaults: Fields = { state: 'active', external_source: '', traits: {} }
const ownDefaults: Partial<Record<RecordTable, Fields>> = {
  calendar_exception: { share: 1 },
  contract: { renewal: 'none', every: 'year' },
  forecast: { as_if: false },
  goal: { question: {}, milestones: [], shared: false, steps: [] },
  goal_mark: { celebrated: false },
  own_field: { choices: [], position: 0 },
  person_role: { valid_from: '0001-01-01', valid_until: '9999-12-31' },
  price: { valid_until: '9999-12-31' },
  result_view: { pinned: false },
  revenue_source: { valid_from: '0001-01-01' },
  work_calendar: { valid_from: '0001-01-01' },
}

const factDefaults: Fields = {
  external_source: '',
  owner: true,
  quantity: 1,
  share: 1,
  valid_from: '0001-01-01',
  valid_until: '9999-12-31',
}

/** Adds records of version 1 with their history; columns left out are null or have their default. */
export async function insertRecords(
  tx: WriteTx,
  table: RecordTable,
  rows: readonly Row[],
): Promise<void> {
  const columns: readonly string[] = records[table]
  checkColumns(table, columns, rows)
  const defaults = defaultsOf(table)
  const names = sql.join(columns.map((name) => sql.ref(name)))
  for (const part of chunks(rows)) {
    const given = JSON.stringify(part)
    await tx.run(sql`
      INSERT INTO ${sql.table(table)} (org_id, id, version, ${names})
      SELECT ${tx.orgId}, id, 1, ${names}
      FROM jsonb_array_elements(${given}::jsonb) AS e (given_row),
        jsonb_populate_record(NULL::${sql.table(table)}, ${defaults}::jsonb || jsonb_strip_nulls(e.given_row))
      ORDER BY id`)
    await tx.run(sql`
      INSERT INTO history (org_id, change_id, entity, entity_id, version, fields, salt, row_hash)
      SELECT ${tx.orgId}, ${tx.changeId}, ${table}, id, 1, fields, salt, sha256(salt || convert_to(fields::text, 'UTF8'))
      FROM (
        SELECT (e.value ->> 'id')::uuid AS id, uuid_send(gen_random_uuid()) AS salt,
          (SELECT jsonb_object_agg(f.key, jsonb_build_array(NULL, f.value)) FROM jsonb_each(e.value - 'id') f
            WHERE f.value <> 'null') AS fields
        FROM jsonb_array_elements(${given}::jsonb) AS e (value)
      ) made ORDER BY id`)
  }
}

/** Adds facts of version 1. */
export async function insertFacts(
  tx: WriteTx,
  table: FactTable,
  rows: readonly Row[],
): Promise<void> {
  const columns: readonly string[] = facts[table]
  checkColumns(table, columns, rows)
  const defaults = chosen(factDefaults, columns)
  const names = sql.join(columns.map((name) => sql.ref(name)))
  for (const part of chunks(rows)) {
    await tx.run(sql`
      INSERT INTO ${sql.table(table)} (org_id, id, version, change_in, ${names})
      SELECT ${tx.orgId}, id, 1, ${tx.changeId}, ${names}
      FROM jsonb_array_elements(${JSON.stringify(part)}::jsonb) AS e (value),
        jsonb_populate_record(NULL::${sql.table(table)}, ${defaults}::jsonb || jsonb_strip_nulls(e.value))
      ORDER BY id`)
  }
}

/** JSON of what the columns of a record hold when nothing is said. */
export function defaultsOf(table: RecordTable): string {
  return chosen({ ...recordDefaults, ...ownDefaults[table] }, records[table])
}

function chosen(all: Fields, columns: readonly string[]): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(all).filter(([name]) => columns.includes(name))),
  )
}

function* chunks(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += rowsPerStatement)
    yield rows.slice(at, at + rowsPerStatement)
}

function checkColumns(table: string, columns: readonly string[], rows: readonly Row[]): void {
  const known = new Set(['id', ...columns])
  for (const row of rows) {
    for (const name of Object.keys(row)) assert(known.has(name), `${table} has a column ${name}`)
  }
}
