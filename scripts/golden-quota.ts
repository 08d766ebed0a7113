// Golden cases of fairness and of quotas from potential.

import { inequality, quotaFairness } from '../src/methods/fairness.ts'
import { regress } from '../src/methods/quota-regression.ts'
import { territoryBalance, workloadSizing } from '../src/methods/territory-balance.ts'
import type { Adapters } from './golden-inputs.ts'

export const fairness: Adapters = {
  inequality: (inputs) => ({ ...inequality(inputs.numbers('values')) }),
  quota_fairness: (inputs) => {
    const found = quotaFairness(
      inputs
        .pairs('attainment', 'potential')
        .map(([attainment, potential]) => ({ attainment, potential })),
    )
    return {
      pearson: found.pearson.value,
      pearsonLower: found.pearson.low,
      pearsonUpper: found.pearson.high,
      pearsonP: found.pearson.p,
      spearman: found.spearman.value,
      spearmanP: found.spearman.p,
      shareAtOrAbove100: found.shareAtOrAbove,
      quantiles: found.quantiles,
    }
  },
  territory_balance: (inputs) => {
    const found = territoryBalance(inputs.numbers('workload'), inputs.number('band'))
    return { ...found, balanceIndex: found.balance }
  },
  workload_sizing: (inputs) => {
    const { hours, people, peopleWhole } = workloadSizing(
      inputs.records('segments').map((segment) => ({
        accounts: Number(segment.accounts),
        callsPerYear: Number(segment.callsPerYear),
        hoursPerCall: Number(segment.hoursPerCall),
      })),
      {
        hoursPerYear: inputs.number('hoursPerRepPerYear'),
        sellingShare: inputs.number('sellingShare'),
      },
    )
    return { hours, reps: people, repsCeil: peopleWhole }
  },
}

export const quotaRegression: Adapters = {
  ols: (inputs) => {
    const found = regress(inputs.numbers('y'), inputs.columns('x'), {
      at: inputs.columns('new'),
      ...(inputs.has('conf') ? { confidence: inputs.number('conf') } : {}),
    })
    const byName = (what: 'value' | 'se' | 'vif') =>
      Object.fromEntries(found.coefficients.map((one) => [one.name ?? '(Intercept)', one[what]]))
    const predicted = (what: 'value' | 'low' | 'high' | 'meanLow' | 'meanHigh') =>
      found.predictions.map((one) => one[what])
    return {
      coefficients: byName('value'),
      se: byName('se'),
      vif: byName('vif'),
      r2: found.r2,
      adjR2: found.adjustedR2,
      residualSd: found.residualSd,
      df: found.df,
      fStatistic: found.f,
      press: found.press,
      predictedR2: found.predictedR2,
      fit: predicted('value'),
      predLower: predicted('low'),
      predUpper: predicted('high'),
      meanLower: predicted('meanLow'),
      meanUpper: predicted('meanHigh'),
    }
  },
}
