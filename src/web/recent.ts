// Records that the palette opened last, kept in this browser for each organisation.
import type { Found } from './commands.ts'
import { keepValue, keptValue } from './theme-choice.ts'
import type { Words } from './typed-texts.ts'

export interface Recent extends Pick<Found, 'id' | 'label' | 'path' | 'search'> {
  /** What it is, in both languages. */
  kind: Words
}

const most = 6
const storage = (org: string) => `kontor-recent.${org}`

function isRecent(value: unknown): value is Recent {
  if (typeof value !== 'object' || value === null) return false
  const { id, label, path, search, kind } = value as Partial<Record<keyof Recent, unknown>>
  const words = kind as Partial<Words> | undefined | null
  return (
    [id, label, path, words?.en, words?.de].every((one) => typeof one === 'string') &&
    (search === undefined || (typeof search === 'object' && search !== null))
  )
}

/** What was kept, or nothing where it is not ours. */
export function readRecent(kept: string | undefined): Recent[] {
  try {
    const all: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(all) ? all.filter(isRecent).slice(0, most) : []
  } catch {
    return []
  }
}

/** With one more in front, each once. */
export function withRecent(before: readonly Recent[], one: Recent): Recent[] {
  return [one, ...before.filter((other) => other.path !== one.path || other.id !== one.id)].slice(
    0,
    most,
  )
}

export function recentIn(org: string): Recent[] {
  return readRecent(keptValue(storage(org)))
}

export function keepRecent(org: string, one: Recent): void {
  keepValue(storage(org), JSON.stringify(withRecent(recentIn(org), one)))
}
