// What waits for somebody, as a value: features offer such entries through their doors, the start page ranks them.
import type { Day } from './period.ts'

export const entryKinds = [
  'activity',
  'deal-without-step',
  'deal-stalled',
  'contract-ending',
  'contract-notice',
  'import-waiting',
  'import-rejected',
  'quality-finding',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** Why an amount may be lost, and how often such amounts were. */
export type Loss =
  /** Of `closed` deals that were open for `days` or longer, `lost` were lost. */
  | { by: 'history'; chance: number; lost: number; closed: number; days: number | null }
  /** It ends unless somebody does something. */
  | { by: 'end'; chance: number }

/** What the one key does that settles an entry: an operation of the feature that offers it. */
export type Deed =
  | { do: 'complete-activity'; id: string; version: number }
  | { do: 'plan-step'; dealId: string | null; customerId: string | null }

export interface Entry {
  /** The same as long as it is about the same: what a snooze is kept by. */
  key: string
  kind: EntryKind
  /** What the sentence of the kind is filled with; `name` always is what a reader would call it. */
  values: { name: string } & Readonly<Record<string, string | number | null>>
  /** Page below the organisation. */
  link: { path: string; search?: Readonly<Record<string, string>> }
  /** Day by which it is to be done. */
  due: Day | null
  /** Value at stake in minor units of the base currency, and how likely it is lost if nothing is done. */
  stake: { amount: number; loss: Loss } | null
  deed: Deed | null
}

/** What is asked of a feature: up to when, of whom, and how many at most. */
export interface EntriesAsked {
  today: Day
  /** Only what is this seller's; absent: everything within reach. */
  sellerId?: string
  limit: number
}
