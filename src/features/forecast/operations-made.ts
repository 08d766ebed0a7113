// A forecast as operations tell it: read in one revision, made in turns, and put into figures and sentences.
import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import type { Day } from '../../basics/period.ts'
import { Remembered } from '../../basics/remembered.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type AskedSeries, knownAt, metrics, writer } from '../results/door.ts'
import { settingsOf, today } from '../team/door.ts'
import { type Given, type Made, makeForecast, shownTest } from './calc/make.ts'
import { type MadePipeline, seed } from './calc/open-deals.ts'
import type { OpenDealsTest, Origin } from './calc/open-deals-test.ts'
import { type BackTest, type BackTestSummary, backTests, seasonOf } from './calc/series-models.ts'
import { findingText, missingText, type Speech, shortOf } from './calc/words.ts'
import type { ForecastMethod, forecastContract } from './contract.ts'
import { notesOf } from './operations-notes.ts'
import { type ForecastFacts, type Question, readFacts, type Scope } from './read.ts'
import type { ReadOnce } from './read-once.ts'
import { allOrigins, testableAtOnce } from './read-open-deals.ts'
import { keptAlready, type Standing, takenBack } from './store.ts'
import { lastTest, type TestedPeriod } from './store-tests.ts'

type Show = (typeof forecastContract)['forecast.show']
export type Shown = OutputOf<Show>
type Asked = Question & Pick<InputOf<Show>, 'lang'>

/** Past periods shown before the forecast. */
const historyMost = 60
/** How long a turn takes before others get theirs. */
const turnMs = 25

/** Runs what takes a while in turns; stops when whoever asked has gone. */
export async function inTurns<Result>(
  work: Generator<unknown, Result>,
  signal: AbortSignal,
): Promise<Result> {
  let until = performance.now() + turnMs
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    if (performance.now() < until) continue
    await nextTurn()
    signal.throwIfAborted()
    until = performance.now() + turnMs
  }
}

/**
 * Back-tests of series: a page asks for the same several times, and they take a second or two. They rest on
 * the values alone, so that nothing of one question shows in the answer of another.
 */
const seriesTests = new Remembered<readonly BackTest[]>(50)
/** Tests of open deals, by whose they are and all that is known of them today: most changes leave that as it is. */
const openDealsTests = new Remembered<OpenDealsTest>(50)

/**
 * The latest forecasts, by all that they rest on: a page shows one, has it kept and explains its numbers. Each is of
 * one revision and for one person.
 */
const latest = new Remembered<{ facts: ForecastFacts; made: Made; testId: string | undefined }>(8)

export interface Forecast {
  facts: ForecastFacts
  made: Made
  speech: Speech
  kept: { id: string; version: number; at: string } | undefined
  /** It was kept on this day already, and taken back. */
  takenBack: boolean
  /** When the open deals were tested on the past, if that was a job of its own. */
  testedOn: Day | undefined
  /** The periods that the steps of the test of open deals are places among. */
  testedPeriods: readonly TestedPeriod[]
  /** The open deals are too many to test them while somebody waits. */
  testNeedsJob: boolean
  /** A job of its own would test them for whoever asks. */
  mayTest: boolean
  question: Asked
}

/** Reads and makes the forecast of a question. */
export async function forecastOf(ctx: Ctx, question: Asked): Promise<Forecast> {
  return forecastFrom(ctx, question, await ctx.read((tx) => readForecast(ctx, tx, question)))
}

/** Makes the forecast from what was read for it. */
export async function forecastFrom(
  ctx: Ctx,
  question: Asked,
  read: ReadForecast,
): Promise<Forecast> {
  const { facts } = read
  const made = read.made ?? (await makeOf(ctx, question, read))
  latest.keep(read.key, { facts, made, testId: read.testId })
  return { ...read, made, speech: speechOf(facts, question), question }
}

async function makeOf(ctx: Ctx, question: Asked, read: ReadForecast): Promise<Made> {
  const given = givenOf(read.facts, question)
  const key = seriesKey(given, question)
  const { origins, openDealsTest } = read
  const made = await inTurns(
    makeForecast({ ...given, tests: seriesTests.get(key), origins, openDealsTest }),
    ctx.signal,
  )
  seriesTests.keep(key, made.tests)
  if (made.openDealsTest && origins) openDealsTests.keep(read.testKey, made.openDealsTest)
  return made
}

