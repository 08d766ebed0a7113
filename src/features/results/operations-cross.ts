// Metrics crossed with dimensions: every total is a question of its own, all answers of one revision.
import type { Implements, InputOf } from '../../basics/contract.ts'
import type { Cell, Figure } from '../../basics/figure.ts'
import { type Period, parsePeriod, parts, type TimeDimension } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import {
  type Asked,
  type Asking,
  ask,
  checkDimensions,
  dimensionsOf,
  shownPeriod,
} from './asked.ts'
import { compareCells, gapsIn } from './asked-cells.ts'
import { byValue, type Compared, countsEverything, differ, shownColumns } from './calc/cross.ts'
import { type CrossFound, crossFinding, crossNote } from './calc/cross-finding.ts'
import { metrics } from './calc/metrics.ts'
import { type Counted, counted } from './calc/pieces.ts'
import { writer } from './calc/words.ts'
import type { DimensionId, MetricId } from './contract.ts'
import type { crossContract } from './contract-cross.ts'
import { comparedPeriods } from './operations-overview.ts'
import { cellNames, standingCells } from './store-cells.ts'
import { type CountedCell, countPieces } from './store-figures.ts'
import { isTime } from './store-scope.ts'
import { cellsMax, tooManyCells } from './store-sources.ts'

type Input = Omit<InputOf<(typeof crossContract)['results.cross']>, 'limit' | 'columns'>
type Figures = Partial<Record<MetricId, Compared>>

interface Row {
  id: string | null
  cell: Cell
  figures: Figures
  /** By id of the column. */
  cells: Map<string | null, Figure>
}

interface Column {
  id: string | null
  cell: Cell
  figure: Figure
}

/** The whole answer, before it is cut to what is shown. */
export interface Crossed {
  about: Asked
  compared: Comparison | undefined
  asked: MetricId[]
  by: DimensionId[]
  total: Figures
  columns: Column[]
  rows: Row[]
}

interface Comparison {
  kind: 'previous' | 'year-ago' | 'others'
  about: Asked
  period: Period
  name: string | null
  running: boolean
}

export const crossOperations: Implements<typeof crossContract, Asking> = {
  'results.cross': (ctx, { limit, columns: most, ...input }) =>
    ctx.read(async (tx) => {
      const crossed = await cross(ctx, tx, input)
      const { about, compared, by, total, rows } = crossed
      const first = crossed.asked[0] ?? 'revenue'
      const second = by[1]
      const columns = shownColumns(crossed.columns, most, second !== undefined && isTime(second))
      const found = foundOf(crossed, first)
      const label = (cell: Cell, dimension: DimensionId | undefined) =>
        labelOf(about, cell, dimension !== undefined && isTime(dimension))
      return {
        revision: about.known.revision,
        period: shownPeriod(about.period, about.byDefault),
        currency: about.settings.baseCurrency,
        compared: compared
          ? { kind: compared.kind, period: shownPeriod(compared.period), name: compared.name }
          : null,
        finding: crossFinding(found),
        note: crossNote(found),
        scope: about.filters.map(({ dimension, names }) => ({ dimension, cells: names })),
        total,
        columns: columns.map(({ cell, figure }) => ({
          cell,
          label: label(cell, second),
          total: figure,
        })),
        columnCount: crossed.columns.length,
        rows: rows.slice(0, limit).map(({ cell, figures, cells }) => ({
          cell,
          label: label(cell, by[0]),
          figures,
          cells: columns.map(({ id }) => cells.get(id) ?? null),
        })),
        rowCount: rows.length,
      }
    }),
}

