// What contracts of deals are made of: the deal, its stages, and what a person may set of it.
import { z } from 'zod'
import { amount, currency, day, id, name, named } from '../../basics/schema.ts'

export const outcome = z.enum(['open', 'won', 'lost'])
export const stage = z.object({
  id,
  version: z.int(),
  name: z.string(),
  position: z.int(),
  outcome,
})
export const deal = z.object({
  id,
  version: z.int(),
  externalId: z.string().nullable(),
  seller: named.nullable(),
  customer: named.nullable(),
  product: named.nullable(),
  stage: named,
  outcome,
  lostReason: named.nullable(),
  openedOn: day.nullable(),
  closedOn: day.nullable(),
  quantity: z.number(),
  amount: z.int().nullable(),
  currency: z.string(),
})
/** A record by id, or by the name under which it is found or, if unknown, made. */
export const byIdOrName = z.union([z.object({ id }), z.object({ name })])
export const dealFields = {
  seller: byIdOrName.nullable().optional(),
  customer: byIdOrName.nullable().optional(),
  product: byIdOrName.nullable().optional(),
  stageId: id,
  lostReason: byIdOrName.nullable().optional(),
  openedOn: day.nullable().optional(),
  /** Won and lost deals need it; open ones have none. */
  closedOn: day.nullable().optional(),
  quantity: z.number().positive().max(1e9).optional(),
  amount: amount.nullable().optional(),
  currency: currency.optional(),
}
export const writeRefusals = [
  'deal.not_found',
  'stage.not_found',
  'seller.not_found',
  'seller.ambiguous',
  'customer.not_found',
  'customer.ambiguous',
  'product.not_found',
  'deal.closed_needs_day',
  'deal.backwards',
  'deal.won_needs_amount',
  'deal.not_yours',
  'deal.exists',
  'record.changed',
  'period.locked',
] as const
