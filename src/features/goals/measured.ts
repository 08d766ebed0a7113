// What the data say of many goals at once: values by day, months behind, working time; counted by results and activities.
import { addDays, type Day, daysBetween } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { countDone } from '../activities/door.ts'
import { dayCounter, type Whose, workingTimes } from '../calendars/door.ts'
import {
  addsUpOverTime,
  cellsByDay,
  metricByDay,
  metricByMonth,
  metricInFrames,
  metrics,
  type Where,
} from '../results/door.ts'
import { teamTrees } from '../team/door.ts'
import { type Known, monthAfter, type WorkingDays } from './calc/outlook.ts'
import type { GoalRow } from './store.ts'

export type Asking = Pick<Ctx, 'who' | 'reach' | 'clock' | 'read'>
type MetricId = keyof typeof metrics

/** What a goal counts; also of a goal that is only being thought about. */
export type Measured = Pick<
  GoalRow,
  | 'id'
  | 'kind'
  | 'metric'
  | 'question'
  | 'from_on'
  | 'until_on'
  | 'seller_id'
  | 'team_id'
  | 'owner_id'
  | 'owner_gone'
>

export interface Data {
  known: Known
  /** Value of what does not add up over days, in the time of the goal so far. */
  level?: number | undefined
  /** What it counts is not there any more: a filter names something that was removed, or a metric nobody registers. */
  gone: boolean
}

/** Months looked at for seasons. */
const monthsBehind = 48
/** Days behind whose values are looked at: the most working days, and holidays between. */
export const daysBehind = 380

export interface How {
  unit: 'money' | 'count' | 'rate' | 'days' | 'score'
  addsUp: boolean
  atMost: boolean
  of: 'counts' | 'amounts'
  known: boolean
}

/** How a goal is measured, by the registry of metrics. */
export function howMeasured(goal: Pick<GoalRow, 'kind' | 'metric'>): How {
  if (goal.kind !== 'metric') {
    return {
      unit: 'count',
      addsUp: goal.kind === 'activity',
      atMost: false,
      of: 'counts',
      known: true,
    }
  }
  const metric = Object.hasOwn(metrics, goal.metric ?? '')
    ? metrics[goal.metric as MetricId]
    : undefined
  if (!metric) return { unit: 'count', addsUp: false, atMost: false, of: 'amounts', known: false }
  return {
    unit: metric.unit,
    addsUp: addsUpOverTime(metric.id),
    atMost: metric.good === 'down',
    // Pieces may come in parts and may come back: only what is counted one by one is a count.
    of: metric.unit === 'count' && metric.id !== 'units' ? 'counts' : 'amounts',
    known: true,
  }
}

/** The question of a goal without its owner: goals that share it are counted together. */
export interface Group {
  goals: Measured[]
  by: 'seller' | 'team' | undefined
  where: Where
  /** The sellers or teams that count for a goal, where it is counted by them. */
  cells: Map<Measured, readonly string[]>
}

/**
 * `sums`: only what tells whether goals are reached, without the months behind and the working time that
 * chances are made of.
 */
export async function measure(
  ctx: Asking,
  tx: Tx,
  goals: readonly Measured[],
  today: Day,
  how: 'outlook' | 'sums' = 'outlook',
): Promise<Map<string, Data>> {
  const found = new Map<string, Data>()
  const counted = goals.filter(({ kind }) => kind !== 'steps')
  const times = how === 'sums' ? undefined : await workingDaysOf(tx, counted, today)
  const empty = (goal: Measured): Data => ({
    known: {
      today,
      daily: new Map(),
      since: undefined,
      months: [],
      time: times && goal.kind !== 'steps' ? times(goal) : noTime(goal),
      seed: seedOf(goal.id),
    },
    gone: false,
  })
  for (const goal of goals) found.set(goal.id, empty(goal))
  const all = everybody(ctx, tx, today)
  for (const group of await groupsOf(tx, counted)) {
    try {
      await measureGroup(ctx, tx, group, { found, today, everybody: how === 'sums' ? null : all })
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'results.unknown_cell') throw error
      // Goals that share a question share what became of it.
      for (const goal of group.goals) found.set(goal.id, { ...empty(goal), gone: true })
    }
  }
  return found
}

