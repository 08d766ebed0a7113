// What open deals may bring: every deal comes or does not, each by its own chance.

import { at } from './estimate.ts'
import { normalQuantile } from './normal.ts'
import { type Doubt, doubtfulTotals, drawnOneByOne, ownVariance } from './pipeline-doubt.ts'
import { type Prediction, quantileOfSorted } from './prediction.ts'
import { randomNumbers } from './random-numbers.ts'

export interface OpenDeal {
  readonly probability: number
  /** In minor units of one currency. */
  readonly amount: number
  /** Place of the past deals that its chance comes from, among the groups of a doubt. */
  readonly group?: number
  /** Its amount is not known, and `amount` is what such deals bring on average. */
  readonly guessed?: boolean
}

export interface PipelineForecast extends Prediction {
  readonly sd: number
  /** The same without what all deals have in common. */
  readonly ownSd: number
  readonly p10: number
  readonly p50: number
  readonly p90: number
  readonly expectedDeals: number
  readonly n: number
  /** Every outcome looked at; drawn by chance with the seed given; or so many deals that their sum is normal. */
  readonly method: 'exact' | 'simulated' | 'normal'
  readonly assumptions: readonly string[]
}

interface Distribution {
  /** The total v with P(total ≤ v) ≥ q, the smallest of them. */
  quantile(q: number): number
}

const exactUpTo = 20
/** From here on the sum of so many deals is normal enough, and drawing them would take seconds. */
const normalFrom = 5000
/** Most chances drawn in one forecast; fewer draws per deal where there are many deals. */
const chancesMost = 4_000_000
const drawsMost = 20_000

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
  const draws = Math.max(2000, Math.min(drawsMost, Math.floor(chancesMost / deals.length)))
  const totals = new Float64Array(draws)
  for (const { probability, amount } of deals) {
    for (let draw = 0; draw < draws; draw += 1) {
      if (chance() < probability) totals[draw] = at(totals, draw) + amount
    }
  }
  totals.sort()
  return { quantile: (q) => quantileOfSorted(totals, q) }
}

function normalDistribution(mean: number, sd: number, most: number): Distribution {
  return { quantile: (q) => Math.min(most, Math.max(0, mean + normalQuantile(q) * sd)) }
}

function distributionOf(
  method: PipelineForecast['method'],
  deals: readonly OpenDeal[],
  { mean, sd, seed }: { mean: number; sd: number; seed: number },
): Distribution {
  if (method === 'exact') return exactDistribution(deals)
  if (method === 'simulated') return simulatedDistribution(deals, seed)
  return normalDistribution(
    mean,
    sd,
    deals.reduce((sum, { amount }) => sum + amount, 0),
  )
}

function methodFor(
  deals: readonly OpenDeal[],
  doubt: Doubt | undefined,
): PipelineForecast['method'] {
  const count = deals.length
  if (doubt) return drawnOneByOne(deals) ? 'simulated' : 'normal'
  if (count <= exactUpTo) return 'exact'
  return count < normalFrom ? 'simulated' : 'normal'
}

/**
 * Expected total Σ p·a with its distribution. Chances taken as known: exact up to 20 deals, drawn with
 * `seed` beyond, normal from 5000 on. In `doubt`, chances, what all deals have in common and guessed
 * amounts are drawn too. Given those, deals are taken to come independently of each other.
 */
export function pipelineForecast(
  deals: readonly OpenDeal[],
  seed: number,
  doubt?: Doubt,
): PipelineForecast {
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
  const method = methodFor(possible, doubt)
  const ownSd = Math.sqrt(doubt ? ownVariance(possible, doubt) : variance)
  const sd = doubt ? Math.hypot(ownSd, doubt.common * mean) : ownSd
  const totals = doubt && doubtfulTotals(possible, doubt, seed)
  const { quantile } = totals
    ? { quantile: (q: number) => quantileOfSorted(totals, q) }
    : distributionOf(method, possible, { mean, sd, seed })
  return {
    mean,
    sd,
    ownSd,
    low95: quantile(0.025),
    low80: quantile(0.1),
    p10: quantile(0.1),
    p50: quantile(0.5),
    p90: quantile(0.9),
    high80: quantile(0.9),
    high95: quantile(0.975),
    expectedDeals,
    n: deals.length,
    method,
    assumptions: [doubt ? 'independent_deals_given_chances' : 'independent_deals'],
  }
}