async function cross(ctx: Asking, tx: Tx, input: Input): Promise<Crossed> {
  const by = [...new Set(input.by)]
  const asked = [...new Set(input.metric)]
  checkDimensions(asked, [...by, ...dimensionsOf(input.where)])
  const about = await ask(ctx, tx, input, input.where)
  const compared = await comparisonOf(ctx, tx, input, about, asked)
  const [rowsBy, columnsBy] = by
  const now = (dimensions: DimensionId[]) =>
    countPieces(tx, about.scope, { metrics: asked, by: dimensions, frames: [about.period] })
  const before = (dimensions: DimensionId[]) =>
    compared === undefined
      ? Promise.resolve(undefined)
      : countPieces(tx, compared.about.scope, {
          metrics: asked,
          by: dimensions,
          frames: [compared.period],
        })
  const figures = (one: Counted, other: Counted | undefined): Figures =>
    Object.fromEntries(asked.map((id) => [id, comparedFigure(about, id, one, other)]))
  const total = figures(countedOf(await now([])), compared && countedOf((await before([])) ?? []))
  if (rowsBy === undefined) return { about, compared, asked, by, total, columns: [], rows: [] }

  const inRows = firstCells(await now([rowsBy]))
  const wereInRows = compared && aligned(about, compared, rowsBy, (await before([rowsBy])) ?? [])
  const ids = await rowIds(about, rowsBy, by.length, [
    ...inRows.keys(),
    ...(wereInRows?.keys() ?? []),
  ])
  const name = await cellNames(tx, rowsBy, ids)
  const rows: Row[] = ids.map((id) => ({
    id,
    cell: name(id),
    figures: figures(
      inRows.get(id) ?? counted({}),
      wereInRows && (wereInRows.get(id) ?? counted({})),
    ),
    cells: new Map(),
  }))
  sortRows(rows, input, rowsBy, asked[0] ?? 'revenue')
  const columns = columnsBy === undefined ? [] : await fillColumns(about, asked, by, rows)
  return { about, compared, asked, by, total, columns, rows }
}

/** What the answer is compared with, in the same revision. */
async function comparisonOf(
  ctx: Asking,
  tx: Tx,
  input: Input,
  about: Asked,
  asked: readonly MetricId[],
): Promise<Comparison | undefined> {
  const { compare, others } = input
  if (compare === undefined) return undefined
  const { previous, yearAgo, running } = comparedPeriods(about)
  if (compare !== 'others') {
    const period = compare === 'previous' ? previous : yearAgo
    return { kind: compare, about, period, name: null, running }
  }
  if (Object.keys(others).length === 0) return undefined
  checkDimensions(asked, dimensionsOf(others))
  const given = { ...input, period: about.period.id }
  const other = await ask(ctx, tx, given, { ...input.where, ...others }, about.known)
  const named = other.filters.filter(({ dimension }) => others[dimension] !== undefined)
  const none = about.lang === 'de' ? 'ohne Angabe' : 'none given'
  return {
    kind: 'others',
    about: other,
    period: about.period,
    name: named
      .map(({ names }) => names.map((one) => (one === '-' ? none : one)).join(', '))
      .join(' · '),
    running,
  }
}

const countedOf = (cells: readonly CountedCell[]) => cells[0]?.counted ?? counted({})

function firstCells(cells: readonly CountedCell[]): Map<string | null, Counted> {
  return new Map(cells.map((cell) => [cell.cells[0] ?? null, cell.counted]))
}

/** What was counted before, under today's cells: of times by their place in the period. */
function aligned(
  about: Asked,
  compared: Comparison,
  dimension: DimensionId,
  cells: readonly CountedCell[],
): Map<string | null, Counted> {
  const found = firstCells(cells)
  if (compared.kind === 'others' || !isTime(dimension)) return found
  const buckets = (period: Period) =>
    parts(period, dimension as TimeDimension, about.settings).map(({ id }) => id)
  const [here, there] = [buckets(about.period), buckets(compared.period)]
  const moved = new Map<string | null, Counted>()
  here.forEach((id, place) => {
    const before = found.get(there[place] ?? null)
    if (before && there[place] !== undefined) moved.set(id, before)
  })
  return moved
}

/** Cells with facts, those that exist without, and the gaps between times. */
async function rowIds(
  about: Asked,
  dimension: DimensionId,
  dimensions: number,
  counted: readonly (string | null)[],
): Promise<(string | null)[]> {
  const ids = new Set(counted)
  if (isTime(dimension)) {
    for (const id of gapsIn(about, dimension as TimeDimension, counted)) ids.add(id)
  } else if (dimensions === 1) {
    for (const id of await standingCells(about.tx, about.scope, dimension, [about.period]))
      ids.add(id)
  }
  if (ids.size > cellsMax) throw tooManyCells()
  return [...ids]
}

