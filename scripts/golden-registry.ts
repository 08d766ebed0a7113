// The one place that translates between the names of the golden files and those of Kontor's methods.

import { poissonExact, rateRatioExact } from '../src/methods/count-rate.ts'
import { effort, topTwoBox } from '../src/methods/csat.ts'
import {
  betaBinomialMle,
  betaBinomialMom,
  jamesSteinArcsine,
  jamesSteinEqualN,
} from '../src/methods/empirical-bayes.ts'
import type { Estimate } from '../src/methods/estimate.ts'
import { rankIntervalsHolm, rankIntervalsWinrate } from '../src/methods/fair-ranking.ts'
import {
  funnelLimits,
  funnelLimitsNormal,
  funnelOverdispersion,
  funnelTails,
} from '../src/methods/funnel.ts'
import { countRecommendations, netPromoterScore } from '../src/methods/nps.ts'
import { clopperPearson, jeffreys, wilson, wilsonCorrected } from '../src/methods/proportion-ci.ts'
import { churn, cohortRetention, rfm } from '../src/methods/repeat-business.ts'
import type { GoldenCase } from './golden-compare.ts'

type Adapter = (inputs: Inputs, goldenCase: GoldenCase) => Record<string, unknown>

/** Typed reading of a case's inputs; a missing or misshapen input is an error of the file. */
class Inputs {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values
  }

  number(name: string): number {
    const value = this.#values[name]
    if (typeof value !== 'number') throw new TypeError(`Input ${name} is not a number`)
    return value
  }

  text(name: string): string {
    const value = this.#values[name]
    if (typeof value !== 'string') throw new TypeError(`Input ${name} is not a text`)
    return value
  }

  list(name: string): readonly unknown[] {
    const value = this.#values[name]
    if (!Array.isArray(value)) throw new TypeError(`Input ${name} is not a list`)
    return value
  }

  numbers(name: string): number[] {
    return this.list(name).map((value) => {
      if (typeof value !== 'number') throw new TypeError(`Input ${name} is not a list of numbers`)
      return value
    })
  }

  /** Two lists of equal length, read side by side. */
  pairs(first: string, second: string): [number, number][] {
    const right = this.numbers(second)
    return this.numbers(first).map((value, i) => [value, right[i] ?? Number.NaN])
  }
}

function limits(estimate: Estimate): Record<string, unknown> {
  return { status: estimate.status, lower: estimate.low, upper: estimate.high }
}

function rate(method: (x: number, n: number, confidence: number) => Estimate): Adapter {
  return (inputs) => {
    const estimate = method(inputs.number('x'), inputs.number('n'), inputs.number('conf'))
    return { estimate: estimate.value, ...limits(estimate) }
  }
}

function records(inputs: Inputs, successes: string) {
  return inputs.pairs(successes, 'n').map(([x, n]) => ({ successes: x, trials: n }))
}

function squaredErrors(estimates: readonly number[], truth: unknown): number | undefined {
  if (!Array.isArray(truth)) return undefined
  return estimates.reduce((sum, estimate, i) => sum + (estimate - Number(truth[i])) ** 2, 0)
}

function funnel(inputs: Inputs): Record<string, unknown> {
  const target = inputs.number('target')
  const n = inputs.numbers('n')
  const inner = funnelLimits(target, n)
  const outer = funnelLimits(target, n, funnelTails.outer)
  const normal = funnelLimitsNormal(target, n)
  return {
    lower95: inner.map((limit) => limit.low),
    upper95: inner.map((limit) => limit.high),
    lower998: outer.map((limit) => limit.low),
    upper998: outer.map((limit) => limit.high),
    normLower95: normal.map((limit) => limit.low),
    normUpper95: normal.map((limit) => limit.high),
  }
}

function holm(inputs: Inputs): Record<string, unknown> {
  const units = inputs.pairs('estimate', 'se').map(([estimate, se]) => ({ estimate, se }))
  const ranking = rankIntervalsHolm(units, inputs.number('conf'))
  const wider = rankIntervalsHolm(units, inputs.number('conf'), 'bonferroni')
  return {
    status: ranking.status,
    rank: ranking.units.map((unit) => unit.value),
    rankLower: ranking.units.map((unit) => unit.low),
    rankUpper: ranking.units.map((unit) => unit.high),
    significantPairs: ranking.significantPairs,
    rankLowerBonferroni: wider.units.map((unit) => unit.low),
    rankUpperBonferroni: wider.units.map((unit) => unit.high),
    tiedWithBest: ranking.tiedWithBest,
  }
}

function jamesStein(inputs: Inputs, goldenCase: GoldenCase): Record<string, unknown> {
  const successes = inputs.numbers('successes')
  const n = inputs.number('n')
  const result = jamesSteinEqualN(successes, n)
  const raw = successes.map((x) => x / n)
  return {
    ...result,
    sseRaw: squaredErrors(raw, goldenCase.data?.truth),
    sseJs: squaredErrors(result.estimates, goldenCase.data?.truth),
  }
}

function cohorts(inputs: Inputs): Record<string, unknown> {
  const purchases = inputs.list('orders').map((order) => {
    const [customer, on] = Array.isArray(order) ? order : []
    return { customer: String(customer), on: String(on) }
  })
  const result = cohortRetention(purchases, inputs.text('throughMonth'))
  const entries = result.cohorts.map(({ month, size, active, rates }) => [
    month,
    { size, active, rate: rates.map((cell) => cell.value) },
  ])
  return { cohorts: Object.fromEntries(entries), repeatRate: result.repeatRate.value }
}

