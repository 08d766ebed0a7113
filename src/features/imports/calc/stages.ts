// What the usual names of stages say about the outcome of a deal.
import { foldWord } from '../../../basics/fold.ts'

const won =
  'won closedwon gewonnen abgeschlossengewonnen auftrag beauftragt verkauft sold closedwin win ordered'
const lost =
  'lost closedlost verloren abgeschlossenverloren abgelehnt absage abgesagt cancelled canceled storniert rejected dead disqualified'
const open =
  'prospecting engaging qualification qualified qualifiziert qualifizierung proposal angebot negotiation verhandlung open offen lead new neu demo discovery contacted kontaktiert meeting quote pricequote analysis needsanalysis bedarfsanalyse valueproposition prospect'

const words = new Map<string, 'open' | 'won' | 'lost'>([
  ...open.split(' ').map((word): [string, 'open'] => [word, 'open']),
  ...won.split(' ').map((word): [string, 'won'] => [word, 'won']),
  ...lost.split(' ').map((word): [string, 'lost'] => [word, 'lost']),
])

/** Outcome that a stage's name names in English or German; undefined when it must be asked. */
export function outcomeOf(stage: string): 'open' | 'won' | 'lost' | undefined {
  return words.get(foldWord(stage))
}
