// Golden cases of comparing two groups: rates and means.

import { bootstrapMeanDifference } from '../src/methods/bootstrap.ts'
import { fisherExact } from '../src/methods/fisher-exact.ts'
import { welch } from '../src/methods/mean-difference.ts'
import { newcombe, twoProportionTest } from '../src/methods/proportion-difference.ts'
import { hodgesLehmann, mannWhitney } from '../src/methods/rank-test.ts'
import { type Adapters, type Inputs, limits } from './golden-inputs.ts'

function arms(inputs: Inputs) {
  return [
    { successes: inputs.number('x1'), trials: inputs.number('n1') },
    { successes: inputs.number('x2'), trials: inputs.number('n2') },
  ] as const
}

export const proportionDifference: Adapters = {
  newcombe: (inputs) => {
    const found = newcombe(...arms(inputs), inputs.number('conf'))
    return { difference: found.value, ...limits(found) }
  },
  two_proportion_test: (inputs) => {
    const { status, z, chiSquare, pValue, pValueCorrected } = twoProportionTest(...arms(inputs))
    return { status, z, chisq: chiSquare, pValue, pValueYates: pValueCorrected }
  },
  fisher_exact: (inputs) => {
    const found = fisherExact(...arms(inputs), inputs.number('conf'))
    // The files write "nothing is known" as limits that exclude nothing.
    const unknown = found.status === 'ok' ? {} : { lower: 0, upper: Number.POSITIVE_INFINITY }
    const { value: conditionalOddsRatio, pValue } = found
    return { conditionalOddsRatio, pValue, ...limits(found), ...unknown }
  },
}

/** Draws for the Monte-Carlo cases: more than the files ask for, since both sides have noise. */
const replicates = 100_000
const seed = 1

export const meanDifference: Adapters = {
  welch_t: (inputs) => {
    const found = welch(inputs.numbers('a'), inputs.numbers('b'), inputs.number('conf'))
    const { value: difference, t, df, pValue } = found
    return { difference, t, df, pValue, ...limits(found) }
  },
  mann_whitney: (inputs) => {
    const { status, w, chance, ties, pExact, pNormal } = mannWhitney(
      inputs.numbers('a'),
      inputs.numbers('b'),
    )
    return { status, W: w, commonLanguage: chance, ties, pExact, pNormalCorrected: pNormal }
  },
  hodges_lehmann: (inputs) => {
    const found = hodgesLehmann(inputs.numbers('a'), inputs.numbers('b'), inputs.number('conf'))
    return { shift: found.value, ...limits(found) }
  },
  bootstrap_ci: (inputs) => {
    const found = bootstrapMeanDifference(inputs.numbers('a'), inputs.numbers('b'), {
      seed,
      replicates: Math.max(replicates, inputs.number('replicates')),
      confidence: inputs.number('conf'),
    })
    return {
      difference: found.value,
      percLower: found.percentile?.low,
      percUpper: found.percentile?.high,
      bcaLower: found.low,
      bcaUpper: found.high,
    }
  },
}
