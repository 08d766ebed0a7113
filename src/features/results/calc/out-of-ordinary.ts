// Months of a metric: which are ordinary variation, and which are a signal that something changed.
import { assert } from '../../../basics/refusal.ts'
import { xmrChart } from '../../../methods/control-chart.ts'
import { at } from '../../../methods/estimate.ts'
import { policy } from '../../../methods/policy.ts'

export interface MonthValue {
  /** Id of the period; only whole periods, in the order of time. */
  period: string
  /** Undefined: the metric has no value there; the month is passed over, its neighbours meet. */
  value: number | undefined
}

/** `outside`: beyond the limits. `run`: one of eight or more in a row on one side of the mean. */
export type Rule = 'outside' | 'run'

export interface JudgedMonth {
  period: string
  value: number | undefined
  verdict: 'ordinary' | 'signal' | 'no_value'
  /** Empty unless it is a signal. */
  rules: Rule[]
  /** Side of the mean; null on it, and where there is no value. */
  side: 'above' | 'below' | null
}

export interface Ordinary {
  /** `steady`: all values are equal, there is nothing to judge. */
  status: 'judged' | 'steady'
  mean: number
  /** Limits of ordinary variation, within what the metric can be; equal to the mean when steady. */
  low: number
  high: number
  /** So many months more until the limits are no longer provisional; 0: they are not. */
  provisionalFor: number
  months: JudgedMonth[]
  /** The last month that has a value. */
  last: JudgedMonth
  /** First and last period of each run. */
  runs: { from: string; until: string }[]
}

/** Too few months: `more` of them are needed before the first limits. */
export interface NotEnoughMonths {
  status: 'not_enough_data'
  more: number
}

export interface Judging {
  /** What the metric can be: 0 to 1 for a share, from 0 on for a count. Limits stay within. */
  least?: number
  most?: number
  /**
   * Last period the limits rest on, decided by a person and recorded; the months after it are then
   * judged by what was ordinary up to it. Absent: the limits rest on all months given.
   */
  limitsUntil?: string
}

/**
 * Judges the months of a metric by a chart of single values and moving ranges ({@link xmrChart}).
 * The chart knows no seasons: a month that is high every year is a signal every year.
 */
export function outOfOrdinary(
  months: readonly MonthValue[],
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, limitsUntil }: Judging = {},
): Ordinary | NotEnoughMonths {
  const known = months.flatMap(({ period, value }) =>
    value === undefined ? [] : [{ period, value }],
  )
  const baseline = limitsUntil === undefined ? known.length : monthsUntil(months, limitsUntil)
  const { points, provisionalFrom } = policy.controlChart
  if (baseline < provisionalFrom) {
    return { status: 'not_enough_data', more: provisionalFrom - baseline }
  }
  const values = known.map(({ value }) => value)
  const chart = xmrChart(values, { baseline })
  const { mean = at(values, 0), low = mean, high = mean } = chart
  const judgedKnown = known.map(({ period, value }, position): JudgedMonth => {
    // Where nothing ever varied, the limits are the mean itself.
    const outside = value < low || value > high
    const inRun = chart.runs.some(([first, last]) => first <= position && position <= last)
    const rules: Rule[] = [
      ...(outside ? ['outside' as const] : []),
      ...(inRun ? ['run' as const] : []),
    ]
    const side = value === mean ? null : value > mean ? 'above' : 'below'
    return { period, value, verdict: rules.length > 0 ? 'signal' : 'ordinary', rules, side }
  })
  const judged = new Map(judgedKnown.map((month) => [month.period, month]))
  return {
    status: chart.status === 'ok' ? 'judged' : 'steady',
    mean,
    low: Math.max(least, low),
    high: Math.min(most, high),
    provisionalFor: Math.max(0, points - baseline),
    months: months.map(
      ({ period }) =>
        judged.get(period) ?? {
          period,
          value: undefined,
          verdict: 'no_value',
          rules: [],
          side: null,
        },
    ),
    last: at(judgedKnown, judgedKnown.length - 1),
    runs: chart.runs.map(([first, last]) => ({
      from: at(known, first).period,
      until: at(known, last).period,
    })),
  }
}

/** How many months up to this one, itself included, have a value. */
function monthsUntil(months: readonly MonthValue[], period: string): number {
  const last = months.findIndex((month) => month.period === period)
  assert(last >= 0, `the limits rest on months up to one of those given, not ${period}`)
  return months.slice(0, last + 1).filter(({ value }) => value !== undefined).length
}
