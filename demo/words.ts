// Everything in the demo that has a name in English and in German.
import type { DemoLanguage, DemoOpenStageKey, DemoStage } from './records.ts'

/** English, German. */
export type Words = readonly [en: string, de: string]

export function inLanguage([en, de]: Words, lang: DemoLanguage): string {
  return lang === 'de' ? de : en
}

const stageWords: readonly (Omit<DemoStage, 'name'> & { words: Words })[] = [
  { key: 'qualified', words: ['Qualified', 'Qualifiziert'], position: 1, outcome: 'open' },
  { key: 'proposal', words: ['Proposal', 'Angebot'], position: 2, outcome: 'open' },
  { key: 'negotiation', words: ['Negotiation', 'Verhandlung'], position: 3, outcome: 'open' },
  { key: 'won', words: ['Won', 'Gewonnen'], position: 4, outcome: 'won' },
  { key: 'lost', words: ['Lost', 'Verloren'], position: 5, outcome: 'lost' },
]

export function stagesIn(lang: DemoLanguage): DemoStage[] {
  return stageWords.map(({ key, words, position, outcome }) => ({
    key,
    name: inLanguage(words, lang),
    position,
    outcome,
  }))
}

/** Why deals are lost, with how often by the stage they are lost in. */
export const lostReasons: readonly { words: Words; weights: Record<DemoOpenStageKey, number> }[] = [
  { words: ['Price', 'Preis'], weights: { qualified: 1, proposal: 6, negotiation: 7 } },
  { words: ['Competitor', 'Wettbewerb'], weights: { qualified: 1, proposal: 5, negotiation: 4 } },
  { words: ['No budget', 'Kein Budget'], weights: { qualified: 6, proposal: 2, negotiation: 1 } },
  {
    words: ['No decision', 'Keine Entscheidung'],
    weights: { qualified: 3, proposal: 4, negotiation: 3 },
  },
  { words: ['Postponed', 'Verschoben'], weights: { qualified: 4, proposal: 2, negotiation: 2 } },
  {
    words: ['Does not fit', 'Passt nicht'],
    weights: { qualified: 5, proposal: 1, negotiation: 0 },
  },
]

export const sources: readonly { words: Words; weight: number }[] = [
  { words: ['Website', 'Website'], weight: 28 },
  { words: ['Referral', 'Empfehlung'], weight: 24 },
  { words: ['Trade fair', 'Messe'], weight: 20 },
  { words: ['Cold call', 'Kaltakquise'], weight: 16 },
  { words: ['Partner', 'Partner'], weight: 12 },
]

export type IndustryKey =
  | 'metal'
  | 'machinery'
  | 'vehicles'
  | 'wood'
  | 'plastics'
  | 'electrical'
  | 'logistics'
  | 'food'

export const industries: readonly { key: IndustryKey; words: Words; weight: number }[] = [
  { key: 'metal', words: ['Metalworking', 'Metallverarbeitung'], weight: 22 },
  { key: 'machinery', words: ['Mechanical engineering', 'Maschinenbau'], weight: 18 },
  { key: 'vehicles', words: ['Vehicle repair', 'Fahrzeuginstandsetzung'], weight: 17 },
  { key: 'wood', words: ['Woodworking', 'Holzverarbeitung'], weight: 12 },
  { key: 'plastics', words: ['Plastics processing', 'Kunststoffverarbeitung'], weight: 10 },
  { key: 'electrical', words: ['Electrical engineering', 'Elektrotechnik'], weight: 9 },
  { key: 'logistics', words: ['Logistics', 'Logistik'], weight: 7 },
  { key: 'food', words: ['Food production', 'Lebensmittelherstellung'], weight: 5 },
]
