// A forecast put together: the series, the open deals, both, period by period, and what each rests on.
import type { Day, Period } from '../../../basics/period.ts'
import { policy } from '../../../methods/policy.ts'
import type { Prediction } from '../../../methods/prediction.ts'
import { combined, openBefore, type WonOpened } from './combination.ts'
import {
  type Chances,
  chancesFrom,
  type DaysWon,
  type Outcomes,
  type PipelineDeal,
  type PipelineOutlook,
  pipelineOutlook,
  type Span,
} from './pipeline.ts'
import {
  type BackTest,
  backTests,
  continueSeries,
  type Needed,
  neededPeriods,
  type SeriesForecast,
  type SeriesGrain,
  type SeriesMethod,
  seasonOf,
} from './series-models.ts'

export interface PipelineFacts {
  open: readonly PipelineDeal[]
  outcomes: readonly Outcomes[]
  days: readonly DaysWon[]
  won: readonly WonOpened[]
  /** How many past periods `won` tells of. */
  wonPeriods: number
  counts: 'won' | 'amount'
  spans: readonly Span[]
}

export interface Given {
  /** Values of the periods that are over. */
  values: readonly number[]
  grain: SeriesGrain
  /** The periods to come, the one that is on first. */
  ahead: readonly Period[]
  today: Day
  /** What the period that is on has so far, and the share of its days that is left. */
  soFar: number
  left: number
  /** Whole minor units, or two places. */
  whole: boolean
  pipeline: PipelineFacts | undefined
  /** Back-tests of the same values, season and horizon, where they have been made already. */
  tests?: readonly BackTest[] | undefined
}

export interface MadeRow extends Prediction {
  period: Period
  method: SeriesMethod | 'pipeline'
  soFar: number | null
  naive: number | null
  pipeline: Prediction | null
  combination: Prediction | null
  /** Share of such a period that was open before it began; null where that is not known. */
  openShare: number | null
}

export interface MadePipeline {
  outlook: PipelineOutlook
  chances: Chances
  meanAmount: number
}

export interface Made {
  needed: Needed
  have: number
  tests: readonly BackTest[]
  method: SeriesMethod | 'pipeline' | undefined
  rows: readonly MadeRow[]
  total: Prediction | undefined
  pipeline: MadePipeline | undefined
}

/** Chance is drawn from here, so that the same forecast says the same. */
export const seed = 1

const keys = ['mean', 'low80', 'high80', 'low95', 'high95'] as const

function each(of: (key: (typeof keys)[number]) => number): Prediction {
  return {
    mean: of('mean'),
    low80: of('low80'),
    high80: of('high80'),
    low95: of('low95'),
    high95: of('high95'),
  }
}

/** As it is shown: whole units, and nothing below 0 where nothing ever was. */
function shown(prediction: Prediction, { values, whole }: Given): Prediction {
  const least = values.every((value) => value >= 0) ? 0 : Number.NEGATIVE_INFINITY
  return each((key) => rounded(Math.max(least, prediction[key]), whole))
}

function rounded(value: number, whole: boolean): number {
  return (whole ? Math.round(value) : Math.round(value * 100) / 100) + 0
}

/** A period that is on: what it has, and the forecast for the share of its days that is left. */
function underWay(
  prediction: Prediction,
  { soFar, left }: Pick<Given, 'soFar' | 'left'>,
): Prediction {
  if (left >= 1) return prediction
  const mean = soFar + left * prediction.mean
  return each((key) => mean + Math.sqrt(left) * (prediction[key] - prediction.mean))
}

/** Open deals by their chances; undefined where there are none, or too few closed ones to know any. */
export function pipelineOf(facts: PipelineFacts): MadePipeline | undefined {
  const chances = chancesFrom(facts.outcomes, facts.days)
  if (!chances || facts.open.length === 0) return undefined
  const won = facts.won.reduce((sum, row) => sum + row.won, 0)
  const amount = facts.won.reduce((sum, row) => sum + row.amount, 0)
  const meanAmount = facts.counts === 'won' ? 1 : won === 0 ? 0 : amount / won
  const outlook = pipelineOutlook(facts.open, chances, facts.spans, { meanAmount, seed })
  return { outlook, chances, meanAmount }
}

/** Makes the forecast; yields how far its back-tests are, so that others get their turn. */
export function* makeForecast(given: Given): Generator<{ done: number; of: number }, Made> {
  const { values, grain, ahead } = given
  const season = seasonOf(grain, values.length)
  const setting = { season, horizon: ahead.length, seed }
  const needed = neededPeriods(grain, values.length)
  const tests =
    given.tests ?? (values.length > needed.baseline ? yield* backTests(values, setting) : [])
  const series = continueSeries(values, tests, setting)
  const pipeline = given.pipeline && pipelineOf(given.pipeline)
  const rows = ahead.flatMap((period, i) => rowOf(given, { series, pipeline, period, i }))
  return {
    needed,
    have: values.length,
    tests,
    method: rows[0]?.method,
    rows,
    total: totalOf(given, rows, series, pipeline),
    pipeline,
  }
}

function rowOf(
  given: Given,
  {
    series,
    pipeline,
    period,
    i,
  }: {
    series: SeriesForecast | undefined
    pipeline: MadePipeline | undefined
    period: Period
    i: number
  },
): MadeRow[] {
  const now = i === 0 ? { soFar: given.soFar, left: given.left } : { soFar: 0, left: 1 }
  const said = series?.outlook.periods[i]
  const naive = series?.naive.periods[i]
  const rest = pipeline?.outlook.periods[i]
  const fromSeries = said && underWay(said, now)
  const fromPipeline = rest && each((key) => rest[key] + now.soFar)
  const head = fromSeries ?? fromPipeline
  if (!head) return []
  const facts = given.pipeline
  const share = facts && openBefore(facts.won, facts.wonPeriods, i, facts.counts)
  const both = fromSeries && rest && combined(fromSeries, rest, share, now.soFar)
  return [
    {
      ...shown(head, given),
      period,
      method: fromSeries && series ? series.method : 'pipeline',
      soFar: now.left < 1 ? now.soFar : null,
      naive: naive ? shown(underWay(naive, now), given).mean : null,
      pipeline: fromPipeline ? shown(fromPipeline, given) : null,
      combination: both ? shown(both, given) : null,
      openShare: share ?? null,
    },
  ]
}

function totalOf(
  given: Given,
  rows: readonly MadeRow[],
  series: SeriesForecast | undefined,
  pipeline: MadePipeline | undefined,
): Prediction | undefined {
  const from = series?.outlook.total ?? pipeline?.outlook.total
  if (!from || rows.length === 0) return undefined
  const mean = rows.reduce((sum, row) => sum + row.mean, 0)
  return shown(
    each((key) => mean + (from[key] - from.mean)),
    given,
  )
}

/** Whether the baseline has been tested often enough to be relied on. */
export function tested({ tests }: Pick<Made, 'tests'>): boolean {
  return tests.some(({ summary }) => summary.origins >= policy.backTest.origins)
}
