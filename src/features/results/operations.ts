// The operations of results: each reads one revision, counts once, and says what it counted.

import type { Implements } from '../../basics/contract.ts'
import type { Cell, Figure } from '../../basics/figure.ts'
import { isTimeDimension, parsePeriod, type TimeDimension } from '../../basics/period.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import {
  type Asked,
  type Asking,
  ask,
  checkDimensions,
  dimensionsOf,
  shownPeriod,
} from './asked.ts'
import { compareCells, gapsIn } from './asked-cells.ts'
import { askOfCohort } from './asked-cohort.ts'
import { metrics } from './calc/metrics.ts'
import { counted } from './calc/pieces.ts'
import { type DimensionId, type MetricId, metricIds, type resultsContract } from './contract.ts'
import type { viewsContract } from './contract-views.ts'
import { readBoard } from './operations-board.ts'
import { cardsOperations } from './operations-cards.ts'
import { crossOperations } from './operations-cross.ts'
import { exploreOperations } from './operations-explore.ts'
import { readOverview } from './operations-overview.ts'
import { readWhy } from './operations-why.ts'
import { cellNames, listCells, standingCells } from './store-cells.ts'
import { type CountedCell, countPieces } from './store-figures.ts'
import { knownAtRevision, periodsWithData } from './store-periods.ts'
import { factsBehind, originOf } from './store-rows.ts'
import { cellsMax, tooManyCells } from './store-sources.ts'

/** All that only read; views are written, too. */
type Reading = Omit<typeof resultsContract, keyof typeof viewsContract>

export const resultsOperations: Implements<Reading, Asking> = {
  ...cardsOperations,
  ...exploreOperations,
  ...crossOperations,
  'results.metrics': async () => ({
    rows: metricIds.map((id) => {
      const { name, sentence, unit, side, good, dimensions, interval, measured } = metrics[id]
      return {
        id,
        name,
        sentence,
        unit,
        side,
        good,
        dimensions: [...dimensions],
        interval,
        measured,
      }
    }),
  }),

  'results.figures': (ctx, input) =>
    ctx.read(async (tx) => {
      const by = [...new Set(input.by)]
      const asked = [...new Set(input.metric)]
      checkDimensions(asked, [...by, ...dimensionsOf(input.where)])
      const about = await ask(ctx, tx, input, input.where)
      const cells = await countPieces(tx, about.scope, {
        metrics: asked,
        by,
        frames: [about.period],
      })
      const rows = await figureRows(about, asked, by, cells)
      return {
        revision: about.known.revision,
        period: shownPeriod(about.period, about.byDefault),
        currency: about.settings.baseCurrency,
        columns: [...by, ...asked],
        rows,
      }
    }),

  'results.rows': (ctx, input) =>
    ctx.read(async (tx) => {
      checkDimensions([input.metric], dimensionsOf(input.where))
      const place = readCursor(input.cursor, ['int', 'null-day', 'id'])
      // Later pages stay in the revision of the first one, so that no row is skipped or shown twice.
      const known = place && (await knownAtRevision(tx, Number(place[0])))
      const about = await askOfCohort(ctx, tx, input, known)
      const metric = metrics[input.metric]
      const after = place && { on: place[1] as string | null, id: String(place[2]) }
      const facts = await factsBehind(tx, about.scope, metric, about.period, {
        after,
        limit: input.limit + 1,
      })
      const { total } = await originOf(tx, about.scope, metric, about.period)
      const { revision } = about.known
      return {
        revision,
        period: shownPeriod(about.period, about.byDefault),
        total,
        ...pageOfRows(facts, input.limit, (row) => [revision, row.on, row.id]),
      }
    }),

  'results.why': (ctx, input) => ctx.read((tx) => readWhy(ctx, tx, input)),
  'results.overview': (ctx, input) => ctx.read((tx) => readOverview(ctx, tx, input)),
  'results.board': (ctx, input) => ctx.read((tx) => readBoard(ctx, tx, input)),

  'results.periods': (ctx, { kind }) =>
    ctx.read(async (tx) => {
      const about = await ask(ctx, tx, {})
      const ids = await periodsWithData(tx, about.scope, kind)
      return {
        rows: ids.map((id) => {
          const { from, until } = parsePeriod(id, about.settings)
          return { id, from, until }
        }),
      }
    }),

  'results.cells': (ctx, { dimension, search, limit }) =>
    ctx.read(async (tx) => {
      if (!isTimeDimension(dimension))
        return { rows: await listCells(tx, dimension, search, limit) }
      const about = await ask(ctx, tx, {})
      const ids = await periodsWithData(tx, about.scope, dimension as TimeDimension)
      return {
        rows: ids.filter((id) => id.startsWith(search?.toUpperCase() ?? '')).slice(0, limit),
      }
    }),
}

type FigureRow = Record<string, Cell | Figure>

/** Cells with their figures: those counted, those that exist without facts, and gaps in time. */
async function figureRows(
  about: Asked,
  asked: readonly MetricId[],
  by: readonly DimensionId[],
  cells: readonly CountedCell[],
): Promise<FigureRow[]> {
  const { tx, scope, period } = about
  const found = new Map(cells.map((cell) => [JSON.stringify(cell.cells), cell]))
  const [only] = by
  const add = (id: string[]) => {
    const key = JSON.stringify(id)
    if (!found.has(key)) found.set(key, { frame: 0, cells: id, counted: counted({}) })
  }
  if (by.length === 0) add([])
  if (by.length === 1 && only && isTimeDimension(only)) {
    for (const id of gapsIn(
      about,
      only as TimeDimension,
      cells.map((cell) => cell.cells[0] ?? null),
    ))
      add([id])
  } else if (by.length === 1 && only) {
    for (const id of await standingCells(tx, scope, only, [period])) add([id])
  }
  if (found.size > cellsMax) throw tooManyCells()
  const names: ((id: string | null) => Cell)[] = []
  for (const [i, dimension] of by.entries()) {
    names.push(
      await cellNames(
        tx,
        dimension,
        [...found.values()].map((cell) => cell.cells[i] ?? null),
      ),
    )
  }
  const rows = [...found.values()].map((cell) => ({
    cells: by.map((_, i) => names[i]?.(cell.cells[i] ?? null) ?? null),
    counted: cell.counted,
  }))
  rows.sort((a, b) => compareCells(a.cells, b.cells))
  return rows.map((row) => {
    const shown: FigureRow = {}
    by.forEach((dimension, i) => {
      shown[dimension] = row.cells[i] ?? null
    })
    for (const id of asked) shown[id] = about.figure(id, row.counted)
    return shown
  })
}
