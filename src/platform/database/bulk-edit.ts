// Editing many records alike: which are chosen, what would change, and the one change that does it.
import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../basics/refusal.ts'
import type { Fields } from './records.ts'
import { writeRecords } from './records-bulk.ts'
import type { RecordTable } from './tables.ts'
import type { Tx, WriteTx } from './with-org.ts'

/** More would hold locks and the list of changes for longer than a person waits. */
export const bulkMax = 250_000
const shownMax = 20

export interface BulkEdit {
  table: RecordTable
  ids?: readonly string[] | undefined
  /** Conditions on the table's own columns; absent: the ids alone choose. */
  fit?: readonly RawBuilder<unknown>[] | undefined
  set: Fields
}

type Values = Record<string, string | number | null>

export interface BulkEdited {
  chosen: number
  changed: number
  same: number
  rows: { id: string; name: string; before: Values; after: Values }[]
  changeId?: string
}

/**
 * What the edit would change, without doing it. Refuses `bulk.nothing_set`, `bulk.nothing_chosen` and
 * `bulk.too_many`.
 */
export async function previewBulkEdit(tx: Tx, edit: BulkEdit): Promise<BulkEdited> {
  const { chosen, values, differs } = partsOf(tx, edit)
  const counts = await tx.first<{ chosen: number; changed: number }>(sql`
    SELECT count(*) AS chosen, count(*) FILTER (WHERE ${differs}) AS changed
    FROM ${sql.table(edit.table)} WHERE ${chosen}`)
  const found = counts ?? { chosen: 0, changed: 0 }
  refuseCount(found.chosen)
  const names = Object.keys(values)
  const rows = await tx.rows<{ id: string; name: string; before: Values }>(sql`
    SELECT id, name, jsonb_build_object(${sql.join(names.map((name) => sql`${sql.lit(name)}, ${sql.ref(name)}`))}) AS before
    FROM ${sql.table(edit.table)} WHERE ${chosen} AND ${differs}
    ORDER BY name_key COLLATE "C", id LIMIT ${shownMax}`)
  return {
    ...found,
    same: found.chosen - found.changed,
    rows: rows.map((row) => ({ ...row, after: values })),
  }
}

/**
 * Sets the fields of all chosen records in the running change, each with its history. Refuses as
 * {@link previewBulkEdit} does, and `bulk.nothing_changes` when all are already so.
 */
export async function applyBulkEdit(tx: WriteTx, edit: BulkEdit): Promise<BulkEdited> {
  const { chosen, values } = partsOf(tx, edit)
  // Who is chosen is settled once, under lock: a record that begins to fit now is not touched.
  const locked = await tx.rows<{ id: string }>(sql`
    SELECT id FROM ${sql.table(edit.table)} WHERE ${chosen} ORDER BY id LIMIT ${bulkMax + 1} FOR UPDATE`)
  refuseCount(locked.length)
  const ids = locked.map((row) => row.id)
  const { rows } = await previewBulkEdit(tx, edit)
  const names = Object.keys(values)
  // The other branch gives the parameter the type of its column.
  const wanted = names.map(
    (name) =>
      sql`CASE WHEN true THEN ${values[name]} ELSE ${sql.ref(`t.${name}`)} END AS ${sql.ref(name)}`,
  )
  const counts = await writeRecords(tx, edit.table, {
    columns: names,
    // Joined, not `= ANY`: as a condition of an index the whole list would be read for every row.
    source: sql`SELECT t.id, ${sql.join(wanted)}, false AS touched FROM unnest(${ids}::uuid[]) AS chosen (id)
      JOIN ${sql.table(edit.table)} t ON t.org_id = ${tx.orgId} AND t.id = chosen.id`,
  })
  if (counts.updated === 0) {
    throw new Refusal({
      code: 'bulk.nothing_changes',
      message: 'All of them are already so; nothing was changed.',
      next: 'Choose others, or other values.',
    })
  }
  return {
    chosen: ids.length,
    changed: counts.updated,
    same: counts.unchanged,
    rows,
    changeId: tx.changeId,
  }
}

function partsOf(tx: Tx, { ids, fit, set }: BulkEdit) {
  const values = Object.fromEntries(
    Object.entries(set).filter(([, value]) => value !== undefined),
  ) as Values
  const names = Object.keys(values)
  if (names.length === 0) {
    throw new Refusal({
      code: 'bulk.nothing_set',
      message: 'No field is given that would be set.',
      field: 'set',
      next: 'Choose at least one field and its value.',
      status: 422,
    })
  }
  if (ids === undefined && fit === undefined) refuseCount(0)
  const conditions = [
    sql`org_id = ${tx.orgId}`,
    sql`state <> 'removed'`,
    ...(ids === undefined ? [] : [sql`id = ANY(${ids}::uuid[])`]),
    ...(fit ?? []),
  ]
  return {
    values,
    chosen: sql.join(conditions, sql` AND `),
    differs: sql`(${sql.join(
      names.map((name) => sql`${sql.ref(name)} IS DISTINCT FROM ${values[name]}`),
      sql` OR `,
    )})`,
  }
}

export function refuseCount(count: number): void {
  if (count === 0) {
    throw new Refusal({
      code: 'bulk.nothing_chosen',
      message: 'No record is chosen, or none of those chosen is there any more.',
      next: 'Choose records in the list, or take a filter away.',
      status: 422,
    })
  }
  if (count <= bulkMax) return
  throw new Refusal({
    code: 'bulk.too_many',
    message: `More than ${bulkMax.toLocaleString('en')} records are chosen.`,
    next: 'Narrow the filter and do it in parts.',
    status: 422,
  })
}
