// A metric day by day, and in stretches of its own: what goals and forecasts are made of, counted as every figure is.
import type { Figure } from '../../basics/figure.ts'
import type { Day } from '../../basics/period.ts'
import { assert } from '../../basics/refusal.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { settingsOf } from '../team/door.ts'
import { type Asking, ask, checkDimensions, dimensionsOf, type Where } from './asked.ts'
import { metrics } from './calc/metrics.ts'
import { quotientBy, type Sides, sidesOf } from './calc/sides.ts'
import type { DimensionId, MetricId } from './contract.ts'
import { resolveFilters } from './store-cells.ts'
import { countPieces } from './store-figures.ts'
import type { Frame } from './store-scope.ts'
import { cellsMax } from './store-sources.ts'

/**
 * Whether the values of days add up to the value of a stretch: what is added up over cells, unless it
 * is what stands at the end of the stretch.
 */
export function addsUpOverTime(id: MetricId): boolean {
  const metric = metrics[id]
  return metric.additive && metric.measured && metric.rows?.from !== 'open'
}

export interface DayValue {
  on: Day
  /** Cell of the dimension asked by; null where none was asked for, or a fact has none. */
  cell: string | null
  value: number
}

/**
 * Values by day, and by one dimension if wanted, within the reach of who asks. Days without facts are
 * absent; so is what has no value, such as an amount without a rate. For metrics that add up over time.
 */
export function metricByDay(
  ctx: Asking,
  tx: Tx,
  asked: { metric: MetricId; where: Where; by?: 'seller' | 'team' | undefined } & Frame,
): Promise<DayValue[]> {
  return metricByTime(ctx, tx, { ...asked, grain: 'day' })
}

/** The same by month: `on` is 'YYYY-MM'. */
export function metricByMonth(
  ctx: Asking,
  tx: Tx,
  asked: { metric: MetricId; where: Where; by?: 'seller' | 'team' | undefined } & Frame,
): Promise<DayValue[]> {
  return metricByTime(ctx, tx, { ...asked, grain: 'month' })
}

async function metricByTime(
  ctx: Asking,
  tx: Tx,
  asked: {
    metric: MetricId
    where: Where
    by?: 'seller' | 'team' | undefined
    grain: 'day' | 'month'
  } & Frame,
): Promise<DayValue[]> {
  const { metric, where, from, until, grain } = asked
  const by: DimensionId[] = asked.by ? [grain, asked.by] : [grain]
  const about = await askAbout(ctx, tx, metric, where, { from, until })
  const cells = await countPieces(tx, about.scope, {
    metrics: [metric],
    by,
    frames: [{ from, until }],
  })
  return cells
    .map(({ cells: [on, cell = null], counted }) => ({
      on: on ?? '',
      cell,
      value: about.figure(metric, counted).value ?? 0,
    }))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

export interface DaySides extends Sides {
  on: Day
  cell: string | null
}

/** Whether a metric is a quotient of what adds up over days, and of which kind. */
export function quotientOf(id: MetricId): 'shares' | 'means' | undefined {
  return metrics[id].measured ? quotientBy(id)?.of : undefined
}

/** Both sides of a metric that is a quotient, and of how many observations, by day, within the reach of who asks. */
export async function sidesByDay(
  ctx: Asking,
  tx: Tx,
  asked: { metric: MetricId; where: Where; by?: 'seller' | 'team' | undefined } & Frame,
): Promise<DaySides[]> {
  const { metric, where, from, until } = asked
  const quotient = quotientBy(metric)
  assert(quotient, `${metric} is no quotient`)
  const about = await askAbout(ctx, tx, metric, where, { from, until })
  const cells = await countPieces(tx, about.scope, {
    metrics: [metric],
    by: asked.by ? ['day', asked.by] : ['day'],
    frames: [{ from, until }],
  })
  return cells.map(({ cells: [on, cell = null], counted }) => ({
    on: on ?? '',
    cell,
    ...sidesOf(quotient, counted),
  }))
}

/** The figure of each stretch, by seller if wanted; for every metric. */
export async function metricInFrames(
  ctx: Asking,
  tx: Tx,
  asked: {
    metric: MetricId
    where: Where
    by?: 'seller' | 'team' | undefined
    frames: readonly Frame[]
  },
): Promise<{ frame: number; cell: string | null; figure: Figure }[]> {
  const { metric, where, frames } = asked
  const [first] = frames
  if (!first) return []
  const about = await askAbout(ctx, tx, metric, where, first)
  const cells = await countPieces(tx, about.scope, {
    metrics: [metric],
    by: asked.by ? [asked.by] : [],
    frames,
  })
  return cells.map(({ frame, cells: [cell = null], counted }) => ({
    frame,
    cell,
    figure: about.figure(metric, counted),
  }))
}

/**
 * Filters as they can be kept: records by id, so that a new name changes nothing. Refuses what the metric
 * cannot be told by and what is not there.
 */
export async function settledWhere(
  tx: Tx,
  metric: MetricId,
  where: Where,
): Promise<Record<string, string[]>> {
  checkDimensions([metric], dimensionsOf(where))
  const { narrowing } = await resolveFilters(tx, where, await settingsOf(tx))
  return Object.fromEntries(
    [...narrowing.cells].map(([dimension, { ids, none }]) => [
      dimension,
      [...ids, ...(none ? ['-'] : [])],
    ]),
  )
}

/** How many cells of one dimension fit into an answer by so many days. */
export function cellsByDay(days: number): number {
  return Math.max(1, Math.floor(cellsMax / Math.max(1, days)))
}

function askAbout(ctx: Asking, tx: Tx, metric: MetricId, where: Where, frame: Frame) {
  checkDimensions([metric], dimensionsOf(where))
  return ask(ctx, tx, { from: frame.from, until: frame.until }, where)
}
