// Golden cases of forecasts: series, pipelines and how long things take.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decompose, type Seasonal } from '../src/methods/decomposition.ts'
import { accuracy as forecastAccuracy, naiveScale } from '../src/methods/forecast-accuracy.ts'
import { fitHoltWinters, holtWinters, predictHoltWinters } from '../src/methods/holt-winters.ts'
import {
  atRiskAt,
  type Duration,
  kaplanMeier,
  logLimits,
  logRank,
  stepAt,
} from '../src/methods/kaplan-meier.ts'
import { pipelineForecast } from '../src/methods/pipeline-forecast.ts'
import type { Outlook } from '../src/methods/prediction.ts'
import { seasonalNaive } from '../src/methods/seasonal-naive.ts'
import { fitLevel, predictLevel, simpleSmoothing } from '../src/methods/simple-smoothing.ts'
import type { Adapters, Inputs } from './golden-inputs.ts'

const seed = 1

function bands({ periods: predictions }: Outlook): Record<string, unknown> {
  return {
    mean: predictions.map(({ mean }) => mean),
    lower80: predictions.map(({ low80 }) => low80),
    upper80: predictions.map(({ high80 }) => high80),
    lower95: predictions.map(({ low95 }) => low95),
    upper95: predictions.map(({ high95 }) => high95),
  }
}

function seasonal(inputs: Inputs): Seasonal {
  return inputs.text('seasonal') === 'additive' ? 'additive' : 'multiplicative'
}

function smoothed(fit: ReturnType<typeof holtWinters>, horizon: number): Record<string, unknown> {
  const { alpha, beta, gamma, sse, level, trend } = fit
  return {
    ...{ alpha, beta, gamma, sse, level, trend },
    seasonals: fit.seasons,
    firstFitted: fit.fitted.slice(0, 3),
    levelCoefficient: level,
    trendCoefficient: trend,
    ...bands(predictHoltWinters(fit, horizon, seed)),
  }
}

export const forecast: Adapters = {
  seasonal_naive: (inputs) =>
    bands(
      seasonalNaive(inputs.numbers('series'), inputs.number('period'), inputs.number('horizon')),
    ),
  holt_winters_fixed: (inputs) =>
    smoothed(
      holtWinters(inputs.numbers('series'), inputs.number('period'), seasonal(inputs), {
        alpha: inputs.number('alpha'),
        beta: inputs.number('beta'),
        gamma: inputs.number('gamma'),
      }),
      inputs.number('horizon'),
    ),
  holt_winters_fit: (inputs) =>
    smoothed(
      fitHoltWinters(inputs.numbers('series'), inputs.number('period'), seasonal(inputs)),
      inputs.number('horizon'),
    ),
  // Of the many models of this family Kontor has the plain level; seasons are Holt–Winters' part.
  ets: (inputs) => {
    if (inputs.text('model') !== 'ANN') return undefined
    const fit = fitLevel(inputs.numbers('series'))
    return { ...fit, ...bands(predictLevel(fit, inputs.number('horizon'))) }
  },
  simple_smoothing_fixed: (inputs) => ({
    ...simpleSmoothing(inputs.numbers('series'), inputs.number('alpha')),
  }),
  accuracy: (inputs) => {
    const [low, high] = [inputs.numbers('lower80'), inputs.numbers('upper80')]
    const records = inputs.pairs('forecast', 'actual').map(([forecast, actual], i) => ({
      forecast,
      actual,
      low80: low[i] ?? Number.NaN,
      high80: high[i] ?? Number.NaN,
    }))
    const scale = naiveScale(inputs.numbers('train'), inputs.number('period'))
    const found = forecastAccuracy(records, scale)
    return { ...found, coverage80: found.coverage80.value }
  },
  seasonality_index: (inputs) => {
    const [series, period] = [inputs.numbers('series'), inputs.number('period')]
    return {
      additive: decompose(series, period, 'additive').seasons,
      multiplicative: decompose(series, period, 'multiplicative').seasons,
    }
  },
}

export const pipelineForecasts: Adapters = {
  weighted_pipeline: (inputs) => {
    const deals = inputs.pairs('probability', 'amount')
    const found = pipelineForecast(
      deals.map(([probability, amount]) => ({ probability, amount })),
      seed,
    )
    return { ...found, expected: found.mean }
  },
}

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000
}

/** Days from a customer's first to the second purchase day, out of the file of purchases the case names. */
function secondPurchases(file: string, censorAt: string): Duration[] {
  const folder = process.env.KONTOR_REAL_DATA ?? join(import.meta.dirname, '../../shared/data')
  const path = join(folder, file.replace('shared/data/', ''))
  if (!existsSync(path)) throw new Error(`Not found: ${path}`)
  const days = new Map<string, Set<number>>()
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [, customer = '', date = ''] = line.trim().split(/\s+/)
    if (date === '') continue
    const day = dayNumber(date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'))
    days.set(customer, (days.get(customer) ?? new Set()).add(day))
  }
  return [...days.values()].map((list) => {
    const [first = 0, second] = [...list].sort((a, b) => a - b)
    return second === undefined
      ? { time: dayNumber(censorAt) - first, event: false }
      : { time: second - first, event: true }
  })
}

function durations(inputs: Inputs): Duration[] {
  return inputs.pairs('time', 'event').map(([time, event]) => ({ time, event: event === 1 }))
}

export const survival: Adapters = {
  kaplan_meier: (inputs, { inputs: given }) => {
    const from = given.file
      ? secondPurchases(inputs.text('file'), inputs.text('censorAt'))
      : durations(inputs)
    const curve = kaplanMeier(from, inputs.number('conf'))
    const times = inputs.numbers('at')
    const steps = times.map((time) => stepAt(curve, time))
    const log = steps.map((step) => step && logLimits(step, curve.confidence))
    // Before the first time nothing is uncertain; from it on, limits may be undefined.
    const limit = (i: number, value: number | undefined) => (steps[i] ? value : 1)
    return {
      survival: steps.map((step) => step?.survival ?? 1),
      greenwoodSe: steps.map((step) => step?.se ?? 0),
      lowerLogLog: steps.map((step, i) => limit(i, step?.low)),
      upperLogLog: steps.map((step, i) => limit(i, step?.high)),
      lowerLog: log.map((found, i) => limit(i, found?.low)),
      upperLog: log.map((found, i) => limit(i, found?.high)),
      atRisk: times.map((time) => atRiskAt(curve, time)),
      events: curve.events,
      n: curve.n,
      median: curve.median,
      medianLowerLogLog: curve.medianLow,
      medianUpperLogLog: curve.medianHigh,
    }
  },
  log_rank: (inputs) => {
    const names = inputs.list('group').map(String)
    const all = durations(inputs)
    const [first = '', second = ''] = [...new Set(names)].sort()
    const group = (name: string) => ({
      name,
      durations: all.filter((_, i) => names[i] === name),
    })
    const found = logRank(group(first), group(second))
    return {
      groups: found.groups.map(({ name }) => `gr=${name}`),
      observed: found.groups.map(({ observed }) => observed),
      expected: found.groups.map(({ expected }) => expected),
      chisq: found.chiSquare,
      df: found.df,
      pValue: found.pValue,
    }
  },
}
