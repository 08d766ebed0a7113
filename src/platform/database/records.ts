// Writing records: one current row, a version, and a history row with what changed.
import { sql } from 'kysely'
import { assert, Refusal } from '../../basics/refusal.ts'
import { type RecordTable, records } from './tables.ts'
import type { Tx, WriteTx } from './with-org.ts'

export type Fields = Record<string, unknown>

/** Adds a record; `id` is made unless given. Returns its id; the version is 1. */
export async function insertRecord(
  tx: WriteTx,
  table: RecordTable,
  fields: Fields,
  id = tx.newId(),
): Promise<string> {
  const names = columnsOf(table, fields)
  await tx.run(sql`
    INSERT INTO ${sql.table(table)} (org_id, id, ${sql.join(names.map((name) => sql.ref(name)))})
    VALUES (${tx.orgId}, ${id}, ${sql.join(names.map((name) => asParameter(fields[name])))})`)
  const made = Object.fromEntries(
    names
      .filter((name) => fields[name] !== null && fields[name] !== undefined)
      .map((name) => [name, [null, fields[name]]]),
  )
  await writeHistory(tx, table, id, 1, made)
  return id
}

/**
 * Changes fields of a record. `version` is the one the person saw: when it is not the current one,
 * `record.changed` is refused with both sides. Fields that stay the same write nothing; if nothing
 * changes the current version comes back.
 */
export async function updateRecord(
  tx: WriteTx,
  table: RecordTable,
  id: string,
  fields: Fields,
  version?: number,
): Promise<number> {
  const current = await lockRecord(tx, table, id)
  if (version !== undefined && version !== current.version) throw changedSince(current, fields)
  const names = columnsOf(table, fields).filter((name) => !same(current.fields[name], fields[name]))
  if (names.length === 0) return current.version
  const next = current.version + 1
  await tx.run(sql`
    UPDATE ${sql.table(table)}
    SET version = ${next}, ${sql.join(names.map((name) => sql`${sql.ref(name)} = ${asParameter(fields[name])}`))}
    WHERE org_id = ${tx.orgId} AND id = ${id}`)
  await writeHistory(
    tx,
    table,
    id,
    next,
    Object.fromEntries(
      names.map((name) => [name, [current.fields[name] ?? null, fields[name] ?? null]]),
    ),
  )
  return next
}

export interface CurrentRecord {
  version: number
  fields: Fields
}

/** The current row, locked against other writers; refuses `<table>.not_found`. */
export async function lockRecord(tx: Tx, table: RecordTable, id: string): Promise<CurrentRecord> {
  const row = await tx.first<Fields & { version: number }>(sql`
    SELECT version, ${sql.join(records[table].map((name) => sql.ref(name)))}
    FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed' FOR UPDATE`)
  if (!row) throw notFound(table)
  const { version, ...fields } = row
  return { version, fields }
}

export function notFound(table: string): Refusal {
  return new Refusal({
    code: `${table}.not_found`,
    message: `There is no such ${table.replaceAll('_', ' ')}.`,
    next: 'It may have been removed; go back to the list.',
    status: 404,
  })
}

/** "Changed by someone else since you opened it", with both sides so that nothing typed is lost. */
export function changedSince(current: { version: number; fields: Fields }, mine: Fields): Refusal {
  return new Refusal({
    code: 'record.changed',
    message: 'Somebody else has changed this since you opened it.',
    next: 'Compare both versions and choose.',
    status: 412,
    particulars: { version: current.version, theirs: current.fields, mine },
  })
}

/** Writes one history row; the hash of its content goes into the chain. */
export async function writeHistory(
  tx: WriteTx,
  entity: string,
  id: string,
  version: number,
  fields: Fields,
): Promise<void> {
  const salt = Buffer.from(tx.chance(16))
  await tx.run(sql`
    INSERT INTO history (org_id, change_id, entity, entity_id, version, fields, salt, row_hash)
    SELECT ${tx.orgId}, ${tx.changeId}, ${entity}, ${id}, ${version}, f, ${salt}::bytea,
      sha256(${salt}::bytea || convert_to(f::text, 'UTF8'))
    FROM (SELECT ${JSON.stringify(fields)}::jsonb AS f) content`)
}

function columnsOf(table: RecordTable, fields: Fields): string[] {
  const known: readonly string[] = records[table]
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined)
  for (const name of names) assert(known.includes(name), `${table} has a column ${name}`)
  return names
}

function asParameter(value: unknown) {
  return value !== null && typeof value === 'object'
    ? sql`${JSON.stringify(value)}::jsonb`
    : sql`${value}`
}

function same(before: unknown, after: unknown): boolean {
  return (before ?? null) === (after ?? null) || canonical(before) === canonical(after)
}

function canonical(value: unknown): string {
  if (value === null || value === undefined || typeof value !== 'object')
    return JSON.stringify(value ?? null)
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