function noTime({ from_on: from }: Measured): WorkingDays {
  return { from, share: () => 0, days: () => 0 }
}

export async function groupsOf(tx: Tx, goals: readonly Measured[]): Promise<Group[]> {
  const groups = new Map<string, Group>()
  const owning = [...new Set(goals.flatMap(({ team_id }) => team_id ?? []))]
  const below = owning.length === 0 ? undefined : await teamTrees(tx, owning, { removed: true })
  for (const goal of goals) {
    const { kind, metric, question, seller_id: seller, team_id: team, owner_gone: gone } = goal
    const where: Where = { ...question.where }
    const teams = team === null ? undefined : below?.get(team)
    // Values of teams add up to those of the teams above, where values add up at all.
    const byTeam = teams !== undefined && kind === 'metric' && howMeasured(goal).addsUp
    const by = seller !== null ? 'seller' : byTeam ? 'team' : undefined
    if (teams && !byTeam) where.team = [...teams]
    // A seller who was taken away is not found by the question: others must not suffer from it.
    const what = JSON.stringify([kind, metric, question, by, where.team ?? null, gone])
    const group: Group = groups.get(what) ?? { goals: [], by, where, cells: new Map() }
    groups.set(what, group)
    group.goals.push(goal)
    if (by) group.cells.set(goal, seller !== null ? [seller] : (teams ?? []))
  }
  return [...groups.values()]
}

/** What all goals of one call share; `everybody` is null where no months behind are wanted. */
interface Measuring {
  found: Map<string, Data>
  today: Day
  everybody: Everybody | null
}

async function measureGroup(
  ctx: Asking,
  tx: Tx,
  group: Group,
  { found, today, everybody }: Measuring,
): Promise<void> {
  const [first] = group.goals
  if (!first) return
  const { known, addsUp } = howMeasured(first)
  if (!known) {
    for (const goal of group.goals) mend(found, goal, { gone: true })
    return
  }
  if (!addsUp) {
    await levels(ctx, tx, group, found, today)
    return
  }
  const starts = group.goals.map((goal) => goal.from_on)
  if (everybody) starts.push(addDays(today, -daysBehind))
  const frame = { from: starts.sort()[0] ?? today, until: addDays(today, 1) }
  const sums = new Map(group.goals.map((goal) => [goal, { daily: new Map(), months: new Map() }]))
  const whose = goalsByCell(group)
  const cells = [...whose.keys()].filter((cell) => cell !== null)
  const size = cellsByDay(daysBetween(frame.from, frame.until))
  for (const part of group.by ? chunks(cells, size) : [[]]) {
    const values = await valuesOf(ctx, tx, group, { part, frame, today, months: !!everybody })
    for (const which of ['days', 'months'] as const) {
      for (const { on, cell, value } of values[which]) {
        for (const goal of whose.get(group.by ? cell : null) ?? []) {
          const sum = sums.get(goal)?.[which === 'days' ? 'daily' : 'months']
          sum?.set(on, (sum.get(on) ?? 0) + value)
        }
      }
    }
  }
  const months = everybody ? wholeMonths(await everybody(first), today) : []
  for (const [goal, sum] of sums) {
    const before = found.get(goal.id)
    if (!before) continue
    const since = firstOnRecord([...sum.months.keys()], sum.daily)
    found.set(goal.id, { ...before, known: { ...before.known, daily: sum.daily, since, months } })
  }
}

/** The goals that a cell counts for; all of them under null where nothing is counted by cells. */
export function goalsByCell({ goals, by, cells }: Group): Map<string | null, Measured[]> {
  if (!by) return new Map([[null, goals]])
  const whose = new Map<string | null, Measured[]>()
  for (const [goal, own] of cells) {
    for (const cell of own) {
      const others = whose.get(cell)
      if (others) others.push(goal)
      else whose.set(cell, [goal])
    }
  }
  return whose
}

