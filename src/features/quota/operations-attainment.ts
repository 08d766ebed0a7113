// Attainment by holder and period: quotas of one metric against its figures, in one revision.
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import type { Days } from '../../basics/days.ts'
import type { Figure } from '../../basics/figure.ts'
import {
  containing,
  customPeriod,
  type Day,
  type Period,
  parsePeriod,
} from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { MetricId } from '../results/contract.ts'
import { knownAt, metrics, namesOfCells } from '../results/door.ts'
import {
  type Holding,
  holdingsOfPositions,
  type Settings,
  settingsOf,
  teamsBelow,
  today,
} from '../team/door.ts'
import { attainmentOf, type Language, standingOf } from './calc/attainment.ts'
import { kindOf, type PeriodKind, readNarrowing } from './calc/quota-key.ts'
import type { quotaContract } from './contract.ts'
import { heldIn, measuresOf } from './measures.ts'
import { holderOf, listQuotas, type QuotaRow, quotaSets, type SetRow } from './store.ts'
import { membersAmong, sellersAtWork } from './store-holders.ts'
import { positionsOf } from './store-positions.ts'
import { quotaUnit, readFilters, type Where, withinOf } from './subject.ts'

type Contract = typeof quotaContract
type Input = InputOf<Contract['quotas.attainment']>
type Output = OutputOf<Contract['quotas.attainment']>
type Cell = NonNullable<Output['rows'][number]['cells'][number]>

/** More columns nobody reads, and each is a stretch of days to be counted. */
const periodsMax = 60
const quotasMax = 20_000

interface Column extends Days {
  id: string
}

export async function attainment(ctx: Ctx, tx: Tx, input: Input): Promise<Output> {
  const settings = await settingsOf(tx)
  const known = await knownAt(tx, input.asOf, settings.zone)
  const day = today(ctx.clock, settings.zone)
  const lang = input.lang ?? settings.locale
  const revision = known.past ? known.revision : undefined
  const within = await withinOf(ctx, tx)
  const sets = await quotaSets(tx, within, revision, day)
  const about = await chosen(tx, input, sets, settings)
  const { metric, narrowing, filters, grain, set } = about
  const unit = quotaUnit(metric)
  const span = spanOf(input.period, grain, set, settings)
  const rows = span
    ? await listQuotas(
        tx,
        { kind: 'quota', metric, narrowing, from: span.from, until: span.until },
        within,
        { revision, limit: quotasMax },
      )
    : []
  const tree = input.teamId === undefined ? undefined : await teamsBelow(tx, input.teamId)
  const shown = await narrowed(tx, rows, input, grain, tree)
  const periods = periodsOf(shown)
  const holders = holdersOf(shown)
  const { where } = about
  // Of all positions with a quota, also where others are looked at: who holds one is not without.
  const positions = [...new Set(rows.flatMap((row) => row.position_id ?? []))]
  const holdings = await holdingsOfPositions(tx, positions, revision)
  const figures = await measuresOf(
    ctx,
    tx,
    { metric, where, frames: periods, known, lang },
    holders,
    holdings,
  )
  const heldBy = holdersByPeriod(holdings, periods)
  const cells = holders.map((holder) =>
    periods.map((period, i) => {
      const row = holder.rows.get(period.id)
      if (!row) return null
      const measure = figures(i, holder.id)
      const target = { state: row.state, amount: row.base_amount }
      return {
        period: period.id,
        quotaId: row.id,
        version: row.version,
        state: row.state,
        amount: row.base_amount,
        said: saidOf(row),
        heldBy: heldBy(holder.id, i),
        measure,
        attainment: attainmentOf(target, measure, lang),
      }
    }),
  )
  const place = readCursor(input.cursor, ['int'])
  const start = place ? Number(place[0]) : 0
  const listed = holders.map((holder, i) => ({ holder, cells: cells[i] ?? [], at: i + 1 }))
  const page = pageOfRows(listed.slice(start, start + input.limit + 1), input.limit, ({ at }) => [
    at,
  ])
  const outPeriods: Output['periods'] = []
  for (const [i, period] of periods.entries()) {
    const column = cells.flatMap((row) => row[i] ?? [])
    const approved = column.filter(({ state }) => state === 'approved')
    const carrying = new Set(
      holders.filter((_, at) => cells[at]?.[i]?.state === 'approved').map(({ id }) => id),
    )
    const atWork =
      input.by === 'seller'
        ? await sellersAtWork(tx, ctx, period, { sellerId: input.sellerId, teams: tree })
        : []
    // Whoever holds a position with a quota has one.
    for (const row of rows) {
      if (row.position_id === null || row.period !== period.id || row.state !== 'approved') continue
      for (const one of heldBy(row.position_id, i)) carrying.add(one.id)
    }
    outPeriods.push({
      id: period.id,
      from: period.from,
      until: period.until,
      begun: period.from <= day,
      over: period.until <= day,
      standing: standingOf(approved.map((cell) => cell.attainment)),
      without: atWork.filter((id) => !carrying.has(id)).length,
      ...wholeOf(metric, approved, lang),
    })
  }
  const focus = [...outPeriods].reverse().find(({ begun }) => begun) ?? outPeriods[0]
  return {
    revision: known.revision,
    metric,
    name: metrics[metric].name[lang],
    unit,
    currency: unit === 'money' ? settings.baseCurrency : null,
    filters,
    grain: grain ?? null,
    span: span ? { id: span.id, from: span.from, until: span.until } : null,
    sets: await setsOut(tx, sets, lang),
    focus: focus?.id ?? null,
    periods: outPeriods,
    proposed: cells.flat().filter((cell) => cell?.state === 'proposed').length,
    rows: page.rows.map(({ holder, cells: row }) => ({
      holder: { kind: holder.kind, id: holder.id, name: holder.name, gone: holder.gone },
      cells: row,
    })),
    total: holders.length,
    ...(page.next === undefined ? {} : { next: page.next }),
  }
}

