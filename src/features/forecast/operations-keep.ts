// Forecasts kept as they were made: what somebody looks at, and those of the day.
import type { Implements, InputOf } from '../../basics/contract.ts'
import { containing, type Day } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord } from '../../platform/database/records.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { callOperation, type Program } from '../../platform/operations.ts'
import type { MetricId } from '../results/contract.ts'
import { organisations, principalOf, settingsOf, today } from '../team/door.ts'
import { seed } from './calc/open-deals.ts'
import type { forecastContract } from './contract.ts'
import { type Forecast, forecastOf, shown, standing } from './operations-made.ts'
import { keptAlready, keptSince, oneAtATime, scopesOf } from './store.ts'

type Names = 'forecast.make' | 'forecast.keep-daily'

/** What is kept by itself: these metrics by month, as far ahead as the page shows at first. */
const daily = { metrics: ['revenue', 'deals-won'], by: 'month', horizon: 6 } as const satisfies {
  metrics: readonly MetricId[]
} & Partial<InputOf<(typeof forecastContract)['forecast.make']>>

export const keepOperations: Implements<Pick<typeof forecastContract, Names>, Ctx> = {
  'forecast.make': async (ctx, input) => {
    const found = await forecastOf(ctx, input)
    const forecast = shown(found)
    if (found.kept) return { ...found.kept, changeId: null, forecast }
    refuseUnkeepable(found)
    return ctx.write(async (tx) => {
      await oneAtATime(tx)
      // Somebody may have asked the same a moment ago.
      const there = await keptAlready(tx, standing(found.question, found.facts))
      if (there) return { ...there, changeId: null, forecast: withKept(forecast, there) }
      tx.describe({ name: found.question.metric, rows: found.made.rows.length })
      const id = await insertForecast(tx, found)
      const at = new Date(ctx.clock()).toISOString()
      return { id, version: 1, changeId: tx.changeId, forecast: withKept(forecast, { id, at }) }
    })
  },

  'forecast.keep-daily': async (ctx) => {
    const { questions, there } = await ctx.read((tx) => questionsOfTheDay(ctx, tx))
    const made: Forecast[] = []
    for (const question of questions) {
      ctx.signal.throwIfAborted()
      made.push(await forecastOf(ctx, question))
    }
    const told = made.filter((one) => one.made.method !== undefined)
    const open = told.filter(({ kept, takenBack }) => !kept && !takenBack)
    const counts = { there: there + told.length - open.length, short: made.length - told.length }
    if (open.length === 0) return { changeId: null, kept: 0, ...counts }
    return ctx.write(async (tx) => {
      await oneAtATime(tx)
      let kept = 0
      for (const one of open) {
        if (await keptAlready(tx, standing(one.question, one.facts))) continue
        await insertForecast(tx, one)
        kept += 1
      }
      tx.describe({ rows: kept })
      return { changeId: tx.changeId, kept, ...counts }
    })
  },
}

/**
 * The organisation and its teams each day, sellers once a week: a month of one seller is graded as well by
 * four forecasts as by thirty that say nearly the same, and what is kept is never thrown away.
 */
async function questionsOfTheDay(ctx: Ctx, tx: Tx) {
  const settings = await settingsOf(tx)
  const day = today(ctx.clock, settings.zone)
  const week: Day = containing('week', day, settings).from
  const { teams, sellers } = await scopesOf(tx)
  const kept = await keptSince(tx, { ...daily, grain: daily.by, since: week })
  const done = (metric: string, scope: string, id: string, since: Day) =>
    kept.some(
      (one) =>
        one.metric === metric && one.scope === scope && one.scopeId === id && one.madeOn >= since,
    )
  const all = daily.metrics.flatMap((metric) => {
    const question = { metric, by: daily.by, horizon: daily.horizon }
    return [
      { question, done: done(metric, 'organisation', tx.orgId, day) },
      ...teams.map((team) => ({
        question: { ...question, team },
        done: done(metric, 'team', team, day),
      })),
      ...sellers.map((seller) => ({
        question: { ...question, seller },
        done: done(metric, 'seller', seller, week),
      })),
    ]
  })
  const open = all.filter((one) => !one.done)
  return { questions: open.map(({ question }) => question), there: all.length - open.length }
}

/** The daily task, for every organisation people work in; of the invented one only what is looked at is kept. */
export async function keepForecasts(program: Program): Promise<void> {
  for (const one of await organisations(program.db)) {
    if (one.kind === 'own' && one.setUp) {
      await callOperation(program, principalOf(one), 'forecast.keep-daily', {})
    }
  }
}

/** Refuses `forecast.beyond_reach`, `forecast.day_to_come`, `forecast.nothing_to_keep`. */
function refuseUnkeepable(found: Forecast): void {
  const { series, scope } = found.facts
  if (!scope.covered) {
    throw new Refusal({
      code: 'forecast.beyond_reach',
      message: 'You do not reach all of this, so that a forecast of it would say too little.',
      field: scope.kind,
      next: 'Ask for what is within your reach.',
      status: 403,
    })
  }
  if (series.today > series.about.today) {
    throw new Refusal({
      code: 'forecast.day_to_come',
      message: `A forecast cannot be made on ${series.today}: that day is still to come.`,
      field: 'today',
      next: 'Leave the day out, or name an earlier one.',
      status: 422,
    })
  }
  if (!found.made.method) {
    throw new Refusal({
      code: 'forecast.nothing_to_keep',
      message: shown(found).finding,
      next: 'Bring in more of the past, or ask by week.',
      status: 422,
    })
  }
}

/** Keeps the forecast as it was made. */
function insertForecast(tx: WriteTx, found: Forecast): Promise<string> {
  const { facts, made, question } = found
  const { series, scope } = facts
  const forecast = shown(found)
  return insertRecord(tx, 'forecast', {
    owner_id: tx.personId,
    metric: question.metric,
    grain: question.by,
    horizon: question.horizon,
    scope: scope.kind,
    scope_id: scope.id,
    made_on: series.today,
    as_if: series.today < series.about.today,
    revision: series.about.known.revision,
    method: made.method,
    periods: forecast.rows,
    basis: {
      seed,
      have: made.have,
      models: forecast.models,
      pipeline: forecast.pipeline && {
        ...forecast.pipeline,
        stages: forecast.pipeline.stages.slice(0, 30),
      },
    },
  })
}

function withKept(forecast: ReturnType<typeof shown>, { id, at }: { id: string; at: string }) {
  return { ...forecast, kept: { id, at }, takenBack: false }
}
