// What later features may ask of results.
import type { CalendarSettings } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { revenueSources } from '../orders/door.ts'
import { countPieceList } from './store-figures.ts'
import type { Frame } from './store-scope.ts'

export type { Where } from './asked.ts'
export { dimensionMeant, dimensionNames, metricMeant, metrics } from './calc/metrics.ts'
export { writer } from './calc/words.ts'
export {
  addsUpOverTime,
  cellsByDay,
  metricByDay,
  metricByMonth,
  metricInFrames,
  quotientOf,
  settledWhere,
  sidesByDay,
} from './course.ts'
export { measured, type NarrowedTo, namesOfCells, readCells } from './measured.ts'
export {
  type AskedSeries,
  askSeries,
  type Grain,
  metricSeries,
  type Series,
  seriesDay,
} from './series.ts'
export {
  amountsOfOpenDeals,
  type DaysOpen,
  daysOpenOf,
  type OpenDealAt,
  openDealsAt,
  type StageOutcome,
  stageOutcomesOf,
  type WonByOpening,
  wonByOpening,
} from './store-open-deals.ts'
export { type Known, knownAt } from './store-periods.ts'
export { countingSales } from './store-scope.ts'
export { cellsMax } from './store-sources.ts'

export interface MonthOfRevenue {
  /** Place of its frame among those asked for. */
  frame: number
  /** Such as 2026-03. */
  month: string
  base: number
  /** Sales that count and have no rate to the base currency. */
  unrated: number
}

/**
 * Revenue of the whole organisation by frame and month of the sale, counted as every figure of results
 * is; `revision` undefined: as things stand.
 */
export async function revenueByMonth(
  tx: Tx,
  calendar: CalendarSettings,
  revision: number | undefined,
  frames: readonly Frame[],
): Promise<MonthOfRevenue[]> {
  const cells = await countPieceList(
    tx,
    {
      orgId: tx.orgId,
      revision,
      reach: undefined,
      calendar,
      narrowing: { cells: new Map(), days: [] },
      sources: await revenueSources(tx, revision),
    },
    { by: ['month'], frames },
    new Set(['base', 'unrated']),
  )
  return cells.map(({ frame, cells: [month], counted }) => ({
    frame,
    month: month ?? '',
    base: counted.get('base'),
    unrated: counted.get('unrated'),
  }))
}
