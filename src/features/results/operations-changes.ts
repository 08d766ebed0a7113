// What changed between two periods: the division among cells, the places worth looking at, and what is normal.
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import type { Cell, Figure } from '../../basics/figure.ts'
import {
  containing,
  customPeriod,
  type Period,
  parsePeriod,
  parts,
  shifted,
} from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import {
  type Asked,
  type Asking,
  ask,
  checkDimensions,
  dimensionsOf,
  shownPeriod,
} from './asked.ts'
import {
  type CellCount,
  type ChangeParts,
  type DivisibleId,
  divide,
  movements,
  piecesOf,
  toldFromChance,
} from './calc/changes.ts'
import {
  changeSentence,
  ordinarySentence,
  partsSentence,
  placeSentence,
  type Told,
} from './calc/changes-words.ts'
import { metrics } from './calc/metrics.ts'
import { type Candidate, candidates, noteworthy, type PlaceKey } from './calc/noteworthy.ts'
import { type MonthValue, outOfOrdinary } from './calc/out-of-ordinary.ts'
import { counted, type PieceId } from './calc/pieces.ts'
import { writer } from './calc/words.ts'
import type { DimensionId } from './contract.ts'
import type { exploreContract } from './contract-explore.ts'
import { comparedPeriods } from './operations-overview.ts'
import { cellNames } from './store-cells.ts'
import { countPieceList } from './store-figures.ts'

type Operation = (typeof exploreContract)['results.changes']
type Output = OutputOf<Operation>
type Where = InputOf<Operation>['where']

/** Cells listed; the others are told together. */
const cellsListed = 50
/** Where the places worth looking at are looked for; few, so that looking costs little. */
const looked: readonly DimensionId[] = [
  'seller',
  'team',
  'office',
  'product',
  'family',
  'region',
  'industry',
  'source',
]
/** Months that say what is normal, up to the end of the period. */
const monthsLooked = 24

export async function readChanges(ctx: Asking, tx: Tx, input: InputOf<Operation>): Promise<Output> {
  const { metric: id, by } = input
  const metric = metrics[id]
  checkDimensions([id], [by, ...dimensionsOf(input.where)])
  const about = await ask(ctx, tx, input, input.where)
  const { period, settings, lang } = about
  const against = againstOf(about, input.against)
  const frames = [against, period]
  // One statement gives both what is divided and the metric itself in each cell.
  const [before = [], now = []] = await sides(about, [by], piecesBoth(id), frames)
  const [wasWhole, isWhole] = await sides(about, [], new Set(metric.pieces), frames)
  const figureOf = (cells: CellCount[] | undefined) =>
    about.figure(id, cells?.[0]?.counted ?? counted({}))
  const division = divide(id, before, now)
  const told: Told = {
    id,
    metric,
    by,
    lang,
    currency: settings.baseCurrency,
    steps: division?.steps ?? 1,
    now: figureOf(isWhole),
    before: figureOf(wasWhole),
    against,
  }
  const shown = (value: number): Figure => ({
    value: value / told.steps,
    unit: metric.unit,
    ...(metric.unit === 'money' ? { currency: settings.baseCurrency } : {}),
  })
  const listed = division?.cells.slice(0, cellsListed) ?? []
  const others = division?.cells.slice(cellsListed) ?? []
  const [wasListed, isListed] = [before, now].map((cells) => figuresOf(about, id, cells))
  const nameOf = await cellNames(
    tx,
    by,
    listed.map(({ cell }) => cell),
  )
  return {
    revision: about.known.revision,
    period: shownPeriod(period, about.byDefault),
    against: shownPeriod(against, false),
    metric: id,
    currency: settings.baseCurrency,
    now: told.now,
    before: told.before,
    finding: changeSentence(told, division?.whole),
    note: partsSentence(told, division?.whole),
    ...(division ? { whole: partFigures(division.whole, shown) } : {}),
    cells: listed.map((cell) => ({
      cell: nameOf(cell.cell),
      now: isListed?.(cell.cell) ?? about.figure(id, counted({})),
      before: wasListed?.(cell.cell) ?? about.figure(id, counted({})),
      ...partFigures(cell, shown),
    })),
    ...(others.length === 0
      ? {}
      : {
          rest: {
            count: others.length,
            total: shown(others.reduce((sum, { total }) => sum + total, 0)),
          },
        }),
    places:
      input.places && toldFromChance(id)
        ? await placesOf(ctx, about, id, input.where, against, told, shown, { by, before, now })
        : null,
    ordinary: await ordinaryOf(about, id),
  }
}

