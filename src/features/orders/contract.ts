// Operations on orders, their lines and returns, on contracts, and on which source counts as revenue.
import { z } from 'zod'
import {
  adminsOnly,
  byReach,
  everybody,
  operation,
  writesByReach,
  writesShared,
} from '../../basics/contract.ts'
import {
  amount,
  currency,
  day,
  id,
  name,
  named,
  page,
  pageOf,
  shortText,
  state,
  version,
  written,
} from '../../basics/schema.ts'

export const orderKind = z.enum(['sale', 'return'])
/** A price may have more places than its currency; it is a decimal written with a point. */
const price = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, 'a price is written as digits with a point, such as 12.50')
/** A record by id, or by the name under which it is found or, if unknown, made. */
const byIdOrName = z.union([z.object({ id }), z.object({ name })])

export const order = z.object({
  id,
  version: z.int(),
  number: z.string().nullable(),
  kind: orderKind,
  on: day.nullable(),
  seller: named.nullable(),
  /** How many sold it: lines may have sellers of their own. */
  sellers: z.int(),
  customer: named.nullable(),
  deal: z.object({ id, number: z.string().nullable() }).nullable(),
  /** Number of the order that this one brings back. */
  returnOf: z.string().nullable(),
  lines: z.int(),
  /** Value of its lines, or of the order as a whole; a return counts with the opposite sign. */
  amount: z.int(),
  currency: z.string(),
})
const orderLine = z.object({
  id,
  lineNo: z.int().nullable(),
  product: named.nullable(),
  seller: named.nullable(),
  /** A line of an order may come back by itself; amounts of lines have no sign. */
  kind: orderKind,
  quantity: z.number(),
  price: z.string().nullable(),
  discount: z.number().nullable(),
  amount: z.int(),
  cost: z.int().nullable(),
})
const line = z.object({
  /** Of a line there is; absent: a new one. */
  id: id.optional(),
  product: byIdOrName.nullable().optional(),
  quantity: z.number().positive().max(1e9).default(1),
  price: price.nullable().optional(),
  discount: z.number().min(0).max(1).nullable().optional(),
  /** Absent: price × quantity × (1 − discount), half-even. */
  amount: amount.min(0).nullable().optional(),
  cost: amount.min(0).nullable().optional(),
})
const fields = {
  on: day,
  kind: orderKind.optional(),
  seller: byIdOrName.nullable().optional(),
  customer: byIdOrName.nullable().optional(),
  dealId: id.nullable().optional(),
  currency: currency.optional(),
  lines: z.array(line).min(1, 'an order has at least one line').max(500),
}
const refusals = [
  'order.not_found',
  'order.exists',
  'order.not_yours',
  'order.line_needs_amount',
  'order.line_unknown',
  'order.needs_number',
  'order.too_large',
  'order.currency_of_lines',
  'order.returns_too_much',
  'seller.not_found',
  'seller.ambiguous',
  'customer.not_found',
  'customer.ambiguous',
  'product.not_found',
  'deal.not_found',
  'record.changed',
  'period.locked',
] as const

export const contractRenewal = z.enum(['none', 'automatic', 'on-request'])
export const contractEvery = z.enum(['month', 'quarter', 'year', 'once'])
const contractRow = z.object({
  id,
  version: z.int(),
  state,
  name: z.string(),
  number: z.string().nullable(),
  customer: named.nullable(),
  product: named.nullable(),
  seller: named.nullable(),
  from: day,
  until: day.nullable(),
  renewal: contractRenewal,
  noticeDays: z.int().nullable(),
  amount: z.int().nullable(),
  currency: z.string().nullable(),
  every: contractEvery,
})
const contractFields = {
  name,
  number: shortText.nullable().optional(),
  customer: byIdOrName.nullable().optional(),
  product: byIdOrName.nullable().optional(),
  seller: byIdOrName.nullable().optional(),
  from: day,
  /** First day after it; absent: until further notice. */
  until: day.nullable().optional(),
  renewal: contractRenewal.optional(),
  noticeDays: z.int().min(0).max(3660).nullable().optional(),
  amount: amount.min(0).nullable().optional(),
  currency: currency.nullable().optional(),
  every: contractEvery.optional(),
}

