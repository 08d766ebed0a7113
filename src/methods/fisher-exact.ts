// Two rates from few trials: the exact test, and the odds ratio with exact limits.

import { at, type Estimate } from './estimate.ts'
import { policy } from './policy.ts'
import type { Arm } from './proportion-difference.ts'

/** `value`, `low` and `high` are odds ratios (odds of group 1 over odds of group 2), 0 to Infinity. */
export interface FisherExact extends Estimate {
  /** Two-sided p-value of "both rates are equal"; there whenever both groups have trials. */
  readonly pValue?: number
}

/**
 * Logarithms of the chances (up to a constant) of every count of successes group 1 can have, given
 * how many there are in both: from `least` on. Each follows from its neighbour by a ratio of small
 * numbers, so that nothing large is ever subtracted.
 */
interface Table {
  readonly least: number
  readonly most: number
  readonly logs: Float64Array
}

function tableOf(first: Arm, second: Arm): Table {
  const total = first.successes + second.successes
  const least = Math.max(0, total - second.trials)
  const most = Math.min(first.trials, total)
  const logs = new Float64Array(most - least + 1)
  const size = first.trials + second.trials
  const mode = Math.floor(((first.trials + 1) * (total + 1)) / (size + 2))
  const start = Math.min(most, Math.max(least, mode))
  const step = (x: number): number =>
    Math.log(((first.trials - x) * (total - x)) / ((x + 1) * (second.trials - total + x + 1)))
  for (let x = start; x < most; x += 1) logs[x + 1 - least] = at(logs, x - least) + step(x)
  for (let x = start; x > least; x -= 1) logs[x - 1 - least] = at(logs, x - least) - step(x - 1)
  return { least, most, logs }
}

/** Chances when the true odds ratio is e^`logOdds` (Fisher's noncentral hypergeometric). */
function chances({ logs }: Table, logOdds: number): Float64Array {
  const tilted = logs.map((log, i) => log + i * logOdds)
  const top = tilted.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY)
  const weights = tilted.map((log) => Math.exp(log - top))
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return weights.map((weight) => weight / sum)
}

/** The logarithm of the odds ratio at which the rising function `f` reaches 0. */
function crossing(f: (logOdds: number) => number): number {
  let low = -1
  let high = 1
  while (f(low) > 0 && low > -700) low *= 2
  while (f(high) < 0 && high < 700) high *= 2
  for (let turn = 0; turn < 200 && high - low > 1e-13 * Math.max(1, Math.abs(low)); turn += 1) {
    const mid = low + (high - low) / 2
    if (f(mid) < 0) low = mid
    else high = mid
  }
  return low + (high - low) / 2
}

/**
 * Fisher's exact test and the conditional maximum-likelihood odds ratio, for tables in which the
 * normal approximation does not hold (an expected count below 5). The p-value sums the chances of
 * all tables no likelier than the one seen, with a relative slack of 1e-7; each limit leaves half
 * of 1 − `confidence` in its tail. `high`, and with it `value`, may be Infinity. A group without
 * trials gives `not_enough_data`; totals that admit a single table give `undefined_no_variation`
 * and p = 1: every odds ratio is then equally possible. `n` counts the trials of both groups.
 * Source: Fisher (1935), JRSS 98:39; Cornfield (1956), Proceedings of the Third Berkeley
 * Symposium 4:135.
 */
export function fisherExact(
  first: Arm,
  second: Arm,
  confidence: number = policy.confidence,
): FisherExact {
  for (const { successes, trials } of [first, second]) {
    const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials)
    if (!(whole && successes >= 0 && successes <= trials)) {
      throw new RangeError('Successes and trials are whole numbers, successes within trials')
    }
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError('A confidence lies strictly between 0 and 1')
  }
  const common = {
    n: first.trials + second.trials,
    method: 'fisher_exact',
    assumptions: ['independent_trials', 'independent_groups'],
  }
  if (first.trials === 0 || second.trials === 0) return { ...common, status: 'not_enough_data' }
  const table = tableOf(first, second)
  if (table.least === table.most) {
    return { ...common, status: 'undefined_no_variation', pValue: 1 }
  }
  const seen = first.successes - table.least
  const tail = (1 - confidence) / 2
  const sum = (chance: Float64Array, from: number, to: number): number =>
    chance.subarray(from, to).reduce((all, part) => all + part, 0)
  const fromSeenUp = (logOdds: number) => sum(chances(table, logOdds), seen, table.logs.length)
  const upToSeen = (logOdds: number) => sum(chances(table, logOdds), 0, seen + 1)
  const mean = (logOdds: number) =>
    chances(table, logOdds).reduce((all, part, i) => all + part * i, 0)
  const isLeast = first.successes === table.least
  const isMost = first.successes === table.most
  const central = chances(table, 0)
  const limit = at(central, seen) * (1 + 1e-7)
  return {
    ...common,
    value: isLeast
      ? 0
      : isMost
        ? Number.POSITIVE_INFINITY
        : Math.exp(crossing((logOdds) => mean(logOdds) - seen)),
    low: isLeast ? 0 : Math.exp(crossing((logOdds) => fromSeenUp(logOdds) - tail)),
    high: isMost
      ? Number.POSITIVE_INFINITY
      : Math.exp(crossing((logOdds) => tail - upToSeen(logOdds))),
    pValue: Math.min(
      1,
      central.reduce((all, part) => (part <= limit ? all + part : all), 0),
    ),
    status: 'ok',
  }
}
