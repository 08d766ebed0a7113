// The bars from one figure to another, each standing where the one before it ended; they add up exactly.
import type { Figure } from '../../../basics/figure.ts'

export interface Step {
  name: string
  change: Figure
}

export interface Waterfall {
  categories: string[]
  /** What each bar says: the figure before, the changes, the figure now. */
  values: number[]
  spans: [from: number, to: number][]
}

/** Rates are shown in tenths of a point, amounts in minor units: whole steps, so that nothing is left over. */
const stepsOf = (figure: Figure) => (figure.unit === 'rate' ? 1000 : 1)

export function waterfall(
  before: Figure & { name: string },
  steps: readonly Step[],
  nowName: string,
): Waterfall {
  const scale = stepsOf(before)
  const inSteps = (figure: Figure) => Math.round((figure.value ?? 0) * scale)
  const start = inSteps(before)
  const found: Waterfall = {
    categories: [before.name],
    values: [start / scale],
    spans: [[0, start / scale]],
  }
  let level = start
  for (const { name, change } of steps) {
    const next = level + inSteps(change)
    found.categories.push(name)
    found.values.push((next - level) / scale)
    found.spans.push([level / scale, next / scale])
    level = next
  }
  found.categories.push(nowName)
  found.values.push(level / scale)
  found.spans.push([0, level / scale])
  return found
}
