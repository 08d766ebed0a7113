// The order of the start page: what is due, then what is likely lost, then the rest; each place can be explained.
import type { Entry } from '../../../basics/entry.ts'
import type { Day } from '../../../basics/period.ts'

/** In this order; within a place by what is expected to be lost, then by day. */
export const places = ['due', 'stake', 'ahead', 'tidy'] as const
export type Place = (typeof places)[number]

export interface Ranked extends Entry {
  place: Place
  /** Value at stake times the chance that it is lost, in minor units; null where no value is known. */
  expected: number | null
}

function placeOf({ due, stake }: Entry, today: Day): Place {
  if (due !== null && due <= today) return 'due'
  if (stake && stake.amount > 0) return 'stake'
  return due === null && !stake ? 'tidy' : 'ahead'
}

export function rank(entries: readonly Entry[], today: Day): Ranked[] {
  const ranked = entries.map((entry) => ({
    ...entry,
    place: placeOf(entry, today),
    expected: entry.stake ? Math.round(entry.stake.amount * entry.stake.loss.chance) : null,
  }))
  return ranked.sort(
    (a, b) =>
      places.indexOf(a.place) - places.indexOf(b.place) ||
      (b.expected ?? 0) - (a.expected ?? 0) ||
      compare(a.due ?? '9999-12-31', b.due ?? '9999-12-31') ||
      compare(a.key, b.key),
  )
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
