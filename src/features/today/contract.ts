// Operations of the start page: what waits, putting an entry off, and the calendar feed.
import { z } from 'zod'
import { byReach, everybody, operation } from '../../basics/contract.ts'
import { entryKinds } from '../../basics/entry.ts'
import { amount, day, id, version, written } from '../../basics/schema.ts'
import { places } from './calc/rank.ts'

const loss = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('history'),
    chance: z.number(),
    lost: z.int(),
    closed: z.int(),
    days: z.int().nullable(),
  }),
  z.object({ by: z.literal('end'), chance: z.number() }),
])
const deed = z.discriminatedUnion('do', [
  z.object({ do: z.literal('complete-activity'), id, version: z.int() }),
  z.object({ do: z.literal('plan-step'), dealId: id.nullable(), customerId: id.nullable() }),
])
const key = z.string().regex(/^[a-z]{2,20}:[a-z0-9-]{1,60}$/, 'not the key of an entry')
const entry = z.object({
  key,
  kind: z.enum(entryKinds),
  /** What the sentence of the kind is filled with. */
  values: z.object({ name: z.string() }).catchall(z.union([z.string(), z.number(), z.null()])),
  link: z.object({ path: z.string(), search: z.record(z.string(), z.string()).optional() }),
  due: day.nullable(),
  stake: z.object({ amount, loss }).nullable(),
  deed: deed.nullable(),
  place: z.enum(places),
  /** Value at stake times the chance that it is lost, in the base currency. */
  expected: amount.nullable(),
  /** Put off until this day. */
  snoozed: z.object({ id, version: z.int(), until: day }).nullable(),
})
const feed = z.object({ id, version: z.int(), madeOn: day })

export const todayContract = {
  'today.list': operation({
    sentence:
      'Lists what waits for the person asking, in the order of what is due and what is at stake, each with its reason.',
    method: 'GET',
    path: '/today',
    input: z.object({
      /** `mine`: only what is of the own seller; without a seller of one's own the same as `all`. */
      whose: z.enum(['mine', 'all']).default('mine'),
      /** Only what is put off. */
      snoozed: z.boolean().default(false),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({
      today: day,
      /** The next day that is a working day for who asks: what is put off comes back then. */
      nextWorkingDay: day,
      currency: z.string(),
      whose: z.enum(['mine', 'all']),
      /** Whether `mine` and `all` can differ. */
      sells: z.boolean(),
      counts: z.object({
        due: z.int(),
        all: z.int(),
        snoozed: z.int(),
        /** There are more than a feature offers at once: the counts are the least. */
        more: z.boolean(),
      }),
      /** Open deals with nothing planned, those put off included. */
      waiting: z.object({ deals: z.int(), amount }),
      rows: z.array(entry),
    }),
    policy: byReach,
    refusals: [],
  }),
  'today.snooze': operation({
    sentence: 'Puts an entry off until a day; only the person asking no longer sees it.',
    method: 'PUT',
    path: '/today/snoozes',
    input: z.object({ key, until: day }),
    output: written,
    policy: everybody,
    changes: true,
    undo: true,
    refusals: ['snooze.past', 'snooze.too_far', 'snooze.too_many'],
  }),
  'today.wake': operation({
    sentence: 'Shows an entry again that was put off.',
    method: 'DELETE',
    path: '/today/snoozes/:id',
    input: z.object({ id, version }),
    output: written,
    policy: everybody,
    changes: true,
    undo: true,
    refusals: ['snooze.not_found', 'record.changed'],
  }),
  'today.feed': operation({
    sentence: 'Says whether the person asking has a calendar feed, and since when.',
    method: 'GET',
    path: '/today/feed',
    input: z.object({}),
    output: z.object({
      feed: feed.nullable(),
      /** Whether there is anything to put into one: who does not sell has no activities of their own. */
      sells: z.boolean(),
    }),
    policy: everybody,
    refusals: [],
  }),
  'today.create-feed': operation({
    sentence:
      'Makes a secret address under which a calendar program finds planned activities; an earlier one stops working.',
    method: 'POST',
    path: '/today/feed',
    input: z.object({}),
    output: written.extend({
      /** Below the address of this server; it is shown this once. */
      path: z.string(),
    }),
    policy: everybody,
    changes: true,
    refusals: ['calendar_feed.shown_once'],
  }),
  'today.revoke-feed': operation({
    sentence: 'Takes the secret address of the calendar feed back: it stops working at once.',
    method: 'DELETE',
    path: '/today/feed',
    input: z.object({}),
    output: written,
    policy: everybody,
    changes: true,
    refusals: ['calendar_feed.not_found'],
  }),
} as const
