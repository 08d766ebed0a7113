// What a quota is about and who carries it, read from what people write, with what cannot be.
import type { Days } from '../../basics/days.ts'
import type { CalendarSettings, Period } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type DimensionId, type MetricId, metricIds } from '../results/contract.ts'
import {
  addsUpOverTime,
  dimensionNames,
  metricMeant,
  metrics,
  type NarrowedTo,
  readCells,
} from '../results/door.ts'
import { positionByName, type Settings, settingsOf, teamsLed } from '../team/door.ts'
import { narrowingText, type PeriodKind, quotaPeriod } from './calc/quota-key.ts'
import type { Within } from './store.ts'
import { type HolderRow, hangingBelow, holdersById, sellersWithin } from './store-holders.ts'
import { positionsHeldBy, positionsOf } from './store-positions.ts'

export type Where = Parameters<typeof readCells>[1]

export interface Subject {
  metric: MetricId
  unit: 'money' | 'count'
  /** Base currency for money, null for what is counted. */
  currency: string | null
  filters: NarrowedTo[]
  where: Record<string, string[]>
  narrowing: string
  period: Period & { kind: PeriodKind }
  settings: Settings
}

/** Who carries a quota, and days, are no filters of it. */
const notFilters: ReadonlySet<DimensionId> = new Set([
  'seller',
  'team',
  'manager',
  'office',
  'stage',
  'lost-reason',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscal-quarter',
  'fiscal-year',
])

function unitOf(metric: MetricId): 'money' | 'count' | undefined {
  const { unit, good, dimensions, measured } = metrics[metric]
  const carried = good === 'up' && measured && dimensions.includes('seller')
  return carried && (unit === 'money' || unit === 'count') ? unit : undefined
}

/** The metric meant by its id or its name in either language, with its unit; undefined if it can be no quota. */
export function quotaMetric(meant: string): { id: MetricId; unit: 'money' | 'count' } | undefined {
  const id = metricMeant(meant)
  const unit = id && unitOf(id)
  return id && unit ? { id, unit } : undefined
}

/** Refuses `quota.metric_unfit` for what nobody can be given an amount of. */
export function quotaUnit(metric: MetricId): 'money' | 'count' {
  const unit = unitOf(metric)
  if (unit) return unit
  throw new Refusal({
    code: 'quota.metric_unfit',
    message: `A quota is an amount to be reached, and ${metrics[metric].name.en.toLowerCase()} is none.`,
    field: 'metric',
    next: `Choose one of: ${metricIds.filter((id) => unitOf(id)).join(', ')}.`,
    status: 422,
  })
}

/** Filters by id; refuses `quota.filter_unfit` and `results.unknown_cell`. */
export async function readFilters(
  tx: Tx,
  metric: MetricId,
  where: Where,
  calendar: CalendarSettings,
): Promise<Pick<Subject, 'filters' | 'where' | 'narrowing'>> {
  for (const dimension of Object.keys(where) as DimensionId[]) {
    if (!notFilters.has(dimension) && metrics[metric].dimensions.includes(dimension)) continue
    throw new Refusal({
      code: 'quota.filter_unfit',
      message: `A quota of ${metrics[metric].name.en.toLowerCase()} cannot be narrowed by ${dimensionNames[dimension].en.toLowerCase()}.`,
      field: `where.${dimension}`,
      next: 'Narrow it by what is sold or to whom, such as family, region or industry.',
      status: 422,
    })
  }
  const filters = await readCells(tx, where, calendar)
  const byId = Object.fromEntries(
    filters.map(({ dimension, cells }) => [dimension, cells.map(({ id }) => id)]),
  )
  return { filters, where: byId, narrowing: narrowingText(byId) }
}

