// The forecasts of the day: which are due, made scope by scope, kept in batches, for every organisation in turn.
import type { Implements } from '../../basics/contract.ts'
import { containing, type Day } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import { type Fields, insertRecord } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { callOperation, type Program } from '../../platform/operations.ts'
import type { MetricId } from '../results/contract.ts'
import { seriesDay } from '../results/door.ts'
import { organisations, principalOf } from '../team/door.ts'
import type { forecastContract } from './contract.ts'
import { recordOf } from './operations-keep.ts'
import { type Forecast, forecastFrom, readForecast, standing } from './operations-made.ts'
import { ReadOnce } from './read-once.ts'
import {
  dataRevision,
  keptAlready,
  lastKept,
  lastRound,
  noteRound,
  oneAtATime,
  type Round,
  type Standing,
  scopesOf,
} from './store.ts'

/** What is kept by itself: these metrics by month, as far ahead as the page shows at first. */
const metrics = ['revenue', 'deals-won'] as const satisfies readonly MetricId[]
const asked = { by: 'month', horizon: 6 } as const

/** Forecasts that one change keeps, and that are in memory at once. */
const batchMost = 50

export const dailyOperations: Implements<
  Pick<typeof forecastContract, 'forecast.keep-daily'>,
  Ctx
> = {
  'forecast.keep-daily': async (ctx) => {
    const { round, due, sellers, there } = await ctx.read((tx) => dueOf(ctx, tx))
    const told = { changeIds: [] as string[], kept: 0, there, short: 0 }
    if (!round || due.length === 0) return told
    const once = new ReadOnce(sellers)
    const waiting: Kept[] = []
    const keep = async () => {
      const { kept, changeId } = await keepBatch(ctx, waiting.splice(0))
      told.changeIds.push(changeId)
      told.kept += kept
    }
    const faults: unknown[] = []
    /** Metrics of which the organisation itself has too little: its teams and sellers have no more. */
    const short = new Set<MetricId>()
    for (const one of due) {
      ctx.signal.throwIfAborted()
      if (short.has(one.metric)) {
        told.short += 1
        continue
      }
      try {
        const found = await forecastDue(ctx, one, once)
        if (found === undefined) told.there += 1
        else if (found.made.method) {
          const stands = standing(found.question, found.facts)
          waiting.push({ stands, fields: recordOf(found, ctx.who.personId) })
        } else {
          told.short += 1
          if (one.scope === 'organisation') short.add(one.metric)
        }
      } catch (error) {
        // One team that cannot be forecast must not keep all others from it.
        if (ctx.signal.aborted || one.scope === 'organisation') throw error
        faults.push(error)
      }
      if (waiting.length >= batchMost) await keep()
    }
    if (waiting.length > 0) await keep()
    if (faults.length > 0) throw faults[0]
    await ctx.db.housekeep(ctx.who, (tx) => noteRound(tx, round))
    return told
  },
}

type Due = Pick<Standing, 'scope' | 'scopeId'> & { metric: MetricId }

interface Kept {
  stands: Standing
  fields: Fields
}

/**
 * The organisation and its teams each day, sellers once a week: a month of one seller is graded as well by
 * four forecasts as by thirty that say nearly the same, and what is kept is never thrown away. Nothing is due
 * where nothing is on record, nor where all was asked for already on the same day and the same data – which,
 * once records have ended, is for good, because their day stays the one after the last of them.
 */
async function dueOf(ctx: Ctx, tx: Tx) {
  const on = await seriesDay(ctx, tx)
  if (!on) return { round: undefined, due: [], sellers: [], there: 0 }
  const { day, recordsEnded, settings } = on
  const week = containing('week', day, settings).from
  const { teams, sellers } = await scopesOf(tx)
  const ended = recordsEnded ? day : undefined
  const rows = await lastKept(tx, {
    metrics,
    grain: asked.by,
    horizon: asked.horizon,
    since: week,
    ended,
  })
  const key = ({ metric, scope, scopeId }: Omit<Standing, 'madeOn' | 'grain' | 'horizon'>) =>
    `${metric} ${scope} ${scopeId}`
  const kept = new Map<string, Day>(rows.map((row) => [key(row), row.madeOn]))
  const scopes: Pick<Standing, 'scope' | 'scopeId'>[] = [
    { scope: 'organisation', scopeId: tx.orgId },
    ...teams.map((scopeId) => ({ scope: 'team', scopeId }) as const),
    ...sellers.map((scopeId) => ({ scope: 'seller', scopeId }) as const),
  ]
  const all = scopes.flatMap((scope) => metrics.map((metric): Due => ({ ...scope, metric })))
  const open = all.filter(
    (one) => (kept.get(key(one)) ?? '') < (one.scope === 'seller' ? week : day),
  )
  const round: Round = { madeOn: day, revision: await dataRevision(tx) }
  const last = await lastRound(tx)
  const over = last?.madeOn === day && last.revision === round.revision
  return { round, due: over ? [] : open, sellers, there: all.length - open.length }
}

/** The forecast, made as for a page; undefined where it was kept meanwhile, or taken back. */
async function forecastDue(
  ctx: Ctx,
  { metric, scope, scopeId }: Due,
  once: ReadOnce,
): Promise<Forecast | undefined> {
  const question = { metric, ...asked, ...(scope === 'organisation' ? {} : { [scope]: scopeId }) }
  const read = await ctx.read(async (tx) => {
    once.begin({ revision: await dataRevision(tx), scope: `${scope} ${scopeId}` })
    return readForecast(ctx, tx, question, once)
  })
  return read.kept || read.takenBack ? undefined : forecastFrom(ctx, question, read)
}

async function keepBatch(ctx: Ctx, batch: readonly Kept[]) {
  const { result, changeId = '' } = await ctx.db.write(ctx.who, ctx.operation, async (tx) => {
    await oneAtATime(tx)
    let kept = 0
    for (const { stands, fields } of batch) {
      // Somebody may have looked at the same a moment ago.
      if (await keptAlready(tx, stands)) continue
      await insertRecord(tx, 'forecast', fields)
      kept += 1
    }
    tx.describe({ rows: kept })
    return kept
  })
  return { kept: result, changeId }
}

/**
 * The nightly task, for every organisation people work in; of the invented one only what is looked at is kept.
 * Where it fails for one, that is said and the others go on; what is left of it is made up for the next night.
 */
export async function keepForecasts(
  program: Program,
  { signal, log }: { signal: AbortSignal; log(line: string): void },
): Promise<void> {
  for (const one of await organisations(program.db)) {
    if (one.kind !== 'own' || !one.setUp) continue
    signal.throwIfAborted()
    try {
      await callOperation(program, principalOf(one), 'forecast.keep-daily', {}, { signal })
    } catch (error) {
      signal.throwIfAborted()
      const why = error instanceof Error ? error.message : String(error)
      log(`The forecasts of the organisation “${one.slug}” could not all be kept: ${why}`)
    }
  }
}
