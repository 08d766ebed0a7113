// A metric as a series of periods, counted as every figure is; and what a later feature may ask under the same question.

import { later } from '../../basics/days.ts'
import {
  addDays,
  containing,
  type Day,
  daysBetween,
  type Period,
  parts,
} from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Asked, type Asking, ask, checkDimensions, type Where } from './asked.ts'
import { metrics } from './calc/metrics.ts'
import { counted } from './calc/pieces.ts'
import type { MetricId } from './contract.ts'
import { addsUpOverTime } from './course.ts'
import { countPieces } from './store-figures.ts'

export type Grain = 'week' | 'month' | 'quarter'

/** Older periods are left out: they say little of those to come, and a mistyped year would make thousands. */
const periodsMost = 520
const longestDays: Readonly<Record<Grain, number>> = { week: 7, month: 31, quarter: 92 }

/** Longer without anything on record, and the records have ended: the question is put to their last day. */
const quietDaysMost = 92

export interface SeriesQuestion {
  metric: MetricId
  grain: Grain
  where?: Where | undefined
  asOf?: Day | undefined
  today?: Day | undefined
}

export interface AskedSeries {
  /** The question as it was understood: scope, revision, settings, names of filters. */
  about: Asked
  grain: Grain
  /** Everything from this day on is not known. */
  today: Day
  /** The records end long before today, which is therefore the day after their last one. */
  recordsEnded: boolean
  /** Whether sales of deals count on that day, and not orders. */
  dealsCount: boolean
}

export interface Series extends AskedSeries {
  /** Periods that are over, from the first with anything in it on. */
  periods: { period: Period; value: number }[]
  /** The period that `today` falls into, with what it has so far. */
  current: { period: Period; value: number }
}

/**
 * The question of a series, of which nothing is counted yet. `today`: as if it were this day; what happened
 * from it on is left out; the day of `asOf` unless said. Refuses `results.not_in_series`, `results.unknown_cell`,
 * `results.dimension_not_allowed`.
 */
export async function askSeries(
  ctx: Pick<Asking, 'who' | 'reach' | 'clock'>,
  tx: Tx,
  { metric, grain, where = {}, asOf, today }: SeriesQuestion,
): Promise<AskedSeries> {
  if (!addsUpOverTime(metric)) throw notInSeries(metric)
  checkDimensions([metric], Object.keys(where) as (keyof Where)[])
  const about = await ask(ctx, tx, { asOf }, where)
  const { day, recordsEnded } = dayFor(about, today ?? asOf)
  return {
    about,
    grain,
    today: day,
    recordsEnded,
    dealsCount: about.scope.sources.some(
      ({ source, from, until }) => source === 'deals' && from <= day && day < until,
    ),
  }
}

/** The series of a metric within the reach of who asks. Refuses what {@link askSeries} refuses. */
export async function metricSeries(
  ctx: Pick<Asking, 'who' | 'reach' | 'clock'>,
  tx: Tx,
  question: SeriesQuestion,
): Promise<Series> {
  const { metric, grain } = question
  const asked = await askSeries(ctx, tx, question)
  const { about, today: day } = asked
  const current = containing(grain, day, about.settings)
  const first = later(about.bounds?.first ?? day, earliestOf(grain, day))
  const whole = { id: '', kind: 'custom' as const, from: first, until: current.until }
  const stretch = first < current.until ? parts(whole, grain, about.settings) : [current]
  const from = stretch[0]?.from ?? current.from
  const values = new Map<string, number>()
  if (from < day) {
    const frames = [{ from, until: day }]
    for (const cell of await countPieces(tx, about.scope, {
      metrics: [metric],
      by: [grain],
      frames,
    })) {
      values.set(cell.cells[0] ?? '', about.figure(metric, cell.counted).value ?? 0)
    }
  }
  const nothing = about.figure(metric, counted({})).value ?? 0
  const all = stretch.map((period) => ({ period, value: values.get(period.id) ?? nothing }))
  const begun = all.findIndex(({ period }) => values.has(period.id))
  return {
    ...asked,
    periods: begun === -1 ? [] : all.slice(begun).filter(({ period }) => period.until <= day),
    current: { period: current, value: values.get(current.id) ?? nothing },
  }
}

/** The day a series is asked for unless another is said; undefined where nothing is on record. */
export async function seriesDay(
  ctx: Pick<Asking, 'who' | 'reach' | 'clock'>,
  tx: Tx,
): Promise<{ day: Day; recordsEnded: boolean; settings: Asked['settings'] } | undefined> {
  const about = await ask(ctx, tx, {})
  return about.bounds && { ...dayFor(about, undefined), settings: about.settings }
}

function earliestOf(grain: Grain, day: Day): Day {
  const back = Temporal.PlainDate.from(day).subtract({ days: periodsMost * longestDays[grain] })
  return back.year < 1 ? '0001-01-01' : back.toString()
}

function dayFor({ bounds, today }: Asked, given: Day | undefined) {
  if (given !== undefined) return { day: given, recordsEnded: false }
  if (!bounds || daysBetween(bounds.last, today) <= quietDaysMost) {
    return { day: today, recordsEnded: false }
  }
  return { day: addDays(bounds.last, 1), recordsEnded: true }
}

function notInSeries(metric: MetricId): Refusal {
  return new Refusal({
    code: 'results.not_in_series',
    message: `${metrics[metric].name.en} does not add up over periods.`,
    field: 'metric',
    next: `Ask for ${(Object.keys(metrics) as MetricId[]).filter(addsUpOverTime).join(', ')}.`,
    status: 422,
  })
}
