// Takes a change back, whatever it was: facts are put back as next versions, fields of records are set
// back where nobody has changed them since, and records it made go away unless something needs them.
import { sql } from 'kysely'
import { Refusal } from '../../basics/refusal.ts'
import { facts } from './tables.ts'
import { undoFacts } from './undo-facts.ts'
import { removeCreated, setBackEdits } from './undo-records.ts'
import type { WriteTx } from './with-org.ts'

/**
 * Why something stays as it is. `changed_since`: somebody changed it after the change that is taken
 * back. `referred_to`: something that came later needs it. `refers_to_removed`: what would come back
 * names a record that is gone. `exists_since`: something else now stands in its place (the same
 * number, or a membership of the same days).
 */
type KeptReason = 'changed_since' | 'referred_to' | 'refers_to_removed' | 'exists_since'

export interface Kept {
  entity: string
  id: string
  reason: KeptReason
}

export interface UndoOutcome {
  /** Records and facts that are as they were before; a deal counts once with its sale and stages. */
  restored: number
  /** What stays as it is, at most {@link keptListedMax}. */
  kept: Kept[]
  keptCount: number
}

const keptListedMax = 1_000

/** What the parts of an undo share: the change taken back, and what they find must stay. */
export interface Undoing {
  tx: WriteTx
  changeId: string
  /** Tables of which the change wrote anything: the others need no look. */
  tables: ReadonlySet<string>
  /** Facts of which the change closed what others had put in: only of these anything can come back. */
  closed: ReadonlySet<string>
  keep(rows: readonly Kept[]): void
}

/**
 * Takes back a change as a change of its own, which can itself be taken back. With `refuse`, nothing
 * is undone when anything would have to stay. Refuses `change.not_found`, `change.already_undone`,
 * `change.not_undoable`, `change.changed_since`; a closed period is refused when the change commits.
 */
export async function undoChange(
  tx: WriteTx,
  changeId: string,
  { whenChangedSince }: { whenChangedSince: 'keep' | 'refuse' },
): Promise<UndoOutcome> {
  const operation = await claim(tx, changeId)
  tx.undoes(changeId)
  const kept = new Map<string, Kept>()
  const undoing: Undoing = {
    tx,
    changeId,
    ...(await tablesOf(tx, changeId)),
    keep: (rows) => {
      for (const row of rows) kept.set(`${row.entity} ${row.id}`, row)
    },
  }
  // Records come back before the facts that name them, and go after the facts that named them.
  const setBack = await setBackEdits(undoing)
  const moved = await undoFacts(undoing)
  const removed = await removeCreated(undoing)
  if (kept.size > 0 && whenChangedSince === 'refuse') throw changedSince([...kept.values()])
  const counts = addUp(setBack, moved, removed)
  const restored = Object.values(counts).reduce((sum, count) => sum + count, 0)
  tx.describe({ undone: operation, counts, kept: kept.size })
  return { restored, kept: [...kept.values()].slice(0, keptListedMax), keptCount: kept.size }
}

/** Makes sure that the change is there, may be undone, and is not being undone by somebody else. */
async function claim(tx: WriteTx, changeId: string): Promise<string> {
  await tx.run(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`undo ${tx.orgId} ${changeId}`}, 0))`,
  )
  const change = await tx.first<{ operation: string; undone: boolean; fixed: boolean }>(sql`
    SELECT c.operation,
      EXISTS (SELECT 1 FROM change u WHERE u.org_id = ${tx.orgId} AND u.undoes = c.id) AS undone,
      EXISTS (SELECT 1 FROM history h WHERE h.org_id = ${tx.orgId} AND h.change_id = c.id AND (h.entity IN ('period_lock', 'calendar_feed')
        OR (h.entity = 'org' AND (h.version = 1 OR h.fields ? 'set_up')))) AS fixed
    FROM change c WHERE c.org_id = ${tx.orgId} AND c.id = ${changeId}`)
  if (!change) {
    throw new Refusal({
      code: 'change.not_found',
      message: 'There is no such change.',
      next: 'Look for it in the list of changes.',
      status: 404,
    })
  }
  if (change.undone) {
    throw new Refusal({
      code: 'change.already_undone',
      message: 'This change has been taken back already.',
      next: 'To bring it back, undo the change that took it back.',
    })
  }
  if (change.fixed) {
    throw new Refusal({
      code: 'change.not_undoable',
      message:
        'Setting up an organisation, closing or opening a period and the address of a calendar cannot be undone.',
      next: 'Change the settings, open or close the period, or make or take back the address.',
    })
  }
  return change.operation
}

/** Rows of a change from which on it is undone table against table, not row by row. */
const manyRows = 200

async function tablesOf(
  tx: WriteTx,
  changeId: string,
): Promise<Pick<Undoing, 'tables' | 'closed'>> {
  const ofFacts = Object.keys(facts).map(
    (table) => sql`SELECT ${sql.lit(table)} AS name, count(*) AS n,
        count(*) FILTER (WHERE f.change_in <> ${changeId}) AS closed FROM ${sql.table(table)} f
      WHERE f.org_id = ${tx.orgId} AND (f.change_in = ${changeId} OR f.change_out = ${changeId})`,
  )
  const rows = await tx.rows<{ name: string; n: number; closed: number }>(sql`
    SELECT entity AS name, count(*) AS n, 0 AS closed FROM history WHERE org_id = ${tx.orgId} AND change_id = ${changeId} GROUP BY entity
    UNION ALL ${sql.join(ofFacts, sql` UNION ALL `)}`)
  if (rows.some(({ n }) => n > manyRows)) {
    // Nothing is known yet of tables that were just filled, and a guess of one row would make the
    // planner go through a large table once for each of its rows.
    await tx.run(sql`SET LOCAL enable_nestloop = off`)
    await tx.run(sql`SET LOCAL jit = off`)
  }
  const named = (having: (row: (typeof rows)[number]) => boolean) =>
    new Set(rows.filter(having).map(({ name }) => name))
  return { tables: named(({ n }) => n > 0), closed: named(({ closed }) => closed > 0) }
}

function changedSince(kept: Kept[]): Refusal {
  return new Refusal({
    code: 'change.changed_since',
    message: `${kept.length} of the rows have been changed or are needed since; nothing was undone.`,
    next: 'Look at them, or undo the rest and leave these as they are.',
    particulars: { keptCount: kept.length, kept: kept.slice(0, keptListedMax) },
  })
}

function addUp(...parts: Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const part of parts) {
    for (const [table, count] of Object.entries(part)) {
      if (count > 0) sum[table] = (sum[table] ?? 0) + count
    }
  }
  return sum
}
