// A forecast put together: the series, the open deals, both, period by period, and what each rests on.
import type { Day, Period } from '../../../basics/period.ts'
import type { Prediction } from '../../../methods/prediction.ts'
import { combined, openOnDay } from './combination.ts'
import { type MadePipeline, type PipelineFacts, pipelineOf, seed } from './open-deals.ts'
import {
  combinationEarned,
  likeTested,
  type OpenDealsTest,
  type Origin,
  testOpenDeals,
} from './open-deals-test.ts'
import {
  type BackTest,
  backTests,
  chosenMethod,
  continueSeries,
  type Needed,
  neededPeriods,
  type SeriesForecast,
  type SeriesGrain,
  type SeriesMethod,
  seasonOf,
} from './series-models.ts'

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
  /** What was open at earlier points, to test the open deals on; or that test, made already. */
  origins?: readonly Origin[] | undefined
  openDealsTest?: OpenDealsTest | undefined
}

export interface MadeRow extends Prediction {
  period: Period
  method: SeriesMethod | 'pipeline' | 'combination'
  soFar: number | null
  naive: number | null
  /** What the series alone says. */
  series: Prediction | null
  pipeline: Prediction | null
  combination: Prediction | null
  /** Share of such a period that used to be open by then; null where that is not known. */
  openShare: number | null
}

export interface Made {
  needed: Needed
  have: number
  tests: readonly BackTest[]
  /** What is shown first. */
  method: MadeRow['method'] | undefined
  /** The method of the series that did best on the past, or the baseline. */
  seriesMethod: SeriesMethod | undefined
  openDealsTest: OpenDealsTest | undefined
  rows: readonly MadeRow[]
  total: Prediction | undefined
  pipeline: MadePipeline | undefined
}

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

/** Makes the forecast; yields how far its back-tests are, so that others get their turn. */
export function* makeForecast(given: Given): Generator<unknown, Made> {
  const { values, grain, ahead } = given
  const season = seasonOf(grain, values.length)
  const setting = { season, horizon: ahead.length, seed }
  const needed = neededPeriods(grain, values.length)
  const tests =
    given.tests ?? (values.length > needed.baseline ? yield* backTests(values, setting) : [])
  const series = continueSeries(values, tests, setting)
  const openDealsTest =
    given.openDealsTest ??
    (given.origins && given.origins.length > 0
      ? yield* testOpenDeals(given.origins, {
          horizon: ahead.length,
          series: shownTest(tests),
        })
      : undefined)
  const pipeline = given.pipeline && pipelineOf(given.pipeline, openDealsTest)
  const earned = combinationEarned(openDealsTest) ? openDealsTest : undefined
  const rows = ahead.flatMap((period, i) => rowOf(given, { series, pipeline, period, i, earned }))
  return {
    needed,
    have: values.length,
    tests,
    method: rows[0]?.method,
    seriesMethod: series?.method,
    openDealsTest,
    rows,
    total: totalOf(given, rows, series, pipeline),
    pipeline,
  }
}

/** The test of the method of the series that is shown. */
export function shownTest(tests: readonly BackTest[]): BackTest | undefined {
  const method = chosenMethod(tests)
  return tests.find((one) => one.method === method)
}

function rowOf(
  given: Given,
  {
    series,
    pipeline,
    period,
    i,
    earned,
  }: {
    series: SeriesForecast | undefined
    pipeline: MadePipeline | undefined
    period: Period
    i: number
    /** The test by which both together are shown first, where they say something. */
    earned: OpenDealsTest | undefined
  },
): MadeRow[] {
  const now = i === 0 ? { soFar: given.soFar, left: given.left } : { soFar: 0, left: 1 }
  const said = series?.outlook.periods[i]
  const naive = series?.naive.periods[i]
  const rest = pipeline?.outlook.periods[i]
  const fromSeries = said && underWay(said, now)
  const fromPipeline = rest && each((key) => rest[key] + now.soFar)
  const facts = given.pipeline
  const day = { ahead: i, over: 1 - given.left, by: facts?.counts ?? 'amount' }
  const share = facts && openOnDay(facts.won, facts.wonPeriods, day)
  const both = fromSeries && rest && combined(fromSeries, rest, share, now.soFar)
  // Of the period that is on only the rest is open, which no earlier point tells of.
  const first = earned && rest && (i === 0 || likeTested(earned, i + 1, rest.mean))
  const head = (first ? both : undefined) ?? fromSeries ?? fromPipeline
  if (!head) return []
  return [
    {
      ...shown(head, given),
      period,
      method: head === both ? 'combination' : fromSeries && series ? series.method : 'pipeline',
      soFar: now.left < 1 ? now.soFar : null,
      naive: naive ? shown(underWay(naive, now), given).mean : null,
      series: fromSeries ? shown(fromSeries, given) : null,
      pipeline: fromPipeline ? shown(fromPipeline, given) : null,
      combination: both ? shown(both, given) : null,
      openShare: share ?? null,
    },
  ]
}

/** The sum of the rows; its interval is as wide as those of the series' and the open deals' own sums. */
function totalOf(
  given: Given,
  rows: readonly MadeRow[],
  series: SeriesForecast | undefined,
  pipeline: MadePipeline | undefined,
): Prediction | undefined {
  const [ofSeries, ofDeals] = [series?.outlook.total, pipeline?.outlook.total]
  const from = ofSeries ?? ofDeals
  if (!from || rows.length === 0) return undefined
  const sum = (of: (row: MadeRow, place: number) => number) =>
    rows.reduce((total, row, place) => total + of(row, place), 0)
  const mean = sum((row) => row.mean)
  const both = rows.filter(({ method }) => method === 'combination').length / rows.length
  // What the open deals stand for once they stand for whole periods.
  const open = sum((_, place) => pipeline?.outlook.periods[place]?.mean ?? 0)
  const whole = sum(
    ({ openShare }, place) => (pipeline?.outlook.periods[place]?.mean ?? 0) / (openShare || 1),
  )
  const wider = open > 0 ? whole / open : 1
  return shown(
    each((key) => {
      const alone = from[key] - from.mean
      const deals = ofDeals ? (ofDeals[key] - ofDeals.mean) * wider : alone
      return mean + alone * (1 - both / 2) + deals * (both / 2)
    }),
    given,
  )
}
