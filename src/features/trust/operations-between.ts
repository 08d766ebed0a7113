// What changed in the books between two days: the difference, its reasons, and the list of changes.
import type { Implements } from '../../basics/contract.ts'
import { addDays, type Day, type Period, parsePeriod } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows } from '../../platform/database/paging.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Known, knownAt, revenueByMonth } from '../results/door.ts'
import { type Settings, settingsOf, today } from '../team/door.ts'
import { monthsBetween, restated } from './calc/between.ts'
import type { betweenContract } from './contract-between.ts'
import {
  changeRows,
  changesOf,
  type EffectQuestion,
  type EffectRow,
  effectsOf,
  erasOf,
  listEffects,
  personNames,
  type TouchedByChange,
  tablesByChange,
  tablesOf,
} from './store-between.ts'

/** What reading needs of the context: one read, and which day it is. */
type Asking = Pick<Ctx, 'read' | 'clock'>

export const betweenOperations: Implements<typeof betweenContract, Asking> = {
  'trust.between': (ctx, input) =>
    ctx.read(async (tx) => {
      const about = await askBetween(ctx, tx, input)
      return differenceOf(tx, about)
    }),

  'trust.between-changes': (ctx, { order, cursor, limit, ...input }) =>
    ctx.read(async (tx) => {
      const about = await askBetween(ctx, tx, input)
      const chosen = await changesOf(tx, about.asked.stretch)
      if (!chosen) return { rows: [] }
      const found = await listEffects(tx, chosen, about.asked, { order, cursor, limit: limit + 1 })
      const page = pageOfRows(found, limit, ({ effect, revision }) =>
        order === 'latest' ? [revision] : [Math.abs(effect), revision],
      )
      return { ...page, rows: await describe(tx, page.rows) }
    }),
}

interface DaysGiven {
  earlier: Day
  later?: Day | undefined
  period?: string | undefined
}

interface About {
  settings: Settings
  earlier: Known & { day: Day }
  later: Known & { day: Day }
  period: Period | undefined
  asked: EffectQuestion
}

/** The revisions of both days. Refuses `trust.days_backwards`, and what `parsePeriod` refuses. */
async function askBetween({ clock }: Asking, tx: Tx, given: DaysGiven): Promise<About> {
  const settings = await settingsOf(tx)
  const day = today(clock, settings.zone)
  const later = given.later === undefined || given.later > day ? day : given.later
  if (given.earlier >= later) {
    throw new Refusal({
      code: 'trust.days_backwards',
      message: `${given.earlier} does not lie before ${later}.`,
      field: 'earlier',
      next: 'Choose an earlier first day; the books are compared as they were known at the end of each.',
      status: 422,
    })
  }
  const period = given.period === undefined ? undefined : parsePeriod(given.period, settings)
  const from = await knownAt(tx, given.earlier, settings.zone)
  const to = await knownAt(tx, later === day ? undefined : later, settings.zone)
  const stretch = { after: from.revision, upTo: to.revision }
  return {
    settings,
    earlier: { ...from, day: given.earlier },
    later: { ...to, day: later },
    period,
    asked: {
      stretch,
      eras: await erasOf(tx, stretch),
      days: period,
      toldUntil: addDays(given.earlier, 1),
    },
  }
}

/** Revenue by month as known on the later day, its sum, and of it what falls on days up to the earlier one. */
async function revenueLater(tx: Tx, { settings, later, asked }: About) {
  const { days, toldUntil } = asked
  const whole = days ?? { from: '0001-01-01', until: '9999-12-31' }
  const told = { from: whole.from, until: [toldUntil, whole.until].sort()[0] ?? '' }
  const frames = told.from < told.until ? [whole, told] : [whole]
  const rows = await revenueByMonth(tx, settings, later.past ? later.revision : undefined, frames)
  const sum = (frame: number, of: 'base' | 'unrated') =>
    rows.reduce((total, row) => (row.frame === frame ? total + row[of] : total), 0)
  return {
    months: new Map(rows.flatMap((row) => (row.frame === 0 ? [[row.month, row.base]] : []))),
    total: sum(0, 'base'),
    told: sum(1, 'base'),
    unrated: sum(0, 'unrated'),
  }
}

