// Writing facts: a row is written once, closed once, and replaced by a row of the next version.
import { sql } from 'kysely'
import { assert } from '../../basics/refusal.ts'
import type { Fields } from './records.ts'
import { changedSince, notFound } from './records.ts'
import { type FactTable, facts } from './tables.ts'
import type { Tx, WriteTx } from './with-org.ts'

/** Adds a fact; version 1 unless an earlier one was closed (undo of a removal). */
export async function insertFact(
  tx: WriteTx,
  table: FactTable,
  fields: Fields,
  id = tx.newId(),
  version = 1,
): Promise<string> {
  const known: readonly string[] = facts[table]
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined)
  for (const name of names) assert(known.includes(name), `${table} has a column ${name}`)
  await tx.run(sql`
    INSERT INTO ${sql.table(table)} (org_id, id, version, change_in, ${sql.join(names.map((name) => sql.ref(name)))})
    VALUES (${tx.orgId}, ${id}, ${version}, ${tx.changeId}, ${sql.join(names.map((name) => fields[name]))})`)
  return id
}

export interface CurrentFact {
  version: number
  fields: Fields
}

/** The open row of a fact; undefined when it is closed or was never there. */
export async function currentFact(
  tx: Tx,
  table: FactTable,
  id: string,
): Promise<CurrentFact | undefined> {
  const row = await tx.first<Fields & { version: number }>(sql`
    SELECT version, ${sql.join(facts[table].map((name) => sql.ref(name)))} FROM ${sql.table(table)}
    WHERE org_id = ${tx.orgId} AND id = ${id} AND change_out IS NULL`)
  if (!row) return undefined
  const { version, ...fields } = row
  return { version, fields }
}

/** Holds the open row of a fact until the change ends, whoever is writing its next version just now. */
export async function lockFact(tx: WriteTx, table: FactTable, id: string): Promise<void> {
  const open = sql`SELECT 1 FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND id = ${id} AND change_out IS NULL`
  // The row waited for may be closed by then; its next version is seen by the next statement only.
  while (!(await tx.first(sql`${open} FOR UPDATE`)) && (await tx.first(open)));
}

/** Closes the open row. `version` is the one the person saw; another one open now is `record.changed`. */
export async function closeFact(
  tx: WriteTx,
  table: FactTable,
  id: string,
  version?: number,
  mine: Fields = {},
): Promise<CurrentFact> {
  const current = await currentFact(tx, table, id)
  if (!current) throw notFound(table)
  if (version !== undefined && version !== current.version) throw changedSince(current, mine)
  const closed = await tx.run(sql`
    UPDATE ${sql.table(table)} SET change_out = ${tx.changeId}
    WHERE org_id = ${tx.orgId} AND id = ${id} AND version = ${current.version} AND change_out IS NULL`)
  if (closed !== 1) throw changedSince(current, mine)
  return current
}

/** Closes the open row and writes the next version with some fields changed. Returns the new version. */
export async function replaceFact(
  tx: WriteTx,
  table: FactTable,
  id: string,
  fields: Fields,
  version?: number,
): Promise<number> {
  const current = await closeFact(tx, table, id, version, fields)
  await insertFact(tx, table, { ...current.fields, ...fields }, id, current.version + 1)
  return current.version + 1
}
