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
  amountsOfOpenDeals,
  daysOpenOf,
  type Grain,
  type OpenDealAt,
  openDealsAt,
  type Series,
  stageOutcomesOf,
  wonByOpening,
} from '../results/door.ts'
import type { PipelineFacts } from './calc/open-deals.ts'
import type { Origin } from './calc/open-deals-test.ts'
import type { Outcomes, Span } from './calc/pipeline.ts'
import type { Past, ReadOnce } from './read-once.ts'

/** Past periods whose deals say how much of a period is open before it begins. */
const periodsLookedBack = 24

/** Above these, earlier points are not gone through while somebody waits. */
const testedAtOnce = { closed: 30_000, open: 3_000 } as const

export interface OpenDealsQuestion {
  metric: MetricId
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

/** What became of earlier deals, whoever's they were; `days`: ascending, a period apart where they are several. */
async function readPast(tx: Tx, { about, grain }: Series, days: readonly Day[]): Promise<Past> {
  return {
    days,
    outcomes: await stageOutcomesOf(tx, about, days),
    lengths: await daysOpenOf(tx, about, days),
    won: await wonByOpening(tx, about, grain, pastPeriods(grain, days, about.settings)),
  }
}

/**
 * What was known on each of the days (ascending, a period apart where they are several). `pastDays`: days
 * that hold them all, where others will ask for more of them.
 */
async function readAt(
  tx: Tx,
  { metric }: OpenDealsQuestion,
  series: Series,
  moments: readonly Moment[],
  { once, pastDays }: { once?: ReadOnce | undefined; pastDays?: readonly Day[] } = {},
): Promise<Read[]> {
  const asked = moments.map(({ day }) => day)
  const readOpen = () => openDealsAt(tx, series.about, asked)
  const open = await (once?.openDeals(asked.join(), readOpen) ?? readOpen())
  const days = (once && pastDays) ?? asked
  const readAll = () => readPast(tx, series, days)
  const past = await (once?.past(`${series.grain} ${days.join()}`, readAll) ?? readAll())
  const { outcomes, lengths, won } = past
  const openOn = Map.groupBy(open, (deal) => deal.place)
  return moments.map(({ day, spans }, moment) => {
    const there = openOn.get(moment) ?? []
    const place = past.days.indexOf(day)
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
  once?: ReadOnce,
): Promise<PipelineFacts | undefined> {
  if (!dealsTellOf(question.metric, series)) return undefined
  const [read] = await readAt(tx, question, series, [{ day: series.today, spans }], { once })
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
 * Whether amounts are taken as known before a deal was over. They have no history; where lost deals have
 * none and won ones do, they were entered at the end, and are taken as unknown before. It is asked once for
 * all points of a test, however they are gone through.
 */
export async function amountsKnownBefore(
  tx: Tx,
  { metric }: OpenDealsQuestion,
  series: Series,
): Promise<boolean> {
  const days = originsOf(series).map(
    (origin) => series.periods[origin]?.period.from ?? series.today,
  )
  if (metric === 'deals-won' || days.length === 0) return true
  const counted = await amountsOfOpenDeals(tx, series.about, days)
  const share = (outcome: 'won' | 'lost') => {
    const found = counted.find((one) => one.outcome === outcome)
    return found ? found.withAmount / found.deals : 0
  }
  return share('lost') >= 0.9 * share('won')
}

/**
 * What was open at earlier points, and what it brought. Only deals whose opening is known: of others it
 * cannot be told whether they were there. `amountsKnown`: as {@link amountsKnownBefore} says.
 */
export async function readOrigins(
  tx: Tx,
  question: OpenDealsQuestion & { horizon: number },
  series: Series,
  points: { origins: readonly number[]; amountsKnown: boolean; once?: ReadOnce | undefined },
): Promise<Origin[]> {
  const { periods } = series
  const { origins, amountsKnown, once } = points
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
  const read = await readAt(tx, question, series, moments, {
    once,
    pastDays: pointsBefore(series.current.period),
  })
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
          .map((deal) => (amountsKnown ? deal : { ...deal, amount: null })),
      },
      brought: facts.spans
        .slice(0, over)
        .map((span) => broughtIn(question.metric, open, moment?.day ?? series.today, span)),
    }
  })
}

/** The days of the points of any test, whenever a series begins. */
function pointsBefore(current: Period): Day[] {
  const days: Day[] = []
  for (let period = current; days.length < policy.openDealsTest.origins; ) {
    period = previous(period)
    days.unshift(period.from)
  }
  return days
}

/** All points of a test at once. */
export async function allOrigins(
  tx: Tx,
  question: OpenDealsQuestion & { horizon: number },
  series: Series,
  once?: ReadOnce,
): Promise<Origin[]> {
  const amountsKnown = await amountsKnownBefore(tx, question, series)
  return readOrigins(tx, question, series, { origins: originsOf(series), amountsKnown, once })
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