interface ReadForecast extends Omit<Forecast, 'made' | 'speech' | 'question'> {
  /** What it rests on: as long as that stays the same, so does the forecast. */
  key: string
  made: Made | undefined
  origins: readonly Origin[] | undefined
  openDealsTest: OpenDealsTest | undefined
  testKey: string
  /** The test that was a job of its own. */
  testId: string | undefined
}

/** Reads what a forecast is made from; `once`: what other questions have in common with it. */
export async function readForecast(
  ctx: Ctx,
  tx: Tx,
  question: Asked,
  once?: ReadOnce,
): Promise<ReadForecast> {
  const key = await standsOn(ctx, tx, question)
  const before = latest.get(key)
  const facts = before?.facts ?? (await readFacts(ctx, tx, question, once))
  const { series, scope, pipeline } = facts
  // What is kept of more than one reaches is not said to be there.
  const there = scope.covered && question.asOf === undefined
  const stands = standing(question, facts)
  const kept = there ? await keptAlready(tx, stands) : undefined
  const testKey = createHash('sha256')
    .update(JSON.stringify([tx.orgId, stands, scope.covered ? '' : ctx.who.personId]))
    .update(JSON.stringify([pipeline, series.periods]))
    .digest('hex')
  const known = openDealsTests.get(testKey)
  const atOnce = pipeline !== undefined && testableAtOnce(pipeline)
  const stored = pipeline && !atOnce && scope.covered ? await lastTest(tx, stands) : undefined
  const made = before?.testId === stored?.id ? before?.made : undefined
  return {
    key,
    facts,
    made,
    kept,
    takenBack: there && !kept && (await takenBack(tx, stands)),
    testedOn: stored?.madeOn,
    testedPeriods: stored?.result.periods ?? series.periods.map(({ period }) => period),
    testNeedsJob: pipeline !== undefined && !atOnce,
    mayTest: pipeline !== undefined && testableScope(scope) && question.asOf === undefined,
    testKey,
    origins: atOnce && !known && !made ? await allOrigins(tx, question, series, once) : undefined,
    openDealsTest: known ?? stored?.result,
    testId: stored?.id,
  }
}

async function standsOn(ctx: Ctx, tx: Tx, { lang: _, ...question }: Asked): Promise<string> {
  const { zone } = await settingsOf(tx)
  const { revision } = await knownAt(tx, undefined, zone)
  const whose = [tx.orgId, ctx.who.personId, ctx.who.sellerId, ctx.reach]
  return JSON.stringify([...whose, revision, today(ctx.clock, zone), question])
}

/** The test of the method of the series that is shown, for work in the background. */
export async function seriesTestOf(
  facts: ForecastFacts,
  question: Question,
): Promise<BackTest | undefined> {
  const given = givenOf(facts, question)
  const key = seriesKey(given, question)
  const setting = { season: seasonOf(question.by, given.values.length), horizon: question.horizon }
  const tests =
    seriesTests.get(key) ??
    (await inTurns(backTests(given.values, { ...setting, seed }), new AbortController().signal))
  seriesTests.keep(key, tests)
  return shownTest(tests)
}

function seriesKey(given: Pick<Given, 'grain' | 'values'>, { horizon }: Question): string {
  return JSON.stringify([given.grain, horizon, given.values])
}

/** Tests are kept for what everybody who reaches it sees alike. */
export function testableScope({ covered, kind }: Scope): boolean {
  return covered && kind !== 'person'
}

export function standing(
  question: Question,
  { scope, series }: Pick<ForecastFacts, 'scope'> & { series: Pick<AskedSeries, 'today'> },
): Standing {
  return {
    metric: question.metric,
    grain: question.by,
    horizon: question.horizon,
    scope: scope.kind,
    scopeId: scope.id,
    madeOn: series.today,
  }
}

export function speechOf(
  { series }: { series: Pick<AskedSeries, 'about'> },
  { metric, lang }: Pick<Asked, 'metric' | 'lang'>,
): Speech {
  const { settings } = series.about
  return {
    w: writer(lang ?? settings.locale),
    unit: metrics[metric].unit,
    currency: settings.baseCurrency,
  }
}

function givenOf({ series, ahead, left, pipeline }: ForecastFacts, question: Question): Given {
  const { value } = series.current
  return {
    values: series.periods.map((one) => one.value),
    grain: question.by,
    ahead,
    today: series.today,
    soFar: value,
    left,
    whole: metrics[question.metric].unit === 'money',
    pipeline,
  }
}

export function shownScope({ kind, id, name }: Scope) {
  return {
    kind,
    of: kind === 'team' || kind === 'seller' ? { id, name } : null,
  }
}

