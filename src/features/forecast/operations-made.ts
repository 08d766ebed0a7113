// A forecast as operations tell it: read in one revision, made in turns, and put into figures and sentences.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import type { Day } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import { metrics, writer } from '../results/door.ts'
import { type Given, type Made, type MadePipeline, makeForecast } from './calc/make.ts'
import {
  type BackTest,
  type BackTestSummary,
  type SeriesGrain,
  seasonOf,
} from './calc/series-models.ts'
import {
  amountText,
  backTestText,
  findingText,
  methodName,
  missingText,
  type Speech,
  say,
  shortOf,
} from './calc/words.ts'
import type { forecastContract } from './contract.ts'
import { type ForecastFacts, type Question, readFacts, type Scope } from './read.ts'
import { keptAlready } from './store.ts'

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
 * Back-tests by what they were made from: a page asks for the same several times, and they take a second
 * or two. They rest on the values alone, so that nothing of one question shows in the answer of another.
 */
const testsKept = new Map<string, readonly BackTest[]>()
const testsKeptMost = 50

function keepTests(key: string, tests: readonly BackTest[]): void {
  testsKept.delete(key)
  testsKept.set(key, tests)
  const [oldest] = testsKept.keys()
  if (testsKept.size > testsKeptMost && oldest !== undefined) testsKept.delete(oldest)
}

export interface Forecast {
  facts: ForecastFacts
  made: Made
  speech: Speech
  kept: { id: string; version: number; at: string } | undefined
  question: Asked
}

/** Reads and makes the forecast of a question. */
export async function forecastOf(ctx: Ctx, question: Asked): Promise<Forecast> {
  const { facts, kept } = await ctx.read(async (tx) => {
    const found = await readFacts(ctx, tx, question)
    // What is kept of more than one reaches is not said to be there.
    const there = found.scope.covered && question.asOf === undefined
    return {
      facts: found,
      kept: there ? await keptAlready(tx, standing(question, found)) : undefined,
    }
  })
  const speech = speechOf(facts, question)
  const given = givenOf(facts, question, speech)
  const key = JSON.stringify([given.grain, question.horizon, given.values])
  const made = await inTurns(makeForecast({ ...given, tests: testsKept.get(key) }), ctx.signal)
  keepTests(key, made.tests)
  return { facts, made, speech, kept, question }
}

export function standing(question: Question, { scope, series }: ForecastFacts) {
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
  { series }: Pick<ForecastFacts, 'series'>,
  { metric, lang }: Pick<Asked, 'metric' | 'lang'>,
): Speech {
  const { settings } = series.about
  return {
    w: writer(lang ?? settings.locale),
    unit: metrics[metric].unit,
    currency: settings.baseCurrency,
  }
}

function givenOf(
  { series, ahead, left, pipeline }: ForecastFacts,
  question: Question,
  speech: Speech,
): Given {
  const { value } = series.current
  return {
    values: series.periods.map((one) => one.value),
    grain: question.by,
    ahead,
    today: series.today,
    soFar: value,
    left,
    whole: speech.unit === 'money',
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
export function shown({ facts, made, speech, kept, question }: Forecast): Shown {
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
    notes: notesOf({ facts, made, speech, kept, question }),
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
    models: made.tests.map((test) => modelOf(test, made.method)),
    pipeline: made.pipeline ? pipelineOf(made.pipeline, facts) : null,
    kept: kept ? { id: kept.id, at: kept.at } : null,
    keepable:
      scope.covered && !missing && question.asOf === undefined && series.today <= about.today,
  }
}

function pipelineTotal({ rows, pipeline }: Made): number | undefined {
  if (!pipeline) return undefined
  return rows.reduce((sum, row) => sum + (row.pipeline?.mean ?? 0), 0)
}

export function modelOf(
  { method, summary }: BackTest,
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

function pipelineOf(
  { outlook, chances, meanAmount }: MadePipeline,
  { pipeline }: ForecastFacts,
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
  }
}

/** What has to be known to read the forecast. */
function notesOf({ facts, made, speech, question }: Forecast): string[] {
  const { series } = facts
  const { w } = speech
  const notes: string[] = []
  if (series.recordsEnded) {
    const day = w.date(dayBefore(series.today))
    notes.push(
      say(
        speech,
        `The records end on ${day}; the forecast begins on the day after.`,
        `Die Aufzeichnungen enden am ${day}; die Prognose beginnt am Tag danach.`,
      ),
    )
  }
  if (made.rows.length > 0 && made.have < made.needed.tested) {
    notes.push(missingText(speech, question.by, made.have, made.needed))
  }
  const test = made.tests.find(({ method }) => method === made.method)
  if (test && made.have >= made.needed.tested)
    notes.push(testedText(test, speech, question.by, made.have))
  notes.push(...pipelineNotes({ facts, made, speech, question }))
  return notes
}

export function testedText(
  test: BackTest,
  speech: Speech,
  grain: SeriesGrain,
  have: number,
): string {
  const name = methodName(test.method, seasonOf(grain, have), speech.w.lang)
  return backTestText(speech, name, {
    summary: test.summary,
    baseline: test.method === 'seasonal_naive',
  })
}

function pipelineNotes({
  facts,
  made,
  speech,
  question,
}: Pick<Forecast, 'facts' | 'made' | 'speech' | 'question'>): string[] {
  if (question.metric === 'revenue' && !facts.series.dealsCount) {
    return [
      say(
        speech,
        'Revenue is counted from orders here, so that the open deals say nothing of it.',
        'Der Umsatz wird hier aus Aufträgen gezählt; die offenen Verkaufschancen sagen darüber nichts.',
      ),
    ]
  }
  if (!made.pipeline) return []
  const { withoutAmount } = made.pipeline.outlook
  const notes = [
    say(
      speech,
      'The open deals bring only what is open today: what will be opened later is missing from it, the more the further ahead. Deals of one customer do not come independently of each other, so its interval is rather too narrow.',
      'Aus den offenen Verkaufschancen ergibt sich nur, was heute offen ist: Was erst später entsteht, fehlt darin, je weiter voraus, desto mehr. Chancen desselben Kunden sind nicht unabhängig voneinander; das Intervall ist deshalb eher zu schmal.',
    ),
  ]
  if (facts.pipeline?.more) {
    const count = speech.w.count(made.pipeline.outlook.deals)
    notes.push(
      say(
        speech,
        `Only ${count} of the open deals are looked at; there are more.`,
        `Nur ${count} der offenen Verkaufschancen werden betrachtet; es gibt mehr.`,
      ),
    )
  }
  if (withoutAmount > 0 && question.metric === 'revenue') {
    const mean = amountText(speech, made.pipeline.meanAmount)
    const count = speech.w.count(withoutAmount)
    notes.push(
      say(
        speech,
        `Open deals without an amount count as much as the average won deal, ${mean} (${count} deals).`,
        `Offene Verkaufschancen ohne Betrag zählen wie ein durchschnittlicher Abschluss, ${mean} (${count} Chancen).`,
      ),
    )
  }
  return notes
}

function dayBefore(day: Day): Day {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
}
