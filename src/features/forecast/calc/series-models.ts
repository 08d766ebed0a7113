// What a series alone says: the baseline, the models that may stand beside it, and what each was worth so far.
import { at, type Estimate } from '../../../methods/estimate.ts'
import {
  accuracy,
  type Graded,
  naiveScale,
  shareInside,
} from '../../../methods/forecast-accuracy.ts'
import {
  fitHoltWinters,
  predictHoltWinters,
  type Smoothing,
} from '../../../methods/holt-winters.ts'
import { policy } from '../../../methods/policy.ts'
import type { Outlook, Prediction } from '../../../methods/prediction.ts'
import { seasonalNaive } from '../../../methods/seasonal-naive.ts'
import { fitLevel, predictLevel } from '../../../methods/simple-smoothing.ts'

export const seriesMethods = [
  'seasonal_naive',
  'level',
  'holt_winters_additive',
  'holt_winters_multiplicative',
] as const
export type SeriesMethod = (typeof seriesMethods)[number]
export type SeriesGrain = 'week' | 'month' | 'quarter'

const roundOf: Readonly<Record<SeriesGrain, number>> = { week: 52, month: 12, quarter: 4 }

/** How many periods make a year's round of seasons; 1 while weeks are too few to know any. */
export function seasonOf(grain: SeriesGrain, values: number): number {
  const round = roundOf[grain]
  return grain === 'week' && values < 2 * round + policy.backTest.origins ? 1 : round
}

export interface Needed {
  /** Periods before the baseline says anything. */
  baseline: number
  /** Periods before the baseline has been tested often enough. */
  tested: number
  /** Periods before a model with seasons has. */
  seasonal: number
}

/** How many periods each answer takes. */
export function neededPeriods(grain: SeriesGrain, values: number): Needed {
  const season = seasonOf(grain, values)
  const { origins } = policy.backTest
  const baseline = valuesBefore('seasonal_naive', season)
  return {
    baseline,
    tested: baseline + origins,
    seasonal: season === 1 ? baseline + origins : 2 * season + origins,
  }
}

/** Values before a method can say anything. */
function valuesBefore(method: SeriesMethod, season: number): number {
  if (method.startsWith('holt_winters')) return 2 * season
  return season === 1 ? policy.backTest.valuesBefore : season + 1
}

/** The methods that this series is fit for, the baseline first. */
function methodsFor(values: readonly number[], season: number): SeriesMethod[] {
  return seriesMethods.filter((method) => {
    if (values.length < valuesBefore(method, season)) return false
    if (method === 'holt_winters_multiplicative') {
      return season > 1 && values.every((value) => value > 0)
    }
    return season > 1 || method !== 'holt_winters_additive'
  })
}

interface Look {
  outlook: Outlook
  /** Where the search ended, for the next origin to begin from. */
  smoothing?: Smoothing
}

/** What a method says after these values; undefined where its fit did not come to an end. */
function look(
  method: SeriesMethod,
  values: readonly number[],
  { season, horizon, seed, known }: Setting & { known?: Smoothing | undefined },
): Look | undefined {
  if (method === 'seasonal_naive') return { outlook: seasonalNaive(values, season, horizon) }
  if (method === 'level') {
    const fit = fitLevel(values)
    return fit.converged ? { outlook: predictLevel(fit, horizon) } : undefined
  }
  const seasonal = method === 'holt_winters_additive' ? 'additive' : 'multiplicative'
  const fit = fitHoltWinters(values, season, seasonal, known)
  if (!fit.converged) return undefined
  return { outlook: predictHoltWinters(fit, horizon, seed), smoothing: fit }
}

interface Setting {
  season: number
  horizon: number
  seed: number
}

/** One forecast made from the past, with what came and what the baseline had said. */
export interface TestedStep extends Prediction {
  /** Number of values that were known. */
  origin: number
  /** Periods ahead, from 1. */
  step: number
  actual: number
  naive: number
  /** Mean step of the baseline within the values known, to scale errors by; absent if it never moved. */
  scale?: number
}

export interface BackTest {
  method: SeriesMethod
  steps: readonly TestedStep[]
  summary: BackTestSummary
}

export interface BackTestSummary {
  origins: number
  /** Error in steps of the baseline within the series; absent where those are 0. */
  mase?: number
  /** The same of the baseline, over the same forecasts. */
  naiveMase?: number
  bias: number
  wape?: number
  /** Mean absolute error, and the baseline's over the same forecasts. */
  mae: number
  naiveMae: number
  inside80: Estimate
  inside95: Estimate
}

