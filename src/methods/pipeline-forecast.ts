// What open deals may bring: every deal comes or does not, each by its own chance.

import { betaQuantile } from './beta.ts'
import { at } from './estimate.ts'
import { normalQuantile } from './normal.ts'
import { type Prediction, quantileOfSorted } from './prediction.ts'
import { drawGamma } from './random-draws.ts'
import { randomNumbers } from './random-numbers.ts'

export interface OpenDeal {
  readonly probability: number
  /** In minor units of one currency. */
  readonly amount: number
  /** Place of the past deals that its chance comes from, among those of {@link Doubt}. */
  readonly group?: number
  /** Its amount is not known, and `amount` is what such deals bring on average. */
  readonly guessed?: boolean
}

/** What is not known for certain of chances and amounts. */
export interface Doubt {
  /** Chances that were estimated, and from how many past deals: the two shapes of a beta distribution. */
  readonly groups: readonly { readonly chance: number; readonly size: number }[]
  /** Standard deviation of what all deals have in common, good times and bad ones, as a share of the mean. */
  readonly common: number
  /** Standard deviation of an amount that is guessed. */
  readonly amountSd: number
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
  if (doubt) return count > oneByOneUpTo || worth(deals) >= manyEnough ? 'normal' : 'simulated'
  if (count <= exactUpTo) return 'exact'
  return count < normalFrom ? 'simulated' : 'normal'
}

/** As many equal deals, if they come, would spread as these do. */
function worth(deals: readonly OpenDeal[]): number {
  const mean = deals.reduce((sum, { probability, amount }) => sum + probability * amount, 0)
  const squares = deals.reduce((sum, { probability, amount }) => sum + probability * amount ** 2, 0)
  return squares === 0 ? 0 : mean ** 2 / squares
}

/** In doubt of chances: from here on the sum is normal once chances are drawn, below deals are drawn one by one. */
const manyEnough = 20
const oneByOneUpTo = 1000
const doubtDraws = 2000
/** Chances are drawn at so many evenly spaced places of their distribution. */
const strata = 50

/** By how much each group's chance is off, at each stratum: the groups rest on the same past and err together. */
function chanceFactors(groups: Doubt['groups']): readonly Float64Array[] {
  const known = factorsKnown.get(groups)
  if (known) return known
  const found = groups.map(({ chance, size }) => {
    const a = chance * size
    const b = (1 - chance) * size
    if (!(a > 0 && b > 0)) return new Float64Array(strata).fill(1)
    const drawn = Float64Array.from({ length: strata }, (_, i) =>
      betaQuantile((i + 0.5) / strata, a, b),
    )
    const mean = drawn.reduce((sum, value) => sum + value, 0) / strata
    return drawn.map((value) => value / mean)
  })
  factorsKnown.set(groups, found)
  return found
}

/** The same chances stand behind every period of a forecast. */
const factorsKnown = new WeakMap<Doubt['groups'], readonly Float64Array[]>()

interface Sums {
  amount: number
  square: number
  chanceSquare: number
}

/** Sums over the deals of each group, the last one for deals of none. */
function sumsByGroup(deals: readonly OpenDeal[], { groups, amountSd }: Doubt): Sums[] {
  const sums = Array.from({ length: groups.length + 1 }, () => ({
    amount: 0,
    square: 0,
    chanceSquare: 0,
  }))
  for (const { probability, amount, group = groups.length, guessed } of deals) {
    const own = at(sums, group)
    own.amount += probability * amount
    own.square += probability * (amount ** 2 + (guessed ? amountSd ** 2 : 0))
    own.chanceSquare += (probability * amount) ** 2
  }
  return sums
}

/** Variance without what all deals have in common: of their coming, of guessed amounts and of the chances. */
function ownVariance(deals: readonly OpenDeal[], doubt: Doubt): number {
  const sums = sumsByGroup(deals, doubt)
  const coming = sums.reduce((sum, one) => sum + one.square - one.chanceSquare, 0)
  const chances = doubt.groups.reduce(
    (sum, { chance, size }, group) =>
      sum +
      at(sums, group).amount * (chance > 0 ? Math.sqrt((1 - chance) / (chance * (size + 1))) : 0),
    0,
  )
  return coming + chances ** 2
}

function doubtfulDistribution(
  method: PipelineForecast['method'],
  deals: readonly OpenDeal[],
  doubt: Doubt,
  seed: number,
): Distribution {
  const chance = randomNumbers(seed)
  const factors = [...chanceFactors(doubt.groups), new Float64Array(strata).fill(1)]
  const draw =
    method === 'simulated' ? oneByOne(deals, doubt, chance) : summed(deals, doubt, chance)
  const totals = Float64Array.from({ length: doubtDraws }, (_, i) => {
    const common = doubt.common > 0 ? drawGamma(doubt.common ** -2, chance) * doubt.common ** 2 : 1
    return draw((group) => at(at(factors, group), i % strata) * common)
  })
  totals.sort()
  return { quantile: (q) => quantileOfSorted(totals, q) }
}

type Draw = (factorOf: (group: number) => number) => number

function oneByOne(
  deals: readonly OpenDeal[],
  { groups, amountSd }: Doubt,
  chance: () => number,
): Draw {
  const meanGuess = deals.find(({ guessed }) => guessed)?.amount ?? 0
  const varies = meanGuess > 0 && amountSd > 0
  const shape = varies ? (meanGuess / amountSd) ** 2 : 0
  return (factorOf) => {
    const factors = Array.from({ length: groups.length + 1 }, (_, group) => factorOf(group))
    let total = 0
    let guesses = 0
    for (const { probability, amount, group = groups.length, guessed } of deals) {
      if (chance() >= probability * at(factors, group)) continue
      if (varies && guessed) guesses += 1
      else total += amount
    }
    // So many amounts of a gamma distribution add up to one of its kind.
    return guesses === 0 ? total : total + (drawGamma(guesses * shape, chance) * meanGuess) / shape
  }
}

function summed(deals: readonly OpenDeal[], doubt: Doubt, chance: () => number): Draw {
  const sums = sumsByGroup(deals, doubt)
  return (factorOf) => {
    let [mean, variance] = [0, 0]
    for (const [group, { amount, square, chanceSquare }] of sums.entries()) {
      const factor = factorOf(group)
      mean += factor * amount
      variance += factor * square - factor ** 2 * chanceSquare
    }
    return Math.max(
      0,
      mean + Math.sqrt(Math.max(0, variance)) * normalQuantile(chance() + 2 ** -33),
    )
  }
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
  const { quantile } =
    doubt && possible.length > 0
      ? doubtfulDistribution(method, possible, doubt, seed)
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
