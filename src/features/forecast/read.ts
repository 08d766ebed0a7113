// What a forecast is made from: the series, the open deals and what became of earlier ones, read in one revision.
import { type Day, daysBetween, next, type Period } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { workingDays, workingTime } from '../calendars/door.ts'
import type { MetricId } from '../results/contract.ts'
import {
  type AskedSeries,
  askSeries,
  type Grain,
  metricSeries,
  type Series,
} from '../results/door.ts'
import type { PipelineFacts } from './calc/open-deals.ts'
import type { ReadOnce } from './read-once.ts'
import { readOpenDeals, spansOf } from './read-open-deals.ts'
import { coversScope, personName, type ScopeKind } from './store.ts'

export type Asking = Pick<Ctx, 'who' | 'reach' | 'clock'>

export interface Question {
  metric: MetricId
  by: Grain
  horizon: number
  team?: string | undefined
  seller?: string | undefined
  today?: Day | undefined
  asOf?: Day | undefined
}

export interface Scope {
  kind: ScopeKind
  /** The organisation, team, seller or person itself. */
  id: string
  name: string
  /** Whether all of it is within reach, so that what is kept says what it seems to. */
  covered: boolean
}

export interface ForecastFacts {
  series: Series
  scope: Scope
  horizon: number
  /** The periods to come, the one that is on first. */
  ahead: Period[]
  /** Share of the working days of the period that is on that is left, today with it. */
  left: number
  /** Undefined where open deals say nothing of this metric. */
  pipeline: PipelineFacts | undefined
}

/** Filter for a team or a seller. Refuses `forecast.team_and_seller`. */
export function whereOf({ team, seller }: Pick<Question, 'team' | 'seller'>) {
  if (team !== undefined && seller !== undefined) {
    throw new Refusal({
      code: 'forecast.team_and_seller',
      message: 'A forecast is for a team or for a seller, not for both.',
      field: 'seller',
      next: 'Leave one of them out.',
      status: 422,
    })
  }
  return {
    ...(team === undefined ? {} : { team: [team] }),
    ...(seller === undefined ? {} : { seller: [seller] }),
  }
}

/** The question as it was understood, of which nothing is counted yet. Refuses what `askSeries` and {@link whereOf} refuse. */
export function readAsked(
  ctx: Asking,
  tx: Tx,
  question: Omit<Question, 'horizon'>,
): Promise<AskedSeries> {
  return askSeries(ctx, tx, asSeries(question))
}

/** The series of the question. Refuses what {@link readAsked} refuses. */
export function readSeries(ctx: Asking, tx: Tx, question: Question): Promise<Series> {
  return metricSeries(ctx, tx, asSeries(question))
}

function asSeries(question: Omit<Question, 'horizon'>) {
  const { metric, by, today, asOf } = question
  return { metric, grain: by, where: whereOf(question), today, asOf }
}

/** Whose figures a question tells, in the words of the question as it was understood. */
export async function scopeOf(
  ctx: Asking,
  tx: Tx,
  { about }: Pick<AskedSeries, 'about'>,
): Promise<Scope> {
  for (const kind of ['team', 'seller'] as const) {
    const id = about.scope.narrowing.cells.get(kind)?.ids[0]
    if (id === undefined) continue
    const name = about.filters.find(({ dimension }) => dimension === kind)?.names[0] ?? ''
    const covered = await coversScope(ctx, tx, kind, { id, today: about.today })
    return { kind, id, name, covered }
  }
  if (ctx.reach === 'all') {
    return { kind: 'organisation', id: tx.orgId, name: '', covered: true }
  }
  const name = await personName(tx, ctx.who.personId)
  if (ctx.reach === 'own' && ctx.who.sellerId) {
    return { kind: 'seller', id: ctx.who.sellerId, name, covered: true }
  }
  return { kind: 'person', id: ctx.who.personId, name, covered: true }
}

/** Everything a forecast needs. */
export async function readFacts(
  ctx: Asking,
  tx: Tx,
  question: Question,
  once?: ReadOnce,
): Promise<ForecastFacts> {
  const series = await readSeries(ctx, tx, question)
  const ahead = [series.current.period]
  while (ahead.length < question.horizon) {
    ahead.push(next(ahead.at(-1) ?? series.current.period))
  }
  const scope = await scopeOf(ctx, tx, series)
  return {
    series,
    scope,
    left: await shareLeft(tx, scope, series, once),
    horizon: question.horizon,
    ahead,
    pipeline: await readOpenDeals(tx, question, series, spansOf(series.today, ahead), once),
  }
}

/** By the calendar of whose figures they are; by plain days where nobody works in the period at all. */
async function shareLeft(
  tx: Tx,
  { kind, id }: Scope,
  { today, current: { period } }: Series,
  once: ReadOnce | undefined,
): Promise<number> {
  const who =
    kind === 'team' || kind === 'seller'
      ? ({ kind, id } as const)
      : ({ kind: 'organisation' } as const)
  const time = await (once?.workingTime(tx, who, period) ??
    workingTime(tx, who, period.from, period.until))
  const whole = workingDays(time, period.from, period.until)
  return whole > 0
    ? workingDays(time, today, period.until) / whole
    : daysBetween(today, period.until) / daysBetween(period.from, period.until)
}

/** What the open deals say until a day, for a metric they say anything of. */
export async function readPipelineUntil(
  ctx: Asking,
  tx: Tx,
  question: Omit<Question, 'by' | 'horizon'> & { until: Day },
): Promise<PipelineFacts | undefined> {
  const asked: Question = { ...question, by: 'month', horizon: 1 }
  const series = await readSeries(ctx, tx, asked)
  const stretch = { from: series.today, until: question.until }
  return readOpenDeals(tx, asked, series, spansOf(series.today, [stretch]))
}
