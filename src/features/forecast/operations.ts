// The operations of forecasts: shown, made and kept, explained, tested on the past.
import type { Implements } from '../../basics/contract.ts'
import { assert } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import type { OpenStep } from './calc/open-deals-test.ts'
import type { TestedStep } from './calc/series-models.ts'
import { missingText } from './calc/words.ts'
import type { ForecastMethod, forecastContract } from './contract.ts'
import { callsOperations } from './operations-calls.ts'
import { dailyOperations } from './operations-daily.ts'
import { gradesOperations } from './operations-grades.ts'
import { keepOperations } from './operations-keep.ts'
import { keptOperations } from './operations-kept.ts'
import {
  type Forecast,
  forecastOf,
  modelsOf,
  openDealsOf,
  shown,
  shownScope,
} from './operations-made.ts'
import { combinationText, openDealsText, testedText } from './operations-notes.ts'
import { testsOperations } from './operations-tests.ts'
import { whyOf } from './operations-why.ts'
import type { TestedPeriod } from './store-tests.ts'

export { keepForecasts } from './operations-daily.ts'
export { recoverTests, testInBackground } from './operations-tests.ts'

export const forecastOperations: Implements<typeof forecastContract, Ctx> = {
  ...callsOperations,
  ...keptOperations,
  ...gradesOperations,
  ...keepOperations,
  ...dailyOperations,
  ...testsOperations,

  'forecast.show': async (ctx, input) => shown(await forecastOf(ctx, input)),

  'forecast.why': async (ctx, { period, ...input }) => whyOf(await forecastOf(ctx, input), period),

  'forecast.backtest': async (ctx, { method: asked, ...input }) => {
    const found = await forecastOf(ctx, input)
    const { facts, made, speech, testNeedsJob, mayTest, testedOn } = found
    const { series, scope } = facts
    const enough = made.have >= made.needed.tested
    const main = made.method === 'pipeline' ? undefined : made.method
    const method = asked ?? main ?? 'seasonal_naive'
    const steps = testedSteps(found, method)
    const missing = missingText(speech, input.by, made.have, made.needed)
    return {
      revision: series.about.known.revision,
      metric: input.metric,
      unit: speech.unit,
      currency: speech.currency,
      by: input.by,
      today: series.today,
      scope: shownScope(scope),
      missing: steps
        ? null
        : { code: 'not_enough_data', text: missing, more: made.needed.seasonal - made.have },
      periods: { have: made.have, ...made.needed },
      method: steps ? method : null,
      models: enough ? modelsOf(made).map((one) => ({ ...one, shown: one.method === method })) : [],
      rows: (steps ?? []).map((step) => testedRow(periodsOf(found, method), step)),
      openDeals: openDealsOf(made.openDealsTest),
      testNeedsJob,
      mayTest,
      testedOn: testedOn ?? null,
      finding: steps ? findingOf(found, method) : missing,
    }
  },
}

/** Each forecast of a method from the past; undefined where there are too few of them. */
function testedSteps(
  { made }: Forecast,
  method: ForecastMethod,
): readonly (TestedStep | OpenStep)[] | undefined {
  if (method === 'pipeline') {
    const { steps } = made.openDealsTest ?? {}
    return steps && steps.length > 0 ? steps : undefined
  }
  if (made.have < made.needed.tested) return undefined
  if (method === 'combination') return made.openDealsTest?.combination?.steps
  return made.tests.find((one) => one.method === method)?.steps
}

function findingOf({ made, speech, question }: Forecast, method: ForecastMethod): string {
  const test = made.tests.find((one) => one.method === method)
  const text = test
    ? testedText(test, speech, question.by, made.have)
    : method === 'pipeline'
      ? openDealsText(made.openDealsTest, speech)
      : combinationText(made.openDealsTest, speech)
  return text ?? ''
}

/** What the places of its steps stand for: a test of open deals may be older than the series is now. */
function periodsOf(
  { facts, testedPeriods }: Forecast,
  method: ForecastMethod,
): readonly TestedPeriod[] {
  return method === 'pipeline' || method === 'combination'
    ? testedPeriods
    : facts.series.periods.map(({ period }) => period)
}

function testedRow(periods: readonly TestedPeriod[], step: TestedStep | OpenStep) {
  const target = periods[step.origin + step.step - 1]
  const origin = periods[step.origin]
  assert(target && origin, 'a tested step lies within the periods of its test')
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
    naiveError: 'naive' in step ? step.naive - actual : null,
  }
}
