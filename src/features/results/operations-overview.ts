// The overview: three sides against the period before and a year ago, the trend, and what changed most.
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import type { Figure } from '../../basics/figure.ts'
import {
  addDays,
  containing,
  customPeriod,
  daysBetween,
  type Period,
  parts,
  previous,
  shifted,
  type TimeDimension,
  wholeMonths,
  yearAgo,
} from '../../basics/period.ts'
import { Remembered } from '../../basics/remembered.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Asked, type Asking, ask, checkDimensions, madeOnce, shownPeriod } from './asked.ts'
import { changeText, decompose, sideOf } from './calc/changed.ts'
import {
  type CellChange,
  type Findings,
  findingOf,
  noteOf,
  trendFindingOf,
} from './calc/finding.ts'
import { dimensionNames, metrics } from './calc/metrics.ts'
import { addedUp, type Counted, type CountedId, countedFor, pieces } from './calc/pieces.ts'
import { writer } from './calc/words.ts'
import type { DimensionId, MetricId, resultsContract } from './contract.ts'
import { cellNames } from './store-cells.ts'
import { type CountedCell, countPieceList } from './store-figures.ts'

type Overview = (typeof resultsContract)['results.overview']
type Output = OutputOf<Overview>

const changedDimensions: readonly DimensionId[] = ['seller', 'team', 'office', 'product', 'family']
/** Differences listed per dimension. */
const changesShown = 5

/** What the overview tells; the other metrics are for those who explore. */
const shown = [
  'revenue',
  'margin',
  'units',
  'deals-won',
  'deals-lost',
  'win-rate',
  'pipeline',
  'average-deal',
  'sales-cycle',
  'new-customers',
  'repeat-share',
  'repurchase-rate',
  'satisfaction',
  'nps',
  'complaint-rate',
] as const satisfies readonly MetricId[]
type Shown = (typeof shown)[number]

/** Metrics that a filter must fit; those of quality say where they cannot be told by it. */
const told = shown.filter((id) => metrics[id].side !== 'quality')

/** Looked at by everybody many times a day, mostly while nothing has changed. */
const latest = new Remembered<Output>(100)

export async function readOverview(ctx: Asking, tx: Tx, input: InputOf<Overview>): Promise<Output> {
  const filtered = Object.keys(input.where) as DimensionId[]
  checkDimensions(told, filtered)
  const about = await ask(ctx, tx, input, input.where)
  return madeOnce(latest, ctx, about, input, () => makeOverview(about))
}

async function makeOverview(about: Asked): Promise<Output> {
  const { lang, period, settings, bounds } = about
  const currency = settings.baseCurrency
  const compared = comparedPeriods(about)
  const sides = [period, compared.previous, compared.yearAgo]
  const drawn = trendSpan(about)
  const firsts = await countFirsts(about, sides, drawn)
  const { now, before, figures } = await threeSides(about, compared, sides, firsts.sides)
  const changes = await changesOf(about, compared.previous)
  const whole = { before: sideOf(before), now: sideOf(now) }
  const findings: Findings = {
    lang,
    currency,
    period,
    revenue: figures.revenue,
    whole,
    changes: changes.map(({ dimension, name, before: b, now: n }) => ({
      dimension,
      name,
      before: b,
      now: n,
    })),
    running: compared.running,
    recordsFrom: bounds?.first,
    beforeFrom: compared.previous.from,
    repeatShare: figures['repeat-share'].now,
    buyers: now.get('buyers'),
    unrated: now.get('unrated'),
    satisfaction: figures.satisfaction.now,
  }
  const money = (value: number, n?: number): Figure => ({
    value,
    ...(n === undefined ? {} : { n }),
    currency,
    unit: 'money',
  })
  return {
    revision: about.known.revision,
    currency,
    period: shownPeriod(period, about.byDefault),
    previous: shownPeriod(compared.previous),
    yearAgo: shownPeriod(compared.yearAgo),
    finding: findingOf(findings),
    note: noteOf(findings),
    figures,
    trend: await trendOf(about, drawn, firsts.trend),
    changed: changes
      .filter(({ listed }) => listed)
      .map((change) => ({
        dimension: change.dimension,
        cell: change.cell,
        difference: money(decompose(change.before, change.now).total),
        now: money(change.now.sold + change.now.returned, change.now.sales),
        before: money(change.before.sold + change.before.returned, change.before.sales),
        text: changeText(change.before, change.now, writer(lang)),
      })),
    changedTotal: money(decompose(whole.before, whole.now).total),
  }
}