/**
 * Rolling origin: each method forecasts from every earlier point as if the rest were not known.
 * A generator, because it takes a while: it yields how far it is, so that others get their turn.
 */
export function* backTests(
  values: readonly number[],
  setting: Setting,
): Generator<{ done: number; of: number }, BackTest[]> {
  const methods = methodsFor(values.slice(0, -1), setting.season)
  const found = new Map<SeriesMethod, TestedStep[]>(methods.map((method) => [method, []]))
  const known = new Map<SeriesMethod, Smoothing>()
  const first = Math.max(
    valuesBefore('seasonal_naive', setting.season),
    values.length - policy.backTest.originsMost,
  )
  for (let origin = first; origin < values.length; origin += 1) {
    yield { done: origin - first, of: values.length - first }
    const past = values.slice(0, origin)
    const horizon = Math.min(setting.horizon, values.length - origin)
    const naive = seasonalNaive(past, setting.season, horizon).periods
    const scale = naiveScale(past, setting.season)
    for (const method of methods) {
      if (origin < valuesBefore(method, setting.season)) continue
      const looked = look(method, past, { ...setting, horizon, known: known.get(method) })
      if (!looked) continue
      if (looked.smoothing) known.set(method, looked.smoothing)
      looked.outlook.periods.forEach((prediction, i) => {
        found.get(method)?.push({
          ...prediction,
          origin,
          step: i + 1,
          actual: at(values, origin + i),
          naive: at(naive, i).mean,
          ...(scale === undefined ? {} : { scale }),
        })
      })
    }
  }
  return [...found]
    .filter(([, steps]) => steps.length > 0)
    .map(([method, steps]) => ({ method, steps, summary: summaryOf(steps) }))
}

/** What forecasts were worth, taken together. */
export function summaryOf(steps: readonly TestedStep[]): BackTestSummary {
  const graded = (forecast: (step: TestedStep) => number): Graded[] =>
    steps.map((step) => ({ ...step, forecast: forecast(step) }))
  const own = accuracy(
    graded((step) => step.mean),
    undefined,
  )
  const naive = accuracy(
    graded((step) => step.naive),
    undefined,
  )
  const scaled = steps.filter(({ scale }) => scale !== undefined)
  const mase = (error: (step: TestedStep) => number) =>
    scaled.reduce((sum, step) => sum + Math.abs(error(step)) / (step.scale ?? 1), 0) / scaled.length
  return {
    origins: new Set(steps.map(({ origin }) => origin)).size,
    ...(scaled.length === 0
      ? {}
      : {
          mase: mase((step) => step.mean - step.actual),
          naiveMase: mase((step) => step.naive - step.actual),
        }),
    bias: own.bias,
    ...(own.wape === undefined ? {} : { wape: own.wape }),
    mae: own.mae,
    naiveMae: naive.mae,
    inside80: own.coverage80,
    inside95: shareInside(steps, ({ low95, high95 }) => [low95, high95]),
  }
}

/** How many times the baseline's error a method made; undefined where the baseline made none. */
function againstNaive({ mase, naiveMase }: BackTestSummary): number | undefined {
  return mase === undefined || !naiveMase ? undefined : mase / naiveMase
}

/** The method to be shown: the best of those that beat the baseline often enough, else the baseline. */
export function chosenMethod(tests: readonly BackTest[]): SeriesMethod {
  const better = tests
    .filter(({ summary }) => summary.origins >= policy.backTest.origins)
    .map(({ method, summary }) => ({ method, ratio: againstNaive(summary) ?? 1 }))
    .filter(({ method, ratio }) => method !== 'seasonal_naive' && ratio < 1)
    .sort((a, b) => a.ratio - b.ratio)
  return better[0]?.method ?? 'seasonal_naive'
}

export interface SeriesForecast {
  method: SeriesMethod
  outlook: Outlook
  /** What the baseline says, to be graded against. */
  naive: Outlook
}

/** The series continued by the method chosen; undefined where even the baseline has too few values. */
export function continueSeries(
  values: readonly number[],
  tests: readonly BackTest[],
  setting: Setting,
): SeriesForecast | undefined {
  if (values.length < valuesBefore('seasonal_naive', setting.season)) return undefined
  const naive = seasonalNaive(values, setting.season, setting.horizon)
  const method = chosenMethod(tests)
  const looked = look(method, values, setting)
  return looked
    ? { method, outlook: looked.outlook, naive }
    : { method: 'seasonal_naive', outlook: naive, naive }
}
