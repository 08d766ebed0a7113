// When an open deal has stood for longer than deals that are won usually do: from own history alone.

/** How many won deals took so many days. */
export interface Lasted {
  days: number
  count: number
}

/** Below this many won deals there is no telling what is usual. */
export const wonNeeded = 20
/** Share of the won deals that an open one has outlasted. */
const most = 0.9

export interface Limits {
  wonDeals: number
  needed: number
  /** Nine of ten won deals were won within so many days; absent below {@link wonNeeded}. */
  days?: number
  /** The same for the days in a stage, for stages with enough entries. */
  stages: ReadonlyMap<string, number>
}

/** The least number of days within which nine of ten lasted; undefined when there are too few. */
function limitOf(lasted: readonly Lasted[]): number | undefined {
  const all = lasted.reduce((sum, one) => sum + one.count, 0)
  if (all < wonNeeded) return undefined
  const wanted = Math.ceil(all * most)
  let seen = 0
  for (const one of lasted.toSorted((a, b) => a.days - b.days)) {
    seen += one.count
    if (seen >= wanted) return one.days
  }
  return undefined
}

/** Limits from the days won deals were open in all, and from the days they spent in each stage. */
export function limitsOf(
  open: readonly Lasted[],
  byStage: ReadonlyMap<string, readonly Lasted[]>,
): Limits {
  const wonDeals = open.reduce((sum, one) => sum + one.count, 0)
  const days = limitOf(open)
  const stages = new Map<string, number>()
  if (days !== undefined) {
    for (const [stage, lasted] of byStage) {
      const limit = limitOf(lasted)
      if (limit !== undefined) stages.set(stage, limit)
    }
  }
  return { wonDeals, needed: wonNeeded, ...(days === undefined ? {} : { days }), stages }
}

/** Whether a deal has outlasted nine of ten: in its stage where that is known, else since its opening. */
export function isStalled(
  deal: { stageId: string; daysInStage: number | null; daysOpen: number | null },
  limits: Limits,
): boolean {
  if (limits.days === undefined) return false
  const inStage = limits.stages.get(deal.stageId)
  if (inStage !== undefined && deal.daysInStage !== null) return deal.daysInStage > inStage
  return deal.daysOpen !== null && deal.daysOpen > limits.days
}
