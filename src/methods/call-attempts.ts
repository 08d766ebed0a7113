// Whether another attempt is worth it: who is reached at the first call, the second, and so on.

import { at, type Estimate } from './estimate.ts'
import { policy } from './policy.ts'
import { wilson } from './proportion-ci.ts'

export interface Attempt {
  /** Contacts that were called this many times. */
  readonly attempted: number
  /** Those of them who were reached at this attempt. */
  readonly reached: number
}

export interface AttemptRate {
  /** Reached at this attempt, of those not reached before and called again. */
  readonly rate: Estimate
  /** Reached up to this attempt, if all had been called on; absent once nobody was called. */
  readonly cumulativeReached?: number
}

/**
 * Discrete life table of attempts, first attempt first; rates 0..1 with Wilson intervals. Contacts
 * that are given up leave the count, and that is assumed to have nothing to do with their chances:
 * if the hopeless are given up, later rates look better than they are. An attempt that nobody got
 * gives `not_enough_data`.
 * Source: Kaplan & Meier (1958), JASA 53:457.
 */
export function callAttempts(
  attempts: readonly Attempt[],
  confidence: number = policy.confidence,
): AttemptRate[] {
  let notReached = 1
  let known = true
  return attempts.map(({ attempted, reached }, i): AttemptRate => {
    const rate = wilson(reached, attempted, confidence)
    if (i > 0 && attempted > at(attempts, i - 1).attempted - at(attempts, i - 1).reached) {
      throw new RangeError(`Attempt ${i + 1} was made on more contacts than were left to call`)
    }
    known &&= rate.value !== undefined
    if (!known) return { rate }
    notReached *= 1 - (rate.value ?? 0)
    return { rate, cumulativeReached: 1 - notReached }
  })
}
