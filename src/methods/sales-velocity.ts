// How much revenue the open deals are on their way to bring in, per day.

import type { Status } from './estimate.ts'

export interface VelocityParts {
  /** Open deals. */
  readonly opportunities: number
  /** 0..1 */
  readonly winRate: number
  /** Mean value of a won deal, in minor units. */
  readonly averageValue: number
  /** Days from opening to winning. */
  readonly cycleDays: number
}

export interface SalesVelocity {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly assumptions: readonly string[]
  /** Minor units per day; compared only with its four parts beside it. */
  readonly perDay?: number
}

/**
 * Open deals × win rate × mean value ÷ days of the cycle; a cycle of 0 days gives `not_enough_data`.
 * It has no interval: its parts have, and they depend on each other.
 * Source: definition in common use in sales; no single author.
 */
export function salesVelocity(parts: VelocityParts): SalesVelocity {
  const { opportunities, winRate, averageValue, cycleDays } = parts
  if (!(Number.isSafeInteger(opportunities) && opportunities >= 0)) {
    throw new RangeError('Opportunities are a whole number from 0 on')
  }
  if (!(winRate >= 0 && winRate <= 1)) throw new RangeError('A win rate lies between 0 and 1')
  if (!(Number.isFinite(averageValue) && cycleDays >= 0 && Number.isFinite(cycleDays))) {
    throw new RangeError('The mean value is finite, and so is the cycle, from 0 on')
  }
  const common = {
    n: opportunities,
    method: 'sales_velocity',
    assumptions: ['open_deals_are_like_closed_ones'],
  }
  if (cycleDays === 0) return { ...common, status: 'not_enough_data' }
  const perDay = (opportunities * winRate * averageValue) / cycleDays
  return { ...common, status: 'ok', perDay }
}
