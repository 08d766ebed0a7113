// Fetches the next page of a list that is no table.
import type { ReactNode } from 'react'
import type { MoreRows } from './data-table.tsx'

/** Nothing at the end of the list. */
export function MoreLink({ more, children }: { more: MoreRows; children: ReactNode }) {
  if (!more.next) return null
  return (
    <button type="button" className="k-link" disabled={more.busy} onClick={more.next}>
      {children}
    </button>
  )
}
