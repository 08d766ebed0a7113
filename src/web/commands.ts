// A command: one record from which palette, shortcut list and keys come.
import type { Format } from './format.ts'
import type { Language, Words } from './typed-texts.ts'

/** Where the person stands when a command runs. */
export interface Here {
  org: string
  language: Language
  search: Readonly<Record<string, string>>
  /** Opens a screen of the organisation. */
  go: (path: string, search?: Readonly<Record<string, string | undefined>>) => void
  /** Changes parts of the present address. */
  change: (search: Readonly<Record<string, string | undefined>>) => void
}

export interface Command {
  id: string
  label: Words
  /** One or two keys in a row (`g d`, `n`, `?`) or with the control key (`mod+k`). */
  keys?: string
  group: 'go' | 'do' | 'view'
  /** Absent: always offered. */
  when?: (here: Here) => boolean
  run: (here: Here) => void | Promise<void>
}

/** Something the palette has found. */
export interface Found {
  id: string
  label: string
  note?: string
  archived?: boolean
  /** Another name by which it was found. */
  knownAs?: string
  path: string
  search?: Readonly<Record<string, string | undefined>>
}

/** Records of one kind. */
export interface FoundGroup {
  id: string
  label: Words
  rows: readonly Found[]
  /** Where all that fit are listed, if those are more. */
  all?: { total: number; path: string; search: Readonly<Record<string, string | undefined>> }
}

/** What is looked for, where, and for whom it is written. */
export interface Asking {
  text: string
  org: string
  format: Format
  signal: AbortSignal
}

/** Finds records by a few letters; asked after a pause in typing. */
export type Finder = (asked: Asking) => Promise<readonly FoundGroup[]>
