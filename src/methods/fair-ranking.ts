// Ranks as intervals and bands, so that nobody is told to be seventh when the data say "third to ninth".

import { at, type Status } from './estimate.ts'
import { normalTwoSided } from './normal.ts'
import { policy } from './policy.ts'

/** One thing to be ranked: a higher estimate is better; `se` is its standard error, from 0 on. */
export interface RankedUnit {
  readonly estimate: number
  readonly se: number
}

/** `value` is the rank by estimate (1 = highest, equal estimates share it) within [low, high]. */
export interface RankInterval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Everything by position in the input. `units` and `better` are empty unless `status` is `ok`. */
export interface RankIntervals {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly assumptions: readonly string[]
  readonly units: readonly RankInterval[]
  /** `better[i][j]`: unit i is significantly better than unit j, jointly for all pairs. */
  readonly better: readonly (readonly boolean[])[]
  readonly significantPairs: number
  /** Positions of the units that may be the best. */
  readonly tiedWithBest: readonly number[]
}

/** How the many comparisons are paid for; Holm is never wider than Bonferroni. */
export type Correction = 'holm' | 'bonferroni'

interface Pair {
  readonly winner: number
  readonly loser: number
  readonly p: number
}

function allPairs(units: readonly RankedUnit[]): Pair[] {
  const pairs: Pair[] = []
  for (let i = 0; i < units.length; i += 1) {
    const a = at(units, i)
    for (let j = i + 1; j < units.length; j += 1) {
      const b = at(units, j)
      const difference = a.estimate - b.estimate
      const p = difference === 0 ? 1 : normalTwoSided(difference / Math.hypot(a.se, b.se))
      pairs.push(difference > 0 ? { winner: i, loser: j, p } : { winner: j, loser: i, p })
    }
  }
  return pairs
}

function significant(pairs: readonly Pair[], alpha: number, correction: Correction): Pair[] {
  const m = pairs.length
  if (correction === 'bonferroni') return pairs.filter((pair) => pair.p <= alpha / m)
  const ordered = [...pairs].sort((a, b) => a.p - b.p)
  const end = ordered.findIndex((pair, position) => pair.p > alpha / (m - position))
  return end < 0 ? ordered : ordered.slice(0, end)
}

/**
 * Simultaneous rank intervals: all pairs are tested by z = (eᵢ−eⱼ)/√(seᵢ²+seⱼ²) with the family-wise
 * error of the whole list held at 1 − `confidence`. Best possible rank = 1 + number significantly
 * better; worst = K − number significantly worse. Fewer units than the policy asks for give
 * `not_enough_data`. Source: Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies
 * 91:476, in the step-down variant of Holm (1979).
 */
export function rankIntervalsHolm(
  units: readonly RankedUnit[],
  confidence: number = policy.confidence,
  correction: Correction = 'holm',
): RankIntervals {
  for (const unit of units) {
    if (!(Number.isFinite(unit.estimate) && Number.isFinite(unit.se) && unit.se >= 0)) {
      throw new RangeError('Every ranked unit needs a finite estimate and standard error')
    }
  }
  const k = units.length
  const common = {
    n: k,
    method: `rank_intervals_${correction}`,
    assumptions: ['independent_units', 'estimates_roughly_normal'],
  }
  if (k < policy.rankIntervals.units) {
    const nothing = { units: [], better: [], significantPairs: 0, tiedWithBest: [] }
    return { ...common, status: 'not_enough_data', ...nothing }
  }
  const better = units.map(() => new Array<boolean>(k).fill(false))
  const wins = new Array<number>(k).fill(0)
  const losses = new Array<number>(k).fill(0)
  const found = significant(allPairs(units), 1 - confidence, correction)
  for (const { winner, loser } of found) {
    at(better, winner)[loser] = true
    wins[winner] = at(wins, winner) + 1
    losses[loser] = at(losses, loser) + 1
  }
  const ascending = units.map((unit) => unit.estimate).sort((a, b) => a - b)
  const ranks = units.map((unit, i) => ({
    value: 1 + k - countUpTo(ascending, unit.estimate),
    low: 1 + at(losses, i),
    high: k - at(wins, i),
  }))
  const tiedWithBest = ranks.flatMap((rank, i) => (rank.low === 1 ? [i] : []))
  return {
    ...common,
    status: 'ok',
    units: ranks,
    better,
    significantPairs: found.length,
    tiedWithBest,
  }
}

