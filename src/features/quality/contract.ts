// Operations on the quality of the data: what is doubtful, and two records becoming one.
import { z } from 'zod'
import { operation, type Policy } from '../../basics/contract.ts'
import { amount, currency, day, id, page, pageOf, version, written } from '../../basics/schema.ts'

export const mergeable = z.enum(['customer', 'contact', 'product', 'seller'])

export const checkId = z.enum([
  'duplicate-customers',
  'duplicate-contacts',
  'duplicate-products',
  'duplicate-sellers',
  'overlap',
  'missing-rates',
  'lines-without-head',
  'impossible-dates',
  'swapped-dates',
  'deals-without-owner',
  'deals-without-customer',
  'won-without-value',
  'sale-before-contact',
  'missing-demographics',
  'unlisted-demographics',
  'products-without-cost',
  'never-bought',
])
export type CheckId = z.infer<typeof checkId>

/** Whoever sees all the books: what is doubtful in them is nobody's own. */
const wholeBooks: Policy = { 'compensation-admin': 'all', auditor: 'all', admin: 'all' }
const writesWholeBooks: Policy = { 'compensation-admin': 'all', admin: 'all' }

const words = z.object({ en: z.string(), de: z.string() })

const row = z.object({
  id,
  entity: z.enum([
    'customer',
    'contact',
    'product',
    'seller',
    'deal',
    'order_head',
    'order_line',
    'activity',
    'survey_answer',
    'customer_case',
    'currency',
    'month',
    'import',
    'value',
  ]),
  name: z.string(),
  /** The other record of a pair. */
  other: z.object({ id, name: z.string(), count: z.int() }).optional(),
  /** Facts that name the record, or rows that a line stands for. */
  count: z.int().optional(),
  /** Out of how many. */
  of: z.int().optional(),
  day: day.optional(),
  until: day.optional(),
  amount: amount.optional(),
  /** The same months from the other source. */
  otherAmount: amount.optional(),
  currency: currency.optional(),
  /** Fields that are empty, or that it is about. */
  fields: z.array(z.string()).optional(),
})
const value = z.string().trim().min(1, 'a value is not empty').max(200)
const pair = z.object({ winnerId: id, loserId: id })
const pairs = z.array(pair).min(1, 'choose at least one pair').max(500)
const notFound = [
  'customer.not_found',
  'contact.not_found',
  'product.not_found',
  'seller.not_found',
] as const

const side = z.object({
  id,
  version: z.int(),
  name: z.string(),
  externalId: z.string().nullable(),
  state: z.enum(['active', 'archived']),
})
const values = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
const from = z.enum(['winner', 'loser'])

export const qualityContract = {
  'quality.list': operation({
    sentence: 'Lists the checks of the data, how often each finds something, and out of how many.',
    method: 'GET',
    path: '/quality',
    input: z.object({ only: z.array(checkId).optional() }),
    output: z.object({
      checks: z.array(
        z.object({
          id: checkId,
          name: words,
          sentence: words,
          why: words,
          weight: z.enum(['wrong', 'gap', 'information']),
          count: z.int(),
          of: z.int(),
          share: z.number().nullable(),
          /** How often each field is concerned, where several can be. */
          parts: z.array(z.object({ field: z.string(), count: z.int() })).optional(),
          example: row.optional(),
        }),
      ),
    }),
    policy: wholeBooks,
    refusals: [],
    durationMsMax: 120_000,
  }),
  'quality.rows': operation({
    sentence: 'Lists what one check found.',
    method: 'GET',
    path: '/quality/:check/rows',
    input: z.object({
      check: checkId,
      ...page,
      field: z.string().max(40).optional().describe('Only rows that are about this field.'),
    }),
    output: pageOf(row),
    policy: wholeBooks,
    refusals: [],
    durationMsMax: 120_000,
  }),
  'quality.merge-preview': operation({
    sentence: 'Shows two records side by side, and what would move when they became one.',
    method: 'GET',
    path: '/quality/merge',
    input: z.object({ entity: mergeable, winnerId: id, loserId: id }),
    output: z.object({
      winner: side,
      loser: side,
      fields: z.array(
        z.object({ field: z.string(), winner: values, loser: values, from, differs: z.boolean() }),
      ),
      moves: z.array(z.object({ what: z.string(), winner: z.int(), loser: z.int() })),
    }),
    policy: wholeBooks,
    refusals: ['quality.merge_same', ...notFound],
  }),
  'quality.merge': operation({
    sentence:
      'Makes two records one: everything of the loser moves to the winner, whose empty fields it fills.',
    method: 'POST',
    path: '/quality/merge',
    input: z.object({
      entity: mergeable,
      winnerId: id,
      loserId: id,
      winnerVersion: version,
      loserVersion: version,
      take: z
        .record(z.string().max(40), from)
        .default({})
        .describe('For fields that differ: whose value stays; the winner’s unless said.'),
    }),
    output: written.extend({ moved: z.int() }),
    policy: writesWholeBooks,
    changes: true,
    undo: true,
    durationMsMax: 120_000,
    refusals: ['quality.merge_same', 'quality.merge_field', ...notFound, 'record.changed'],
  }),
  'quality.merge-many': operation({
    sentence:
      'Makes each of many pairs one in a single change, every winner keeping its own values; pairs with a common record become one together.',
    method: 'POST',
    path: '/quality/merge-many',
    input: z.object({ entity: mergeable, pairs }),
    output: z.object({ merged: z.int(), moved: z.int(), changeId: id }),
    policy: writesWholeBooks,
    changes: true,
    undo: true,
    durationMsMax: 300_000,
    refusals: ['quality.merge_same', ...notFound],
  }),
  'quality.set-different': operation({
    sentence:
      'Says that the two records of each pair are different, so that they are not listed as duplicates.',
    method: 'POST',
    path: '/quality/different',
    input: z.object({ entity: mergeable, pairs }),
    output: z.object({ count: z.int(), changeId: id }),
    policy: writesWholeBooks,
    changes: true,
    undo: true,
    refusals: ['quality.merge_same', ...notFound],
  }),
  'quality.different': operation({
    sentence: 'Lists the pairs of which somebody said that they are different, latest first.',
    method: 'GET',
    path: '/quality/different',
    input: z.object({ entity: mergeable, ...page }),
    output: pageOf(z.object({ id, version: z.int(), a: z.string(), b: z.string() })),
    policy: wholeBooks,
    refusals: [],
  }),
  'quality.remove-different': operation({
    sentence: 'Takes back that two records are different.',
    method: 'DELETE',
    path: '/quality/different/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesWholeBooks,
    changes: true,
    undo: true,
    refusals: ['different_pair.not_found', 'record.changed'],
  }),
  'quality.unify-values': operation({
    sentence:
      'Makes several spellings of a field of demographics one, for all customers and for every import to come.',
    method: 'POST',
    path: '/quality/values',
    input: z.object({
      field: z.enum(['country', 'region', 'industry', 'source']),
      values: z.array(value).min(1, 'name at least one value').max(200),
      to: value,
    }),
    output: z.object({ changed: z.int(), changeId: id }),
    policy: writesWholeBooks,
    changes: true,
    undo: true,
    durationMsMax: 120_000,
    refusals: ['quality.same_value'],
  }),
} as const
