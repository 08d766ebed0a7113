// Pipeline and series together: what the open deals will not bring, because it is not open yet, is put to them.
import type { Prediction } from '../../../methods/prediction.ts'

/** What was won in a period, by the period of its opening (places in one order; null: not known). */
export interface WonOpened {
  closed: number
  opened: number | null
  won: number
  amount: number
  /** Sum of the squared amounts. */
  squares: number
}

/** Below this share of a period the pipeline says too little of it. */
const shareLeast = 0.25

/**
 * Share of what a period brings that is already open `ahead` whole periods before it begins, over
 * `periods` periods; undefined where openings are not known for at least nine tenths of it.
 */
export function openBefore(
  rows: readonly WonOpened[],
  periods: number,
  ahead: number,
  by: 'won' | 'amount',
): number | undefined {
  let all = 0
  let dated = 0
  let before = 0
  for (const row of rows) {
    // Of the first periods it cannot be told how long before them a deal was opened.
    if (row.closed < ahead || row.closed >= periods) continue
    all += row[by]
    if (row.opened === null) continue
    dated += row[by]
    if (row.opened < row.closed - ahead) before += row[by]
  }
  return all > 0 && dated / all >= 0.9 ? before / dated : undefined
}

/**
 * The mean of what the series says and what the pipeline says once it stands for the whole period.
 * Both err together in ways nobody knows, so the intervals are averaged too and not narrowed.
 */
export function combined(
  series: Prediction,
  pipeline: Prediction,
  share: number | undefined,
  already: number,
): Prediction | undefined {
  if (share === undefined || share < shareLeast) return undefined
  const middle = (key: keyof Prediction) => (series[key] + already + pipeline[key] / share) / 2
  return {
    mean: middle('mean'),
    low80: middle('low80'),
    high80: middle('high80'),
    low95: middle('low95'),
    high95: middle('high95'),
  }
}
