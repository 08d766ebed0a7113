// What a chart is told: plain numbers, the same for the drawing and for the table beside it.
import type { Side } from './sparkline.tsx'

export interface Series {
  name: string
  values: readonly (number | null)[]
  side?: Side
  /** Forecasts and plans. */
  dashed?: boolean
  /** Points in full colour; the others stand back at 38 %. All when absent. */
  current?: (index: number) => boolean
  /** Ends of the interval per point: the band of a line, the line of a dot. */
  low?: readonly (number | null)[]
  high?: readonly (number | null)[]
  /** Bars that do not start at zero: where each stands; `values` are what they say (a waterfall). */
  spans?: readonly (readonly [from: number, to: number])[]
  /** A straight line among points, where the categories stand on a numeric axis. */
  straight?: boolean
  /** Only a band: without a line, points and a name at its end. */
  bandOnly?: boolean
  /** Points alone, not joined by a line. */
  pointsOnly?: boolean
  /** Points of a line that stand out: drawn as a diamond, larger than the others. */
  marked?: (index: number) => boolean
}

export interface ChartData {
  kind: 'bars' | 'lines' | 'dots'
  categories: readonly string[]
  series: readonly Series[]
  /** Writes a value in full, for hover and table. */
  format: (value: number) => string
  /** Writes a value short, for the axis; `format` when absent. */
  axisFormat?: (value: number) => string
  /** The whole or the target, as a dashed line. */
  whole?: { value: number; label: string }
  /** Points that bear their number; the largest and the last when absent. */
  labelled?: readonly number[]
  /** Bars lie on their side: for long names. */
  flat?: boolean
  /** Where the categories stand on a numeric axis, in ascending order, instead of side by side: dots only. */
  along?: { at: readonly number[]; format: (value: number) => string }
  /** Ends of the value axis; bars start at zero whatever is said. */
  from?: number
  until?: number
}

/** The few points that matter when nobody says which: the largest and the last. */
export function labelledPoints(values: readonly (number | null)[]): number[] {
  let largest = -1
  let last = -1
  values.forEach((value, index) => {
    if (value === null) return
    last = index
    if (largest < 0 || value > (values[largest] ?? Number.NEGATIVE_INFINITY)) largest = index
  })
  return [...new Set([largest, last])].filter((index) => index >= 0)
}
