// A number handed down: what is proposed for each, and the one change that writes what was agreed.
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import { type Days, overlap } from '../../basics/days.ts'
import type { Figure } from '../../basics/figure.ts'
import { fromMinor } from '../../basics/money.ts'
import { addDays, parts as partsOfPeriod, yearAgo } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { workingDays, workingTimes } from '../calendars/door.ts'
import { metrics } from '../results/door.ts'
import {
  type Holding,
  holdingsOfPositions,
  sinceEver,
  teamsBelow,
  untilFurtherNotice,
} from '../team/door.ts'
import { loadOf, partsOf, type RampMonth, remainderOf } from './calc/allocate.ts'
import type { quotaContract } from './contract.ts'
import { heldIn, measuresOf } from './measures.ts'
import { type Potential, potentialOf, wasThere } from './potential.ts'
import { quotasOf } from './store.ts'
import { type HolderRow, holdersBelow, holdersMax, membersAmong } from './store-holders.ts'
import { positionsOf } from './store-positions.ts'
import { countQuotas, recordDecision, type Wanted, writeQuotas } from './store-write.ts'
import {
  idOf,
  idsOf,
  notApprovable,
  readHolders,
  readSubject,
  refuseOthers,
  refuseOwnApproval,
  refusePositionsOf,
  type Subject,
  type Where,
} from './subject.ts'

type Contract = typeof quotaContract
type Plan = OutputOf<Contract['quotas.plan']>

export async function plan(
  ctx: Ctx,
  tx: Tx,
  input: InputOf<Contract['quotas.plan']>,
): Promise<Plan> {
  const subject = await readSubject(tx, input)
  const team = await teamOf(ctx, tx, input.team, subject)
  const holders = await amongWhom(ctx, tx, team, input.to, subject.period)
  refusePositionsOf(subject.metric, holders)
  const key = {
    metric: subject.metric,
    narrowing: subject.narrowing,
    period: subject.period.id,
  }
  const all = [...holders.map(({ id }) => id), ...(team ? [team.id] : [])]
  const quotas = await quotasOf(tx, all, { kind: 'quota', ...key })
  const current = new Map(quotas.map((row) => [row.holder_id, row]))
  const teamQuota = team ? (current.get(team.id)?.base_amount ?? null) : null
  const inHand = holders.reduce((sum, { id }) => sum + (current.get(id)?.base_amount ?? 0), 0)
  const total = input.total ?? teamQuota ?? inHand
  const lang = input.lang ?? subject.settings.locale
  const holdings = await holdingsOfPositions(tx, idsOf(holders, 'position'))
  const lastYear = await resultsYearAgo(ctx, tx, { holders, holdings, subject, lang })
  const potential =
    input.method === 'potential'
      ? await potentialOf(ctx, tx, {
          holders,
          holdings,
          subject,
          driver: input.driver,
          lastYear,
          lang,
        })
      : undefined
  const loads = await loadsOf(tx, holders, subject, input)
  const parts = divide(input, total, holders, { lastYear, loads, current, potential })
  const heldBy = holdersAtEnd(holdings, subject.period)
  const not = await notApprovable(ctx, tx, holders)
  return {
    metric: subject.metric,
    unit: subject.unit,
    currency: subject.currency,
    filters: subject.filters,
    period: { id: subject.period.id, from: subject.period.from, until: subject.period.until },
    team: team ? { id: team.id, name: team.name } : null,
    total,
    teamQuota,
    remainder: remainderOf(total, parts),
    potential: potential
      ? { driver: input.driver, unit: potential.unit, fit: potential.fit }
      : null,
    rows: holders.map((holder, i) => {
      const there = current.get(holder.id)
      return {
        holder: { kind: holder.kind, id: holder.id, name: holder.name, gone: false },
        joinedOn: holder.joined_on,
        heldBy: heldBy.get(holder.id) ?? null,
        lastYear: lastYear[i] ?? {},
        wholeLastYear: wasThere(holder, yearAgo(subject.period)),
        potential: potential?.places[i] ?? null,
        expected: potential?.expected[i] ?? null,
        load: loads[i] ?? 1,
        part: parts[i] ?? 0,
        current: there?.base_amount ?? null,
        currentState: there?.state ?? null,
        commitment: there?.commitment ?? null,
      }
    }),
    mayApprove: not.size === 0,
  }
}

/** The team whose number it is, which must be there and within reach. */
async function teamOf(
  ctx: Ctx,
  tx: Tx,
  meant: string | undefined,
  { period, settings }: Subject,
): Promise<HolderRow | undefined> {
  if (meant === undefined) return undefined
  const [team] = await readHolders(
    tx,
    [{ team: await idOf(tx, 'team', meant, settings) }],
    period,
    settings,
  )
  if (!team) throw notFound('team')
  await refuseOthers(ctx, tx, [team], period)
  return team
}

