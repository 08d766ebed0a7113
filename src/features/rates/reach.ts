// The days a rate may stand for: those that have to be looked at when it changes.
import { addDays, type Day } from '../../basics/period.ts'
import { rateDaysMax } from '../../platform/database/base-amount.ts'

/** From the first of these days to the last day that the last of them may reach; half-open. */
export function daysReached(days: readonly Day[]): { from: Day; until: Day } {
  const sorted = [...days].sort()
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) throw new RangeError('No rate reaches no day')
  return { from: first, until: addDays(last, rateDaysMax + 1) }
}