/** What is looked at: as asked, else what the newest quotas are for. */
async function chosen(
  tx: Tx,
  input: Input,
  sets: readonly SetRow[],
  settings: Settings,
): Promise<{
  metric: MetricId
  narrowing: string
  where: Where
  filters: Output['filters']
  grain: PeriodKind | undefined
  set: SetRow | undefined
}> {
  const mine = sets.filter(({ by }) => by === input.by)
  const given = Object.keys(input.where).length > 0
  const first = input.metric === undefined && !given ? mine[0] : undefined
  const metric = (input.metric ?? first?.metric ?? 'revenue') as MetricId
  const filter = first
    ? {
        narrowing: first.narrowing,
        where: readNarrowing(first.narrowing) as Where,
        filters: await namesOfCells(tx, readNarrowing(first.narrowing)),
      }
    : await readFilters(tx, metric, input.where, settings)
  const same = mine.filter((one) => one.metric === metric && one.narrowing === filter.narrowing)
  const set =
    input.grain === undefined
      ? same[0]
      : same.find(({ example }) => kindOf(example) === input.grain)
  const grain = input.grain ?? (set ? kindOf(set.example) : undefined)
  return { metric, ...filter, where: filter.where as Where, grain, set }
}

/** The days to show: as asked, else the year of the last quota that has begun. */
function spanOf(
  asked: string | undefined,
  grain: PeriodKind | undefined,
  set: SetRow | undefined,
  settings: Settings,
): Period | undefined {
  if (asked !== undefined) return parsePeriod(asked, settings)
  if (!set || !grain) return undefined
  const on = set.begun ?? set.last
  // Of years, the last four beside each other.
  if (grain === 'year' || grain === 'fiscal-year') {
    const last = containing(grain, on, settings)
    return customPeriod(yearsBefore(last.from, 3), last.until)
  }
  return containing(grain === 'fiscal-quarter' ? 'fiscal-year' : 'year', on, settings)
}

const yearsBefore = (day: Day, years: number): Day =>
  `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`

