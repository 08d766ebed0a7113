// j and k walk the entries; d settles and s puts off the one that has the focus; not after a g, which begins a pair.
import { type RefObject, useEffect, useRef } from 'react'
import { lettersFree } from '../../../web/shortcuts.ts'

/** As long as the shell waits for the second key of a pair. */
const pairMs = 1_200

interface Acts {
  deed: (key: string) => void
  snooze: (key: string, choose: boolean) => void
}

/** `rows` are what is shown: when the entry in use has gone, the one in its place takes the focus. */
export function useEntryKeys(
  list: RefObject<HTMLElement | null>,
  rows: readonly unknown[],
  acts: Acts,
): void {
  const now = useRef(acts)
  const used = useRef<number>(undefined)
  now.current = acts
  useEffect(() => {
    let pairUntil = 0
    const onKey = (event: KeyboardEvent) => {
      const inPair = event.timeStamp < pairUntil
      pairUntil = event.key === 'g' && !inPair ? event.timeStamp + pairMs : 0
      if (inPair || event.defaultPrevented || !list.current || !lettersFree(event)) return
      const items = [...list.current.querySelectorAll<HTMLElement>('[data-entry]')]
      const at = items.findIndex((item) => item.contains(document.activeElement))
      if (event.key === 'j' || event.key === 'k') {
        const step = event.key === 'j' ? 1 : -1
        const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + step))]
        if (!next) return
        event.preventDefault()
        next.querySelector<HTMLElement>('a')?.focus()
        next.scrollIntoView({ block: 'nearest' })
        return
      }
      const key = items[at]?.dataset.entry
      if (key === undefined || !['d', 's', 'S'].includes(event.key)) return
      event.preventDefault()
      used.current = at
      if (event.key === 'd') now.current.deed(key)
      else now.current.snooze(key, event.key === 'S')
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [list])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked whenever other entries are shown.
  useEffect(() => {
    const at = used.current
    if (at === undefined || document.activeElement !== document.body) return
    const links = list.current?.querySelectorAll<HTMLElement>('[data-entry] a') ?? []
    used.current = undefined
    links[Math.min(at, links.length - 1)]?.focus()
  }, [list, rows])
}
