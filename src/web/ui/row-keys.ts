// j and k walk the rows of the table in use; e asks why the first figure of the row is what it is; x chooses it.
import { type RefObject, useEffect } from 'react'
import { lettersFree } from '../shortcuts.ts'

function target(row: Element): HTMLElement {
  return row.querySelector<HTMLElement>('.k-row-open') ?? (row as HTMLElement)
}

/** The table that takes the keys: the one with the focus, otherwise the first one of the page. */
function isInUse(body: HTMLElement): boolean {
  const focused = document.activeElement?.closest('tbody')
  if (focused) return focused === body
  return document.querySelector('.k-main .k-table tbody, .k-table tbody') === body
}

/** Listens as long as the table is on the screen and letters are free (nobody is typing). */
export function useRowKeys(body: RefObject<HTMLTableSectionElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const table = body.current
      if (!table || !['j', 'k', 'e', 'x', 'X'].includes(event.key) || !lettersFree(event)) return
      if (!isInUse(table)) return
      const rows = [...table.querySelectorAll('tr.k-row')]
      const at = rows.findIndex((row) => row.contains(document.activeElement))
      if (event.key === 'e') {
        if (event.defaultPrevented) return
        const figure = rows[at]?.querySelector<HTMLElement>('.k-figure-asks')
        if (figure) figure.click()
        return
      }
      if (event.key.toLowerCase() === 'x') {
        const box = rows[at]?.querySelector<HTMLInputElement>('.k-row-choose')
        if (!box) return
        event.preventDefault()
        box.dispatchEvent(
          new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: event.shiftKey }),
        )
        return
      }
      const next =
        rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)))]
      if (!next) return
      event.preventDefault()
      const element = target(next)
      element.focus()
      next.scrollIntoView({ block: 'nearest' })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [body])
}
