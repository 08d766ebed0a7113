// Operations on customers and their demographics.
import { z } from 'zod'
import { everybody, operation, writesShared } from '../../basics/contract.ts'
import { id, name, page, pageOf, shortText, state, traits, version, written } from '../../basics/schema.ts'

export const customer = z.object({
  id,
  version: z.int(),
  state,
  name: z.string(),
  externalId: z.string().nullable(),
  country: z.string().nullable(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  industry: z.string().nullable(),
  employees: z.int().nullable(),
  size: z.string().nullable(),
  source: z.string().nullable(),
  traits,
})
const fields = {
  name,
  externalId: shortText.nullable().optional(),
  country: shortText.nullable().optional(),
  region: shortText.nullable().optional(),
  city: shortText.nullable().optional(),
  industry: shortText.nullable().optional(),
  employees: z.int().min(0).max(100_000_000).nullable().optional(),
  source: shortText.nullable().optional(),
  traits: traits.optional(),
}

export const customersContract = {
  'customers.list': operation({
    sentence: 'Lists customers by name, filtered by the beginning of the name and by demographics.',
    method: 'GET',
    path: '/customers',
    input: z.object({
      ...page,
      search: shortText.optional(),
      state: state.default('active'),
      country: shortText.optional(),
      region: shortText.optional(),
      industry: shortText.optional(),
      size: shortText.optional(),
      source: shortText.optional(),
      /** Only customers that this import brought in. */
      batchId: id.optional(),
    }),
    output: pageOf(customer),
    policy: everybody,
    refusals: [],
  }),
  'customers.get': operation({
    sentence: 'Gives one customer.',
    method: 'GET',
    path: '/customers/:id',
    input: z.object({ id }),
    output: customer,
    policy: everybody,
    refusals: ['customer.not_found'],
  }),
  'customers.create': operation({
    sentence: 'Adds a customer.',
    method: 'POST',
    path: '/customers',
    input: z.object(fields),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['customer.exists'],
  }),
  'customers.edit': operation({
    sentence: 'Changes a customer.',
    method: 'PATCH',
    path: '/customers/:id',
    input: z.object({ id, version, ...fields }).partial({ name: true }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['customer.not_found', 'customer.exists', 'record.changed'],
  }),
  'customers.set-state': operation({
    sentence: 'Archives a customer, or brings one back.',
    method: 'PUT',
    path: '/customers/:id/state',
    input: z.object({ id, version, state }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['customer.not_found', 'record.changed'],
  }),
} as const
