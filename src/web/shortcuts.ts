// Keys: single letters and pairs (`g d`), off while somebody types and where they were switched off.
import { useEffect, useRef } from 'react'
import type { Command, Here } from './commands.ts'
import { layerOpen } from './shell-state.ts'
import { keepValue, keptValue } from './theme-choice.ts'

const storage = 'kontor-letters'
const pairMs = 1_200

/** Whether single letters act (WCAG 2.1.4: they can be switched off). */
export function lettersOn(): boolean {
  return keptValue(storage) !== 'off'
}

export function setLetters(on: boolean): void {
  keepValue(storage, on ? undefined : 'off')
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Whether a key press may act as a shortcut: letters on, nobody typing, no dialog in front. */
export function lettersFree(event: KeyboardEvent): boolean {
  // Whoever types on while the palette is still loading means the palette.
  if (layerOpen()) return false
  if (!lettersOn() || event.ctrlKey || event.metaKey || event.altKey) return false
  if (isTyping(event.target)) return false
  return document.querySelector('[role="dialog"][aria-modal="true"]:not(.k-drawer-sheet)') === null
}

/** The key of an event in the notation of commands: `g`, `?`, `mod+k`. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key
}

/**
 * What a key means after the keys before it: the command, or that more is to come.
 * @param pending first key of a pair, pressed shortly before
 */
export function matchKeys(
  commands: readonly Command[],
  pending: string | undefined,
  key: string,
): { command?: Command; pending?: string } {
  const wanted = pending === undefined ? key : `${pending} ${key}`
  const command = commands.find((one) => one.keys === wanted)
  if (command) return { command }
  if (commands.some((one) => one.keys?.startsWith(`${key} `))) return { pending: key }
  const alone = pending === undefined ? undefined : commands.find((one) => one.keys === key)
  return alone ? { command: alone } : {}
}

/** Listens for the keys of the given commands as long as the page stands. */
export function useShortcuts(commands: readonly Command[], here: Here): void {
  const now = useRef({ commands, here })
  now.current = { commands, here }
  useEffect(() => {
    let pending: string | undefined
    let pressedAt = 0
    const onKey = (event: KeyboardEvent) => {
      const key = keyOf(event)
      const withControl = key.startsWith('mod+')
      if (event.defaultPrevented || event.altKey) return
      if (!withControl && !lettersFree(event)) return
      if (event.timeStamp - pressedAt > pairMs) pending = undefined
      const offered = now.current.commands.filter((one) => one.when?.(now.current.here) ?? true)
      const match = matchKeys(offered, pending, key)
      pending = match.pending
      pressedAt = event.timeStamp
      if (!match.command) return
      event.preventDefault()
      void match.command.run(now.current.here)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
