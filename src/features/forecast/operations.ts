// The operations of forecasts: shown, made and kept, explained, tested on the past.
import type { Implements } from '../../basics/contract.ts'
import { assert, Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord } from '../../platform/database/records.ts'
import { seed } from './calc/make.ts'
import { chosenMethod, type TestedStep } from './calc/series-models.ts'
import { missingText } from './calc/words.ts'
import type { forecastContract } from './contract.ts'
import { callsOperations } from './operations-calls.ts'
import { keptOperations } from './operations-kept.ts'
import {
  type Forecast,
  forecastOf,
  modelOf,
  shown,
  shownScope,
  standing,
  testedText,
} from './operations-made.ts'
import { whyOf } from './operations-why.ts'
import { keptAlready } from './store.ts'

export const forecastOperations: Implements<typeof forecastContract, Ctx> = {
  ...callsOperations,
  ...keptOperations,

  'forecast.show': async (ctx, input) => shown(await forecastOf(ctx, input)),

  'forecast.make': async (ctx, input) => {
    const found = await forecastOf(ctx, input)
    const forecast = shown(found)
    if (found.kept) return { ...found.kept, changeId: null, forecast }
    return keep(ctx, found)
  },

  'forecast.why': async (ctx, { period, ...input }) => whyOf(await forecastOf(ctx, input), period),

  'forecast.backtest': async (ctx, { method: asked, ...input }) => {
    const found = await forecastOf(ctx, input)
    const { facts, made, speech } = found
    const { series, scope } = facts
    const enough = made.have >= made.needed.tested
    const method = asked ?? chosenMethod(made.tests)
    const test = enough ? made.tests.find((one) => one.method === method) : undefined
    const missing = missingText(speech, input.by, made.have, made.needed)
    return {
      revision: series.about.known.revision,
      metric: input.metric,
      unit: speech.unit,
      currency: speech.currency,
      by: input.by,
      today: series.today,
      scope: shownScope(scope),
      missing: test
        ? null
        : { code: 'not_enough_data', text: missing, more: made.needed.seasonal - made.have },
      periods: { have: made.have, ...made.needed },
      method: test?.method ?? null,
      models: enough ? made.tests.map((one) => modelOf(one, method)) : [],
      rows: test ? test.steps.map((step) => testedRow(found, step)) : [],
      finding: test ? testedText(test, speech, input.by, made.have) : missing,
    }
  },
}

function testedRow({ facts }: Forecast, step: TestedStep) {
  const { periods } = facts.series
  const target = periods[step.origin + step.step - 1]?.period
  const origin = periods[step.origin]?.period
  assert(target && origin, 'a tested step lies within the series')
  const { mean, low80, high80, low95, high95, actual } = step
  return {
    origin: origin.from,
    horizon: step.step,
    period: target.id,
    from: target.from,
    until: target.until,
    ...{ mean, low80, high80, low95, high95, actual },
    error: mean - actual,
    inside80: actual >= low80 && actual <= high80,
    inside95: actual >= low95 && actual <= high95,
    naiveError: step.naive - actual,
  }
}

/** Keeps the forecast as it was made. Refuses `forecast.beyond_reach` and `forecast.nothing_to_keep`. */
async function keep(ctx: Ctx, found: Forecast) {
  const { facts, made, question } = found
  const { series, scope } = facts
  const forecast = shown(found)
  if (!scope.covered) {
    throw new Refusal({
      code: 'forecast.beyond_reach',
      message: 'You do not reach all of this, so that a forecast of it would say too little.',
      field: scope.kind,
      next: 'Ask for what is within your reach.',
      status: 403,
    })
  }
  if (!made.method) {
    throw new Refusal({
      code: 'forecast.nothing_to_keep',
      message: forecast.finding,
      next: 'Bring in more of the past, or ask by week.',
      status: 422,
    })
  }
  const { method } = made
  return ctx.write(async (tx) => {
    const standingHere = standing(question, facts)
    // Somebody may have asked the same a moment ago.
    const there = await keptAlready(tx, standingHere)
    if (there) return { ...there, changeId: null, forecast: withKept(forecast, there) }
    tx.describe({ name: question.metric, rows: made.rows.length })
    const id = await insertRecord(tx, 'forecast', {
      owner_id: tx.personId,
      metric: question.metric,
      grain: question.by,
      horizon: question.horizon,
      scope: scope.kind,
      scope_id: scope.id,
      made_on: series.today,
      as_if: series.today < series.about.today,
      revision: series.about.known.revision,
      method,
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
    const at = new Date(ctx.clock()).toISOString()
    return { id, version: 1, changeId: tx.changeId, forecast: withKept(forecast, { id, at }) }
  })
}

function withKept(forecast: ReturnType<typeof shown>, { id, at }: { id: string; at: string }) {
  return { ...forecast, kept: { id, at } }
}
