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

export const jobTitles: readonly Words[] = [
  ['Purchasing', 'Einkauf'],
  ['Workshop manager', 'Werkstattleitung'],
  ['Managing director', 'Geschäftsführung'],
  ['Maintenance', 'Instandhaltung'],
  ['Production manager', 'Produktionsleitung'],
]

export const firstNames: readonly string[] = [
  'Anke',
  'Bernd',
  'Carla',
  'Dirk',
  'Elif',
  'Frank',
  'Gesa',
  'Hannes',
  'Ingrid',
  'Jörg',
  'Kerstin',
  'Lars',
  'Maren',
  'Nils',
  'Olga',
  'Paul',
  'Renate',
  'Sven',
  'Tanja',
  'Uwe',
]

export const lastNames: readonly string[] = [
  'Ahlers',
  'Böttcher',
  'Carstens',
  'Dierks',
  'Ehlers',
  'Feddersen',
  'Grote',
  'Hinrichs',
  'Ihde',
  'Jessen',
  'Krüger',
  'Lüders',
  'Meinert',
  'Nissen',
  'Oltmann',
  'Petzold',
  'Rathke',
  'Schlüter',
  'Thode',
  'Wulff',
]

/** What is done on the way of a deal, by the stage it is in then. */
export const steps: Record<
  DemoOpenStageKey,
  readonly { kind: 'call' | 'mail' | 'meeting' | 'visit'; words: Words }[]
> = {
  qualified: [
    { kind: 'call', words: ['First call about needs', 'Erstgespräch zum Bedarf'] },
    { kind: 'visit', words: ['Workshop looked at', 'Werkstatt besichtigt'] },
  ],
  proposal: [
    { kind: 'mail', words: ['Proposal sent', 'Angebot verschickt'] },
    { kind: 'call', words: ['Questions about the proposal', 'Fragen zum Angebot geklärt'] },
  ],
  negotiation: [
    { kind: 'meeting', words: ['Price and delivery discussed', 'Preis und Lieferung besprochen'] },
    { kind: 'call', words: ['Asked for the decision', 'Nach der Entscheidung gefragt'] },
  ],
}

export const outcomes: readonly Words[] = [
  ['Reached, interested', 'Erreicht, interessiert'],
  ['Reached, undecided', 'Erreicht, unentschieden'],
  ['Not reached', 'Nicht erreicht'],
]

export const caseWords = {
  open: ['Open', 'Offen'],
  solved: ['Solved', 'Gelöst'],
} as const satisfies Record<string, Words>

export const channels: readonly Words[] = [
  ['Phone', 'Telefon'],
  ['E-mail', 'E-Mail'],
  ['Website', 'Website'],
]
