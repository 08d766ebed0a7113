// Light, dark, or as the system has it: kept per browser, applied before the first paint.

import type { MantineColorSchemeManager } from '@mantine/core'
import { useMantineColorScheme } from '@mantine/core'

export type ThemeChoice = 'light' | 'dark' | 'system'

const key = 'kontor-theme'

/** Storage that may be forbidden: then the choice holds until the page is left. */
export function keptValue(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps a value in this browser, or forgets it; silent where storage is forbidden. */
export function keepValue(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
  } catch {
    // A private window without storage keeps nothing; nothing depends on it.
  }
}

export const colorSchemeManager: MantineColorSchemeManager = {
  get: () => {
    const kept = keptValue(key)
    return kept === 'light' || kept === 'dark' ? kept : 'auto'
  },
  set: (value) => keepValue(key, value === 'auto' ? undefined : value),
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => keepValue(key, undefined),
}

/** The choice and how to change it; `system` follows the operating system from then on. */
export function useThemeChoice(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return [
    colorScheme === 'auto' ? 'system' : colorScheme,
    (choice) => setColorScheme(choice === 'system' ? 'auto' : choice),
  ]
}
