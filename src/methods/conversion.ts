// From stage to stage: which share of those who reached one stage reached the next.

import { at, type Estimate } from './estimate.ts'
import { policy } from './policy.ts'
import { wilson } from './proportion-ci.ts'

export interface Stage {
  readonly name: string
  /** How many reached it, of those who reached the stage before. */
  readonly count: number
}

export interface ConversionStep {
  readonly from: string
  readonly to: string
  readonly rate: Estimate
}

export interface Conversion {
  /** One fewer than there are stages. */
  readonly steps: readonly ConversionStep[]
  /** From the first stage to the last. */
  readonly overall: Estimate
}

/**
 * Conversion rates of a funnel, 0..1 with Wilson intervals. The stages follow the same deals, so no
 * stage may count more than the one before it (counts per period do not: group those by the day of
 * entry first). A stage that nobody reached gives `not_enough_data` for the steps from there on.
 * Source: Wilson (1927), JASA 22:209.
 */
export function conversion(
  stages: readonly Stage[],
  confidence: number = policy.confidence,
): Conversion {
  if (stages.length < 2) throw new RangeError('A funnel has at least two stages')
  const steps = stages.slice(1).map((stage, i): ConversionStep => {
    const before = at(stages, i)
    if (!(stage.count <= before.count)) {
      throw new RangeError(`More reached “${stage.name}” than “${before.name}”: not the same deals`)
    }
    return {
      from: before.name,
      to: stage.name,
      rate: wilson(stage.count, before.count, confidence),
    }
  })
  const overall = wilson(at(stages, stages.length - 1).count, at(stages, 0).count, confidence)
  return { steps, overall }
}
