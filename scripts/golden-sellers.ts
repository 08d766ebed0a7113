// Golden cases of comparing many sellers: ranks, funnels, shrunken rates.

import {
  betaBinomialMle,
  betaBinomialMom,
  jamesSteinArcsine,
  jamesSteinEqualN,
} from '../src/methods/empirical-bayes.ts'
import { rankIntervalsHolm, rankIntervalsWinrate } from '../src/methods/fair-ranking.ts'
import {
  funnelLimits,
  funnelLimitsNormal,
  funnelOverdispersion,
  funnelTails,
} from '../src/methods/funnel.ts'
import type { GoldenCase } from './golden-compare.ts'
import type { Adapters, Inputs } from './golden-inputs.ts'

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

export const fairRanking: Adapters = {
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
}

export const empiricalBayes: Adapters = {
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
}
