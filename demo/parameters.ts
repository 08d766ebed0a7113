// The true parameters of the demo: what an analysis of it should find, and nothing else is in it.

import type { FamilyKey } from './firm.ts'
import type { DemoOpenStageKey, DemoSegment, DemoSegmentTruth, DemoSellerTruth } from './records.ts'

export const openStages: readonly DemoOpenStageKey[] = ['qualified', 'proposal', 'negotiation']

interface Skill {
  /** Probability of going on from qualified, proposal and negotiation. */
  conversion: readonly [number, number, number]
  size: number
  pace: number
  discount: number
}

/**
 * One seller (aigner) is as good as the others but for one stage: proposals seldom become
 * negotiations. One (brandt) gives discounts, which buys nothing. Origin, industry and region of a
 * customer have no bearing on winning: a difference found there is chance.
 */
const skills: Readonly<Record<string, Skill>> = {
  petersen: { conversion: [0.84, 0.78, 0.86], size: 1, pace: 0.9, discount: 0.06 },
  brandt: { conversion: [0.8, 0.74, 0.82], size: 0.9, pace: 1, discount: 0.14 },
  hoffmann: { conversion: [0.82, 0.72, 0.8], size: 1.1, pace: 1, discount: 0.08 },
  whitfield: { conversion: [0.78, 0.7, 0.8], size: 1.35, pace: 1.15, discount: 0.09 },
  harper: { conversion: [0.81, 0.74, 0.82], size: 1, pace: 0.95, discount: 0.07 },
  huber: { conversion: [0.79, 0.73, 0.81], size: 1.15, pace: 1.05, discount: 0.08 },
  leitner: { conversion: [0.83, 0.75, 0.84], size: 0.95, pace: 0.9, discount: 0.05 },
  aigner: { conversion: [0.81, 0.42, 0.81], size: 1, pace: 1, discount: 0.08 },
}

export const struggling: { seller: string; stage: DemoOpenStageKey } = {
  seller: 'aigner',
  stage: 'proposal',
}

export function sellerTruths(): Record<string, DemoSellerTruth> {
  const entries = Object.entries(skills).map(([seller, skill]): [string, DemoSellerTruth] => {
    const [qualified, proposal, negotiation] = skill.conversion
    const truth = {
      conversion: { qualified, proposal, negotiation },
      winProbability: qualified * proposal * negotiation,
      sizeFactor: skill.size,
      paceFactor: skill.pace,
      discountMean: skill.discount,
    }
    return [seller, truth]
  })
  return Object.fromEntries(entries)
}

/** Small and middle firms buy now and then and drift away; large ones stay. */
export const segments: Record<DemoSegment, DemoSegmentTruth> = {
  small: { dealsPerYear: 2.6, staysAfterPurchase: 0.78, listValueMedian: 550_000 },
  middle: { dealsPerYear: 4.1, staysAfterPurchase: 0.9, listValueMedian: 1_300_000 },
  large: { dealsPerYear: 7.2, staysAfterPurchase: 0.965, listValueMedian: 3_000_000 },
}

/** Weak summer and January, strong autumn and year's end; the mean is 1. */
export const seasonality: readonly number[] = [
  0.78, 0.86, 1.1, 1, 0.98, 1.12, 0.84, 0.72, 1.1, 1.12, 1.18, 1.2,
]

export const growthPerYear = 0.06
export const listValueSpread = 0.75
export const stageDays: Record<DemoOpenStageKey, number> = {
  qualified: 14,
  proposal: 21,
  negotiation: 17,
}

export const returnProbability: Record<FamilyKey, number> = {
  benches: 0.03,
  cabinets: 0.05,
  lifting: 0.04,
  air: 0.09,
  extraction: 0.06,
  service: 0,
}
/** A part comes back between these days after the purchase, both included. */
export const returnAfterDays = { least: 7, most: 60 }

/** Discounts are whole percents from 0 to this. */
export const discountMostPercent = 30

/** Probability that whoever bought of the family is satisfied: compressed air disappoints, service pleases. */
export const satisfied: Record<FamilyKey, number> = {
  benches: 0.9,
  cabinets: 0.86,
  lifting: 0.85,
  air: 0.68,
  extraction: 0.82,
  service: 0.93,
}
/** Probability that a purchase is complained about. */
export const complaintProbability: Record<FamilyKey, number> = {
  benches: 0.02,
  cabinets: 0.03,
  lifting: 0.03,
  air: 0.08,
  extraction: 0.04,
  service: 0.015,
}
/** Share of purchases after which somebody answers the survey. */
export const answersShare = 0.3
/** Activities, answers and complaints are kept for so many days. */
export const aroundDays = 730
