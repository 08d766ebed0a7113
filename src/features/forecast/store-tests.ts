// The SQL of tests on the past that run as a job.
import { sql } from 'kysely'
import type { Day, Period } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { OpenDealsTest } from './calc/open-deals-test.ts'
import type { Standing } from './store.ts'

export type TestState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

export interface TestRun {
  id: string
  state: TestState
  askedAt: string
  finishedAt: string | null
  done: number
  of: number
  madeOn: Day
}

export type TestedPeriod = Pick<Period, 'id' | 'from' | 'until'>

/** A test as it is kept: its steps are places among its own periods, because a series may begin earlier or later by now. */
export interface StoredTest extends OpenDealsTest {
  periods: readonly TestedPeriod[]
}

/** Newest runs of one question that are told. */
const runsMost = 5

const sameQuestion = ({ metric, grain, horizon, scope, scopeId }: Standing) => sql`
  t.metric = ${metric} AND t.grain = ${grain} AND t.horizon = ${horizon}::int AND t.scope = ${scope} AND t.scope_id = ${scopeId}::uuid`

/** The latest runs of a question. */
export function testRuns(tx: Tx, stands: Standing): Promise<TestRun[]> {
  return tx.rows(sql`
    SELECT t.id, t.state, t.asked_at AS "askedAt", t.finished_at AS "finishedAt", t.done_steps AS done, t.all_steps AS "of", t.made_on AS "madeOn"
    FROM forecast_test t WHERE t.org_id = ${tx.orgId} AND ${sameQuestion(stands)}
    ORDER BY t.asked_at DESC, t.id DESC LIMIT ${runsMost}`)
}

/** The latest result that was known on the day of the question. */
export function lastTest(
  tx: Tx,
  stands: Standing,
): Promise<{ id: string; madeOn: Day; result: StoredTest } | undefined> {
  return tx.first(sql`
    SELECT t.id, t.made_on AS "madeOn", t.result FROM forecast_test t
    WHERE t.org_id = ${tx.orgId} AND ${sameQuestion(stands)} AND t.state = 'done' AND t.made_on <= ${stands.madeOn}::date
    ORDER BY t.made_on DESC, t.asked_at DESC LIMIT 1`)
}

/** Writes down a test that is to be run, or gives the one of the same question that is under way. */
export async function beginTest(
  tx: Tx,
  run: { id: string; at: string; of: number },
  stands: Standing,
): Promise<string> {
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`test ${tx.orgId}`}, 0))`)
  const running = await tx.first<{ id: string }>(sql`
    SELECT t.id FROM forecast_test t
    WHERE t.org_id = ${tx.orgId} AND ${sameQuestion(stands)} AND t.state IN ('waiting', 'running') LIMIT 1`)
  if (running) return running.id
  const { metric, grain, horizon, scope, scopeId, madeOn } = stands
  await tx.run(sql`
    INSERT INTO forecast_test (org_id, id, state, asked_by, asked_at, all_steps, metric, grain, horizon, scope, scope_id, made_on)
    VALUES (${tx.orgId}, ${run.id}, 'waiting', ${tx.personId}, ${run.at}, ${run.of}, ${metric}, ${grain}, ${horizon}, ${scope}, ${scopeId}, ${madeOn})`)
  return run.id
}

/** What a test is of. */
export function testById(
  tx: Tx,
  id: string,
): Promise<(Standing & { state: TestState }) | undefined> {
  return tx.first(sql`
    SELECT t.state, t.metric, t.grain, t.horizon, t.scope, t.scope_id AS "scopeId", t.made_on AS "madeOn"
    FROM forecast_test t WHERE t.org_id = ${tx.orgId} AND t.id = ${id}::uuid`)
}

/** Notes how far a test is; false when it is to stop. */
export async function stepTest(tx: Tx, id: string, done: number): Promise<boolean> {
  const row = await tx.first<{ goesOn: boolean }>(sql`
    UPDATE forecast_test SET state = 'running', done_steps = ${done}
    WHERE org_id = ${tx.orgId} AND id = ${id} AND state IN ('waiting', 'running')
    RETURNING NOT cancel_requested AS "goesOn"`)
  return row?.goesOn ?? false
}

export async function endTest(
  tx: Tx,
  id: string,
  state: 'done' | 'failed' | 'cancelled',
  { at, result }: { at: string; result?: StoredTest },
): Promise<void> {
  const found = result
    ? sql`, done_steps = all_steps, result = ${JSON.stringify(result)}::jsonb`
    : sql``
  await tx.run(sql`
    UPDATE forecast_test SET state = ${state}, finished_at = ${at} ${found}
    WHERE org_id = ${tx.orgId} AND id = ${id}`)
}

/** Asks a test to stop; one that has not begun is over at once. False when there is none that runs. */
export async function cancelTest(tx: Tx, id: string, at: string): Promise<boolean> {
  const touched = await tx.run(sql`
    UPDATE forecast_test SET cancel_requested = true,
      state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END,
      finished_at = CASE WHEN state = 'waiting' THEN ${at}::timestamptz ELSE finished_at END
    WHERE org_id = ${tx.orgId} AND id = ${id}::uuid AND state IN ('waiting', 'running')`)
  return touched > 0
}

/** Tests that a stopped process left half-way are over; they can be asked for again. */
export async function failLeftTests(tx: Tx, at: string): Promise<void> {
  await tx.run(sql`
    UPDATE forecast_test SET state = 'failed', finished_at = ${at}
    WHERE org_id = ${tx.orgId} AND state = 'running'`)
}
