// The open deals and what became of earlier ones: as of one day, and as of each of many earlier points.
import {
  type CalendarSettings,
  containing,
  type Day,
  daysBetween,
  next,
  type Period,
  previous,
} from '../../basics/period.ts'
import { policy } from '../../methods/policy.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { MetricId } from '../results/contract.ts'
import {
  daysOpenOf,
  type Grain,
  type OpenDealAt,
  openDealsAt,
  openDealsMost,
  type Series,
  stageOutcomesOf,
  wonByOpening,
} from '../results/door.ts'
import type { PipelineFacts } from './calc/open-deals.ts'
import type { Origin } from './calc/open-deals-test.ts'
import type { Outcomes, Span } from './calc/pipeline.ts'

/** Past periods whose deals say how much of a period is open before it begins. */
const periodsLookedBack = 24

/** Above these, earlier points are not gone through while somebody waits. */
const testedAtOnce = { closed: 30_000, open: 3_000 } as const

export interface OpenDealsQuestion {
  metric: MetricId
  by: Grain
}

/** Whether open deals say anything of a metric. */
export function dealsTellOf(metric: MetricId, series: Pick<Series, 'dealsCount'>): boolean {
  return metric === 'deals-won' || (metric === 'revenue' && series.dealsCount)
}

export function spansOf(today: Day, stretches: readonly Pick<Period, 'from' | 'until'>[]): Span[] {
  return stretches.map(({ from, until }) => ({
    from: Math.max(0, daysBetween(today, from)),
    until: Math.max(0, daysBetween(today, until)),
  }))
}

interface Moment {
  day: Day
  spans: readonly Span[]
}

interface Read {
  facts: PipelineFacts
  open: readonly OpenDealAt[]
}

/** What was known on each of the days (ascending, a period apart where they are several). */
async function readAt(
  tx: Tx,
  { metric, by }: OpenDealsQuestion,
  { about }: Series,
  moments: readonly Moment[],
): Promise<Read[]> {
  const days = moments.map(({ day }) => day)
  const open = await openDealsAt(tx, about, days)
  const outcomes = await stageOutcomesOf(tx, about, days)
  const lengths = await daysOpenOf(tx, about, days)
  const past = pastPeriods(by, days, about.settings)
  const won = await wonByOpening(tx, about, by, past)
  return moments.map(({ day, spans }, place) => {
    const there = open.filter((deal) => deal.place === place)
    return {
      open: there,
      facts: {
        open: there.map((deal) => ({
          stageId: deal.stageId,
          teamId: deal.teamId,
          amount: metric === 'deals-won' ? 1 : deal.amount,
          inStage: deal.enteredOn === null ? null : daysBetween(deal.enteredOn, day),
          sinceOpening: deal.openedOn === null ? null : daysBetween(deal.openedOn, day),
        })),
        more: open.length >= openDealsMost,
        outcomes: together(outcomes.filter(({ known }) => known <= place)),
        days: lengths
          .filter(({ known }) => known <= place)
          .map(({ stageId, days: time, known, won: event, lost, open: waiting }) => ({
            ...{ stageId, days: time, won: event, lost },
            // Who was open on an earlier day has been counted again since.
            open: known === place ? waiting : 0,
          })),
        // Periods are counted from the first that is looked back to from this day.
        won: won
          .filter(({ closed }) => closed >= place && closed < place + periodsLookedBack)
          .map((row) => ({
            ...row,
            closed: row.closed - place,
            opened: row.opened === null ? null : row.opened - place,
          })),
        wonPeriods: periodsLookedBack,
        counts: metric === 'deals-won' ? 'won' : 'amount',
        spans,
      },
    }
  })
}

function together(rows: readonly Outcomes[]): Outcomes[] {
  const found = new Map<string, Outcomes>()
  for (const { stageId, stage, position, teamId, closed, won } of rows) {
    const key = `${stageId} ${teamId}`
    const there = found.get(key)
    found.set(key, {
      ...{ stageId, stage, position, teamId },
      closed: closed + (there?.closed ?? 0),
      won: won + (there?.won ?? 0),
    })
  }
  return [...found.values()]
}

