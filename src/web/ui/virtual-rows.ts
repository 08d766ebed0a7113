// Long tables draw only the rows near what is seen; the rest is room above and below.
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Up to so many rows all are drawn: nothing is gained by leaving some out. */
const rowsDrawnWhole = 150
/** Height of a row until the first one has been measured. */
const rowHeight = 33
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
  const [height, setHeight] = useState(rowHeight)
  useEffect(() => {
    if (!enabled || !body.current) return
    setMargin(body.current.getBoundingClientRect().top + window.scrollY)
    const row = body.current.querySelector<HTMLElement>('.k-row')
    if (row) setHeight(row.offsetHeight)
  }, [enabled, body])
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: rowsBeyond,
    scrollMargin: margin,
    enabled,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: places are worked out anew when the height is known
  useEffect(() => virtual.measure(), [height])
  // Nothing may scroll on its own when a row above proves to be higher, neither this nor the browser
  // (`overflow-anchor` in data-table.css): it would stop a journey to the top on its way.
  virtual.shouldAdjustScrollPositionOnItemSizeChange = () => false
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