export async function readSubject(
  tx: Tx,
  given: { metric: MetricId; where: Where; period: string },
): Promise<Subject> {
  const settings = await settingsOf(tx)
  const unit = quotaUnit(given.metric)
  return {
    metric: given.metric,
    unit,
    currency: unit === 'money' ? settings.baseCurrency : null,
    ...(await readFilters(tx, given.metric, given.where, settings)),
    period: quotaPeriod(given.period, settings),
    settings,
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The id meant by an id or a name. Refuses `results.unknown_cell` with the nearest names, `position.not_found`. */
export async function idOf(
  tx: Tx,
  kind: HolderRow['kind'],
  meant: string,
  calendar: CalendarSettings,
): Promise<string> {
  if (uuid.test(meant)) return meant.toLowerCase()
  if (kind === 'position') {
    const id = await positionByName(tx, meant)
    if (id === undefined) throw notFound('position')
    return id
  }
  const [found] = await readCells(tx, { [kind]: [meant] } as Where, calendar)
  return found?.cells[0]?.id ?? meant
}

const holderKinds = ['seller', 'team', 'position'] as const

export interface HolderGiven {
  seller?: string | undefined
  team?: string | undefined
  position?: string | undefined
}

/** The holders meant, in order. Refuses those that are not there, are gone, or are named wrongly. */
export async function readHolders(
  tx: Tx,
  given: readonly HolderGiven[],
  period: Days,
  calendar: CalendarSettings,
): Promise<HolderRow[]> {
  const meant: { kind: HolderRow['kind']; id: string }[] = []
  for (const one of given) {
    const [kind, second] = holderKinds.filter((each) => one[each] !== undefined)
    if (kind === undefined || second !== undefined) {
      throw new Refusal({
        code: 'quota.one_holder',
        message: 'A quota belongs to a seller, a team or a position.',
        field: second ?? 'seller',
        next: 'Name exactly one of them.',
        status: 422,
      })
    }
    meant.push({ kind, id: await idOf(tx, kind, one[kind] ?? '', calendar) })
  }
  const found = new Map<string, HolderRow>()
  for (const kind of holderKinds) {
    const ids = meant.filter((one) => one.kind === kind).map(({ id }) => id)
    if (ids.length === 0) continue
    for (const row of await holdersById(tx, kind, ids)) found.set(row.id, row)
  }
  return meant.map(({ kind, id }) => {
    const row = found.get(id)
    if (!row) throw notFound(kind)
    refuseGone(row, period)
    return row
  })
}

function refuseGone(row: HolderRow, period: Days): void {
  if (row.kind === 'team' && row.state !== 'active') {
    throw new Refusal({
      code: 'quota.team_dissolved',
      message: `The team “${row.name}” is dissolved and can be given no quota.`,
      field: 'team',
      next: 'Choose a team that is there, or bring this one back.',
      status: 422,
      particulars: { team: row.name },
    })
  }
  if (row.kind === 'position' && row.state !== 'active') {
    throw new Refusal({
      code: 'quota.position_gone',
      message: `The position “${row.name}” is archived and can be given no quota.`,
      field: 'position',
      next: 'Choose a position that is there, or bring this one back.',
      status: 422,
      particulars: { position: row.name },
    })
  }
  const left = row.left_on !== null && row.left_on <= period.from
  if (row.kind === 'seller' && (row.state !== 'active' || left)) {
    throw new Refusal({
      code: 'quota.seller_left',
      message: `${row.name} is no longer there in this period and can be given no quota.`,
      field: 'seller',
      next: 'Choose somebody else or an earlier period, or correct the day of leaving.',
      status: 422,
      particulars: { seller: row.name },
    })
  }
}

/** Refuses `quota.metric_unfit` for a position where its holders' figures cannot be added up. */
export function refusePositionsOf(
  metric: MetricId,
  holders: readonly Pick<HolderRow, 'kind'>[],
): void {
  if (addsUpOverTime(metric) || !holders.some(({ kind }) => kind === 'position')) return
  throw new Refusal({
    code: 'quota.metric_unfit',
    message: `What a position reaches is added up over those who held it, and ${metrics[metric].name.en.toLowerCase()} does not add up.`,
    field: 'metric',
    next: `Choose one of: ${metricIds.filter((id) => unitOf(id) && addsUpOverTime(id)).join(', ')}.`,
    status: 422,
  })
}

export async function withinOf(ctx: Ctx, tx: Tx): Promise<Within> {
  return { asking: ctx, teams: ctx.reach === 'team' ? await teamsLed(ctx, tx) : [] }
}

/** Refuses `quota.not_yours` where one of the holders lies outside what the person may change. */
export async function refuseOthers(
  ctx: Ctx,
  tx: Tx,
  holders: readonly Pick<HolderRow, 'kind' | 'id' | 'name'>[],
  period: Days,
): Promise<void> {
  if (ctx.reach === 'all') return
  const reached = await sellersWithin(tx, ctx, idsOf(holders, 'seller'), period)
  const led = ctx.reach === 'team' ? await teamsLed(ctx, tx) : []
  for (const id of [...led, ...(await positionsOf(tx, idsOf(holders, 'position'), led))]) {
    reached.add(id)
  }
  const other = holders.find(({ id }) => !reached.has(id))
  if (!other) return
  throw new Refusal({
    code: 'quota.not_yours',
    message: `The quota of ${other.name} lies outside what you may change.`,
    field: other.kind,
    next: 'Ask who leads the team, or an administrator.',
    status: 403,
    particulars: { name: other.name },
  })
}

/**
 * Holders whose quota the person may not approve: a manager approves neither the own one, nor that of a
 * position held now or at another time, nor that of a team, unless a team above it is led, too.
 */
export async function notApprovable(
  ctx: Ctx,
  tx: Tx,
  holders: readonly Pick<HolderRow, 'kind' | 'id'>[],
): Promise<Set<string>> {
  if (ctx.reach === 'all') return new Set()
  const below = await hangingBelow(tx, idsOf(holders, 'team'), await teamsLed(ctx, tx))
  const { sellerId } = ctx.who
  const own = sellerId === null ? new Set<string>() : await positionsHeldBy(tx, sellerId)
  const isOwn = ({ kind, id }: Pick<HolderRow, 'kind' | 'id'>) =>
    kind === 'team' ? !below.has(id) : kind === 'position' ? own.has(id) : id === sellerId
  return new Set(holders.filter(isOwn).map(({ id }) => id))
}

export const idsOf = (holders: readonly Pick<HolderRow, 'kind' | 'id'>[], of: HolderRow['kind']) =>
  holders.filter(({ kind }) => kind === of).map(({ id }) => id)

/** Refuses `quota.own_approval`. */
export async function refuseOwnApproval(
  ctx: Ctx,
  tx: Tx,
  holders: readonly Pick<HolderRow, 'kind' | 'id' | 'name'>[],
): Promise<void> {
  const not = await notApprovable(ctx, tx, holders)
  const own = holders.find(({ id }) => not.has(id))
  if (!own) return
  throw new Refusal({
    code: 'quota.own_approval',
    message: `Nobody approves the own quota, and that of ${own.name} is yours.`,
    next: 'Propose it; whoever leads the team above approves it.',
    status: 403,
    particulars: { name: own.name },
  })
}
