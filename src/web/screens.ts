// What a feature hands to the shell: its screens, drawers, commands and finders.
import type { ComponentType } from 'react'
import type { Answer } from './client.ts'
import type { Command, Finder } from './commands.ts'
import type { Words } from './typed-texts.ts'

/** Groups of the navigation, from top to bottom. */
export const navGroups = ['results', 'planning', 'customers', 'data'] as const
type NavGroup = (typeof navGroups)[number]

/** What the organisation counts for the navigation. */
type CountName = keyof Answer<'organisations.get'>['counts']

interface NavEntry {
  group: NavGroup
  /** Place within the group, ascending. */
  order: number
  /** Shortcut: `g d`. */
  keys?: string
  /** One of the four places in the bottom bar of small screens. */
  bar?: boolean
  /** Shorter title for the bottom bar: there are 72 px. */
  short?: Words
  /** Number at the right: name of one of the organisation's counts. */
  count?: CountName
  /** The number waits for somebody: shown in brick when it is not 0. */
  waits?: boolean
}

export interface Screen {
  /** Below the organisation: `deals` or `deals/$id`. */
  path: string
  title: Words
  load: () => Promise<ComponentType>
  /** Its figures rest on facts and are told as of the day the date switch names. */
  asOf?: boolean
  nav?: NavEntry
}

/** A drawer is opened on any page by the part of the address that bears its name. */
export interface DrawerProps {
  value: string
  close: () => void
}

export interface FeatureWeb {
  screens: readonly Screen[]
  drawers?: Readonly<Record<string, () => Promise<ComponentType<DrawerProps>>>>
  commands?: readonly Command[]
  /** How records are found; one feature provides it. */
  finder?: Finder
  /** Path of the screen shown at the organisation's root; one feature provides it. */
  home?: string
}
