// What the shell's parts share: which layer is open. One small store, no context needed.
import { useSyncExternalStore } from 'react'

type ShellLayer = 'palette' | 'shortcuts' | 'more' | 'as-of' | undefined

let open: ShellLayer
const listeners = new Set<() => void>()

/** Opens a layer of the shell, or closes the open one. */
export function openLayer(layer: ShellLayer): void {
  open = layer
  for (const listener of listeners) listener()
}

/** Whether one is open, or on its way: its code may still be loading. */
export function layerOpen(): boolean {
  return open !== undefined
}

export function useShellLayer(): ShellLayer {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => open,
  )
}
