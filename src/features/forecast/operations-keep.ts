// Forecasts kept as they were made, by whoever looks at them.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { type Fields, insertRecord } from '../../platform/database/records.ts'
import { seed } from './calc/open-deals.ts'
import type { forecastContract } from './contract.ts'
import { type Forecast, forecastOf, shown, standing } from './operations-made.ts'
import { keptAlready, oneAtATime } from './store.ts'

export const keepOperations: Implements<Pick<typeof forecastContract, 'forecast.make'>, Ctx> = {
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
      const id = await insertRecord(tx, 'forecast', recordOf(found, tx.personId))
      const at = new Date(ctx.clock()).toISOString()
      return { id, version: 1, changeId: tx.changeId, forecast: withKept(forecast, { id, at }) }
    })
  },
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

/** The record of a forecast, as it was made. */
export function recordOf(found: Forecast, ownerId: string): Fields {
  const { facts, made, question } = found
  const { series, scope } = facts
  const forecast = shown(found)
  return {
    owner_id: ownerId,
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
  }
}

function withKept(forecast: ReturnType<typeof shown>, { id, at }: { id: string; at: string }) {
  return { ...forecast, kept: { id, at }, takenBack: false }
}
