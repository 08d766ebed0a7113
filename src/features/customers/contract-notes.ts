// Operations on notes and tags, which any record or fact may have.
import { z } from 'zod'
import { byReach, operation, writesByReach, writesShared } from '../../basics/contract.ts'
import {
  bulkRefusals,
  day,
  id,
  named,
  page,
  pageOf,
  version,
  written,
} from '../../basics/schema.ts'
import { customerFilter } from './contract-filter.ts'

/** What a note can be about. */
export const notedEntities = [
  'customer',
  'contact',
  'product',
  'deal',
  'order',
  'contract',
] as const
export type NotedEntity = (typeof notedEntities)[number]
/** What can have tags. */
export const taggedEntities = ['customer', 'contact', 'product', 'deal'] as const
export type TaggedEntity = (typeof taggedEntities)[number]

const noted = z.enum(notedEntities)
const body = z
  .string()
  .trim()
  .min(1, 'a note is not empty')
  .max(20_000, 'a note has at most 20,000 characters')
  .describe('Plain text or Markdown; shown as text, never as HTML')
const tag = z
  .string()
  .trim()
  .min(1, 'a tag is not empty')
  .max(60, 'a tag has at most 60 characters')

export const notesContract = {
  'notes.list': operation({
    sentence: 'Lists the notes on a record or fact, newest first.',
    method: 'GET',
    path: '/notes',
    input: z.object({ entity: noted, entityId: id, ...page }),
    output: pageOf(
      z.object({
        id,
        version: z.int(),
        body: z.string(),
        author: named,
        writtenOn: day,
        /** Whether who asks may change it: the author, or an admin. */
        mine: z.boolean(),
      }),
    ),
    policy: byReach,
    refusals: ['record.not_found'],
  }),
  'notes.write': operation({
    sentence: 'Writes a note on a record or fact.',
    method: 'POST',
    path: '/notes',
    input: z.object({ entity: noted, entityId: id, body }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['record.not_found'],
  }),
  'notes.edit': operation({
    sentence: 'Changes a note one has written.',
    method: 'PATCH',
    path: '/notes/:id',
    input: z.object({ id, version, body }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['note.not_found', 'note.of_another', 'record.changed'],
  }),
  'notes.remove': operation({
    sentence: 'Removes a note one has written.',
    method: 'DELETE',
    path: '/notes/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['note.not_found', 'note.of_another', 'record.changed'],
  }),
  'tags.list': operation({
    sentence: 'Lists the tags of a kind of record with their counts, or those of one record.',
    method: 'GET',
    path: '/tags',
    input: z.object({ entity: z.enum(taggedEntities), entityId: id.optional() }),
    output: z.object({ rows: z.array(z.object({ tag: z.string(), count: z.int() })) }),
    policy: byReach,
    refusals: ['record.not_found'],
  }),
  'tags.set': operation({
    sentence: 'Sets which tags a record has.',
    method: 'PUT',
    path: '/tags',
    input: z.object({ entity: z.enum(taggedEntities), entityId: id, tags: z.array(tag).max(50) }),
    output: z.object({ id, tags: z.array(z.string()), changeId: id }),
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['record.not_found'],
  }),
  'customers.bulk-tag': operation({
    sentence:
      'Gives tags to many customers, or takes them away: chosen ones, or all that a filter finds.',
    method: 'POST',
    path: '/customers/bulk-tag',
    input: z.object({
      ids: z.array(id).max(10_000).optional(),
      filter: z.strictObject(customerFilter).optional(),
      add: z.array(tag).max(20).default([]),
      remove: z.array(tag).max(20).default([]),
    }),
    output: z.object({ chosen: z.int(), changed: z.int(), changeId: id }),
    policy: writesShared,
    changes: true,
    undo: true,
    durationMsMax: 120_000,
    refusals: bulkRefusals,
  }),
} as const