/** What these metrics count, of the first purchases of customers or of everything else. */
function piecesOf(metricIds: readonly MetricId[], from: 'firsts' | 'rest'): Set<CountedId> {
  const all = countedFor(metricIds.flatMap((id) => metrics[id].pieces))
  return new Set([...all].filter((id) => (pieces[id].from === 'first') === (from === 'firsts')))
}

/**
 * Which purchase was the first of a customer is told from all sales ever: found once, for the sides as for
 * the trend, in the steps of the trend, of which a side is the sum.
 */
async function countFirsts(
  { tx, scope }: Asked,
  sides: readonly Period[],
  { grain, span }: Drawn,
): Promise<{ sides: CountedCell[]; trend: CountedCell[] }> {
  const frames = [...sides, span]
  const cells = await countPieceList(tx, scope, { by: [grain], frames }, piecesOf(shown, 'firsts'))
  const ofTrend = ({ frame }: CountedCell) => frame === sides.length
  return { sides: cells.filter((cell) => !ofTrend(cell)), trend: cells.filter(ofTrend) }
}

/** Every metric now, in the period before and a year ago, from one statement per set of facts. */
async function threeSides(
  about: Asked,
  compared: { previous: Period; yearAgo: Period },
  frames: readonly Period[],
  firsts: readonly CountedCell[],
): Promise<{ now: Counted; before: Counted; figures: Record<Shown, Compared> }> {
  const filtered = [...about.scope.narrowing.cells.keys()]
  const unfit = (id: MetricId) => filtered.find((one) => !metrics[id].dimensions.includes(one))
  const fitting = shown.filter((id) => unfit(id) === undefined)
  const { tx, scope } = about
  const counts = await countPieceList(tx, scope, { by: [], frames }, piecesOf(fitting, 'rest'))
  const at = (frame: number) =>
    addedUp(
      [...counts, ...firsts].filter((cell) => cell.frame === frame).map((cell) => cell.counted),
    )
  const [now, before, earlier] = [at(0), at(1), at(2)]
  const figures = Object.fromEntries(
    shown.map((id) => {
      const dimension = unfit(id)
      if (dimension !== undefined) {
        const figure = untold(about, id, dimension)
        return [id, { now: figure, before: figure, yearAgo: figure }]
      }
      return [
        id,
        {
          now: about.figure(id, now),
          before: comparable(about, id, before, compared.previous),
          yearAgo: comparable(about, id, earlier, compared.yearAgo),
        },
      ]
    }),
  ) as Record<Shown, Compared>
  return { now, before, figures }
}

/**
 * The period before and a year ago. While a period is still running both are cut to as many days as
 * it has had, so that like is compared with like.
 */
export function comparedPeriods({ period, today }: Pick<Asked, 'period' | 'today'>): {
  previous: Period
  yearAgo: Period
  running: boolean
} {
  const running = period.from <= today && addDays(today, 1) < period.until
  const [before, earlier] = [previous(period), yearAgo(period)]
  if (!running) return { previous: before, yearAgo: earlier, running }
  const days = daysBetween(period.from, addDays(today, 1))
  const cut = (whole: Period) => {
    const end = addDays(whole.from, days)
    return end >= whole.until ? whole : customPeriod(whole.from, end)
  }
  return { previous: cut(before), yearAgo: cut(earlier), running }
}

/** A metric whose facts do not have what the filter is about. */
function untold({ lang }: Asked, id: MetricId, dimension: DimensionId): Figure {
  const name = dimensionNames[dimension][lang]
  return {
    unit: metrics[id].unit,
    missing: {
      code: 'not_measured',
      text:
        lang === 'de' ? `Nicht nach ${name} erfasst.` : `Not recorded by ${name.toLowerCase()}.`,
    },
  }
}

/** A figure of an earlier period, or why there is none: the records begin later. */
function comparable(about: Asked, id: MetricId, pieces: Counted, earlier: Period): Figure {
  const { bounds, lang } = about
  if (metrics[id].measured && bounds && earlier.until <= bounds.first) {
    const day = writer(lang).date(bounds.first)
    return {
      unit: metrics[id].unit,
      missing: {
        code: 'not_enough_data',
        text: lang === 'de' ? `Die Aufzeichnungen beginnen am ${day}.` : `Records begin on ${day}.`,
      },
    }
  }
  return about.figure(id, pieces)
}

