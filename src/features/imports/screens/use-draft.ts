// Corrections that are not sent yet: kept in this tab, so that looking elsewhere loses none.
import { useEffect, useMemo, useState } from 'react'
import {
  type CellChange,
  type Corrections,
  type Draft,
  draftOf,
  isEmpty,
  noCorrections,
  redone,
  stepped,
  undone,
  withAnswer,
  withCells,
} from '../calc/draft.ts'
import type { Replacement } from '../calc/quarantine.ts'

function isCorrections(value: unknown): value is Corrections {
  if (typeof value !== 'object' || value === null) return false
  return (
    'rows' in value &&
    typeof value.rows === 'object' &&
    'replace' in value &&
    Array.isArray(value.replace)
  )
}

function kept(place: string): Corrections {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(place) ?? 'null')
    return isCorrections(value) ? value : noCorrections
  } catch {
    return noCorrections
  }
}

function keep(place: string, corrections: Corrections): void {
  try {
    if (isEmpty(corrections)) sessionStorage.removeItem(place)
    else sessionStorage.setItem(place, JSON.stringify(corrections))
  } catch {
    // Storage forbidden or full: the corrections hold as long as the page stands.
  }
}

export interface DraftInUse {
  now: Corrections
  /** Cells changed in one step. */
  change: (changes: readonly CellChange[]) => void
  /** One answer for all rows with a value. */
  answer: (answer: Replacement) => void
  back: (() => void) | undefined
  forward: (() => void) | undefined
  /** What is left once something was sent. */
  left: (corrections: Corrections) => void
}

/** Corrections of one import; leaving the tab with some of them asks first. */
export function useDraft(org: string, batch: string): DraftInUse {
  const place = `kontor-quarantine ${org} ${batch}`
  const [draft, setDraft] = useState<Draft>(() => draftOf(kept(place)))
  const { now, before, after } = draft
  useEffect(() => keep(place, now), [place, now])
  const some = !isEmpty(now)
  useEffect(() => {
    if (!some) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [some])
  return useMemo(
    () => ({
      now,
      change: (changes) => setDraft((one) => stepped(one, withCells(one.now, changes))),
      answer: (answer) => setDraft((one) => stepped(one, withAnswer(one.now, answer))),
      back: before.length > 0 ? () => setDraft(undone) : undefined,
      forward: after.length > 0 ? () => setDraft(redone) : undefined,
      left: (corrections) => {
        // At once: the page goes on to the new import in the same breath.
        keep(place, corrections)
        setDraft(draftOf(corrections))
      },
    }),
    [now, before.length, after.length, place],
  )
}
