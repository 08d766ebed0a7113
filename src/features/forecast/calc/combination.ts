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
 * The same on a day within the period before: so much of that period is over, and what was opened in it is
 * there too. In the period that is on, all of the rest is open at its very end.
 */
export function openOnDay(
  rows: readonly WonOpened[],
  periods: number,
  { ahead, over, by }: { ahead: number; over: number; by: 'won' | 'amount' },
): number | undefined {
  const before = openBefore(rows, periods, ahead, by)
  const nearer = ahead === 0 ? 1 : openBefore(rows, periods, ahead - 1, by)
  if (before === undefined || nearer === undefined) return undefined
  return before + over * (nearer - before)
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
