// Operations on activities, planned and done, and on what somebody who leaves hands over.
import { z } from 'zod'
import { byReach, operation, writesByReach } from '../../basics/contract.ts'
import {
  day,
  id,
  name,
  named,
  page,
  pageOf,
  shortText,
  version,
  written,
} from '../../basics/schema.ts'

export const activityKind = z.enum(['call', 'mail', 'meeting', 'visit', 'message', 'task'])
const longText = z.string().trim().max(5_000)
const subject = z.string().trim().min(1, 'it needs a subject').max(200)
const activity = z.object({
  id,
  version: z.int(),
  kind: activityKind,
  subject: z.string(),
  note: z.string().nullable(),
  /** Until when it is planned. */
  dueOn: day.nullable(),
  doneOn: day.nullable(),
  outcome: z.string().nullable(),
  seller: named.nullable(),
  customer: named.nullable(),
  contact: named.nullable(),
  /** Named by its number, else by its product. */
  deal: named.nullable(),
})
const byIdOrName = z.union([z.object({ id }), z.object({ name })])
const fields = {
  kind: activityKind,
  subject,
  note: longText.nullable().optional(),
  dueOn: day.nullable().optional(),
  doneOn: day.nullable().optional(),
  outcome: shortText.nullable().optional(),
  seller: byIdOrName.nullable().optional(),
  customer: byIdOrName.nullable().optional(),
  contactId: id.nullable().optional(),
  dealId: id.nullable().optional(),
}
const refusals = [
  'activity.not_found',
  'activity.not_yours',
  'activity.needs_day',
  'activity.done_later',
  'seller.not_found',
  'seller.ambiguous',
  'customer.not_found',
  'customer.ambiguous',
  'contact.not_found',
  'deal.not_found',
  'record.changed',
] as const
const counts = {
  deals: z.int(),
  /** Open deals in the base currency, where amount and rate are known. */
  amount: z.int(),
  activities: z.int(),
  contracts: z.int(),
}

export const activitiesContract = {
  'activities.list': operation({
    sentence:
      'Lists activities: planned ones first, by the day they are due, then done ones, newest first.',
    method: 'GET',
    path: '/activities',
    input: z.object({
      ...page,
      dealId: id.optional(),
      customerId: id.optional(),
      contactId: id.optional(),
      sellerId: id.optional(),
      kind: activityKind.optional(),
      is: z.enum(['planned', 'done']).optional(),
      /** Planned ones due on this day or before. */
      dueUntil: day.optional(),
    }),
    output: pageOf(activity),
    policy: byReach,
    refusals: [],
  }),
  'activities.create': operation({
    sentence: 'Plans an activity, or notes one that was done.',
    method: 'POST',
    path: '/activities',
    input: z.object(fields),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals,
  }),
  'activities.edit': operation({
    sentence: 'Changes an activity.',
    method: 'PATCH',
    path: '/activities/:id',
    input: z.object({ id, version, ...fields }).partial({ kind: true, subject: true }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals,
  }),
  'activities.complete': operation({
    sentence:
      'Says that an activity is done, with its outcome, and plans the next one at once if wanted.',
    method: 'POST',
    path: '/activities/:id/complete',
    input: z.object({
      id,
      version,
      doneOn: day.optional().describe('Today unless said'),
      outcome: shortText.nullable().optional(),
      note: longText.nullable().optional(),
      next: z.object({ kind: activityKind, subject, dueOn: day }).optional(),
    }),
    output: written.extend({ nextId: id.optional() }),
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['activity.not_found', 'activity.not_yours', 'activity.done_later', 'record.changed'],
  }),
  'activities.remove': operation({
    sentence: 'Takes an activity away.',
    method: 'DELETE',
    path: '/activities/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['activity.not_found', 'activity.not_yours', 'record.changed'],
  }),
  'deals.hand-over': operation({
    sentence:
      'Hands the open deals, planned activities and contracts of a seller over to others from a day on.',
    method: 'POST',
    path: '/sellers/:id/hand-over',
    input: z.object({
      id: id.describe('The seller who gives'),
      /** Who takes; several take the customers in turn. */
      to: z.array(id).min(1).max(50),
      on: day,
      preview: z.boolean().optional().describe('Only counts'),
    }),
    output: z.object({
      ...counts,
      rows: z.array(z.object({ seller: named, customers: z.int(), ...counts })),
      changeId: id.optional(),
    }),
    policy: { manager: 'team', 'compensation-admin': 'all', admin: 'all' },
    changes: true,
    undo: true,
    durationMsMax: 120_000,
    refusals: [
      'seller.not_found',
      'hand_over.to_self',
      'hand_over.nothing',
      'deal.not_yours',
      'period.locked',
    ],
  }),
} as const