async function amongWhom(
  ctx: Ctx,
  tx: Tx,
  team: HolderRow | undefined,
  to: 'level' | 'people',
  period: Days,
): Promise<HolderRow[]> {
  const holders = await holdersBelow(tx, team?.id, to, period)
  if (holders.length === 0) {
    throw new Refusal({
      code: 'quota.nobody',
      message: team
        ? `In the team “${team.name}” there is nobody on the last day of the period, and no position.`
        : 'There is nobody to divide the number among.',
      field: 'team',
      next: 'Choose another team or period, or put people into the team first.',
      status: 422,
      particulars: team ? { team: team.name } : {},
    })
  }
  if (holders.length > holdersMax) {
    throw new Refusal({
      code: 'quota.nobody',
      message: `There are more than ${holdersMax} people; that is too many to divide a number among at once.`,
      field: 'to',
      next: 'Divide it among teams first, and in each team among its people.',
      status: 422,
      particulars: { most: holdersMax },
    })
  }
  await refuseOthers(ctx, tx, holders, period)
  return holders
}

/** What each reached in the same period a year ago, by the figures of results. */
async function resultsYearAgo(
  ctx: Ctx,
  tx: Tx,
  {
    holders,
    holdings,
    subject: { metric, where, period },
    lang,
  }: {
    holders: readonly HolderRow[]
    holdings: readonly Holding[]
    subject: Subject
    lang: 'en' | 'de'
  },
): Promise<Figure[]> {
  const asked = { metric, frames: [yearAgo(period)], where: where as Where, lang }
  const figures = await measuresOf(ctx, tx, asked, holders, holdings)
  return holders.map(({ id }) => figures(0, id))
}

/** Who holds which position on the last day of the period. */
function holdersAtEnd(holdings: readonly Holding[], { until }: Days): ReadonlyMap<string, string> {
  const lastDay = { from: addDays(until, -1), until }
  const then = holdings.filter((holding) => heldIn(holding, lastDay))
  return new Map(then.map(({ position, seller }) => [position.id, seller.name]))
}

/** How much of a whole number falls to each by ramp and working days; teams and positions carry whole ones. */
async function loadsOf(
  tx: Tx,
  holders: readonly HolderRow[],
  { period, settings }: Subject,
  { ramp, workingDays: proRata }: { ramp: readonly number[]; workingDays: boolean },
): Promise<number[]> {
  const months = partsOfPeriod(period, 'month', settings)
  const people = holders.filter(({ kind }) => kind === 'seller')
  const times = proRata
    ? await workingTimes(
        tx,
        [
          { kind: 'organisation' as const },
          ...people.map(({ id }) => ({ kind: 'seller' as const, id })),
        ],
        period.from,
        period.until,
      )
    : []
  const [everybody] = times
  const monthsOf = (holder: HolderRow): RampMonth[] => {
    const own = times[1 + people.indexOf(holder)]
    return months.map((month) => {
      if (!everybody || !own) return { whole: 1, worked: 1, from: month.from }
      const days = overlap(month, employed(holder))
      return {
        whole: workingDays(everybody, month.from, month.until),
        worked: days ? workingDays(own, days.from, days.until) : 0,
        from: month.from,
      }
    })
  }
  return holders.map((holder) =>
    holder.kind === 'seller' ? loadOf(monthsOf(holder), ramp, holder.joined_on ?? undefined) : 1,
  )
}

/** The days on which somebody is there. */
const employed = ({ joined_on, left_on }: HolderRow): Days => ({
  from: joined_on ?? sinceEver,
  until: left_on ?? untilFurtherNotice,
})

function divide(
  { method, period }: InputOf<Contract['quotas.plan']>,
  total: number,
  holders: readonly HolderRow[],
  known: {
    lastYear: readonly Figure[]
    loads: readonly number[]
    current: ReadonlyMap<string, { base_amount: number }>
    potential: Potential | undefined
  },
): number[] {
  const { potential } = known
  // Without a line that holds nothing is proposed: the parts stay as they are, and the page says why.
  if (method === 'by-hand' || (potential && potential.fit.status !== 'ok')) {
    return holders.map(({ id }) => known.current.get(id)?.base_amount ?? 0)
  }
  const base = (i: number) =>
    method === 'equal'
      ? 1
      : potential
        ? (potential.expected[i]?.value ?? 0)
        : (known.lastYear[i]?.value ?? 0)
  const parts = partsOf(
    total,
    holders.map((_, i) => ({
      base: base(i),
      load: known.loads[i] ?? 1,
    })),
  )
  if (parts) return parts
  throw new Refusal({
    code: 'quota.no_basis',
    message:
      method !== 'last-year'
        ? 'With this ramp and these working days nobody carries anything in the period.'
        : `A year before ${period} nothing is on record, so there are no shares of last year.`,
    field: 'method',
    next: 'Divide in equal parts, or by hand.',
    status: 422,
    particulars: { period },
  })
}

