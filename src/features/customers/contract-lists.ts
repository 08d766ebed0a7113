// Operations on what may be said of records: own fields, and the values of demographics one may choose from.
import { z } from 'zod'
import { adminsOnly, everybody, operation } from '../../basics/contract.ts'
import { id, state, version, written } from '../../basics/schema.ts'

export const fieldEntities = ['customer', 'contact', 'product'] as const
export const fieldKinds = ['text', 'number', 'date', 'choice'] as const
export const listedFields = ['country', 'region', 'industry', 'source'] as const

const entity = z.enum(fieldEntities)
const kind = z.enum(fieldKinds)
const label = z.string().trim().min(1, 'a label is needed').max(100)
const choices = z.array(z.string().trim().min(1).max(200)).max(200)

export const ownField = z.object({
  id,
  version: z.int(),
  state,
  entity,
  /** The key under which the traits of a record hold it. */
  key: z.string(),
  label: z.string(),
  kind,
  choices: z.array(z.string()),
  position: z.int(),
})

export const listsContract = {
  'own-fields.list': operation({
    sentence: 'Lists the own fields of customers, contacts and products.',
    method: 'GET',
    path: '/own-fields',
    input: z.object({ entity: entity.optional(), state: state.default('active') }),
    output: z.object({ rows: z.array(ownField) }),
    policy: everybody,
    refusals: [],
  }),
  'own-fields.offers': operation({
    sentence: 'Lists columns that imports brought and that no own field describes yet.',
    method: 'GET',
    path: '/own-fields/offers',
    input: z.object({ entity }),
    output: z.object({
      rows: z.array(z.object({ key: z.string(), count: z.int(), example: z.string() })),
    }),
    policy: everybody,
    durationMsMax: 60_000,
    refusals: [],
  }),
  'own-fields.create': operation({
    sentence: 'Describes an own field of customers, contacts or products.',
    method: 'POST',
    path: '/own-fields',
    input: z.object({
      entity,
      key: z.string().trim().min(1, 'a key is needed').max(100),
      label,
      kind,
      choices: choices.default([]),
      position: z.int().min(0).max(1_000).default(0),
    }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['own_field.exists', 'own_field.needs_choices'],
  }),
  'own-fields.edit': operation({
    sentence: 'Changes label, kind, choices or place of an own field.',
    method: 'PATCH',
    path: '/own-fields/:id',
    input: z.object({
      id,
      version,
      label: label.optional(),
      kind: kind.optional(),
      choices: choices.optional(),
      position: z.int().min(0).max(1_000).optional(),
    }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['own_field.not_found', 'own_field.needs_choices', 'record.changed'],
  }),
  'own-fields.set-state': operation({
    sentence: 'Archives an own field, or brings one back; what records hold under it stays.',
    method: 'PUT',
    path: '/own-fields/:id/state',
    input: z.object({ id, version, state }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['own_field.not_found', 'record.changed'],
  }),
  'demographics.list': operation({
    sentence: 'Lists the values that country, region, industry and source may be chosen from.',
    method: 'GET',
    path: '/demographics',
    input: z.object({ field: z.enum(listedFields).optional() }),
    output: z.object({
      rows: z.array(
        z.object({ id, version: z.int(), field: z.enum(listedFields), value: z.string() }),
      ),
    }),
    policy: everybody,
    refusals: [],
  }),
  'demographics.unlisted': operation({
    sentence: 'Counts values of customers that are not in the list of their field.',
    method: 'GET',
    path: '/demographics/unlisted',
    input: z.object({
      /** Also fields that have no list yet: what could be taken into one. */
      all: z.boolean().default(false),
    }),
    output: z.object({
      rows: z.array(z.object({ field: z.enum(listedFields), value: z.string(), count: z.int() })),
    }),
    policy: everybody,
    durationMsMax: 60_000,
    refusals: [],
  }),
  'demographics.add': operation({
    sentence: 'Adds values to the list of a field of demographics.',
    method: 'POST',
    path: '/demographics',
    input: z.object({
      field: z.enum(listedFields),
      values: z
        .array(z.string().trim().min(1, 'a value is not empty').max(200))
        .min(1, 'name at least one value')
        .max(500),
    }),
    output: z.object({ added: z.int(), changeId: id }),
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['demographic.exists'],
  }),
  'demographics.remove': operation({
    sentence: 'Takes a value out of the list of its field; customers keep it.',
    method: 'DELETE',
    path: '/demographics/:id',
    input: z.object({ id, version }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['demographic.not_found', 'record.changed'],
  }),
} as const