/** The periods that were over before the last of the days, the oldest first: enough of them before the first day. */
function pastPeriods(grain: Grain, days: readonly Day[], settings: CalendarSettings): Period[] {
  const [first, last] = [days[0] ?? '', days.at(-1) ?? '']
  const list: Period[] = []
  for (let period = containing(grain, first, settings); list.length < periodsLookedBack; ) {
    period = previous(period)
    list.unshift(period)
  }
  for (let period = containing(grain, first, settings); period.until <= last; ) {
    list.push(period)
    period = next(period)
  }
  return list
}

/** The open deals as of one day; undefined where they say nothing of the metric. */
export async function readOpenDeals(
  tx: Tx,
  question: OpenDealsQuestion,
  series: Series,
  spans: readonly Span[],
): Promise<PipelineFacts | undefined> {
  if (!dealsTellOf(question.metric, series)) return undefined
  const [read] = await readAt(tx, question, series, [{ day: series.today, spans }])
  return read?.facts
}

/** Whether earlier points can be gone through at once; more take their time and are a job of their own. */
export function testableAtOnce({ outcomes, open }: PipelineFacts): boolean {
  const closed = outcomes
    .filter(({ stageId }) => stageId === null)
    .reduce((sum, one) => sum + one.closed, 0)
  return closed <= testedAtOnce.closed && open.length <= testedAtOnce.open
}

/** Numbers of periods that were over at the points tested. */
export function originsOf({ periods }: Series): number[] {
  const first = Math.max(0, periods.length - policy.openDealsTest.origins)
  return Array.from({ length: periods.length - first }, (_, i) => first + i)
}

/**
 * What was open at earlier points, and what it brought. Only deals whose opening is known: of others it
 * cannot be told whether they were there. Amounts have no history; where lost deals have none and won ones
 * do, they were entered at the end, and are taken as unknown before.
 */
export async function readOrigins(
  tx: Tx,
  question: OpenDealsQuestion & { horizon: number },
  series: Series,
  origins: readonly number[],
): Promise<Origin[]> {
  const { periods } = series
  const moments = origins.flatMap((origin): (Moment & { origin: number })[] => {
    const day = periods[origin]?.period.from
    if (day === undefined) return []
    const ahead: Period[] = []
    for (let i = 0; i < question.horizon; i += 1) {
      const before = ahead.at(-1)
      const period = periods[origin + i]?.period ?? (before && next(before))
      if (period) ahead.push(period)
    }
    return [{ origin, day, spans: spansOf(day, ahead) }]
  })
  if (moments.length === 0) return []
  const read = await readAt(tx, question, series, moments)
  const all = read.flatMap(({ open }) => open)
  const known = question.metric === 'deals-won' || amountsKnownBefore(all)
  return read.map(({ facts, open }, place) => {
    const moment = moments[place]
    const dated = open.map(({ openedOn }) => openedOn !== null)
    const over = Math.min(question.horizon, periods.length - (moment?.origin ?? 0))
    return {
      origin: moment?.origin ?? 0,
      facts: {
        ...facts,
        open: facts.open
          .filter((_, i) => dated[i])
          .map((deal) => (known ? deal : { ...deal, amount: null })),
      },
      brought: facts.spans
        .slice(0, over)
        .map((span) => broughtIn(question.metric, open, moment?.day ?? series.today, span)),
    }
  })
}

function broughtIn(
  metric: MetricId,
  open: readonly OpenDealAt[],
  day: Day,
  { from, until }: Span,
): number {
  let sum = 0
  for (const { outcome, closedOn, openedOn, amount } of open) {
    if (outcome !== 'won' || closedOn === null || openedOn === null) continue
    const after = daysBetween(day, closedOn)
    if (after >= from && after < until) sum += metric === 'deals-won' ? 1 : (amount ?? 0)
  }
  return sum
}

/** Lost deals have an amount about as often as won ones: it was not entered only once a deal was won. */
function amountsKnownBefore(open: readonly OpenDealAt[]): boolean {
  const share = (outcome: 'won' | 'lost') => {
    const all = open.filter((deal) => deal.outcome === outcome)
    return all.filter(({ amount }) => (amount ?? 0) > 0).length / Math.max(1, all.length)
  }
  return share('lost') >= 0.9 * share('won')
}
