// Operations on the people one talks to at a customer.
import { z } from 'zod'
import { everybody, operation, writesShared } from '../../basics/contract.ts'
import {
  counted,
  id,
  name,
  named,
  page,
  pageOf,
  shortText,
  state,
  traits,
  version,
  written,
} from '../../basics/schema.ts'

export const contact = z.object({
  id,
  version: z.int(),
  state,
  name: z.string(),
  externalId: z.string().nullable(),
  customer: named.nullable(),
  jobTitle: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  traits,
})
const fields = {
  name,
  externalId: shortText.nullable().optional(),
  /** By id, or by the name under which the customer is found or, if unknown, made. */
  customer: z
    .union([z.object({ id }), z.object({ name })])
    .nullable()
    .optional(),
  jobTitle: shortText.nullable().optional(),
  email: shortText.nullable().optional(),
  phone: shortText.nullable().optional(),
  traits: traits.optional(),
}
const writeRefusals = [
  'contact.exists',
  'customer.not_found',
  'customer.ambiguous',
  'own_field.not_fitting',
] as const

export const contactsContract = {
  'contacts.list': operation({
    sentence: 'Lists contacts by name, filtered by customer and by the beginning of the name.',
    method: 'GET',
    path: '/contacts',
    input: z.object({
      ...page,
      ...counted,
      search: shortText.optional(),
      state: state.default('active'),
      customerId: id.optional(),
      tag: shortText.optional(),
    }),
    output: pageOf(contact),
    policy: everybody,
    refusals: [],
  }),
  'contacts.get': operation({
    sentence: 'Gives one contact.',
    method: 'GET',
    path: '/contacts/:id',
    input: z.object({ id }),
    output: contact,
    policy: everybody,
    refusals: ['contact.not_found'],
  }),
  'contacts.create': operation({
    sentence: 'Adds a contact.',
    method: 'POST',
    path: '/contacts',
    input: z.object(fields),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: writeRefusals,
  }),
  'contacts.edit': operation({
    sentence: 'Changes a contact.',
    method: 'PATCH',
    path: '/contacts/:id',
    input: z.object({ id, version, ...fields }).partial({ name: true }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['contact.not_found', 'record.changed', ...writeRefusals],
  }),
  'contacts.set-state': operation({
    sentence: 'Archives a contact, or brings one back.',
    method: 'PUT',
    path: '/contacts/:id/state',
    input: z.object({ id, version, state }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['contact.not_found', 'record.changed'],
  }),
} as const