function partFigures(parts: ChangeParts, shown: (value: number) => Figure) {
  const { total, byVolume, byMix, byRate, byReturns } = parts
  return {
    total: shown(total),
    ...(byVolume === undefined ? {} : { byVolume: shown(byVolume) }),
    ...(byMix === undefined ? {} : { byMix: shown(byMix) }),
    ...(byRate === undefined ? {} : { byRate: shown(byRate) }),
    ...(byReturns === undefined ? {} : { byReturns: shown(byReturns) }),
  }
}

/** The period before and a year ago are cut to as many days as a running period has had. */
function againstOf(about: Asked, against: string): Period {
  const { previous, yearAgo } = comparedPeriods(about)
  if (against === 'previous') return previous
  if (against === 'year-ago') return yearAgo
  return parsePeriod(against, about.settings)
}

/** Cells along the dimensions, frame by frame; the first of each when there are no dimensions. */
async function sides(
  about: Asked,
  by: readonly DimensionId[],
  pieces: ReadonlySet<PieceId>,
  frames: readonly Period[],
): Promise<CellCount[][]> {
  const cells = await countPieceList(about.tx, about.scope, { by, frames }, pieces)
  return frames.map((_, frame) =>
    cells
      .filter((cell) => cell.frame === frame)
      .map((cell) => ({ cell: cell.cells[0] ?? null, counted: cell.counted })),
  )
}

const piecesBoth = (id: DivisibleId): ReadonlySet<PieceId> =>
  new Set([...piecesOf(id), ...metrics[id].pieces])

/** The metric itself in each cell of a period. */
function figuresOf(about: Asked, id: DivisibleId, cells: readonly CellCount[]) {
  const byCell = new Map(cells.map(({ cell, counted: pieces }) => [cell, pieces]))
  return (cell: string | null): Figure => about.figure(id, byCell.get(cell) ?? counted({}))
}

async function placesOf(
  ctx: Asking,
  about: Asked,
  id: DivisibleId,
  where: Where,
  against: Period,
  told: Told,
  shown: (value: number) => Figure,
  /** Counted for the table already. */
  known: { by: DimensionId; before: CellCount[]; now: CellCount[] },
): Promise<Output['places']> {
  const { tx, period } = about
  const pieces = piecesOf(id)
  const dimensions = looked.filter((one) => metrics[id].dimensions.includes(one))
  const moved = []
  for (const dimension of dimensions) {
    const [before = [], now = []] =
      dimension === known.by
        ? [known.before, known.now]
        : await sides(about, [dimension], pieces, [against, period])
    moved.push({ dimension, movements: movements(id, before, now) })
  }
  const found = candidates(moved)
  const together = await overlaps(ctx, about, id, where, against, found)
  const names = new Map<string, Cell>()
  for (const dimension of new Set(found.map((one) => one.dimension))) {
    const cells = found.filter((one) => one.dimension === dimension).map(({ cell }) => cell)
    const nameOf = await cellNames(tx, dimension, cells)
    for (const cell of cells) names.set(keyOf({ dimension, cell }), nameOf(cell))
  }
  const nameOf = (key: PlaceKey) => {
    const cell = names.get(keyOf(key)) ?? key.cell
    return typeof cell === 'string' ? cell : (cell?.name ?? '')
  }
  return noteworthy(found, together).map((place) => ({
    dimension: place.dimension,
    cell: names.get(keyOf(place)) ?? place.cell,
    change: shown(place.change),
    text: placeSentence(told, {
      name: nameOf(place),
      change: place.change,
      share: place.share,
      alike: place.alike.map(nameOf),
      ...(place.within === null ? {} : { within: nameOf(place.within) }),
    }),
  }))
}

const keyOf = ({ dimension, cell }: PlaceKey) => `${dimension} ${cell}`

