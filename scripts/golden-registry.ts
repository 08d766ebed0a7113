// Which adapter answers which golden file; the adapters translate between the files' names and Kontor's.

import { coaching, spc } from './golden-coaching.ts'
import type { GoldenCase } from './golden-compare.ts'
import { meanDifference, proportionDifference } from './golden-comparisons.ts'
import { repeatBusiness } from './golden-customers.ts'
import { forecast, pipelineForecasts, survival } from './golden-forecast.ts'
import { goalPaceCases, goalProbabilityCases } from './golden-goals.ts'
import { type Adapters, Inputs } from './golden-inputs.ts'
import { fairness, quotaRegression } from './golden-quota.ts'
import { countRate, csat, nps, proportionCi } from './golden-rates.ts'
import { empiricalBayes, fairRanking } from './golden-sellers.ts'

const adapters: Readonly<Record<string, Adapters>> = {
  coaching,
  count_rate: countRate,
  csat,
  empirical_bayes: empiricalBayes,
  fair_ranking: fairRanking,
  fairness,
  forecast,
  goal_pace: goalPaceCases,
  goal_probability: goalProbabilityCases,
  mean_difference: meanDifference,
  nps,
  pipeline_forecast: pipelineForecasts,
  proportion_ci: proportionCi,
  proportion_difference: proportionDifference,
  quota_regression: quotaRegression,
  repeat_business: repeatBusiness,
  spc,
  survival,
}

/** The result of a case under the golden files' names; undefined when no method is registered for it. */
export function answer(method: string, goldenCase: GoldenCase): unknown {
  const adapter = Object.hasOwn(adapters, method) ? adapters[method]?.[goldenCase.fn] : undefined
  return adapter?.(new Inputs(goldenCase.inputs), goldenCase)
}