interface Compared {
  now: Figure
  before: Figure
  yearAgo: Figure
}

interface Change extends CellChange {
  cell: Output['changed'][number]['cell']
  /** Among the largest of its dimension. */
  listed: boolean
}

/** Revenue now and before along every dimension of change, largest differences first. */
async function changesOf(about: Asked, before: Period): Promise<Change[]> {
  const { tx, scope, period } = about
  const needed = new Set(metrics.revenue.pieces)
  const changes: Change[] = []
  for (const dimension of changedDimensions) {
    const cells = await countPieceList(
      tx,
      scope,
      { by: [dimension], frames: [period, before] },
      needed,
    )
    const ids = [...new Set(cells.map((cell) => cell.cells[0] ?? null))]
    const nameOf = await cellNames(tx, dimension, ids)
    const side = (id: string | null, frame: number) =>
      sideOf(cells.find((cell) => cell.frame === frame && (cell.cells[0] ?? null) === id)?.counted)
    const found = ids.map((id): Change => {
      const cell = nameOf(id)
      const name = cell === null ? undefined : typeof cell === 'string' ? cell : cell.name
      return { dimension, cell, name, before: side(id, 1), now: side(id, 0), listed: false }
    })
    found.sort((a, b) => size(b) - size(a) || ((a.name ?? '') < (b.name ?? '') ? -1 : 1))
    // One cell alone is the whole again.
    const worthIt = found.length > 1
    changes.push(
      ...found.map((change, i) => ({
        ...change,
        listed: worthIt && i < changesShown && size(change) > 0,
      })),
    )
  }
  return changes.sort((a, b) => size(b) - size(a))
}

const size = (change: CellChange) => Math.abs(decompose(change.before, change.now).total)

/** Longest stretch of days that is drawn day by day. */
const daysByDay = 14

interface Drawn {
  grain: 'day' | 'month' | 'year'
  span: Period
}

/** Grain and stretch of the trend: it ends with the period, or with today when that is earlier. */
function trendSpan({ period, today, settings }: Asked): Drawn {
  const lastDay = addDays(period.until, -1)
  const last = period.from <= today && today < lastDay ? today : lastDay
  const days = daysBetween(period.from, period.until)
  const months = wholeMonths(period) ?? Math.ceil(days / 30)
  const grain = days <= daysByDay ? 'day' : months <= 24 ? 'month' : 'year'
  const end = containing(grain, last, settings)
  const count =
    grain === 'day'
      ? 28
      : grain === 'month'
        ? Math.min(24, Math.max(12, months + 12))
        : Math.max(5, Math.ceil(months / 12) + 1)
  const start = shifted(end, 1 - count)
  return { grain, span: customPeriod(start.from, end.until) }
}

async function trendOf(
  about: Asked,
  { grain, span }: Drawn,
  firsts: readonly CountedCell[],
): Promise<Output['trend']> {
  const { tx, scope, settings, period, bounds, lang } = about
  const dimension: TimeDimension = grain
  const rest = await countPieceList(
    tx,
    scope,
    { by: [dimension], frames: [span] },
    piecesOf(['revenue', 'repeat-share'], 'rest'),
  )
  const found = Map.groupBy([...rest, ...firsts], ({ cells }) => cells[0])
  // Buckets before the records begin would look like a time without sales.
  const buckets = parts(span, dimension, settings)
    .filter((bucket) => bounds !== undefined && bucket.until > bounds.first)
    .map((bucket) => {
      const sum = addedUp((found.get(bucket.id) ?? []).map((cell) => cell.counted))
      return {
        period: bucket,
        current: bucket.from < period.until && bucket.until > period.from,
        revenue: about.figure('revenue', sum),
        repeatShare: about.figure('repeat-share', sum),
      }
    })
  return {
    grain,
    buckets: buckets.map(({ period: { id }, current, revenue, repeatShare }) => ({
      id,
      current,
      revenue,
      repeatShare,
    })),
    finding: trendFindingOf(
      buckets.map((bucket) => ({ ...bucket, revenue: bucket.revenue.value ?? 0 })),
      lang,
      settings.baseCurrency,
    ),
  }
}
