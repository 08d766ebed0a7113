// Golden cases of control charts and of what coaching looks at.

import { callAttempts } from '../src/methods/call-attempts.ts'
import { concentration } from '../src/methods/concentration.ts'
import {
  type AttributesChart,
  pChart,
  runsBeside,
  uChart,
  xmrChart,
  xmrFactors,
} from '../src/methods/control-chart.ts'
import { conversion } from '../src/methods/conversion.ts'
import { salesVelocity } from '../src/methods/sales-velocity.ts'
import { type Adapters, limits } from './golden-inputs.ts'

function attributes({ centre, points, outside }: AttributesChart): Record<string, unknown> {
  const lower = points.map((point) => point.low)
  const upper = points.map((point) => point.high)
  const same = (values: readonly unknown[]) => (new Set(values).size === 1 ? values[0] : undefined)
  return { center: centre, lower, upper, outside, lowerAll: same(lower), upperAll: same(upper) }
}

export const spc: Adapters = {
  p_chart: (inputs) => {
    const records = inputs.pairs('defects', 'n')
    return attributes(pChart(records.map(([successes, trials]) => ({ successes, trials }))))
  },
  u_chart: (inputs) => {
    const records = inputs.pairs('count', 'exposure')
    return attributes(uChart(records.map(([count, exposure]) => ({ count, exposure }))))
  },
  xmr: (inputs) => {
    const chart = xmrChart(inputs.numbers('values'))
    const exact = xmrChart(inputs.numbers('values'), { factors: xmrFactors.unrounded })
    return {
      ...limits(chart),
      mean: chart.mean,
      averageMovingRange: chart.averageMovingRange,
      mrUpper: chart.rangeHigh,
      lowerExact: exact.low,
      upperExact: exact.high,
      outside: chart.outside,
    }
  },
  run_rule: (inputs) => {
    const runs = runsBeside(
      inputs.numbers('values'),
      inputs.number('center'),
      inputs.number('runLength'),
    )
    return { shift: runs.length > 0, runs }
  },
}

export const coaching: Adapters = {
  funnel: (inputs) => {
    const { steps, overall } = conversion(inputs.counted('stages'))
    return {
      steps: steps.map(({ from, to, rate }) => ({ from, to, rate: rate.value, ...limits(rate) })),
      overall: overall.value,
    }
  },
  sales_velocity: (inputs) => ({
    ...salesVelocity({
      opportunities: inputs.number('opportunities'),
      winRate: inputs.number('winRate'),
      averageValue: inputs.number('averageValue'),
      cycleDays: inputs.number('cycleDays'),
    }),
  }),
  pareto: (inputs) => {
    const found = concentration(inputs.numbers('values'))
    return {
      cumulativeShare: found.cumulativeShare,
      itemsFor80: found.itemsForFourFifths,
      shareOfItemsFor80: found.shareOfItemsForFourFifths,
      top20Share: found.topFifthShare,
    }
  },
  call_attempts: (inputs) => {
    const attempts = inputs.pairs('attempted', 'reached')
    return {
      byAttempt: callAttempts(attempts.map(([attempted, reached]) => ({ attempted, reached }))).map(
        ({ rate, cumulativeReached }) => ({
          rate: rate.value,
          ...limits(rate),
          cumulativeReached,
        }),
      ),
    }
  },
}
