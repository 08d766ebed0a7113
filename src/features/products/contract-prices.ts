// Operations on prices with dates: what a product costs from one day until another.
import { z } from 'zod'
import { everybody, operation, writesShared } from '../../basics/contract.ts'
import { amount, currency, day, id, version, written } from '../../basics/schema.ts'

export const price = z.object({
  id,
  version: z.int(),
  productId: id,
  currency: z.string(),
  listPrice: z.int().nullable(),
  cost: z.int().nullable(),
  /** First day it holds. */
  from: day,
  /** First day it no longer holds; null: until further notice. */
  until: day.nullable(),
})
const refusals = ['price.overlaps', 'price.backwards', 'price.empty'] as const

export const pricesContract = {
  'prices.list': operation({
    sentence: 'Lists the dated prices of a product, newest first.',
    method: 'GET',
    path: '/products/:productId/prices',
    input: z.object({ productId: id }),
    output: z.object({ rows: z.array(price) }),
    policy: everybody,
    refusals: ['product.not_found'],
  }),
  'prices.create': operation({
    sentence: 'Adds a price that holds for a time; sales made from now on take it by their day.',
    method: 'POST',
    path: '/products/:productId/prices',
    input: z.object({
      productId: id,
      currency,
      listPrice: amount.min(0).nullable().optional(),
      cost: amount.min(0).nullable().optional(),
      from: day,
      until: day.nullable().optional(),
    }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['product.not_found', ...refusals],
  }),
  'prices.edit': operation({
    sentence: 'Changes a price that holds for a time; sales there are keep theirs.',
    method: 'PATCH',
    path: '/prices/:id',
    input: z.object({
      id,
      version,
      listPrice: amount.min(0).nullable().optional(),
      cost: amount.min(0).nullable().optional(),
      from: day.optional(),
      until: day.nullable().optional(),
    }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['price.not_found', 'record.changed', ...refusals],
  }),
  'prices.remove': operation({
    sentence: 'Removes a price that held for a time.',
    method: 'DELETE',
    path: '/prices/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['price.not_found', 'record.changed'],
  }),
} as const