async function differenceOf(tx: Tx, about: About) {
  const { settings, earlier, later, period, asked } = about
  const known = await revenueLater(tx, about)
  const chosen = await changesOf(tx, asked.stretch)
  const effects = chosen ? await effectsOf(tx, chosen, asked) : []
  const all = effects.find(({ what }) => what === 'all') ?? { effect: 0, told: 0, unrated: 0 }
  return {
    currency: settings.baseCurrency,
    earlier: shownKnown(earlier),
    later: shownKnown(later),
    period: period ? { id: period.id, from: period.from, until: period.until } : null,
    changes: chosen?.count ?? 0,
    revenue: {
      ...restated(known.total, all.effect),
      told: restated(known.told, all.told),
      unrated: { earlier: known.unrated - all.unrated, later: known.unrated },
    },
    months: await monthsWithReasons(tx, settings, known.months, effects),
    operations: bySize(effects, 'operation').map(({ key, ...row }) => ({ operation: key, ...row })),
    people: await peopleOf(tx, effects),
    tables: chosen ? await tablesOf(tx, chosen) : [],
  }
}

function shownKnown({ day, revision, at }: Known & { day: Day }) {
  return { day, revision, at: revision === 0 ? null : at }
}

async function monthsWithReasons(
  tx: Tx,
  settings: Settings,
  later: ReadonlyMap<string, number>,
  effects: readonly EffectRow[],
) {
  const touched = effects.flatMap(({ what, key, changes, effect }) =>
    what === 'month' ? [{ month: key, changes, effect }] : [],
  )
  const reasons = effects.flatMap(({ what, key, changeId, effect }) =>
    what === 'because' && changeId !== null ? [{ month: key, changeId, effect }] : [],
  )
  const ids = [...new Set(reasons.map(({ changeId }) => changeId))]
  const changes = new Map((await changeRows(tx, ids)).map((row) => [row.id, row]))
  return monthsBetween(later, touched, reasons).map((row) => {
    const { from, until } = parsePeriod(row.month, settings)
    return {
      ...row,
      from,
      until,
      because: row.because.map((reason) => {
        const { operation = '', subject = {} } = changes.get(reason.changeId) ?? {}
        return { ...reason, operation, subject }
      }),
    }
  })
}

/** What moved most first; where nothing was moved, what was done most often. */
function bySize(effects: readonly EffectRow[], wanted: EffectRow['what']) {
  return effects
    .flatMap(({ what, key, changes, effect }) =>
      what === wanted ? [{ key, changes, effect }] : [],
    )
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || b.changes - a.changes)
}

async function peopleOf(tx: Tx, effects: readonly EffectRow[]) {
  const rows = bySize(effects, 'person')
  const names = await personNames(
    tx,
    rows.map(({ key }) => key),
  )
  return rows.map(({ key, changes, effect }) => ({
    person: { id: key, name: names.get(key) ?? '' },
    changes,
    effect,
  }))
}

/** Changes as they are listed: who, what, which rows, and the record or import they are about. */
async function describe(
  tx: Tx,
  effects: readonly { id: string; effect: number; unrated: number }[],
) {
  const ids = effects.map(({ id }) => id)
  const rows = new Map((await changeRows(tx, ids)).map((row) => [row.id, row]))
  const touched = Map.groupBy(await tablesByChange(tx, ids), ({ changeId }) => changeId)
  return effects.flatMap(({ id, effect, unrated }) => {
    const row = rows.get(id)
    if (!row) return []
    const { actor, actorName, batchId, ...change } = row
    const tables = touched.get(id) ?? []
    return [
      {
        ...change,
        actor: { id: actor, name: actorName ?? '' },
        effect,
        unrated,
        tables: tables.map(({ table, added, replaced, closed }) => ({
          table,
          added,
          replaced,
          closed,
        })),
        about: batchId === null ? aboutOf(tables) : { entity: 'import', id: batchId },
      },
    ]
  })
}

/** What a change is about, where several kinds of rows were touched: the first of these with one row. */
const subjects = [
  'deal',
  'order_head',
  'contract',
  'customer',
  'product',
  'contact',
  'seller',
  'team',
]

function aboutOf(tables: readonly TouchedByChange[]): { entity: string; id: string } | null {
  for (const entity of subjects) {
    const found = tables.find(({ table }) => table === entity)
    if (found) return found.only === null ? null : { entity, id: found.only }
  }
  return null
}
