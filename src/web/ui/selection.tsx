// Rows chosen for doing something with many of them at once: boxes, shift, x, and a bar that says what.
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useFormat, useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import './selection.css'

export interface Selection {
  ids: ReadonlySet<string>
  /** All rows that fit the filter, also those not fetched yet. */
  all: boolean
  /** Chooses one row or lets it go; with shift, all from the one chosen last. */
  toggle: (id: string, order: readonly string[], shift: boolean) => void
  /** Chooses all of the rows fetched, or none. */
  setShown: (order: readonly string[], chosen: boolean) => void
  chooseAll: () => void
  clear: () => void
}

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  const [last, setLast] = useState<string | undefined>()
  return {
    ids,
    all,
    toggle: (id, order, shift) => {
      const next = new Set(ids)
      const chosen = !next.has(id)
      const [from, to] = [order.indexOf(last ?? id), order.indexOf(id)]
      const span =
        shift && from >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [id]
      for (const one of span) {
        if (chosen) next.add(one)
        else next.delete(one)
      }
      setIds(next)
      setAll(false)
      setLast(id)
    },
    setShown: (order, chosen) => {
      setIds(new Set(chosen ? order : []))
      setAll(false)
    },
    chooseAll: () => setAll(true),
    clear: () => {
      setIds(new Set())
      setAll(false)
    },
  }
}

export interface SelectionBarProps {
  selection: Selection
  /** Number of rows that fit the filter, if it is known. */
  total: number | undefined
  /** Rows fetched so far. */
  shown: number
  /** What can be done with the chosen ones. */
  children: ReactNode
}

/** Stands at the foot of the page while rows are chosen. */
export function SelectionBar({ selection, total, shown, children }: SelectionBarProps) {
  const t = useTexts(partTexts)
  const format = useFormat()
  const { ids, all } = selection
  if (ids.size === 0 && !all) return null
  const more = !all && ids.size === shown && (total === undefined || total > shown)
  return (
    <section className="k-selection k-no-print" aria-label={t('chosen_rows')}>
      <p aria-live="polite">
        {all
          ? total === undefined
            ? t('chosen_all')
            : t('chosen_all_of', { total: format.count(total) })
          : t('chosen', { count: ids.size })}
      </p>
      {more && (
        <Button variant="subtle" size="compact-sm" onClick={selection.chooseAll}>
          {total === undefined
            ? t('choose_all_unknown')
            : t('choose_all', { total: format.count(total) })}
        </Button>
      )}
      <span className="k-selection-acts">{children}</span>
      <Button variant="default" size="compact-sm" onClick={selection.clear}>
        {t('choose_none')}
      </Button>
    </section>
  )
}
