// The SQL of rows set aside: their list, what is wrong with them, and where they come corrected.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Batch, type Reject, undoChains } from './store.ts'

/** Values at fault are offered to be replaced in all rows; more than these nobody would look through. */
const valuesMost = 200

/** The rows of these places come corrected in another import from now on. */
export async function markCorrected(
  tx: Tx,
  batchId: string,
  places: readonly { line: number; seq: number }[],
  inBatch: string,
): Promise<void> {
  await tx.run(sql`
    UPDATE import_reject r SET corrected_in = ${inBatch}
    FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS e (line int, seq int)
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} AND r.line = e.line AND r.seq = e.seq`)
}

/**
 * Imports that bring rows of this one corrected; not those that were given up or taken back, whose
 * rows can be corrected once more.
 */
export async function correctingBatches(tx: Tx, batchId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string; change_id: string | null }>(sql`
    SELECT id, change_id FROM import_batch
    WHERE org_id = ${tx.orgId} AND corrects = ${batchId} AND state NOT IN ('discarded', 'cancelled', 'failed')`)
  const children = await undoChains(
    tx,
    rows.flatMap((row) => row.change_id ?? []),
  )
  const isUndone = (change: string | null) => {
    let undone = false
    for (let next = change && children.get(change); next; next = children.get(next))
      undone = !undone
    return undone
  }
  return rows.filter((row) => !isUndone(row.change_id)).map((row) => row.id)
}

export interface SetAside extends Reject {
  seq: number
  /** The import that brings the row corrected, unless that one was given up or taken back. */
  correctedIn: string | null
}

export interface Wanted {
  code?: string | undefined
  column?: string | undefined
  /** Only rows that nobody has corrected yet. */
  open?: boolean | undefined
}

/** Rejected rows from a place on, in the order of the file. */
export async function listRejects(
  tx: Tx,
  batchId: string,
  after: { line: number; seq: number } | undefined,
  limit: number,
  wanted: Wanted = {},
): Promise<SetAside[]> {
  const place = after ? sql`AND (r.line, r.seq) > (${after.line}::int, ${after.seq}::int)` : sql``
  const code = wanted.code === undefined ? sql`` : sql`AND r.code = ${wanted.code}`
  const column = wanted.column === undefined ? sql`` : sql`AND r.column_name = ${wanted.column}`
  const correcting = await correctingBatches(tx, batchId)
  const open = wanted.open
    ? sql`AND (r.corrected_in IS NULL OR r.corrected_in <> ALL(${correcting}::uuid[]))`
    : sql``
  return tx.rows<SetAside>(sql`
    SELECT r.line, r.seq, r.raw, r.column_name AS "column", r.value, r.code, r.message,
      CASE WHEN r.corrected_in = ANY(${correcting}::uuid[]) THEN r.corrected_in END AS "correctedIn"
    FROM import_reject r
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} ${code} ${column} ${open} ${place}
    ORDER BY r.line, r.seq LIMIT ${limit}`)
}

/**
 * Rows by reason, most frequent first, and values at fault that stand in several open rows, as they are
 * written there: what is only wrong beside the rest of its row (`deal.backwards`) is no value to replace.
 */
export async function countReasons(tx: Tx, { id }: Pick<Batch, 'id'>) {
  const correcting = await correctingBatches(tx, id)
  const open = sql`(corrected_in IS NULL OR corrected_in <> ALL(${correcting}::uuid[]))`
  const reasons = await tx.rows<{
    code: string
    column: string | null
    rows: number
    open: number
  }>(sql`
    SELECT code, column_name AS "column", count(*)::int AS rows, (count(*) FILTER (WHERE ${open}))::int AS open
    FROM import_reject WHERE org_id = ${tx.orgId} AND batch_id = ${id}
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`)
  const values = await tx.rows<{ column: string; value: string; rows: number }>(sql`
    SELECT column_name AS "column", value, count(*)::int AS rows
    FROM import_reject
    WHERE org_id = ${tx.orgId} AND batch_id = ${id} AND ${open} AND column_name IS NOT NULL AND value IS NOT NULL
      AND code NOT LIKE '%.%'
    GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 3 DESC, 1, 2 LIMIT ${valuesMost}`)
  return { reasons, values }
}
