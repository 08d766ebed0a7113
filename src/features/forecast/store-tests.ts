// The SQL of tests on the past that run as a job.
import { sql } from 'kysely'
import type { Day, Period } from '../../basics/period.ts'
import { type RunState, runUnderWay } from '../../platform/database/runs.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { OpenDealsTest } from './calc/open-deals-test.ts'
import type { Standing } from './store.ts'

export interface TestRun {
  id: string
  state: RunState
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
  const running = await runUnderWay(tx, 'forecast_test', sameQuestion(stands))
  if (running !== undefined) return running
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
): Promise<(Standing & { state: RunState }) | undefined> {
  return tx.first(sql`
    SELECT t.state, t.metric, t.grain, t.horizon, t.scope, t.scope_id AS "scopeId", t.made_on AS "madeOn"
    FROM forecast_test t WHERE t.org_id = ${tx.orgId} AND t.id = ${id}::uuid`)
}

/** What is kept of a test that is done. */
export const resultOf = (test: StoredTest) => sql`, result = ${JSON.stringify(test)}::jsonb`
