// What the data say of many goals at once: values by day, months behind, working time; counted by results and activities.
import { addDays, type Day, daysBetween } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { countDone } from '../activities/door.ts'
import { type Whose, workingDays, workingTimes } from '../calendars/door.ts'
import {
  addsUpOverTime,
  cellsByDay,
  metricByDay,
  metricByMonth,
  metricInFrames,
  metrics,
  type Where,
} from '../results/door.ts'
import { teamsBelow } from '../team/door.ts'
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
const daysBehind = 380

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

/** The question of a goal without its seller: goals that share it are counted together. */
interface Group {
  goals: Measured[]
  bySeller: boolean
  where: Where
}

export async function measure(
  ctx: Asking,
  tx: Tx,
  goals: readonly Measured[],
  today: Day,
): Promise<Map<string, Data>> {
  const found = new Map<string, Data>()
  const counted = goals.filter(({ kind }) => kind !== 'steps')
  const times = await workingDaysOf(tx, counted, today)
  const empty = (goal: Measured): Data => ({
    known: {
      today,
      daily: new Map(),
      since: undefined,
      months: [],
      time: times(goal),
      seed: seedOf(goal.id),
    },
    gone: false,
  })
  for (const goal of goals) {
    if (goal.kind === 'steps') {
      const none: WorkingDays = { from: goal.from_on, share: () => 0, days: () => 0 }
      const known = { today, daily: new Map(), since: undefined, months: [], time: none, seed: 0 }
      found.set(goal.id, { known, gone: false })
    } else found.set(goal.id, empty(goal))
  }
  for (const group of await groupsOf(tx, counted)) {
    try {
      await measureGroup(ctx, tx, group, found, today)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'results.unknown_cell') throw error
      // Goals that share a question share what became of it.
      for (const goal of group.goals) found.set(goal.id, { ...empty(goal), gone: true })
    }
  }
  return found
}

async function groupsOf(tx: Tx, goals: readonly Measured[]): Promise<Group[]> {
  const groups = new Map<string, Group>()
  for (const goal of goals) {
    const bySeller = goal.seller_id !== null
    const where: Where = { ...goal.question.where }
    if (goal.team_id !== null) where.team = await teamsBelow(tx, goal.team_id, { removed: true })
    // A seller who was taken away is not found by the question: others must not suffer from it.
    const { kind, metric, question, owner_gone: gone } = goal
    const what = JSON.stringify([kind, metric, question, bySeller, where.team ?? null, gone])
    const group = groups.get(what)
    if (group) group.goals.push(goal)
    else groups.set(what, { goals: [goal], bySeller, where })
  }
  return [...groups.values()]
}

async function measureGroup(
  ctx: Asking,
  tx: Tx,
  group: Group,
  found: Map<string, Data>,
  today: Day,
): Promise<void> {
  const [first] = group.goals
  if (!first) return
  const { known, addsUp } = howMeasured(first)
  if (!known) {
    for (const goal of group.goals) mend(found, goal, { gone: true })
    return
  }
  const from = [addDays(today, -daysBehind), ...group.goals.map((goal) => goal.from_on)].sort()[0]
  const frame = { from: from ?? today, until: addDays(today, 1) }
  if (addsUp) {
    const sellers = [...new Set(group.goals.flatMap(({ seller_id }) => seller_id ?? []))]
    const size = cellsByDay(daysBetween(frame.from, frame.until))
    for (const part of group.bySeller ? chunks(sellers, size) : [[]]) {
      const values = await valuesOf(ctx, tx, group, { part, frame, today })
      for (const goal of group.goals) {
        if (group.bySeller && !part.includes(goal.seller_id ?? '')) continue
        const own = <T extends { cell: string | null }>(row: T) =>
          !group.bySeller || row.cell === goal.seller_id
        const daily = new Map(values.days.filter(own).map(({ on, value }) => [on, value]))
        const since = firstOnRecord(values.months.filter(own), daily)
        const months = wholeMonths(values.whole, today)
        const before = found.get(goal.id)
        if (before) {
          found.set(goal.id, { ...before, known: { ...before.known, daily, since, months } })
        }
      }
    }
  } else await levels(ctx, tx, group, found, today)
}

interface Row {
  on: string
  cell: string | null
  value: number
}

