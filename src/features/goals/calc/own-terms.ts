// What a goal takes in the owner's own terms: deals and talks a week, at the rates of the past year.
import { policy } from '../../../methods/policy.ts'

export interface OwnPast {
  /** Deals won, and what the metric of the goal came to in the same time. */
  wins: number
  value: number
  /** Meetings and visits held in that time. */
  talks: number
  /** Working weeks of the recent time, and talks held in it. */
  recentWeeks: number
  recentTalks: number
}

export interface OwnTerms {
  /** Deals to win per working week. */
  wins: number
  /** Talks to hold per working week, and how many are held now. */
  talks: number
  talksNow: number
  talksPerWin: number
  valuePerWin: number
}

export type TermsAnswer =
  | { terms: OwnTerms }
  /** How many more are wanted before the own rates say anything. */
  | { more: number; of: 'wins' | 'talks' }

/** `needPerWeek` in the metric's unit. */
export function ownTerms(past: OwnPast, needPerWeek: number): TermsAnswer {
  const { wins, value, talks, recentTalks, recentWeeks } = past
  if (wins < policy.ownRates.wins || value <= 0) {
    return { more: Math.max(1, policy.ownRates.wins - wins), of: 'wins' }
  }
  if (talks < policy.ownRates.talks) return { more: policy.ownRates.talks - talks, of: 'talks' }
  const valuePerWin = value / wins
  const talksPerWin = talks / wins
  const winsWanted = needPerWeek / valuePerWin
  return {
    terms: {
      wins: winsWanted,
      talks: winsWanted * talksPerWin,
      talksNow: recentWeeks > 0 ? recentTalks / recentWeeks : 0,
      talksPerWin,
      valuePerWin,
    },
  }
}
