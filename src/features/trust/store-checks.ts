// The SQL of checks that are kept, and of the end of the chain.
import { sql } from 'kysely'
import type { CheckReport, Finding } from '../../platform/database/check.ts'
import { type RunState, runUnderWay } from '../../platform/database/runs.ts'
import type { Tx } from '../../platform/database/with-org.ts'

export interface CheckRun {
  id: string
  state: RunState
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
  const running = unlessRunning ? await runUnderWay(tx, 'check_run', sql`true`) : undefined
  if (running !== undefined) return running
  await tx.run(sql`
    INSERT INTO check_run (org_id, id, state, started_by, started_at, all_steps)
    VALUES (${tx.orgId}, ${run.id}, ${run.state}, ${tx.personId}, ${run.at}, ${run.allSteps})`)
  return run.id
}

/** Which step of a check begins. */
export const stepNamed = (step: string) => sql`, step = ${step}`

/** What is kept of what a check found. */
export const foundBy = ({ holds, revision, hash, at, findings }: CheckReport) => sql`
  , holds = ${holds}, revision = ${revision}, hash = ${hash}, head_at = ${at}, findings = ${JSON.stringify(findings)}::jsonb`

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
