// Long work that is written down: how far it is, whether it is to stop, and how it ended. One row in a table of its own each.
import { type RawBuilder, sql } from 'kysely'
import type { Clock } from '../../basics/ids.ts'
import type { Actor, Database, Tx } from './with-org.ts'

export type RunState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

export interface Run {
  table: 'check_run' | 'forecast_test'
  id: string
}

type Set = RawBuilder<unknown>
const nothing = sql``

/** What a run that is over no longer says. */
const over: Readonly<Record<Run['table'], Set>> = {
  check_run: sql`, step = NULL`,
  forecast_test: nothing,
}

/** The run of these that has not ended, if any; whoever asks at the same moment waits for the answer. */
export async function runUnderWay(
  tx: Tx,
  table: Run['table'],
  these: RawBuilder<unknown>,
): Promise<string | undefined> {
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${table} ${tx.orgId}`}, 0))`)
  const row = await tx.first<{ id: string }>(sql`
    SELECT t.id FROM ${sql.table(table)} t
    WHERE t.org_id = ${tx.orgId} AND t.state IN ('waiting', 'running') AND ${these} LIMIT 1`)
  return row?.id
}

/** Asks a run to stop; one that has not begun is over at once. False when there is none that runs. */
export async function cancelRun(tx: Tx, { table, id }: Run, at: string): Promise<boolean> {
  const touched = await tx.run(sql`
    UPDATE ${sql.table(table)} SET cancel_requested = true,
      state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END,
      finished_at = CASE WHEN state = 'waiting' THEN ${at}::timestamptz ELSE finished_at END
    WHERE org_id = ${tx.orgId} AND id = ${id}::uuid AND state IN ('waiting', 'running')`)
  return touched > 0
}

/** Runs that a stopped process left half-way: their result is not known and will not be. */
export async function failLeftRuns(tx: Tx, table: Run['table'], at: string): Promise<void> {
  await tx.run(sql`
    UPDATE ${sql.table(table)} SET state = 'failed', finished_at = ${at} ${over[table]}
    WHERE org_id = ${tx.orgId} AND state = 'running'`)
}

/** Notes how many steps are done, with what else there is to say; false when the run is to stop. */
async function stepRun(tx: Tx, { table, id }: Run, done: number, more: Set): Promise<boolean> {
  const row = await tx.first<{ goesOn: boolean }>(sql`
    UPDATE ${sql.table(table)} SET state = 'running', done_steps = ${done} ${more}
    WHERE org_id = ${tx.orgId} AND id = ${id}::uuid AND state IN ('waiting', 'running')
    RETURNING NOT cancel_requested AS "goesOn"`)
  return row?.goesOn ?? false
}

async function endRun(
  tx: Tx,
  { table, id }: Run,
  { state, at, more = nothing }: { state: RunState; at: string; more?: Set },
): Promise<void> {
  await tx.run(sql`
    UPDATE ${sql.table(table)} SET state = ${state}, finished_at = ${at} ${over[table]} ${more}
    WHERE org_id = ${tx.orgId} AND id = ${id}::uuid`)
}

/** Thrown to leave a run between two steps. */
class Cancelled extends Error {}

/** Before each step: how many are done, and what else there is to note. Throws to leave a run that is to stop. */
export type Step = (done: number, more?: RawBuilder<unknown>) => Promise<void>

/**
 * Does work that was written down, and writes down how it ended: `kept` says what of the result. Undefined when somebody
 * stopped it between two steps.
 */
export async function carryOut<Result>(
  { db, clock }: { db: Database; clock: Clock },
  actor: Actor,
  run: Run,
  { work, kept }: { work: (step: Step) => Promise<Result>; kept: (result: Result) => Set },
): Promise<Result | undefined> {
  const end = (state: RunState, more?: Set) => {
    const at = new Date(clock()).toISOString()
    return db.housekeep(actor, (tx) => endRun(tx, run, { state, at, ...(more ? { more } : {}) }))
  }
  try {
    const result = await work(async (done, more = nothing) => {
      if (!(await db.housekeep(actor, (tx) => stepRun(tx, run, done, more)))) throw new Cancelled()
    })
    await end('done', sql`, done_steps = all_steps ${kept(result)}`)
    return result
  } catch (error) {
    const cancelled = error instanceof Cancelled
    await end(cancelled ? 'cancelled' : 'failed')
    if (cancelled) return undefined
    throw error
  }
}
