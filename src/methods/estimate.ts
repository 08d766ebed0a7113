// What every statistical method returns: a number, the interval that belongs to it, and whether both may be shown.

/** Why a method answers, or why it does not. Only `ok` may be shown as a figure with an interval. */
export type Status =
  | 'ok'
  | 'not_enough_data'
  | 'undefined_no_variation'
  | 'undefined_all_zero'
  | 'no_overdispersion'
  | 'poisson_limit'

/**
 * One estimate. `low` and `high` bound `value` at the confidence asked for and are either both
 * there or both absent; they are absent whenever the data cannot support an interval, and `status`
 * then says why. `n` counts the observations behind the value. `assumptions` are stable English
 * codes of what has to hold for the interval to mean what it says.
 */
export interface Estimate {
  readonly value?: number
  readonly low?: number
  readonly high?: number
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly assumptions: readonly string[]
}

/** Reads an array element that the caller's loop bounds guarantee to exist. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index]
  if (item === undefined) throw new RangeError(`No element ${index} in ${items.length}`)
  return item
}
