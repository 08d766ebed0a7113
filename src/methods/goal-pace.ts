// The pace of a goal along working days: what is behind, what is needed per day, where it leads.

export interface Pace {
  readonly remainingNeed: number
  /** Null when something is still needed and no working day is left. */
  readonly requiredPerDay: number | null
  /** Null before the first working day is over. */
  readonly currentPerDay: number | null
  readonly projected: number | null
  readonly expectedByNow: number
}

export interface PaceInput {
  readonly target: number
  readonly done: number
  /** Working days, shares of days included. Today is elapsed only once it is over. */
  readonly elapsed: number
  readonly total: number
}

/** Straight along working days; a goal that is met needs nothing more. */
export function goalPace({ target, done, elapsed, total }: PaceInput): Pace {
  if (!(elapsed >= 0 && total >= elapsed)) {
    throw new RangeError('Elapsed working days lie between none and all of them')
  }
  const remaining = total - elapsed
  const remainingNeed = Math.max(0, target - done)
  const currentPerDay = elapsed > 0 ? done / elapsed : null
  return {
    remainingNeed,
    requiredPerDay: remainingNeed === 0 ? 0 : remaining > 0 ? remainingNeed / remaining : null,
    currentPerDay,
    projected: currentPerDay === null ? null : done + currentPerDay * remaining,
    expectedByNow: total > 0 ? (target * elapsed) / total : target,
  }
}