interface Row {
  on: string
  cell: string | null
  value: number
}

/** Values by day, and by month where wanted. */
async function valuesOf(
  ctx: Asking,
  tx: Tx,
  { goals: [goal], where, by }: Group,
  {
    part,
    frame,
    today,
    months,
  }: { part: readonly string[]; frame: Frame; today: Day; months: boolean },
): Promise<{ days: Row[]; months: Row[] }> {
  const behind = monthsBehindOf(today)
  if (goal?.kind === 'activity') {
    const own = await countDone(ctx, tx, {
      kinds: goal.question.activities ?? [],
      outcome: goal.question.outcome,
      ...(by ? { sellers: part } : {}),
      ...(where.team ? { teams: where.team } : {}),
      from: months ? ([behind.from, frame.from].sort()[0] ?? frame.from) : frame.from,
      until: frame.until,
    })
    const days = own.map(({ on, sellerId, count }) => ({ on, cell: sellerId, value: count }))
    return { days, months: months ? inMonths(days, behind) : [] }
  }
  const asked = {
    metric: goal?.metric as MetricId,
    where: by ? { ...where, [by]: part } : where,
    ...(by ? { by } : {}),
  }
  return {
    days: await metricByDay(ctx, tx, { ...asked, ...frame }),
    months: months ? await metricByMonth(ctx, tx, { ...asked, ...behind }) : [],
  }
}

type Everybody = (goal: Measured) => Promise<readonly Omit<Row, 'cell'>[]>

/**
 * Values by month over everybody, whatever the reach: seasons and growth are told by all together, for
 * the months of one seller are too few. Only twelve weights and a rate come of it. Each question is
 * asked once.
 */
function everybody(ctx: Asking, tx: Tx, today: Day): Everybody {
  const all = { ...ctx, reach: 'all' as const }
  const behind = monthsBehindOf(today)
  const known = new Map<string, readonly Omit<Row, 'cell'>[]>()
  return async ({ kind, metric, question }) => {
    const key = JSON.stringify([kind, metric, question])
    const earlier = known.get(key)
    if (earlier) return earlier
    let rows: readonly Omit<Row, 'cell'>[]
    if (kind === 'activity') {
      const { activities: kinds = [], outcome } = question
      const done = await countDone(all, tx, { kinds, outcome, ...behind })
      rows = inMonths(
        done.map(({ on, count }) => ({ on, cell: null, value: count })),
        behind,
      )
    } else {
      const where = question.where ?? {}
      rows = await metricByMonth(all, tx, { metric: metric as MetricId, where, ...behind })
    }
    known.set(key, rows)
    return rows
  }
}

interface Frame {
  from: Day
  until: Day
}

/** The whole months behind today that are looked at. */
function monthsBehindOf(today: Day): Frame {
  const until = `${today.slice(0, 8)}01`
  return { from: monthsBefore(until, monthsBehind), until }
}

/** Sums by month and cell of what lies within. */
function inMonths(rows: readonly Row[], { from, until }: Frame): Row[] {
  const sums = new Map<string, Row>()
  for (const row of rows) {
    if (row.on < from || row.on >= until) continue
    const on = row.on.slice(0, 7)
    const key = `${on} ${row.cell}`
    sums.set(key, { ...row, on, value: row.value + (sums.get(key)?.value ?? 0) })
  }
  return [...sums.values()]
}

/** First day of the first month with anything, or the first day itself where that is younger. */
function firstOnRecord(
  months: readonly string[],
  daily: ReadonlyMap<Day, number>,
): Day | undefined {
  const month = months.toSorted()[0]
  const [day] = [...daily.keys()].sort()
  return month === undefined ? day : `${month}-01`
}

