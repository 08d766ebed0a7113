// What every question on results has in common: settings, revision, filters, period and reach.

import { earlier, later } from '../../basics/days.ts'
import {
  containing,
  customPeriod,
  type Day,
  type Period,
  parsePeriod,
  timeDimensions,
} from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Remembered } from '../../basics/remembered.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { revenueSources } from '../orders/door.ts'
import { reachCondition, type Settings, settingsOf, today } from '../team/door.ts'
import { finish } from './calc/finish.ts'
import type { Language } from './calc/metric.ts'
import { dimensionNames, metrics } from './calc/metrics.ts'
import type { Counted } from './calc/pieces.ts'
import type { DimensionId, MetricId } from './contract.ts'
import { type NamedFilter, resolveFilters } from './store-cells.ts'
import { dataBounds, type Known, knownAt } from './store-periods.ts'
import type { Scope } from './store-scope.ts'

/** What results need of the context: who asks, how far they reach, and one read. */
export type Asking = Pick<Ctx, 'who' | 'reach' | 'clock' | 'read'>

export interface GivenPeriod {
  period?: string | undefined
  from?: Day | undefined
  until?: Day | undefined
  asOf?: Day | undefined
  lang?: Language | undefined
}

export type Where = Partial<Record<DimensionId, readonly string[]>>

export interface Asked {
  tx: Tx
  scope: Scope
  settings: Settings
  known: Known
  today: Day
  period: Period
  byDefault: boolean
  bounds: { first: Day; last: Day } | undefined
  filters: NamedFilter[]
  lang: Language
  figure: (metric: MetricId, counted: Counted) => ReturnType<typeof finish>['figure']
}

/** Reads what a question stands on. Without a period: the last quarter that holds sales or closed deals. */
export async function ask(
  ctx: Pick<Asking, 'who' | 'reach' | 'clock'>,
  tx: Tx,
  given: GivenPeriod,
  where: Where = {},
  revision?: Known,
): Promise<Asked> {
  const settings = await settingsOf(tx)
  const known = revision ?? (await knownAt(tx, given.asOf, settings.zone))
  const { narrowing, filters } = await resolveFilters(tx, where, settings)
  const day = today(ctx.clock, settings.zone)
  const scope: Scope = {
    orgId: ctx.who.orgId,
    revision: known.past ? known.revision : undefined,
    reach:
      ctx.reach === 'all'
        ? undefined
        : {
            condition: (columns) => reachCondition(ctx, columns),
            own: ctx.who.sellerId,
            perMembership: ctx.reach === 'team',
          },
    calendar: settings,
    narrowing,
    sources: await revenueSources(tx, known.past ? known.revision : undefined),
    today: day,
  }
  const bounds = await dataBounds(tx, scope)
  const lang = given.lang ?? settings.locale
  const { period, byDefault } = periodOf(given, settings, bounds, day)
  return {
    tx,
    scope,
    settings,
    known,
    today: day,
    period,
    byDefault,
    bounds,
    filters,
    lang,
    figure: (metric, counted) =>
      finish(metric, counted, { currency: settings.baseCurrency, lang }).figure,
  }
}

/**
 * The answer to a question, made once: as long as nothing changes it stays the same for whoever reaches
 * everything, or for this one person. `given` is all that was asked for. A look into the past is not
 * remembered, for names and rights are those of today.
 */
export async function madeOnce<Answer>(
  latest: Remembered<Answer>,
  { who, reach }: Pick<Asking, 'who' | 'reach'>,
  { known, today, lang }: Asked,
  given: unknown,
  make: () => Promise<Answer>,
): Promise<Answer> {
  if (known.past) return make()
  const whose = reach === 'all' ? null : [reach, who.personId, who.sellerId]
  return latest.once(JSON.stringify([who.orgId, whose, known, today, lang, given]), make)
}

/** As {@link ask}, but without a period: everything on record. */
export async function askAll(
  ctx: Pick<Asking, 'who' | 'reach' | 'clock'>,
  tx: Tx,
  given: GivenPeriod,
  where: Where = {},
): Promise<Asked> {
  const about = await ask(ctx, tx, given, where)
  if (!about.byDefault || !about.bounds) return about
  const all = await ask(ctx, tx, { ...given, from: about.bounds.first }, where, about.known)
  return { ...all, byDefault: true }
}

function periodOf(
  { period, from, until }: GivenPeriod,
  settings: Settings,
  bounds: Asked['bounds'],
  day: Day,
): { period: Period; byDefault: boolean } {
  if (period !== undefined)
    return { period: properName(parsePeriod(period, settings), settings), byDefault: false }
  if (from === undefined && until === undefined) {
    return { period: containing('quarter', bounds?.last ?? day, settings), byDefault: true }
  }
  // One end alone: the other is where the records end, or the day asked for itself.
  const start = from ?? earlier(bounds?.first ?? '0001-01-01', until ?? day)
  const end = until ?? later(nextDay(bounds?.last ?? day), nextDay(start))
  return { period: properName(customPeriod(start, end), settings), byDefault: false }
}

const nextDay = (day: Day) => containing('day', day, { fiscalFirstMonth: 1, weekStart: 1 }).until

/** Days that make a whole quarter are that quarter, however they were written. */
function properName(period: Period, settings: Settings): Period {
  if (period.kind !== 'custom') return period
  const same = timeDimensions
    .map((kind) => containing(kind, period.from, settings))
    .find((named) => named.from === period.from && named.until === period.until)
  return same ?? period
}

export function shownPeriod({ id, from, until }: Period, byDefault = false) {
  return { id, from, until, byDefault }
}

/** Refuses `results.dimension_not_allowed` where a metric has no such dimension. */
export function checkDimensions(
  asked: readonly MetricId[],
  dimensions: Iterable<DimensionId>,
): void {
  for (const dimension of dimensions) {
    for (const id of asked) {
      if (metrics[id].dimensions.includes(dimension)) continue
      throw new Refusal({
        code: 'results.dimension_not_allowed',
        message: `${metrics[id].name.en} cannot be told by ${dimensionNames[dimension].en.toLowerCase()}.`,
        field: 'by',
        next: `It can be told by ${metrics[id].dimensions.join(', ')}.`,
        status: 422,
      })
    }
  }
}

/** Dimensions that a filter speaks of. */
export function dimensionsOf(where: Partial<Record<DimensionId, unknown>>): DimensionId[] {
  return (Object.keys(where) as DimensionId[]).filter((dimension) => where[dimension] !== undefined)
}
