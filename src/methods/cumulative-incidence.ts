// How often something happens by a time where something else may end the waiting, and some still wait.

import { at } from './estimate.ts'

export interface Ended {
  /** When the waiting ended, or how long it has lasted. */
  readonly time: number
  /** The event; something else that rules it out; or still waiting when last looked at. */
  readonly end: 'event' | 'other' | 'waiting'
  /** How many are alike; 1 unless said. */
  readonly count?: number
}

/** What is known just before a time: nothing that happens at that time is in it. */
export interface IncidenceBefore {
  /** Share for whom the event has happened. */
  readonly happened: number
  /** Share who still wait. */
  readonly waiting: number
  /** How many of those looked at had waited so long. */
  readonly atRisk: number
}

export interface Incidence {
  before(time: number): IncidenceBefore
}

interface Step extends IncidenceBefore {
  readonly time: number
}

/**
 * Cumulative incidence under competing ends. Who stopped being watched at a time counts as at risk there.
 * Without other ends `happened` is one less the product-limit estimate.
 * Source: Aalen & Johansen (1978), Scandinavian Journal of Statistics 5:141.
 */
export function cumulativeIncidence(ended: readonly Ended[]): Incidence {
  const byTime = new Map<number, { event: number; other: number; waiting: number }>()
  let atRisk = 0
  for (const { time, end, count = 1 } of ended) {
    if (!(time >= 0)) throw new RangeError('A duration is 0 or more')
    const counts = byTime.get(time) ?? { event: 0, other: 0, waiting: 0 }
    counts[end] += count
    atRisk += count
    byTime.set(time, counts)
  }
  let [happened, waiting] = [0, 1]
  const steps: Step[] = [...byTime]
    .sort(([a], [b]) => a - b)
    .map(([time, counts]) => {
      const step = { time, happened, waiting, atRisk }
      const gone = counts.event + counts.other
      happened += (waiting * counts.event) / atRisk
      waiting = gone === atRisk ? 0 : waiting * (1 - gone / atRisk)
      atRisk -= gone + counts.waiting
      return step
    })
  const end: Step = { time: Number.POSITIVE_INFINITY, happened, waiting, atRisk }
  return {
    // The state just before a time is the one just before the first step at or after it.
    before: (time) => {
      let [low, high] = [0, steps.length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if (at(steps, middle).time < time) low = middle + 1
        else high = middle
      }
      return steps[low] ?? end
    },
  }
}