/** The forecast as the page and the command line show it. */
export function shown(forecast: Forecast): Shown {
  const { facts, made, speech, kept, question } = forecast
  const { series, scope } = facts
  const { about } = series
  const missing = made.rows.length === 0
  const total = made.total ?? null
  return {
    revision: about.known.revision,
    metric: question.metric,
    unit: speech.unit,
    currency: speech.currency,
    by: question.by,
    today: series.today,
    recordsEnded: series.recordsEnded,
    scope: shownScope(scope),
    finding:
      total === null
        ? shortOf(speech, question.by, made.have, made.needed)
        : findingText(
            speech,
            facts.ahead,
            total,
            made.method === 'pipeline' ? undefined : pipelineTotal(made),
          ),
    notes: notesOf(forecast),
    missing: missing
      ? {
          code: 'not_enough_data',
          text: missingText(speech, question.by, made.have, made.needed),
          more: made.needed.baseline - made.have,
        }
      : null,
    periods: { have: made.have, ...made.needed },
    history: series.periods.slice(-historyMost).map(({ period, value }) => ({
      period: period.id,
      from: period.from,
      until: period.until,
      value,
    })),
    rows: made.rows.map(({ period, openShare: _, ...row }) => ({
      period: period.id,
      from: period.from,
      until: period.until,
      ...row,
    })),
    total,
    models: modelsOf(made),
    pipeline: made.pipeline ? pipelineOf(made.pipeline, forecast) : null,
    kept: kept ? { id: kept.id, at: kept.at } : null,
    takenBack: forecast.takenBack,
    keepable:
      scope.covered && !missing && question.asOf === undefined && series.today <= about.today,
  }
}

function pipelineTotal({ rows, pipeline }: Made): number | undefined {
  if (!pipeline) return undefined
  return rows.reduce((sum, row) => sum + (row.pipeline?.mean ?? 0), 0)
}

/** What each method was worth on the past; both together after those of the series. */
export function modelsOf({ tests, openDealsTest, method, seriesMethod }: Made): Shown['models'] {
  const both = openDealsTest?.combination
  const chosen = method === 'combination' ? method : seriesMethod
  return [...tests, ...(both ? [both] : [])].map((test) => modelOf(test, chosen))
}

export function modelOf(
  { method, summary }: Omit<BackTest, 'method'> & { method: ForecastMethod },
  chosen: Made['method'],
): Shown['models'][number] {
  return {
    method,
    shown: method === chosen,
    origins: summary.origins,
    mase: summary.mase ?? null,
    naiveMase: summary.naiveMase ?? null,
    mae: summary.mae,
    naiveMae: summary.naiveMae,
    bias: summary.bias,
    wape: summary.wape ?? null,
    coverage80: shareOf(summary.inside80),
    coverage95: shareOf(summary.inside95),
  }
}

function shareOf({ value = 0, n }: BackTestSummary['inside80']) {
  return { inside: Math.round(value * n), of: n }
}

/** What the open deals alone were worth. */
export function openDealsOf(test: OpenDealsTest | undefined) {
  if (!test?.summary) return null
  const { origins, mae, bias, wape, inside80, inside95 } = test.summary
  return {
    ...{ origins, mae, bias },
    wape: wape ?? null,
    coverage80: shareOf(inside80),
    coverage95: shareOf(inside95),
  }
}

function pipelineOf(
  { outlook, chances, meanAmount }: MadePipeline,
  { facts: { pipeline }, made, testNeedsJob, mayTest, testedOn }: Forecast,
): Shown['pipeline'] {
  const { mean, low80, high80, low95, high95, method } = outlook.total
  const openIn = (stageId: string | null) =>
    (pipeline?.open ?? []).filter((deal) => deal.stageId === stageId).length
  return {
    total: { mean, low80, high80, low95, high95 },
    deals: outlook.deals,
    withoutAmount: outlook.withoutAmount,
    meanAmount,
    stages: chances.stages.map(
      ({ stageId, stage, closed, won, chance, low, high, medianDays }) => ({
        stage,
        closed,
        won,
        chance,
        low,
        high,
        medianDays: medianDays ?? null,
        open: stageId === null ? outlook.deals : openIn(stageId),
      }),
    ),
    teamWeight: chances.teamWeight ?? null,
    method,
    common: made.openDealsTest?.common[0] ?? 0,
    test: openDealsOf(made.openDealsTest),
    testNeedsJob,
    mayTest,
    testedOn: testedOn ?? null,
  }
}
