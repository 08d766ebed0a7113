// Tests of open deals that take longer than somebody waits: started, run as a job, looked at, stopped.
import type { Implements } from '../../basics/contract.ts'
import { assert, Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { cancelRun, carryOut, failLeftRuns, type Step } from '../../platform/database/runs.ts'
import type { Actor, Tx } from '../../platform/database/with-org.ts'
import type { Program } from '../../platform/operations.ts'
import type { MetricId } from '../results/contract.ts'
import { principalFor } from '../team/door.ts'
import { openDealsTester } from './calc/open-deals-test.ts'
import type { forecastContract } from './contract.ts'
import { seriesTestOf, standing, testableScope } from './operations-made.ts'
import { type Asking, type Question, readAsked, readFacts, readSeries, scopeOf } from './read.ts'
import { amountsKnownBefore, dealsTellOf, originsOf, readOrigins } from './read-open-deals.ts'
import { coversScope, type Standing } from './store.ts'
import { beginTest, resultOf, type StoredTest, testById, testRuns } from './store-tests.ts'

type Names = 'forecast.start-test' | 'forecast.tests' | 'forecast.cancel-test'
type Part = Pick<Program, 'db' | 'clock'>

const table = 'forecast_test'
const now = ({ clock }: Pick<Part, 'clock'>) => new Date(clock()).toISOString()

export const testsOperations: Implements<Pick<typeof forecastContract, Names>, Ctx> = {
  'forecast.start-test': async (ctx, question) => {
    const { stands, points } = await ctx.read(async (tx) => {
      const told = await asked(ctx, tx, question)
      if (!told.tells) return { ...told, points: 0 }
      return { ...told, points: originsOf(await readSeries(ctx, tx, question)).length }
    })
    if (points === 0) {
      throw new Refusal({
        code: 'forecast.nothing_to_test',
        message: 'The open deals say nothing of this, so that there is nothing to test.',
        field: 'metric',
        next: 'Ask for deals won, or for revenue where it is counted from deals.',
        status: 422,
      })
    }
    const run = { id: ctx.newId(), at: now(ctx), of: points }
    const id = await ctx.db.housekeep(ctx.who, (tx) => beginTest(tx, run, stands))
    if (id === run.id) {
      const { orgId, personId } = ctx.who
      const payload = { orgId, personId, testId: id }
      await ctx.jobs.add('forecast.test', payload, `forecast test ${id}`, 'long')
    }
    return { id }
  },

  'forecast.tests': (ctx, question) =>
    ctx.read(async (tx) => ({
      rows: await testRuns(tx, (await asked(ctx, tx, question)).stands),
    })),

  'forecast.cancel-test': async (ctx, { id }) => {
    const within = await ctx.read((tx) => reaches(ctx, tx, id))
    if (
      !within ||
      !(await ctx.db.housekeep(ctx.who, (tx) => cancelRun(tx, { table, id }, now(ctx))))
    ) {
      throw new Refusal({
        code: 'forecast.test_not_found',
        message: 'There is no such test that runs.',
        next: 'It may be over already; look at its result.',
        status: 404,
      })
    }
    return { id }
  },
}

/** What is asked, where all of it is within reach. Refuses `forecast.beyond_reach`. */
async function asked(ctx: Asking, tx: Tx, question: Question) {
  const series = await readAsked(ctx, tx, question)
  const scope = await scopeOf(ctx, tx, series)
  if (!testableScope(scope)) {
    throw new Refusal({
      code: 'forecast.beyond_reach',
      message: 'You do not reach all of this, so that a test of it would say too little.',
      field: scope.kind,
      next: 'Ask for yourself, or for a team that you lead.',
      status: 403,
    })
  }
  return {
    stands: standing(question, { scope, series }),
    tells: dealsTellOf(question.metric, series),
  }
}

async function reaches(ctx: Ctx, tx: Tx, id: string): Promise<boolean> {
  const test = await testById(tx, id)
  if (!test) return false
  if (ctx.reach === 'all') return true
  const { scope, scopeId, madeOn } = test
  if (scope !== 'team' && scope !== 'seller') return false
  return coversScope(ctx, tx, scope, { id: scopeId, today: madeOn })
}

/** The background task: begins afresh each time, and only what waits. */
export async function testInBackground(
  program: Part,
  payload: Readonly<Record<string, string>>,
): Promise<void> {
  const { orgId, personId, testId } = payload
  assert(orgId && personId && testId, 'the job names organisation, person and test')
  const { db } = program
  const actor: Actor = { orgId, personId }
  const test = await db.read(actor, (tx) => testById(tx, testId))
  if (test?.state !== 'waiting') return
  const work = (step: Step) => runTest(program, actor, test, step)
  await carryOut(program, actor, { table, id: testId }, { work, kept: resultOf })
}

async function runTest(
  { db, clock }: Part,
  actor: Actor,
  { metric, grain, horizon, scope, scopeId, madeOn }: Standing,
  step: Step,
): Promise<StoredTest> {
  // Whoever asked reaches all of it, so that everybody who does gets the same.
  const asking: Asking = { who: await principalFor(db, actor.orgId), reach: 'all', clock }
  const question: Question = {
    ...{ metric: metric as MetricId, by: grain as Question['by'], horizon, today: madeOn },
    ...(scope === 'team' || scope === 'seller' ? { [scope]: scopeId } : {}),
  }
  return db.housekeep(
    actor,
    async (tx) => {
      const facts = await readFacts(asking, tx, question)
      const series = await seriesTestOf(facts, question)
      const tester = openDealsTester({ horizon, series })
      const amountsKnown = await amountsKnownBefore(tx, question, facts.series)
      for (const [done, origin] of originsOf(facts.series).entries()) {
        await step(done)
        const point = { origins: [origin], amountsKnown }
        for (const one of await readOrigins(tx, question, facts.series, point)) tester.add(one)
      }
      const periods = facts.series.periods.map(({ period: { id: name, from, until } }) => ({
        ...{ id: name, from, until },
      }))
      return { ...tester.result(), periods }
    },
    { repeatableRead: true, long: true },
  )
}

/** After a crash: a test that ran then does not run now. */
export async function recoverTests(program: Part, actor: Actor): Promise<void> {
  await program.db.housekeep(actor, (tx) => failLeftRuns(tx, table, now(program)))
}