export const ordersContract = {
  'orders.list': operation({
    sentence: 'Lists orders, newest first.',
    method: 'GET',
    path: '/orders',
    input: z.object({
      ...page,
      sellerId: id.optional(),
      customerId: id.optional(),
      productId: id.optional(),
      kind: orderKind.optional(),
      from: day.optional(),
      until: day.optional(),
      /** Beginning of the number. */
      search: shortText.optional(),
      batchId: id.optional(),
      withLines: z.boolean().optional().describe('Each order with its lines'),
    }),
    output: pageOf(order.extend({ rows: z.array(orderLine).optional() })),
    policy: byReach,
    refusals: [],
  }),
  'orders.get': operation({
    sentence: 'Gives one order with its lines.',
    method: 'GET',
    path: '/orders/:id',
    input: z.object({ id }),
    output: order.extend({
      rows: z.array(orderLine),
      /** What came back of it; of a return: the order that came back. */
      related: z.array(z.object({ id, number: z.string() })),
    }),
    policy: byReach,
    refusals: ['order.not_found'],
  }),
  'orders.create': operation({
    sentence: 'Enters an order with its lines; without a number it gets the next one of its year.',
    method: 'POST',
    path: '/orders',
    input: z.object({ number: shortText.optional(), ...fields }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals,
  }),
  'orders.edit': operation({
    sentence: 'Changes an order; the lines given are the lines it has from then on.',
    method: 'PATCH',
    path: '/orders/:id',
    input: z.object({ id, version, ...fields }).partial({ on: true, lines: true }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals,
  }),
  'orders.remove': operation({
    sentence: 'Takes an order with its lines and sales out of the books; the history keeps them.',
    method: 'DELETE',
    path: '/orders/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [
      'order.not_found',
      'order.not_yours',
      'order.has_returns',
      'record.changed',
      'period.locked',
    ],
  }),
  'orders.return': operation({
    sentence: 'Enters what came back of an order, with a number and a day of its own.',
    method: 'POST',
    path: '/orders/:id/returns',
    input: z.object({
      id,
      number: shortText.optional(),
      on: day,
      lines: z
        .array(z.object({ id, quantity: z.number().positive().max(1e9) }))
        .min(1)
        .max(500)
        .optional(),
      /** What came back of an order known only as a whole. */
      amount: amount.min(1).optional(),
    }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [...refusals, 'order.is_return', 'order.returns_nothing'],
  }),
  'contracts.list': operation({
    sentence: 'Lists contracts by their end, the next one first.',
    method: 'GET',
    path: '/contracts',
    input: z.object({
      ...page,
      state: state.default('active'),
      customerId: id.optional(),
      productId: id.optional(),
      sellerId: id.optional(),
      /** Contracts that end before this day, and have not ended yet. */
      endsBefore: day.optional(),
      search: shortText.optional(),
    }),
    output: pageOf(contractRow),
    policy: everybody,
    refusals: [],
  }),
  'contracts.get': operation({
    sentence: 'Gives one contract.',
    method: 'GET',
    path: '/contracts/:id',
    input: z.object({ id }),
    output: contractRow,
    policy: everybody,
    refusals: ['contract.not_found'],
  }),
  'contracts.create': operation({
    sentence: 'Adds a contract.',
    method: 'POST',
    path: '/contracts',
    input: z.object(contractFields),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: [
      'contract.exists',
      'contract.backwards',
      'customer.not_found',
      'customer.ambiguous',
      'product.not_found',
      'seller.not_found',
      'seller.ambiguous',
    ],
  }),
  'contracts.edit': operation({
    sentence: 'Changes a contract.',
    method: 'PATCH',
    path: '/contracts/:id',
    input: z.object({ id, version, ...contractFields }).partial({ name: true, from: true }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: [
      'contract.not_found',
      'contract.exists',
      'contract.backwards',
      'customer.not_found',
      'customer.ambiguous',
      'product.not_found',
      'seller.not_found',
      'seller.ambiguous',
      'record.changed',
    ],
  }),
  'contracts.set-state': operation({
    sentence: 'Archives a contract, or brings one back.',
    method: 'PUT',
    path: '/contracts/:id/state',
    input: z.object({ id, version, state }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['contract.not_found', 'record.changed'],
  }),
  'revenue-source.list': operation({
    sentence: 'Lists from when deals or orders count as revenue.',
    method: 'GET',
    path: '/revenue-source',
    input: z.object({}),
    output: z.object({
      rows: z.array(
        z.object({ id, version: z.int(), source: z.enum(['deals', 'orders']), from: day }),
      ),
    }),
    policy: everybody,
    refusals: [],
  }),
  'revenue-source.set': operation({
    sentence:
      'Says which of deals and orders counts from the first of a month on; what was before stays as it was.',
    method: 'PUT',
    path: '/revenue-source',
    input: z.object({
      source: z.enum(['deals', 'orders']),
      /** First of a month; absent: since ever. */
      from: day.optional(),
    }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['revenue_source.not_first'],
  }),
  'revenue-source.remove': operation({
    sentence: 'Takes an entry away, so that the one before it goes on.',
    method: 'DELETE',
    path: '/revenue-source/:id',
    input: z.object({ id, version }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['revenue_source.not_found', 'record.changed'],
  }),
} as const
