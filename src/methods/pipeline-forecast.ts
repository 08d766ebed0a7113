// What open deals may bring: every deal comes or does not, each by its own chance.

import { at } from './estimate.ts'
import { type Prediction, quantileOfSorted } from './prediction.ts'
import { randomNumbers } from './random-numbers.ts'

export interface OpenDeal {
  readonly probability: number
  /** In minor units of one currency. */
  readonly amount: number
}

export interface PipelineForecast extends Prediction {
  readonly sd: number
  readonly p10: number
  readonly p50: number
  readonly p90: number
  readonly expectedDeals: number
  readonly n: number
  /** Every outcome looked at, or drawn by chance with the seed given. */
  readonly method: 'exact' | 'simulated'
  readonly assumptions: readonly string[]
}

interface Distribution {
  /** The total v with P(total ≤ v) ≥ q, the smallest of them. */
  quantile(q: number): number
}

const exactUpTo = 20
const draws = 20_000

/** Sums of all subsets with their probabilities, in ascending order: deal by deal two sorted halves merge. */
function exactDistribution(deals: readonly OpenDeal[]): Distribution {
  let sums = Float64Array.of(0)
  let weights = Float64Array.of(1)
  for (const { probability, amount } of deals) {
    const n = sums.length
    const nextSums = new Float64Array(2 * n)
    const nextWeights = new Float64Array(2 * n)
    let lost = 0
    let won = 0
    for (let i = 0; i < 2 * n; i += 1) {
      const takeLost = won >= n || (lost < n && at(sums, lost) <= at(sums, won) + amount)
      nextSums[i] = takeLost ? at(sums, lost) : at(sums, won) + amount
      nextWeights[i] = takeLost
        ? at(weights, lost) * (1 - probability)
        : at(weights, won) * probability
      if (takeLost) lost += 1
      else won += 1
    }
    sums = nextSums
    weights = nextWeights
  }
  return {
    quantile: (q) => {
      let reached = 0
      let last = 0
      for (let i = 0; i < sums.length; i += 1) {
        if (at(weights, i) === 0) continue
        reached += at(weights, i)
        last = at(sums, i)
        // Probabilities add up to 1 but for rounding; a quantile must not slip past its value for that.
        if (reached >= q - 1e-12) return last
      }
      return last
    },
  }
}

function simulatedDistribution(deals: readonly OpenDeal[], seed: number): Distribution {
  const chance = randomNumbers(seed)
  const totals = new Float64Array(draws)
  for (const { probability, amount } of deals) {
    for (let draw = 0; draw < draws; draw += 1) {
      if (chance() < probability) totals[draw] = at(totals, draw) + amount
    }
  }
  totals.sort()
  return { quantile: (q) => quantileOfSorted(totals, q) }
}

/**
 * Expected total Σ p·a with its distribution: exact up to 20 deals, 20,000 draws with `seed` beyond.
 * Deals are taken to come independently of each other; those of one customer often do not.
 */
export function pipelineForecast(deals: readonly OpenDeal[], seed: number): PipelineForecast {
  let mean = 0
  let variance = 0
  let expectedDeals = 0
  for (const { probability, amount } of deals) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError('A probability lies between 0 and 1')
    }
    if (!(amount >= 0)) throw new RangeError('A deal brings 0 or more')
    mean += probability * amount
    variance += probability * (1 - probability) * amount * amount
    expectedDeals += probability
  }
  // A deal that cannot come changes nothing but the number of outcomes.
  const possible = deals.filter(({ probability }) => probability > 0)
  const exact = possible.length <= exactUpTo
  const { quantile } = exact ? exactDistribution(possible) : simulatedDistribution(possible, seed)
  return {
    mean,
    sd: Math.sqrt(variance),
    low95: quantile(0.025),
    low80: quantile(0.1),
    p10: quantile(0.1),
    p50: quantile(0.5),
    p90: quantile(0.9),
    high80: quantile(0.9),
    high95: quantile(0.975),
    expectedDeals,
    n: deals.length,
    method: exact ? 'exact' : 'simulated',
    assumptions: ['independent_deals'],
  }
}
