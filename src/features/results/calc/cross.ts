// A crossed question from its figures: what differs, in which order rows stand, which columns are shown.
import type { Cell, Figure } from '../../../basics/figure.ts'
import type { Metric } from './metric.ts'

export interface Compared {
  now: Figure
  before: Figure | null
  differs: boolean | null
}

/** Whether a figure counts everything there is, so that any difference is one. */
export function countsEverything(
  metric: Pick<Metric, 'id' | 'interval' | 'additive' | 'unit'>,
): boolean {
  return (
    metric.interval === null &&
    (metric.unit === 'money' || metric.unit === 'count') &&
    (metric.additive || metric.id === 'customers') &&
    metric.id !== 'weighted-pipeline'
  )
}

/** Two figures differ where their intervals do not touch, or where everything was counted. */
export function differ(one: Figure, other: Figure, whole: boolean): boolean {
  if (one.value === undefined || other.value === undefined) return false
  if (whole) return one.value !== other.value
  if (
    one.low === undefined ||
    one.high === undefined ||
    other.low === undefined ||
    other.high === undefined
  )
    return false
  return one.low > other.high || one.high < other.low
}

export interface CrossRow {
  cell: Cell
  figure: Figure
}

/** Largest or smallest first; those without a value last, equal ones in the order they came. */
export function byValue(down: boolean): (one: CrossRow, other: CrossRow) => number {
  return (one, other) => {
    const [a, b] = [one.figure.value, other.figure.value]
    if (a === undefined || b === undefined) {
      return a === b ? 0 : a === undefined ? 1 : -1
    }
    return down ? b - a : a - b
  }
}

/**
 * The columns that are shown: of times the last, in their order; of all others the largest, largest
 * first. Facts without a cell come last.
 */
export function shownColumns<Row extends CrossRow>(
  columns: readonly Row[],
  most: number,
  isTime: boolean,
): Row[] {
  if (isTime) return columns.slice(-most)
  return columns.toSorted(byValue(true)).slice(0, most)
}