export async function allocate(
  ctx: Ctx,
  input: InputOf<Contract['quotas.allocate']>,
): Promise<OutputOf<Contract['quotas.allocate']>> {
  if (input.preview) {
    return ctx.read(async (tx) => {
      const { subject, wanted, state } = await agreed(ctx, tx, input)
      const { added, updated, unchanged } = await countQuotas(tx, ctx.newId, wanted, {
        subject,
        kind: 'quota',
        state,
      })
      return { added, changed: updated, same: unchanged, state }
    })
  }
  return ctx.write(async (tx) => {
    const { subject, wanted, state, team } = await agreed(ctx, tx, input)
    const decisionId = await recordDecision(tx, ctx.clock, subject.settings.zone, {
      decision: state,
      reason: input.reason,
    })
    const writing = { subject, kind: 'quota', state, decisionId } as const
    const { added, updated, unchanged } = await writeQuotas(tx, wanted, writing)
    tx.describe({
      ...(team ? { name: team.name } : {}),
      period: subject.period.id,
      metric: subject.metric,
      amount: input.total,
      quotas: wanted.length,
    })
    return { added, changed: updated, same: unchanged, state, changeId: tx.changeId }
  })
}

/** What was agreed, checked: everybody is there, below the team, within reach, and it adds up. */
async function agreed(ctx: Ctx, tx: Tx, input: InputOf<Contract['quotas.allocate']>) {
  const subject = await readSubject(tx, input)
  const { period, settings } = subject
  const team = await teamOf(ctx, tx, input.team, subject)
  const holders = await readHolders(tx, input.parts, period, settings)
  refuseTwice(holders)
  refusePositionsOf(subject.metric, holders)
  await refuseOthers(ctx, tx, holders, period)
  if (team) await refuseElsewhere(tx, team, holders, period)
  const rest = remainderOf(
    input.total,
    input.parts.map(({ amount }) => amount),
  )
  if (rest !== 0) throw doesNotAddUp(rest, input.total, subject)
  if (input.approve) await refuseOwnApproval(ctx, tx, holders)
  const state: 'approved' | 'proposed' = input.approve ? 'approved' : 'proposed'
  const wanted: Wanted[] = holders.map((holder, i) => ({
    holder,
    amount: input.parts[i]?.amount ?? 0,
  }))
  // Whoever was given the number hands it down; whoever stands above also sets it.
  const sets = team && (await notApprovable(ctx, tx, [team])).size === 0
  if (team && sets) wanted.push({ holder: team, amount: input.total })
  return { subject, team, wanted, state }
}

function refuseTwice(holders: readonly HolderRow[]): void {
  const seen = new Set<string>()
  for (const { id, kind, name } of holders) {
    if (seen.has(id)) {
      throw new Refusal({
        code: 'quota.holder_twice',
        message: `${name} is in the allocation twice.`,
        field: kind,
        next: 'Give one part to each.',
        status: 422,
        particulars: { name },
      })
    }
    seen.add(id)
  }
}

async function refuseElsewhere(
  tx: Tx,
  team: HolderRow,
  holders: readonly HolderRow[],
  period: Days,
): Promise<void> {
  const tree = await teamsBelow(tx, team.id)
  const below = await membersAmong(tx, idsOf(holders, 'seller'), tree, period)
  for (const id of await positionsOf(tx, idsOf(holders, 'position'), tree)) below.add(id)
  for (const id of tree) if (id !== team.id) below.add(id)
  const other = holders.find(({ id }) => !below.has(id))
  if (!other) return
  throw new Refusal({
    code: 'quota.not_below',
    message: `${other.name} does not belong to the team “${team.name}” on the last day of the period.`,
    field: other.kind,
    next: 'Take the part out, or allocate from the team above.',
    status: 422,
    particulars: { name: other.name, team: team.name },
  })
}

function doesNotAddUp(rest: number, total: number, { currency, metric }: Subject): Refusal {
  const said = (amount: number) =>
    currency === null ? String(amount) : `${fromMinor(amount, currency)} ${currency}`
  return new Refusal({
    code: 'quota.does_not_add_up',
    message:
      rest > 0
        ? `The parts are ${said(rest)} short of ${said(total)}.`
        : `The parts are ${said(-rest)} more than ${said(total)}.`,
    field: 'parts',
    next: `Change the parts or the number of ${metrics[metric].name.en.toLowerCase()} until nothing is left.`,
    status: 422,
    particulars: { remainder: rest, total, currency },
  })
}
