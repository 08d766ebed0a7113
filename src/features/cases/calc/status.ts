// Whether a case is open or closed, by the words other systems have for it, in English and German.
import type { Day } from '../../../basics/period.ts'

export type CaseState = 'open' | 'closed'

/** Word by word, lower case; what a system adds in brackets or after a dash does not count. */
const words: Readonly<Record<CaseState, readonly string[]>> = {
  open: [
    'open',
    'opened',
    'reopened',
    're-opened',
    'new',
    'pending',
    'in progress',
    'in process',
    'on hold',
    'waiting',
    'assigned',
    'escalated',
    'unresolved',
    'active',
    'offen',
    'neu',
    'wieder offen',
    'wiedereröffnet',
    'in bearbeitung',
    'in arbeit',
    'wartend',
    'zurückgestellt',
    'zugewiesen',
    'eskaliert',
    'ungelöst',
    'ausstehend',
    'unerledigt',
    'aktiv',
  ],
  closed: [
    'closed',
    'solved',
    'resolved',
    'done',
    'completed',
    'complete',
    'finished',
    'settled',
    'cancelled',
    'canceled',
    'withdrawn',
    'rejected',
    'geschlossen',
    'abgeschlossen',
    'gelöst',
    'geklärt',
    'erledigt',
    'beendet',
    'fertig',
    'behoben',
    'zurückgezogen',
    'abgelehnt',
    'storniert',
  ],
}

const known = new Map<string, CaseState>(
  (['open', 'closed'] as const).flatMap((state) => words[state].map((word) => [word, state])),
)

/** What a status says; undefined for a word that is neither. */
export function stateOfStatus(status: string): CaseState | undefined {
  const word = status
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s*\(.*$/u, '')
    .replaceAll('_', ' ')
    .trim()
    .replace(/\s+/gu, ' ')
  return known.get(word) ?? known.get(word.split(/ ?[-–—:] /u)[0] ?? '')
}

export interface CaseDays {
  day: Day
  closedOn: Day | null
  state: CaseState
}

export type CaseFault = 'case.backwards' | 'case.open_has_day'

/** Why there can be no such case; undefined when there can. A closed one need not say when. */
export function caseFault({ day, closedOn, state }: CaseDays): CaseFault | undefined {
  if (closedOn === null) return undefined
  if (state === 'open') return 'case.open_has_day'
  return closedOn < day ? 'case.backwards' : undefined
}

/** The state that follows where none is given: a closing day closes, then the status speaks. */
export function stateOf(given: {
  state?: CaseState | undefined
  status: string | null
  closedOn: Day | null
}): CaseState {
  if (given.state !== undefined) return given.state
  if (given.closedOn !== null) return 'closed'
  return (given.status === null ? undefined : stateOfStatus(given.status)) ?? 'open'
}