async function narrowed(
  tx: Tx,
  rows: readonly QuotaRow[],
  input: Input,
  grain: PeriodKind | undefined,
  tree: readonly string[] | undefined,
): Promise<QuotaRow[]> {
  const fitting = rows.filter(
    (row) =>
      kindOf(row.period) === grain &&
      row[`${input.by}_id`] !== null &&
      (input.sellerId === undefined || row.seller_id === input.sellerId) &&
      (input.positionId === undefined || row.position_id === input.positionId),
  )
  if (tree === undefined) return fitting
  if (input.by === 'team') return fitting.filter((row) => tree.includes(row.holder_id))
  if (input.by === 'position') {
    const holders = fitting.map((row) => row.holder_id)
    const ofTeams = await positionsOf(tx, holders, tree)
    return fitting.filter((row) => ofTeams.has(row.holder_id))
  }
  const kept: QuotaRow[] = []
  for (const period of periodsOf(fitting)) {
    const here = fitting.filter((row) => row.period === period.id)
    const members = await membersAmong(
      tx,
      here.map((row) => row.holder_id),
      tree,
      period,
    )
    kept.push(...here.filter((row) => members.has(row.holder_id)))
  }
  return kept
}

function periodsOf(rows: readonly QuotaRow[]): Column[] {
  const found = new Map<string, Column>()
  for (const row of rows) {
    found.set(row.period, { id: row.period, from: row.valid_from, until: row.valid_until })
  }
  const periods = [...found.values()].sort((a, b) => (a.from < b.from ? -1 : 1))
  if (periods.length <= periodsMax) return periods
  throw new Refusal({
    code: 'quota.too_many_periods',
    message: `There are quotas for ${periods.length} periods; at most ${periodsMax} fit beside each other.`,
    field: 'period',
    next: 'Choose a shorter span, or longer periods.',
    status: 422,
    particulars: { periods: periods.length, most: periodsMax },
  })
}

type HolderRows = ReturnType<typeof holderOf> & { rows: Map<string, QuotaRow> }

function holdersOf(rows: readonly QuotaRow[]): HolderRows[] {
  const found = new Map<string, HolderRows>()
  for (const row of rows) {
    const holder = found.get(row.holder_id) ?? {
      ...holderOf(row),
      rows: new Map<string, QuotaRow>(),
    }
    holder.rows.set(row.period, row)
    found.set(row.holder_id, holder)
  }
  return [...found.values()].sort((a, b) =>
    a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1,
  )
}

/** What was said, where that was another currency than the base one. */
function saidOf({ amount, currency, rate_on }: QuotaRow): Cell['said'] {
  return currency === null || rate_on === null ? null : { amount, currency, rateOn: rate_on }
}

/** Who held which position in which period, in order of days. */
function holdersByPeriod(
  holdings: readonly Holding[],
  periods: readonly Days[],
): (position: string, period: number) => Cell['heldBy'] {
  const byPosition = Map.groupBy(holdings, ({ position }) => position.id)
  return (position, at) => {
    const period = periods[at]
    if (!period) return []
    const held = (byPosition.get(position) ?? []).flatMap((holding) => {
      const days = heldIn(holding, period)
      return days ? [{ ...holding.seller, ...days }] : []
    })
    return held.reverse()
  }
}

/** All holders with a quota together; the measure only where parts add up. */
function wholeOf(
  metric: MetricId,
  approved: readonly { amount: number; measure: Figure; attainment: Figure }[],
  lang: Language,
): Pick<Output['periods'][number], 'quota' | 'measure' | 'attainment'> {
  const quota = approved.reduce((sum, { amount }) => sum + amount, 0)
  const values = approved.map(({ measure }) => measure.value)
  const [first] = approved
  if (!metrics[metric].additive || !first || values.includes(undefined)) return { quota }
  const value = values.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  const { unit, currency } = first.measure
  const measure: Figure = {
    value,
    ...(unit === undefined ? {} : { unit }),
    ...(currency === undefined ? {} : { currency }),
  }
  return {
    quota,
    measure,
    attainment: attainmentOf({ state: 'approved', amount: quota }, measure, lang),
  }
}

async function setsOut(tx: Tx, sets: readonly SetRow[], lang: Language): Promise<Output['sets']> {
  const out: Output['sets'] = []
  for (const { metric, narrowing, by, example, quotas } of sets) {
    const where = readNarrowing(narrowing)
    out.push({
      metric: metric as MetricId,
      name: metrics[metric as MetricId].name[lang],
      where,
      filters: await namesOfCells(tx, where),
      by,
      grain: kindOf(example),
      quotas,
    })
  }
  return out
}