/**
 * Values by day and month. `whole`: by month over everybody, whatever the reach: seasons and growth are
 * told by all together, for the months of one seller are too few. Only twelve weights and a rate come of it.
 */
async function valuesOf(
  ctx: Asking,
  tx: Tx,
  { goals: [goal], where, bySeller }: Group,
  { part, frame, today }: { part: readonly string[]; frame: { from: Day; until: Day }; today: Day },
): Promise<{ days: Row[]; months: Row[]; whole: Row[] }> {
  const thisMonth = `${today.slice(0, 8)}01`
  const behind = { from: monthsBefore(thisMonth, monthsBehind), until: thisMonth }
  const all = { ...ctx, reach: 'all' as const }
  if (goal?.kind === 'activity') {
    const what = { kinds: goal.question.activities ?? [], outcome: goal.question.outcome }
    const own = await countDone(ctx, tx, {
      ...what,
      ...(bySeller ? { sellers: part } : {}),
      ...(where.team ? { teams: where.team } : {}),
      from: [behind.from, frame.from].sort()[0] ?? frame.from,
      until: frame.until,
    })
    const rows = (list: typeof own, single: boolean) =>
      sumBy(
        list.map(({ on, sellerId, count }) => ({
          on,
          cell: single ? sellerId : null,
          value: count,
        })),
      )
    const monthly = (list: readonly Row[]) =>
      sumBy(
        list
          .filter(({ on }) => on >= behind.from && on < behind.until)
          .map((row) => ({ ...row, on: row.on.slice(0, 7) })),
      )
    const days = rows(own, bySeller)
    const everybody = rows(await countDone(all, tx, { ...what, ...behind }), false)
    return { days, months: monthly(days), whole: monthly(everybody) }
  }
  const metric = goal?.metric as MetricId
  const asked = {
    metric,
    where: bySeller ? { ...where, seller: part } : where,
    ...(bySeller ? { by: 'seller' as const } : {}),
  }
  return {
    days: await metricByDay(ctx, tx, { ...asked, ...frame }),
    months: await metricByMonth(ctx, tx, { ...asked, ...behind }),
    whole: await metricByMonth(all, tx, { metric, where: goal?.question.where ?? {}, ...behind }),
  }
}

/** First day of the first month with anything, or the first day itself where that is younger. */
function firstOnRecord(months: readonly Row[], daily: ReadonlyMap<Day, number>): Day | undefined {
  const month = months.map(({ on }) => on).sort()[0]
  const [day] = [...daily.keys()].sort()
  return month === undefined ? day : `${month}-01`
}

function sumBy(rows: readonly Row[]): Row[] {
  const sums = new Map<string, Row>()
  for (const row of rows) {
    const key = `${row.on} ${row.cell}`
    sums.set(key, { ...row, value: row.value + (sums.get(key)?.value ?? 0) })
  }
  return [...sums.values()]
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
    where: group.bySeller ? { ...group.where, seller: sellers } : group.where,
    ...(group.bySeller ? { by: 'seller' as const } : {}),
    frames,
  })
  for (const goal of begun) {
    const key = JSON.stringify(frameOf(goal))
    const frame = frames.findIndex((one) => JSON.stringify(one) === key)
    const figure = figures.find(
      (one) => one.frame === frame && (!group.bySeller || one.cell === goal.seller_id),
    )?.figure
    mend(found, goal, { level: figure?.value })
  }
}

function mend(found: Map<string, Data>, goal: Measured, more: Partial<Data>): void {
  const before = found.get(goal.id)
  if (before) found.set(goal.id, { ...before, ...more })
}

/** From the month after the first one with anything on record, which may be only part of a month. */
function wholeMonths(rows: readonly Row[], today: Day): Known['months'] {
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
  const byKey = new Map([...all.keys()].map((key, i) => [key, times[i]]))
  return (goal) => {
    const time = byKey.get(JSON.stringify(whose(goal)))
    if (!time) throw new Error('working time was read for every goal')
    return {
      from: time.from,
      share: (day) => time.share[daysBetween(time.from, day)] ?? 0,
      days: (first, last) => (first < last ? workingDays(time, first, last) : 0),
    }
  }
}

/** The same goal draws the same courses; the end of the id is its random part. */
export function seedOf(id: string): number {
  return Number.parseInt(id.slice(-8), 16)
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  )
}
