// Figures for features that set something against them: one metric, many stretches of days, one revision.
import type { Figure } from '../../basics/figure.ts'
import type { CalendarSettings } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Asking, ask, checkDimensions, dimensionsOf, type Where } from './asked.ts'
import type { Language } from './calc/metric.ts'
import { counted } from './calc/pieces.ts'
import type { DimensionId, MetricId } from './contract.ts'
import { cellNames, resolveFilters } from './store-cells.ts'
import { countPieces } from './store-figures.ts'
import type { Known } from './store-periods.ts'
import type { Frame, Held, Scope } from './store-scope.ts'

export interface Measuring {
  metric: MetricId
  /** Absent: all together. */
  by?: MeasuredBy
  frames: readonly Frame[]
  where: Where
  /** Only these sellers, by id: also those who are no longer on record. */
  sellers?: readonly string[]
  /** Only what each seller did on days of theirs, with every customer counted once over all of them. */
  held?: readonly Held[]
  /** Absent: as things stand. */
  known?: Known
  lang?: Language | undefined
}
type MeasuredBy = 'seller' | 'team'

/**
 * The figures of a metric by frame and cell, within the reach of who asks, by the very computation of
 * every other figure. A cell in which nothing was counted has the figure of nothing.
 */
export async function measured(
  ctx: Pick<Asking, 'who' | 'reach' | 'clock'>,
  tx: Tx,
  { metric, by, frames, where, sellers, held, known, lang }: Measuring,
): Promise<(frame: number, cell?: string) => Figure> {
  checkDimensions([metric], [...(by ? [by] : []), ...dimensionsOf(where)])
  const [first] = frames
  if (!first) return () => ({})
  const about = await ask(ctx, tx, { from: first.from, until: first.until, lang }, where, known)
  const ids = sellers ?? held?.map(({ seller }) => seller)
  const { narrowing } = about.scope
  const scope: Scope =
    ids === undefined
      ? about.scope
      : {
          ...about.scope,
          narrowing: {
            ...narrowing,
            cells: new Map([...narrowing.cells, ['seller', { ids, none: false }]]),
            ...(held ? { held } : {}),
          },
        }
  const cells = await countPieces(tx, scope, {
    metrics: [metric],
    by: by ? [by] : [],
    frames,
  })
  const key = (frame: number, cell: string | undefined) => `${frame} ${cell ?? ''}`
  const found = new Map(
    cells.map(({ frame, cells: [cell], counted }) => [key(frame, cell ?? undefined), counted]),
  )
  return (frame, cell) => about.figure(metric, found.get(key(frame, cell)) ?? counted({}))
}

/** A filter with ids and words; a value that stands for itself has the same as both. */
export interface NarrowedTo {
  dimension: DimensionId
  cells: { id: string; name: string }[]
}

/** Filters as they were given, by id and name. Refuses `results.unknown_cell`. */
export async function readCells(
  tx: Tx,
  where: Where,
  calendar: CalendarSettings,
): Promise<NarrowedTo[]> {
  const { narrowing, filters } = await resolveFilters(tx, where, calendar)
  return filters.map(({ dimension, names }) => {
    const found = narrowing.cells.get(dimension)
    const ids = found ? [...found.ids, ...(found.none ? ['-'] : [])] : names
    return { dimension, cells: ids.map((id, i) => ({ id, name: names[i] ?? id })) }
  })
}

/** Filters kept by id, with the names their cells have today; what is gone by then is `?`. */
export async function namesOfCells(tx: Tx, where: Where): Promise<NarrowedTo[]> {
  const list: NarrowedTo[] = []
  for (const dimension of dimensionsOf(where)) {
    const ids = where[dimension] ?? []
    const named = await cellNames(
      tx,
      dimension,
      ids.filter((id) => id !== '-'),
    )
    list.push({
      dimension,
      cells: ids.map((id) => {
        const cell = id === '-' ? id : named(id)
        return { id, name: cell === null ? '-' : typeof cell === 'string' ? cell : cell.name }
      }),
    })
  }
  return list
}
