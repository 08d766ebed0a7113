// Golden cases of rates, counts and answers: single figures with their intervals.

import { poissonExact, rateRatioExact } from '../src/methods/count-rate.ts'
import { effort, topTwoBox } from '../src/methods/csat.ts'
import type { Estimate } from '../src/methods/estimate.ts'
import { countRecommendations, netPromoterScore } from '../src/methods/nps.ts'
import { clopperPearson, jeffreys, wilson, wilsonCorrected } from '../src/methods/proportion-ci.ts'
import { type Adapter, type Adapters, limits } from './golden-inputs.ts'

function rate(method: (x: number, n: number, confidence: number) => Estimate): Adapter {
  return (inputs) => {
    const estimate = method(inputs.number('x'), inputs.number('n'), inputs.number('conf'))
    return { estimate: estimate.value, ...limits(estimate) }
  }
}

export const proportionCi: Adapters = {
  wilson: rate(wilson),
  wilson_cc: rate(wilsonCorrected),
  clopper_pearson: rate(clopperPearson),
  jeffreys: rate(jeffreys),
}

export const countRate: Adapters = {
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
}

export const csat: Adapters = {
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
}

export const nps: Adapters = {
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
}
