// What open deals may bring where neither their chances nor all of their amounts are known for certain.

import { betaQuantile } from './beta.ts'
import { at } from './estimate.ts'
import type { OpenDeal } from './pipeline-forecast.ts'
import { drawGamma, drawNormal } from './random-draws.ts'
import { randomNumbers } from './random-numbers.ts'

/** What is not known for certain of chances and amounts. */
export interface Doubt {
  /** Chances that were estimated, and from how many past deals: the two shapes of a beta distribution. */
  readonly groups: readonly { readonly chance: number; readonly size: number }[]
  /** Standard deviation of what all deals have in common, good times and bad ones, as a share of the mean. */
  readonly common: number
  /** Standard deviation of an amount that is guessed. */
  readonly amountSd: number
}

/** From here on the sum is normal once chances are drawn; below deals are drawn one by one. */
const manyEnough = 20
const oneByOneUpTo = 1000
const draws = 1000
/** Chances are drawn at so many evenly spaced places of their distribution. */
const strata = 50
/** Below this chance it is quicker to draw how long it takes until a deal comes again. */
const seldom = 0.3

/** Whether so few deals matter that each is drawn by itself. */
export function drawnOneByOne(deals: readonly OpenDeal[]): boolean {
  return deals.length <= oneByOneUpTo && worth(deals) < manyEnough
}

/** As many equal deals, if they come, would spread as these do. */
function worth(deals: readonly OpenDeal[]): number {
  const mean = deals.reduce((sum, { probability, amount }) => sum + probability * amount, 0)
  const squares = deals.reduce((sum, { probability, amount }) => sum + probability * amount ** 2, 0)
  return squares === 0 ? 0 : mean ** 2 / squares
}

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
export function ownVariance(deals: readonly OpenDeal[], doubt: Doubt): number {
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

/** Drawn totals in ascending order. */
export function doubtfulTotals(
  deals: readonly OpenDeal[],
  doubt: Doubt,
  seed: number,
): Float64Array {
  const chance = randomNumbers(seed)
  const { common } = doubt
  const shared = Float64Array.from({ length: draws }, () =>
    common > 0 ? drawGamma(common ** -2, chance) * common ** 2 : 1,
  )
  // How many times its chance a deal of each group has, in each draw; the last for deals of none.
  const times = [...chanceFactors(doubt.groups), new Float64Array(strata).fill(1)].map((factors) =>
    shared.map((one, draw) => one * at(factors, draw % strata)),
  )
  const totals = drawnOneByOne(deals)
    ? oneByOne(deals, doubt, times, chance)
    : summed(deals, doubt, times, chance)
  return totals.sort()
}

function oneByOne(
  deals: readonly OpenDeal[],
  { groups, amountSd }: Doubt,
  times: readonly Float64Array[],
  chance: () => number,
): Float64Array {
  const totals = new Float64Array(draws)
  const guesses = new Float64Array(draws)
  const meanGuess = deals.find(({ guessed }) => guessed)?.amount ?? 0
  const varies = meanGuess > 0 && amountSd > 0
  const most = times.map((own) => own.reduce((high, one) => Math.max(high, one), 0))
  for (const { probability, amount, group = groups.length, guessed } of deals) {
    const own = at(times, group)
    const [sums, value] = varies && guessed ? [guesses, 1] : [totals, amount]
    for (const draw of drawsOf(probability, own, at(most, group), chance)) {
      sums[draw] = at(sums, draw) + value
    }
  }
  if (!varies) return totals
  // So many amounts of a gamma distribution add up to one of its kind.
  const shape = (meanGuess / amountSd) ** 2
  return totals.map((total, draw) => {
    const count = at(guesses, draw)
    return count === 0 ? total : total + (drawGamma(count * shape, chance) * meanGuess) / shape
  })
}

/** The draws in which a deal comes. */
function* drawsOf(
  probability: number,
  times: Float64Array,
  most: number,
  chance: () => number,
): Generator<number> {
  const highest = probability * most
  if (highest <= 0) return
  if (highest >= seldom) {
    for (let draw = 0; draw < draws; draw += 1) {
      if (chance() < probability * at(times, draw)) yield draw
    }
    return
  }
  // As often as its chance is ever, and of those as many as its chance is then.
  const pause = 1 / Math.log1p(-highest)
  for (let draw = -1; ; ) {
    draw += 1 + Math.floor(Math.log(1 - chance()) * pause)
    if (draw >= draws) return
    if (chance() * highest < probability * at(times, draw)) yield draw
  }
}

function summed(
  deals: readonly OpenDeal[],
  doubt: Doubt,
  times: readonly Float64Array[],
  chance: () => number,
): Float64Array {
  const sums = sumsByGroup(deals, doubt)
  return Float64Array.from({ length: draws }, (_, draw) => {
    let [mean, variance] = [0, 0]
    for (const [group, { amount, square, chanceSquare }] of sums.entries()) {
      const factor = at(at(times, group), draw)
      mean += factor * amount
      variance += factor * square - factor ** 2 * chanceSquare
    }
    return Math.max(0, mean + Math.sqrt(Math.max(0, variance)) * drawNormal(chance))
  })
}
