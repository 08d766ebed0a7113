// Operations on products, their families, list prices and costs.
import { z } from 'zod'
import { everybody, operation, writesShared } from '../../basics/contract.ts'
import {
  amount,
  bulkEdited,
  bulkEditOf,
  bulkRefusals,
  counted,
  currency,
  id,
  name,
  page,
  pageOf,
  shortText,
  state,
  traits,
  version,
  written,
} from '../../basics/schema.ts'
import { pricesContract } from './contract-prices.ts'

export const product = z.object({
  id,
  version: z.int(),
  state,
  name: z.string(),
  externalId: z.string().nullable(),
  family: z.string().nullable(),
  currency: z.string().nullable(),
  listPrice: z.int().nullable(),
  cost: z.int().nullable(),
  traits,
})
const fields = {
  name,
  externalId: shortText.nullable().optional(),
  family: shortText.nullable().optional(),
  currency: currency.nullable().optional(),
  listPrice: amount.min(0).nullable().optional(),
  cost: amount.min(0).nullable().optional(),
  traits: traits.optional(),
}
const filter = {
  search: shortText.optional(),
  state: state.default('active'),
  family: shortText.optional(),
}

export const productsContract = {
  'products.list': operation({
    sentence: 'Lists products by name, filtered by the beginning of the name and by family.',
    method: 'GET',
    path: '/products',
    input: z.object({ ...page, ...counted, ...filter }),
    output: pageOf(product),
    policy: everybody,
    refusals: [],
  }),
  'products.get': operation({
    sentence: 'Gives one product.',
    method: 'GET',
    path: '/products/:id',
    input: z.object({ id }),
    output: product,
    policy: everybody,
    refusals: ['product.not_found'],
  }),
  'products.create': operation({
    sentence: 'Adds a product.',
    method: 'POST',
    path: '/products',
    input: z.object(fields),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['product.exists', 'product.price_needs_currency', 'own_field.not_fitting'],
  }),
  'products.edit': operation({
    sentence: 'Changes a product.',
    method: 'PATCH',
    path: '/products/:id',
    input: z.object({ id, version, ...fields }).partial({ name: true }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: [
      'product.not_found',
      'product.exists',
      'product.price_needs_currency',
      'own_field.not_fitting',
      'record.changed',
    ],
  }),
  'products.set-state': operation({
    sentence: 'Archives a product, or brings one back.',
    method: 'PUT',
    path: '/products/:id/state',
    input: z.object({ id, version, state }),
    output: written,
    policy: writesShared,
    changes: true,
    undo: true,
    refusals: ['product.not_found', 'record.changed'],
  }),
  'products.bulk-edit': operation({
    sentence:
      'Sets family or state of many products alike: chosen ones, or all that a filter finds.',
    method: 'POST',
    path: '/products/bulk-edit',
    input: bulkEditOf(filter, { family: fields.family, state: state.optional() }),
    output: bulkEdited,
    policy: writesShared,
    changes: true,
    undo: true,
    durationMsMax: 120_000,
    refusals: bulkRefusals,
  }),
  ...pricesContract,
} as const
