// Control charts: which months of a figure differ from the others by more than its ordinary variation.

import { at, type Status } from './estimate.ts'

/** One point of a chart with limits of its own; without trials or exposure it has neither. */
export interface ChartPoint {
  readonly value?: number
  readonly low?: number
  readonly high?: number
}

/**
 * Points by position in the input. `outside` holds the positions of points beyond their limits.
 * `centre` and limits are absent unless `status` is `ok`.
 */
export interface AttributesChart {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly assumptions: readonly string[]
  readonly centre?: number
  readonly points: readonly ChartPoint[]
  readonly outside: readonly number[]
}

interface Group {
  readonly count: number
  readonly of: number
}

/** Limits three standard errors around the pooled rate, wider where a point rests on less. */
function attributesChart(
  method: string,
  assumptions: readonly string[],
  groups: readonly Group[],
  limits: { readonly variance: (centre: number) => number; readonly most: number },
): AttributesChart {
  const common = { n: groups.length, method, assumptions }
  const of = groups.reduce((sum, group) => sum + group.of, 0)
  if (of === 0) return { ...common, status: 'not_enough_data', points: [], outside: [] }
  const centre = groups.reduce((sum, group) => sum + group.count, 0) / of
  const points = groups.map((group): ChartPoint => {
    if (group.of === 0) return {}
    const half = 3 * Math.sqrt(limits.variance(centre) / group.of)
    return {
      value: group.count / group.of,
      low: Math.max(0, centre - half),
      high: Math.min(limits.most, centre + half),
    }
  })
  const outside = positions(points, ({ value, low, high }) => {
    return value !== undefined && (value < (low ?? value) || value > (high ?? value))
  })
  return { ...common, status: 'ok', centre, points, outside }
}

function positions<T>(items: readonly T[], holds: (item: T) => boolean): number[] {
  return items.flatMap((item, i) => (holds(item) ? [i] : []))
}

/**
 * p-chart: shares such as complaints per order, as fractions 0..1, with limits clamped to 0..1.
 * No trials at all give `not_enough_data`; counts that are not whole, or above their trials, an
 * error. From some 5,000 trials a point on the limits are absurdly tight; {@link xmrChart} of the
 * shares is then the better chart. Source: Shewhart (1931), Economic Control of Quality of
 * Manufactured Product; Montgomery (2013), Introduction to Statistical Quality Control, 7.2.
 */
export function pChart(
  records: readonly { readonly successes: number; readonly trials: number }[],
): AttributesChart {
  for (const { successes, trials } of records) {
    const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials)
    if (!(whole && successes >= 0 && successes <= trials)) {
      throw new RangeError('Successes and trials are whole numbers, successes within trials')
    }
  }
  return attributesChart(
    'p_chart',
    ['independent_trials', 'same_chance_in_every_trial'],
    records.map(({ successes, trials }) => ({ count: successes, of: trials })),
    { variance: (p) => p * (1 - p), most: 1 },
  )
}

/**
 * u-chart: counts per exposure such as calls per day, in events per unit of exposure. No exposure at
 * all gives `not_enough_data`, events without exposure an error.
 * Source: Montgomery (2013), Introduction to Statistical Quality Control, 7.3.
 */
export function uChart(
  records: readonly { readonly count: number; readonly exposure: number }[],
): AttributesChart {
  for (const { count, exposure } of records) {
    if (!(Number.isSafeInteger(count) && count >= 0)) {
      throw new RangeError('A count is a whole number from 0 on')
    }
    if (!(Number.isFinite(exposure) && exposure >= 0 && (exposure > 0 || count === 0))) {
      throw new RangeError('An exposure is a finite number from 0 on, above 0 where events are')
    }
  }
  return attributesChart(
    'u_chart',
    ['independent_events', 'constant_rate'],
    records.map(({ count, exposure }) => ({ count, of: exposure })),
    { variance: (u) => u, most: Number.POSITIVE_INFINITY },
  )
}

/**
 * Mean moving ranges from the mean to the limits, and from 0 to the limit of the moving ranges:
 * 3/d₂ and 1 + 3·d₃/d₂ for ranges of two normal values, rounded as is customary, and unrounded.
 */