function comparedFigure(
  about: Asked,
  id: MetricId,
  now: Counted,
  before: Counted | undefined,
): Compared {
  const one = about.figure(id, now)
  if (before === undefined) return { now: one, before: null, differs: null }
  const other = about.figure(id, before)
  return { now: one, before: other, differs: differ(one, other, countsEverything(metrics[id])) }
}

function sortRows(rows: Row[], input: Input, dimension: DimensionId, first: MetricId): void {
  const byName = (one: Row, other: Row) => compareCells([one.cell], [other.cell])
  rows.sort(byName)
  const by = input.sort ?? (isTime(dimension) ? 'name' : first)
  if (by === 'name') {
    if (input.down) rows.reverse()
    return
  }
  const value = byValue(input.down ?? true)
  const figure = (row: Row): Figure => row.figures[by]?.now ?? {}
  rows.sort((one, other) =>
    value({ cell: one.cell, figure: figure(one) }, { cell: other.cell, figure: figure(other) }),
  )
}

/** Columns with their totals, and the cells of every row; the first metric alone. */
async function fillColumns(
  about: Asked,
  asked: readonly MetricId[],
  by: readonly DimensionId[],
  rows: readonly Row[],
): Promise<Column[]> {
  const { tx, scope, period } = about
  const [, columnsBy] = by
  const [first = 'revenue'] = asked
  if (columnsBy === undefined) return []
  const count = (dimensions: readonly DimensionId[]) =>
    countPieces(tx, scope, { metrics: [first], by: dimensions, frames: [period] })
  const inColumns = firstCells(await count([columnsBy]))
  const ids = await rowIds(about, columnsBy, by.length, [...inColumns.keys()])
  const name = await cellNames(tx, columnsBy, ids)
  const columns = ids
    .map((id) => ({
      id,
      cell: name(id),
      figure: about.figure(first, inColumns.get(id) ?? counted({})),
    }))
    .sort((one, other) => compareCells([one.cell], [other.cell]))
  const byRow = new Map(rows.map((row) => [row.id, row]))
  for (const { cells, counted: pieces } of await count(by)) {
    byRow.get(cells[0] ?? null)?.cells.set(cells[1] ?? null, about.figure(first, pieces))
  }
  return columns
}

/** Dimensions whose values are those of today, whenever the facts were. */
const todaysValues: readonly DimensionId[] = [
  'family',
  'region',
  'country',
  'industry',
  'size',
  'source',
]

/** A cell as people say it. */
function labelOf({ lang, settings }: Asked, cell: Cell, time: boolean): string {
  if (cell === null || cell === '') return lang === 'de' ? 'ohne Angabe' : 'none given'
  if (typeof cell !== 'string') return cell.name
  return time ? writer(lang).period(parsePeriod(cell, settings)) : cell
}

function foundOf({ about, compared, by, total, rows }: Crossed, first: MetricId): CrossFound {
  const { lang, filters } = about
  const nothing: Figure = {}
  const used = new Set([...by, ...filters.map(({ dimension }) => dimension)])
  const rowsOf = rows.map(({ cell, figures }) => ({
    cell,
    figure: figures[first]?.now ?? nothing,
    before: figures[first]?.before ?? nothing,
  }))
  return {
    lang,
    metric: metrics[first],
    by,
    overTime: by[0] !== undefined && isTime(by[0]),
    period: about.period,
    total: total[first]?.now ?? nothing,
    rows: rowsOf,
    ...(compared
      ? {
          compared: {
            kind: compared.kind,
            period: compared.period,
            name: compared.name,
            total: total[first]?.before ?? nothing,
            rows: rowsOf,
          },
        }
      : {}),
    running: compared?.running ?? false,
    todays: todaysValues.filter((one) => used.has(one)),
    label: (cell) => labelOf(about, cell, by[0] !== undefined && isTime(by[0])),
  }
}
