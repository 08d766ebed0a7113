// The SQL of checks that are kept, and of the end of the chain.
import { sql } from 'kysely'
import type { CheckReport, Finding } from '../../platform/database/check.ts'
import type { Tx } from '../../platform/database/with-org.ts'

export type CheckState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

export interface CheckRun {
  id: string
  state: CheckState
  startedBy: { id: string; name: string }
  startedAt: string
  finishedAt: string | null
  step: string | null
  doneSteps: number
  allSteps: number
  holds: boolean | null
  revision: number | null
  hash: string | null
  findings: Finding[]
}

export async function lastChecks(tx: Tx, limit: number): Promise<CheckRun[]> {
  const rows = await tx.rows<CheckRun & { startedById: string; startedByName: string | null }>(sql`
    SELECT c.id, c.state, c.started_by AS "startedById", p.name AS "startedByName", c.started_at AS "startedAt",
      c.finished_at AS "finishedAt", c.step, c.done_steps AS "doneSteps", c.all_steps AS "allSteps", c.holds,
      c.revision, c.hash, c.findings
    FROM check_run c LEFT JOIN person p ON p.org_id = ${tx.orgId} AND p.id = c.started_by
    WHERE c.org_id = ${tx.orgId} ORDER BY c.started_at DESC, c.id DESC LIMIT ${limit}`)
  return rows.map(({ startedById, startedByName, ...row }) => ({
    ...row,
    startedBy: { id: startedById, name: startedByName ?? '' },
  }))
}

/** Writes down a check that begins; `unlessRunning` gives one that is under way instead. */
export async function beginCheck(
  tx: Tx,
  run: { id: string; state: 'waiting' | 'running'; at: string; allSteps: number },
  unlessRunning: boolean,
): Promise<string> {
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`check ${tx.orgId}`}, 0))`)
  const running = unlessRunning
    ? await tx.first<{ id: string }>(sql`
        SELECT id FROM check_run WHERE org_id = ${tx.orgId} AND state IN ('waiting', 'running') LIMIT 1`)
    : undefined
  if (running) return running.id
  await tx.run(sql`
    INSERT INTO check_run (org_id, id, state, started_by, started_at, all_steps)
    VALUES (${tx.orgId}, ${run.id}, ${run.state}, ${tx.personId}, ${run.at}, ${run.allSteps})`)
  return run.id
}

/** Notes which step begins; false when the check is to stop. */
export async function stepCheck(
  tx: Tx,
  id: string,
  step: string,
  doneSteps: number,
): Promise<boolean> {
  const row = await tx.first<{ goesOn: boolean }>(sql`
    UPDATE check_run SET state = 'running', step = ${step}, done_steps = ${doneSteps}
    WHERE org_id = ${tx.orgId} AND id = ${id} AND state IN ('waiting', 'running')
    RETURNING NOT cancel_requested AS "goesOn"`)
  return row?.goesOn ?? false
}

export async function endCheck(
  tx: Tx,
  id: string,
  state: 'done' | 'failed' | 'cancelled',
  at: string,
  report?: CheckReport,
): Promise<void> {
  await tx.run(sql`
    UPDATE check_run SET state = ${state}, finished_at = ${at}, step = NULL
      ${
        report
          ? sql`, done_steps = all_steps, holds = ${report.holds}, revision = ${report.revision}, hash = ${report.hash},
            head_at = ${report.at}, findings = ${JSON.stringify(report.findings)}::jsonb`
          : sql``
      }
    WHERE org_id = ${tx.orgId} AND id = ${id}`)
}

/** Asks a check to stop; one that has not begun is over at once. False when there is none that runs. */
export async function cancelCheck(tx: Tx, id: string, at: string): Promise<boolean> {
  const touched = await tx.run(sql`
    UPDATE check_run SET cancel_requested = true,
      state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END,
      finished_at = CASE WHEN state = 'waiting' THEN ${at}::timestamptz ELSE finished_at END
    WHERE org_id = ${tx.orgId} AND id = ${id} AND state IN ('waiting', 'running')`)
  return touched > 0
}

/** Checks that a stopped process left half-way: their result is not known and will not be. */
export async function failLeftChecks(tx: Tx, at: string): Promise<void> {
  await tx.run(sql`
    UPDATE check_run SET state = 'failed', finished_at = ${at}, step = NULL
    WHERE org_id = ${tx.orgId} AND state = 'running'`)
}

export interface Head {
  org: string
  revision: number
  hash: string
  at: string
}

export async function headOf(tx: Tx): Promise<Head> {
  const row = await tx.first<Omit<Head, 'org'>>(sql`
    SELECT revision, encode(hash, 'hex') AS hash, at FROM org_head WHERE org_id = ${tx.orgId}`)
  return { org: tx.orgId, ...(row ?? { revision: 0, hash: '', at: '' }) }
}