export const xmrFactors = {
  customary: { limit: 2.66, range: 3.267 },
  unrounded: {
    limit: (3 * Math.sqrt(Math.PI)) / 2,
    range: 1 + 3 * Math.sqrt(Math.PI / 2 - 1),
  },
} as const

/** How many points in a row on one side of the mean are a signal. */
export const runLength = 8

/** Positions of the first and the last point of a run, both included. */
export type Run = readonly [first: number, last: number]

/** Figures in the unit of the values; limits are absent unless `status` is `ok`. */
export interface XmrChart {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly assumptions: readonly string[]
  readonly mean?: number
  readonly averageMovingRange?: number
  readonly low?: number
  readonly high?: number
  /** A step from one point to the next beyond this is unusual. */
  readonly rangeHigh?: number
  /** Positions of points beyond the limits. */
  readonly outside: readonly number[]
  /** {@link runLength} and more points in a row on one side of the mean. */
  readonly runs: readonly Run[]
}

/**
 * Chart of single values: mean ± 2.66 mean moving ranges, judged by two rules only (a point outside,
 * eight in a row on one side), since more rules give more false alarms. The moving range is the
 * distance of neighbours, so a lasting shift widens the limits by one step only. Values come in the
 * order of time. `baseline`: the limits rest on the first so many values, which keeps them fixed
 * while later ones are judged; all values when absent. Fewer than two values in it give
 * `not_enough_data`, equal ones `undefined_no_variation`.
 * Source: Wheeler & Chambers (1992), Understanding Statistical Process Control; NIST/SEMATECH
 * e-Handbook of Statistical Methods, 6.3.2.2.
 */
export function xmrChart(
  values: readonly number[],
  {
    baseline = values.length,
    factors = xmrFactors.customary,
  }: {
    readonly baseline?: number
    readonly factors?: { readonly limit: number; readonly range: number }
  } = {},
): XmrChart {
  if (!values.every(Number.isFinite)) throw new RangeError('The values of a chart are finite')
  if (!(Number.isSafeInteger(baseline) && baseline >= 0 && baseline <= values.length)) {
    throw new RangeError('The baseline of a chart is a number of its values')
  }
  const assumptions = ['no_season_and_no_trend', 'neighbours_independent']
  const common = { n: values.length, method: 'xmr', assumptions, outside: [], runs: [] }
  if (baseline < 2) return { ...common, status: 'not_enough_data' }
  const first = at(values, 0)
  let drift = 0
  let ranges = 0
  for (let i = 1; i < baseline; i += 1) {
    drift += at(values, i) - first
    ranges += Math.abs(at(values, i) - at(values, i - 1))
  }
  // Summed from the first value on, so that large values with small differences keep their digits.
  const mean = first + drift / baseline
  const averageMovingRange = ranges / (baseline - 1)
  if (averageMovingRange === 0) {
    return { ...common, status: 'undefined_no_variation', mean, averageMovingRange }
  }
  const half = factors.limit * averageMovingRange
  const [low, high] = [mean - half, mean + half]
  return {
    ...common,
    status: 'ok',
    mean,
    averageMovingRange,
    low,
    high,
    rangeHigh: factors.range * averageMovingRange,
    outside: positions(values, (value) => value < low || value > high),
    runs: runsBeside(values, mean),
  }
}

/**
 * Every stretch of at least `least` values strictly on one side of `centre`; a value on the line
 * breaks it. Source: Western Electric (1956), Statistical Quality Control Handbook, rule 4.
 */
export function runsBeside(
  values: readonly number[],
  centre: number,
  least: number = runLength,
): Run[] {
  const runs: Run[] = []
  let start = 0
  for (let i = 1; i <= values.length; i += 1) {
    const side = Math.sign(at(values, start) - centre)
    if (i < values.length && Math.sign(at(values, i) - centre) === side) continue
    if (side !== 0 && i - start >= least) runs.push([start, i - 1])
    start = i
  }
  return runs
}