const adapters: Readonly<Record<string, Readonly<Record<string, Adapter>>>> = {
  proportion_ci: {
    wilson: rate(wilson),
    wilson_cc: rate(wilsonCorrected),
    clopper_pearson: rate(clopperPearson),
    jeffreys: rate(jeffreys),
  },
  count_rate: {
    poisson_exact: (inputs) => {
      const [count, exposure] = [inputs.number('count'), inputs.number('exposure')]
      const estimate = poissonExact(count, exposure, inputs.number('conf'))
      return { rate: estimate.value, ...limits(estimate) }
    },
    rate_ratio_exact: (inputs) => {
      const counts = {
        count1: inputs.number('count1'),
        exposure1: inputs.number('exposure1'),
        count2: inputs.number('count2'),
        exposure2: inputs.number('exposure2'),
      }
      const ratio = rateRatioExact(counts, inputs.number('conf'))
      return { rateRatio: ratio.value, ...limits(ratio), pValue: ratio.pValue }
    },
  },
  csat: {
    top2box: (inputs) => {
      const share = topTwoBox(inputs.numbers('counts1to5'), inputs.number('conf'))
      return { top2box: share.value, ...limits(share), mean: share.mean.value, n: share.n }
    },
    ces7: (inputs) => {
      const { mean, agree } = effort(inputs.numbers('scores'), inputs.number('conf'))
      return {
        mean: mean.value,
        meanLower: mean.low,
        meanUpper: mean.high,
        agree5plus: agree.value,
        agreeLower: agree.low,
        agreeUpper: agree.high,
      }
    },
  },
  nps: {
    nps: (inputs) => {
      const counts = {
        detractors: inputs.number('detractors'),
        passives: inputs.number('passives'),
        promoters: inputs.number('promoters'),
      }
      const score = netPromoterScore(counts, inputs.number('conf'))
      // The files have the bare normal interval, which is a point where all answers are alike.
      const alike = score.alike ? { lower: score.value, upper: score.value } : {}
      return { nps: score.value, se: score.se, n: score.n, ...limits(score), ...alike }
    },
    classify: (inputs) => {
      const counts = countRecommendations(inputs.numbers('scores'))
      const { value, n } = netPromoterScore(counts)
      return { ...counts, nps: value, n }
    },
  },
  fair_ranking: {
    rank_intervals_holm: holm,
    rank_intervals_winrate: (inputs) => {
      const ranking = rankIntervalsWinrate(records(inputs, 'wins'), inputs.number('conf'))
      return {
        status: ranking.status,
        adjustedRate: ranking.compared.map((unit) => unit.estimate),
        se: ranking.compared.map((unit) => unit.se),
        rankLower: ranking.units.map((unit) => unit.low),
        rankUpper: ranking.units.map((unit) => unit.high),
      }
    },
    funnel_limits: funnel,
    funnel_overdispersion: (inputs) => {
      const found = funnelOverdispersion(records(inputs, 'successes'), inputs.number('winsor'))
      const { target, phi, adjusted, units } = found
      return {
        status: found.status,
        target,
        phi,
        adjusted,
        z: units.map((unit) => unit.z),
        flag95: units.map((unit) => unit.unusual),
        flag998: units.map((unit) => unit.veryUnusual),
      }
    },
  },
  empirical_bayes: {
    james_stein_equal_n: jamesStein,
    james_stein_arcsine: (inputs) => ({
      ...jamesSteinArcsine(inputs.numbers('successes'), inputs.number('n')),
    }),
    beta_binomial_mle: (inputs) => {
      const fit = betaBinomialMle(records(inputs, 'successes'))
      const values = fit.units.map((unit) => unit.value)
      return {
        ...fit,
        shrunken: values,
        shrunkenAll: new Set(values).size === 1 ? values[0] : undefined,
        lower: fit.units.map((unit) => unit.low),
        upper: fit.units.map((unit) => unit.high),
      }
    },
    beta_binomial_mom: (inputs) => ({ ...betaBinomialMom(records(inputs, 'successes')) }),
  },
  repeat_business: {
    rfm: (inputs) => {
      const frequency = inputs.numbers('frequency')
      const monetary = inputs.numbers('monetary')
      const customers = inputs.numbers('recencyDays').map((recencyDays, i) => ({
        recencyDays,
        frequency: frequency[i] ?? Number.NaN,
        monetary: monetary[i] ?? Number.NaN,
      }))
      const scores = rfm(customers)
      return {
        R: scores.map((score) => score.recency),
        F: scores.map((score) => score.frequency),
        M: scores.map((score) => score.monetary),
      }
    },
    cohort_retention: cohorts,
    churn: (inputs) => {
      const result = churn({
        customersAtStart: inputs.number('customersAtStart'),
        lostOfThose: inputs.number('lostOfThose'),
        newCustomers: inputs.number('newCustomers'),
      })
      return { ...result, churnRate: result.churn.value, retention: result.retention.value }
    },
  },
}

/** The result of a case under the golden files' names; undefined when no method is registered for it. */
export function answer(method: string, goldenCase: GoldenCase): unknown {
  const adapter = Object.hasOwn(adapters, method) ? adapters[method]?.[goldenCase.fn] : undefined
  return adapter?.(new Inputs(goldenCase.inputs), goldenCase)
}
