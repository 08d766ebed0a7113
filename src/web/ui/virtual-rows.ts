// Long tables draw only the rows near what is seen; the rest is room above and below.
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Up to so many rows all are drawn: nothing is gained by leaving some out. */
const rowsDrawnWhole = 150
/** Height of a row until it has been measured. */
const rowHeight = 34
const rowsBeyond = 30

export interface VirtualRows {
  /** Index of the first row drawn, and of the one behind the last. */
  from: number
  until: number
  /** Room instead of the rows before and after, in pixels. */
  before: number
  after: number
  measure: ((row: Element | null) => void) | undefined
  /** Scrolls a row that may not be drawn to where it is seen. */
  show: (row: number) => void
}

/** On paper every row is drawn. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}

/** Which of the rows to draw; all of them with `whole`. */
export function useVirtualRows(
  count: number,
  body: RefObject<HTMLElement | null>,
  whole: boolean,
): VirtualRows {
  const printing = usePrinting()
  const enabled = !whole && !printing && count > rowsDrawnWhole
  const [margin, setMargin] = useState(0)
  useEffect(() => {
    const top = body.current?.getBoundingClientRect().top
    if (enabled && top !== undefined) setMargin(top + window.scrollY)
  }, [enabled, body])
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight,
    overscan: rowsBeyond,
    scrollMargin: margin,
    enabled,
  })
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0], items.at(-1)]
  if (!enabled || !first || !last)
    return { from: 0, until: count, before: 0, after: 0, measure: undefined, show: () => {} }
  return {
    from: first.index,
    until: last.index + 1,
    before: first.start - margin,
    after: virtual.getTotalSize() - (last.end - margin),
    measure: virtual.measureElement,
    show: (row) => virtual.scrollToIndex(row, { align: 'center' }),
  }
}
