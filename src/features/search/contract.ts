// Operations of the search across everything: one, over the names and numbers of all that has a page.
import { z } from 'zod'
import { byReach, operation } from '../../basics/contract.ts'
import { amount, currency, day, id, named, state } from '../../basics/schema.ts'

export const searchKind = z.enum([
  'customer',
  'contact',
  'deal',
  'order',
  'contract',
  'product',
  'seller',
  'team',
  'goal',
])
export type SearchKind = z.infer<typeof searchKind>
export const searchKinds: readonly SearchKind[] = searchKind.options

const row = z.object({
  id,
  kind: searchKind,
  /** Of a deal or an order: its number. */
  name: z.string(),
  state: state.optional().describe('Of records; facts have none'),
  rank: z
    .int()
    .min(0)
    .max(3)
    .describe('0 the whole name or number, 1 its beginning, 2 beginnings of words, 3 alike'),
  /** Another name, or its number, by which it was found. */
  knownAs: z.string().optional(),
  number: z.string().optional(),
  city: z.string().optional(),
  country: z.string().optional(),
  jobTitle: z.string().optional(),
  family: z.string().optional(),
  customer: named.optional(),
  team: named.optional(),
  stage: named.optional(),
  seller: named.optional().describe('Of a goal: whose it is'),
  day: day
    .optional()
    .describe('When a deal closed or was opened, the day of an order, or the last one of a goal'),
  amount: amount.optional(),
  currency: currency.optional(),
})

export const searchContract = {
  'search.find': operation({
    sentence:
      'Finds records and goals by beginnings of the words of their names, deals and orders by the beginning of their number.',
    method: 'GET',
    path: '/search',
    input: z.object({
      text: z.string().max(200, 'what is searched has at most 200 characters'),
      kinds: z.array(searchKind).min(1).max(9).optional(),
      limit: z.int().min(1).max(50).default(6).describe('Rows of each kind'),
    }),
    output: z.object({
      groups: z.array(
        z.object({
          kind: searchKind,
          rows: z.array(row),
          more: z.boolean().describe('There are more than the limit'),
        }),
      ),
    }),
    // Records are everybody's; deals, orders and goals are those within reach.
    policy: byReach,
    refusals: [],
  }),
} as const
