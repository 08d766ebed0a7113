// Operations on cases: complaints, concerns and disputes of customers.
import { z } from 'zod'
import { byReach, operation, writesByReach } from '../../basics/contract.ts'
import {
  counted,
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

export const caseKind = z.enum(['complaint', 'concern', 'dispute'])
export const caseState = z.enum(['open', 'closed'])
export const customerCase = z.object({
  id,
  version: z.int(),
  externalId: z.string().nullable(),
  day,
  kind: caseKind,
  /** As the other system calls it. */
  status: z.string().nullable(),
  state: caseState,
  closedOn: day.nullable(),
  channel: z.string().nullable(),
  customer: named.nullable(),
  seller: named.nullable(),
  product: named.nullable(),
})
/** A record by id, or by the name under which it is found or, if unknown, made. */
const byIdOrName = z.union([z.object({ id }), z.object({ name })])
const fields = {
  day,
  kind: caseKind.optional(),
  status: shortText.nullable().optional(),
  /** Without it the closing day and the status say so. */
  state: caseState.optional(),
  closedOn: day.nullable().optional(),
  channel: shortText.nullable().optional(),
  customer: byIdOrName.nullable().optional(),
  seller: byIdOrName.nullable().optional(),
  product: byIdOrName.nullable().optional(),
}
const writeRefusals = [
  'case.backwards',
  'case.open_has_day',
  'case.not_yours',
  'seller.not_found',
  'seller.ambiguous',
  'customer.not_found',
  'customer.ambiguous',
  'product.not_found',
] as const

export const casesContract = {
  'cases.list': operation({
    sentence: 'Lists cases, newest first.',
    method: 'GET',
    path: '/cases',
    input: z.object({
      ...page,
      ...counted,
      kind: caseKind.optional(),
      state: caseState.optional(),
      sellerId: id.optional(),
      customerId: id.optional(),
      productId: id.optional(),
      batchId: id.optional(),
      from: day.optional(),
      until: day.optional(),
    }),
    output: pageOf(customerCase),
    policy: byReach,
    refusals: [],
  }),
  'cases.get': operation({
    sentence: 'Gives one case.',
    method: 'GET',
    path: '/cases/:id',
    input: z.object({ id }),
    output: customerCase,
    policy: byReach,
    refusals: ['customer_case.not_found'],
  }),
  'cases.create': operation({
    sentence: 'Enters a case; it is a complaint unless said otherwise.',
    method: 'POST',
    path: '/cases',
    input: z.object({ ...fields, externalId: shortText.optional() }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['case.exists', ...writeRefusals],
  }),
  'cases.edit': operation({
    sentence: 'Changes a case: state, days, kind, channel, customer, product or seller.',
    method: 'PATCH',
    path: '/cases/:id',
    input: z.object({ id, version, ...fields }).partial({ day: true }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['customer_case.not_found', 'record.changed', ...writeRefusals],
  }),
  'cases.remove': operation({
    sentence: 'Takes a case out of the books; the history keeps it.',
    method: 'DELETE',
    path: '/cases/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['customer_case.not_found', 'case.not_yours', 'record.changed'],
  }),
} as const
