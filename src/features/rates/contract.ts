// Operations on exchange rates to the base currency.
import { z } from 'zod'
import { adminsOnly, everybody, operation } from '../../basics/contract.ts'
import { currency, day, id, page, pageOf, version, written } from '../../basics/schema.ts'

const value = z
  .number()
  .positive('a rate is more than 0')
  .max(1e9)
  .describe('One unit of the currency is that many units of the base currency')
export const rate = z.object({
  id,
  version: z.int(),
  currency: z.string(),
  day,
  rate: z.number(),
})
/** Days in which deals or sales of a currency have no base amount. */
const gap = z.object({
  currency: z.string(),
  /** Their first and last day. */
  first: day,
  last: day,
  /** Deals and sales of orders without a base amount. */
  rows: z.int(),
})

export const ratesContract = {
  'rates.list': operation({
    sentence: 'Lists rates by currency, newest day first.',
    method: 'GET',
    path: '/rates',
    input: z.object({
      ...page,
      currency: currency.optional(),
      from: day.optional(),
      until: day.optional(),
    }),
    output: pageOf(rate),
    policy: everybody,
    refusals: [],
  }),
  'rates.missing': operation({
    sentence: 'Says for which currencies and days rates are missing.',
    method: 'GET',
    path: '/rates/missing',
    input: z.object({}),
    output: z.object({ rows: z.array(gap) }),
    policy: { 'compensation-admin': 'all', auditor: 'all', admin: 'all' },
    refusals: [],
  }),
  'rates.set': operation({
    sentence: 'Sets the rate of a currency for a day and values what it reaches anew.',
    method: 'POST',
    path: '/rates',
    input: z.object({ currency, day, rate: value }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    durationMsMax: 120_000,
    refusals: ['rate.of_base', 'rate.exists', 'period.locked'],
  }),
  'rates.edit': operation({
    sentence: 'Corrects a rate or its day and values what it reaches anew.',
    method: 'PATCH',
    path: '/rates/:id',
    input: z.object({ id, version, day: day.optional(), rate: value.optional() }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    durationMsMax: 120_000,
    refusals: ['rate.not_found', 'rate.exists', 'record.changed', 'period.locked'],
  }),
  'rates.remove': operation({
    sentence: 'Removes a rate and values what it reached anew.',
    method: 'DELETE',
    path: '/rates/:id',
    input: z.object({ id, version }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    durationMsMax: 120_000,
    refusals: ['rate.not_found', 'record.changed', 'period.locked'],
  }),
} as const
