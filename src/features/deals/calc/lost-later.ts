// How likely an open deal is lost, from own history alone: what became of deals that were open as long as it is.
import type { Loss } from '../../../basics/entry.ts'

/** How many deals were closed after so many days, and how many of them were lost. */
export interface ClosedAfter {
  days: number
  closed: number
  lost: number
}

/**
 * Of the deals that were open for `days` or longer, the share that was lost. One of each outcome is added
 * (the rule of succession), so that without history it is one half and never quite certain.
 */
export function lossAfter(history: readonly ClosedAfter[], days: number | null): Loss {
  let [closed, lost] = [0, 0]
  for (const one of history) {
    if (days !== null && one.days < days) continue
    closed += one.closed
    lost += one.lost
  }
  return { by: 'history', chance: (lost + 1) / (closed + 2), lost, closed, days }
}