/** How many of the ascending values are not above `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const mid = Math.floor((low + high) / 2)
    if (at(ascending, mid) <= limit) low = mid + 1
    else high = mid
  }
  return low
}

export interface WinRecord {
  readonly successes: number
  readonly trials: number
}

/** Rank intervals of rates, with the adjusted rate and standard error each comparison used. */
export interface RateRanking extends RankIntervals {
  readonly compared: readonly RankedUnit[]
}

/**
 * {@link rankIntervalsHolm} for rates. Each unit gets one success and one failure more, which keeps
 * standard errors of 0-of-n and n-of-n units away from zero.
 * Source: Agresti & Caffo (2000), The American Statistician 54:280.
 */
export function rankIntervalsWinrate(
  records: readonly WinRecord[],
  confidence: number = policy.confidence,
): RateRanking {
  const compared = records.map(({ successes, trials }) => {
    if (!(successes >= 0 && trials >= successes)) {
      throw new RangeError('Successes lie between 0 and the trials')
    }
    const estimate = (successes + 1) / (trials + 2)
    return { estimate, se: Math.sqrt((estimate * (1 - estimate)) / (trials + 2)) }
  })
  return { ...rankIntervalsHolm(compared, confidence), compared }
}

export type Band = 'ahead' | 'level' | 'behind'

export interface Bands {
  readonly status: Status
  /** By position in the ranked input; empty unless `status` is `ok`. */
  readonly bands: readonly Band[]
  /** Every unit ahead is significantly better than every unit that is not ahead. */
  readonly aheadOfEveryone: boolean
  /** Every unit behind is significantly worse than every unit that is not behind. */
  readonly behindEveryone: boolean
  /** No unit of the level band is significantly better than another one of it. */
  readonly levelInside: boolean
}

/**
 * Three bands in place of places. The rule, for K ranked units:
 *
 * - `ahead`: even the worst rank the data allow lies in the upper half (worst rank ≤ K/2), in other
 *   words the unit is significantly better than at least half of the list;
 * - `behind`: even the best rank the data allow lies in the lower half (best rank > K/2, the middle
 *   one of an odd list excepted), in other words significantly worse than at least half of the list;
 * - `level`: all others, whose half the data cannot tell.
 *
 * The rank intervals hold jointly, so all bands of a list are right together with the confidence of
 * the intervals, and no unit can be moved by comparing it with a hand-picked neighbour. The bands
 * refer to the middle of the list because "cannot be told apart" is not transitive: chained groups
 * would separate neighbours and join strangers. A single star, or a leading group significantly
 * better than everybody else, is always `ahead`, as long as it is not more than half of the list.
 * The three flags say which stronger wording the data also support.
 */
export function rankBands(ranking: RankIntervals): Bands {
  const k = ranking.n
  if (ranking.status !== 'ok') {
    return {
      status: ranking.status,
      bands: [],
      aheadOfEveryone: false,
      behindEveryone: false,
      levelInside: false,
    }
  }
  const bands = ranking.units.map(({ low, high }): Band => {
    if (high <= Math.floor(k / 2)) return 'ahead'
    return low > Math.ceil(k / 2) ? 'behind' : 'level'
  })
  const members = (band: Band) => bands.flatMap((own, i) => (own === band ? [i] : []))
  const others = (band: Band) => bands.flatMap((own, i) => (own === band ? [] : [i]))
  const beats = (i: number, j: number) => at(at(ranking.better, i), j)
  const ahead = members('ahead')
  const behind = members('behind')
  const level = members('level')
  return {
    status: 'ok',
    bands,
    aheadOfEveryone:
      ahead.length > 0 && ahead.every((i) => others('ahead').every((j) => beats(i, j))),
    behindEveryone:
      behind.length > 0 && behind.every((i) => others('behind').every((j) => beats(j, i))),
    levelInside: level.every((i) => level.every((j) => !beats(i, j))),
  }
}
