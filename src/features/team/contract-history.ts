// Operations on the list of changes and on the history of one record: see, take back, restore.
import { z } from 'zod'
import { byReach, operation, writesByReach } from '../../basics/contract.ts'
import { id, instant, named, page, pageOf, version } from '../../basics/schema.ts'

/** What can be brought back to an earlier state of its own. */
const restorable = [
  'seller',
  'team',
  'position',
  'customer',
  'contact',
  'product',
  'price',
  'contract',
  'activity',
  'stage',
  'deal',
  'order',
  'case',
  'goal',
] as const

const change = z.object({
  id,
  revision: z.int(),
  operation: z.string(),
  actor: named,
  at: instant,
  subject: z.record(z.string(), z.unknown()),
  undoes: id.nullable(),
  undoneBy: id.nullable(),
})
const undoOutcome = z.object({
  changeId: id,
  restored: z.int(),
  /** Rows changed since; they stay as they are. */
  kept: z.array(z.object({ entity: z.string(), id, reason: z.string() })),
  /** How many those are; the list has at most 1,000. */
  keptCount: z.int(),
})

export const historyContract = {
  'changes.list': operation({
    sentence: 'Lists changes, newest first.',
    method: 'GET',
    path: '/changes',
    input: z.object({ ...page }),
    output: pageOf(change),
    policy: { 'compensation-admin': 'all', auditor: 'all', admin: 'all' },
    refusals: [],
  }),
  'changes.undo': operation({
    sentence: 'Takes a change back; rows changed since stay, or nothing is undone, as chosen.',
    method: 'POST',
    path: '/changes/:id/undo',
    input: z.object({ id, whenChangedSince: z.enum(['keep', 'refuse']).default('keep') }),
    output: undoOutcome,
    policy: { seller: 'own', manager: 'own', 'compensation-admin': 'all', admin: 'all' },
    changes: true,
    undo: true,
    durationMsMax: 600_000,
    refusals: [
      'change.not_found',
      'change.already_undone',
      'change.not_undoable',
      'change.changed_since',
      'change.not_yours',
      'period.locked',
    ],
  }),
  'history.list': operation({
    sentence: 'Gives the history of one record: who changed which field when.',
    method: 'GET',
    path: '/history/:entity/:id',
    input: z.object({ entity: z.enum([...restorable, 'person']), id, ...page }),
    output: pageOf(
      z.object({
        changeId: id,
        version: z.int(),
        at: instant,
        actor: named,
        operation: z.string(),
        /** The import that did it, with the name of its file. */
        batch: named.nullable(),
        /** The change has been taken back. */
        undone: z.boolean(),
        /** Field → [before, after]; records as their names. */
        fields: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
      }),
    ),
    policy: byReach,
    refusals: ['record.not_found'],
  }),
  'history.restore': operation({
    sentence:
      'Brings a record, or some fields of it, back to how a change had left it; shows first what that changes.',
    method: 'POST',
    path: '/history/:entity/:id/restore',
    input: z.object({
      entity: z.enum(restorable),
      id,
      version,
      /** The change of its history whose outcome comes back. */
      changeId: id,
      /** Names of fields as history tells them; absent: all that can come back. */
      fields: z.array(z.string().min(1).max(120)).min(1).max(200).optional(),
      /** Only says what would change. */
      preview: z.boolean().default(false),
    }),
    output: z.object({
      /** Of the record: as it is now, or after the restore. */
      version: z.int(),
      /** Of its amounts, as it is now. */
      currency: z.string().nullable(),
      fields: z.array(
        z.object({
          name: z.string(),
          now: z.unknown(),
          was: z.unknown(),
          /** Fields with the same word only come back together. */
          together: z.string().optional(),
          /** Why it stays as it is. */
          stays: z.enum(['refers_to_removed', 'field_gone', 'not_editable']).optional(),
        }),
      ),
      changeId: id.optional(),
    }),
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [
      'record.not_found',
      'record.changed',
      'change.not_found',
      'restore.nothing_changes',
      'restore.unknown_field',
      'restore.refers_to_removed',
      'restore.field_gone',
      'restore.not_editable',
      'period.locked',
    ],
  }),
} as const
