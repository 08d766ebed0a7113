// Layers give the focus back to where it came from when they go, however they go.
import { useEffect, useRef } from 'react'

/** For the outermost part of a layer that is mounted when it opens and unmounted when it closes. */
export function useFocusBack(): void {
  const before = useRef<Element>(undefined)
  before.current ??= document.activeElement ?? undefined
  useEffect(() => {
    const element = before.current
    return () => {
      // After the layer has left the page, so that nothing in it can take the focus again.
      setTimeout(() => {
        const moved = document.activeElement !== null && document.activeElement !== document.body
        if (!moved && element instanceof HTMLElement && element.isConnected) element.focus()
      })
    }
  }, [])
}
