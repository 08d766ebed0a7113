// The stages that a new organisation begins with.
import type { Outcome } from './rules.ts'

export interface FirstStage {
  name: string
  position: number
  outcome: Outcome
}

const names = {
  en: ['Qualified', 'Proposal', 'Negotiation', 'Won', 'Lost'],
  de: ['Qualifiziert', 'Angebot', 'Verhandlung', 'Gewonnen', 'Verloren'],
} as const

/** Default stages in a language: three open ones, won and lost. */
export function firstStages(language: 'en' | 'de'): FirstStage[] {
  return names[language].map((name, index) => ({
    name,
    position: index + 1,
    outcome: index === 3 ? 'won' : index === 4 ? 'lost' : 'open',
  }))
}