/** How much of the change lies in the facts that two candidates have in common. */
async function overlaps(
  ctx: Asking,
  about: Asked,
  id: DivisibleId,
  where: Where,
  against: Period,
  found: readonly Candidate[],
): Promise<(a: PlaceKey, b: PlaceKey) => number | undefined> {
  const { tx, period } = about
  const dimensions = [...new Set(found.map(({ dimension }) => dimension))]
  const shared = new Map<string, number>()
  for (const [i, a] of dimensions.entries()) {
    for (const b of dimensions.slice(i + 1)) {
      const cellsOf = (dimension: DimensionId) =>
        found.filter((one) => one.dimension === dimension).map(({ cell }) => cell)
      // Narrowed to the candidates, so that a long dimension by another one stays small.
      const { from, until } = period
      const narrowed = await ask(
        ctx,
        tx,
        { from, until, lang: about.lang },
        { ...where, [a]: cellsOf(a), [b]: cellsOf(b) },
        about.known,
      )
      const cells = await countPieceList(
        tx,
        narrowed.scope,
        { by: [a, b], frames: [against, period] },
        piecesOf(id),
      )
      for (const left of cellsOf(a)) {
        for (const right of cellsOf(b)) {
          const side = (frame: number): CellCount[] =>
            cells
              .filter(
                (cell) => cell.frame === frame && cell.cells[0] === left && cell.cells[1] === right,
              )
              .map((cell) => ({ cell: null, counted: cell.counted }))
          const change = shareOfChange(id, side(0), side(1))
          if (change !== undefined)
            shared.set(
              `${keyOf({ dimension: a, cell: left })}\n${keyOf({ dimension: b, cell: right })}`,
              change,
            )
        }
      }
    }
  }
  return (one, other) =>
    shared.get(`${keyOf(one)}\n${keyOf(other)}`) ?? shared.get(`${keyOf(other)}\n${keyOf(one)}`)
}

/** Amounts add up over facts; what part of a rate's change lies in some of them is not a number of theirs alone. */
function shareOfChange(id: DivisibleId, before: CellCount[], now: CellCount[]): number | undefined {
  if (metrics[id].unit === 'rate' || id === 'average-deal') return undefined
  return divide(id, before, now)?.whole.total ?? 0
}

async function ordinaryOf(about: Asked, id: DivisibleId): Promise<Output['ordinary']> {
  const { tx, scope, settings, period, today, bounds, lang } = about
  const metric = metrics[id]
  const last = containing(
    'month',
    period.until <= today ? dayBefore(period.until) : today,
    settings,
  )
  const span = customPeriod(shifted(last, 1 - monthsLooked).from, last.until)
  const cells = await countPieceList(
    tx,
    scope,
    { by: ['month'], frames: [span] },
    new Set(metric.pieces),
  )
  const found = new Map(cells.map((cell) => [cell.cells[0], cell.counted]))
  // Only months that are over, and that lie wholly within the records.
  const months = parts(span, 'month', settings).filter(
    (month) =>
      bounds !== undefined &&
      month.until <= today &&
      month.from >= containing('month', bounds.first, settings).from &&
      month.from <= bounds.last,
  )
  const values = months.map((month) => ({
    month,
    figure: about.figure(id, found.get(month.id) ?? counted({})),
  }))
  const judged = outOfOrdinary(
    values.map(({ month, figure }): MonthValue => ({ period: month.id, value: figure.value })),
    metric.unit === 'rate'
      ? { least: 0, most: 1 }
      : id === 'units' || id === 'revenue'
        ? {}
        : { least: 0 },
  )
  const w = writer(lang)
  const text = ordinarySentence(
    metric,
    judged,
    (month) => w.period(parsePeriod(month, settings)),
    lang,
  )
  if (judged.status === 'not_enough_data') {
    return {
      text,
      months: values.map(({ month, figure }) => ({ id: month.id, figure, verdict: 'no_value' })),
    }
  }
  // Amounts are whole minor units, limits of them as well.
  const whole = (value: number) => (metric.unit === 'money' ? Math.round(value) : value)
  const verdicts = new Map(judged.months.map(({ period: month, verdict }) => [month, verdict]))
  return {
    text,
    mean: whole(judged.mean),
    low: whole(judged.low),
    high: whole(judged.high),
    months: values.map(({ month, figure }) => ({
      id: month.id,
      figure,
      verdict: verdicts.get(month.id) ?? 'no_value',
    })),
  }
}

const dayBefore = (day: string) => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