/** Figures of what does not add up: one frame per goal's time so far. */
async function levels(
  ctx: Asking,
  tx: Tx,
  group: Group,
  found: Map<string, Data>,
  today: Day,
): Promise<void> {
  const begun = group.goals.filter((goal) => goal.from_on <= today)
  const frameOf = (goal: Measured) => ({
    from: goal.from_on,
    until: goal.until_on <= today ? goal.until_on : addDays(today, 1),
  })
  const frames = [
    ...new Map(begun.map((goal) => [JSON.stringify(frameOf(goal)), frameOf(goal)])).values(),
  ]
  const sellers = [...new Set(begun.flatMap(({ seller_id }) => seller_id ?? []))]
  const figures = await metricInFrames(ctx, tx, {
    metric: group.goals[0]?.metric as MetricId,
    where: group.by ? { ...group.where, seller: sellers } : group.where,
    ...(group.by ? { by: group.by } : {}),
    frames,
  })
  for (const goal of begun) {
    const key = JSON.stringify(frameOf(goal))
    const frame = frames.findIndex((one) => JSON.stringify(one) === key)
    const figure = figures.find(
      (one) => one.frame === frame && (!group.by || one.cell === goal.seller_id),
    )?.figure
    mend(found, goal, { level: figure?.value })
  }
}

function mend(found: Map<string, Data>, goal: Measured, more: Partial<Data>): void {
  const before = found.get(goal.id)
  if (before) found.set(goal.id, { ...before, ...more })
}

/** From the month after the first one with anything on record, which may be only part of a month. */
function wholeMonths(rows: readonly Omit<Row, 'cell'>[], today: Day): Known['months'] {
  const values = new Map(rows.map(({ on, value }) => [on, value]))
  const first = [...values.keys()].sort()[0]
  if (first === undefined) return []
  const months: { month: string; value: number }[] = []
  const thisMonth = today.slice(0, 7)
  for (let day = monthAfter(`${first}-01`); day.slice(0, 7) < thisMonth; day = monthAfter(day)) {
    const month = day.slice(0, 7)
    months.push({ month, value: values.get(month) ?? 0 })
  }
  return months
}

function monthsBefore(first: Day, count: number): Day {
  const [year = 0, month = 0] = first.split('-').map(Number)
  const at = year * 12 + month - 1 - count
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`
}

async function workingDaysOf(
  tx: Tx,
  goals: readonly Measured[],
  today: Day,
): Promise<(goal: Measured) => WorkingDays> {
  const whose = (goal: Measured): Whose =>
    goal.seller_id !== null
      ? { kind: 'seller', id: goal.seller_id }
      : goal.team_id !== null
        ? { kind: 'team', id: goal.team_id }
        : { kind: 'organisation' }
  const all = new Map(goals.map((goal) => [JSON.stringify(whose(goal)), whose(goal)]))
  const behind = monthsBefore(`${today.slice(0, 8)}01`, monthsBehind)
  const from = [behind, ...goals.map((goal) => goal.from_on)].sort()[0] ?? behind
  const until =
    [addDays(today, 1), ...goals.map((goal) => goal.until_on)].sort().at(-1) ?? addDays(today, 1)
  const times = all.size === 0 ? [] : await workingTimes(tx, [...all.values()], from, until)
  const byKey = new Map(
    [...all.keys()].flatMap((key, i) => {
      const time = times[i]
      return time ? [[key, { time, days: dayCounter(time) }]] : []
    }),
  )
  return (goal) => {
    const known = byKey.get(JSON.stringify(whose(goal)))
    if (!known) throw new Error('working time was read for every goal')
    const { time, days } = known
    return {
      from: time.from,
      share: (day) => time.share[daysBetween(time.from, day)] ?? 0,
      days: (first, last) => (first < last ? days(first, last) : 0),
    }
  }
}

/** The same goal draws the same courses; the end of the id is its random part. */
export function seedOf(id: string): number {
  return Number.parseInt(id.slice(-8), 16)
}

export function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  )
}
