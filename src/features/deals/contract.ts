// Operations on deals, their stages and the reasons for which they are lost.
import { z } from 'zod'
import { adminsOnly, byReach, everybody, operation, writesByReach } from '../../basics/contract.ts'
import {
  bulkEdited,
  bulkEditOf,
  bulkRefusals,
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
import { boardContract } from './contract-board.ts'
import { deal, dealFields as fields, outcome, stage, writeRefusals } from './contract-parts.ts'

/** By what deals are filtered, in their list and in edits of many. */
const filter = {
  outcome: outcome.optional(),
  sellerId: id.optional(),
  customerId: id.optional(),
  productId: id.optional(),
  stageId: id.optional(),
  batchId: id.optional(),
  without: z
    .enum(['seller', 'customer', 'amount'])
    .optional()
    .describe('Only deals that lack it; of amounts: none, or nothing.'),
}

export const dealsContract = {
  'stages.list': operation({
    sentence: 'Lists the stages of a deal in order.',
    method: 'GET',
    path: '/stages',
    input: z.object({}),
    output: z.object({ rows: z.array(stage) }),
    policy: everybody,
    refusals: [],
  }),
  'stages.create': operation({
    sentence: 'Adds a stage.',
    method: 'POST',
    path: '/stages',
    input: z.object({ name, position: z.int().min(0).max(1000), outcome }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['stage.exists'],
  }),
  'stages.edit': operation({
    sentence: 'Renames or moves a stage.',
    method: 'PATCH',
    path: '/stages/:id',
    input: z.object({
      id,
      version,
      name: name.optional(),
      position: z.int().min(0).max(1000).optional(),
    }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['stage.not_found', 'stage.exists', 'record.changed'],
  }),
  'lost-reasons.list': operation({
    sentence: 'Lists the reasons for which deals are lost.',
    method: 'GET',
    path: '/lost-reasons',
    input: z.object({ state: state.default('active') }),
    output: z.object({ rows: z.array(named.extend({ version: z.int(), state })) }),
    policy: everybody,
    refusals: [],
  }),
  'lost-reasons.create': operation({
    sentence: 'Adds a reason for which deals are lost.',
    method: 'POST',
    path: '/lost-reasons',
    input: z.object({ name }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['lost_reason.exists'],
  }),
  'lost-reasons.edit': operation({
    sentence: 'Renames a reason for which deals are lost.',
    method: 'PATCH',
    path: '/lost-reasons/:id',
    input: z.object({ id, version, name }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['lost_reason.not_found', 'lost_reason.exists', 'record.changed'],
  }),
  'lost-reasons.set-state': operation({
    sentence: 'Archives a reason for which deals are lost, or brings one back.',
    method: 'PUT',
    path: '/lost-reasons/:id/state',
    input: z.object({ id, version, state }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['lost_reason.not_found', 'record.changed'],
  }),
  'deals.list': operation({
    sentence:
      'Lists deals: open ones first by opening day, then closed ones by closing day, newest first.',
    method: 'GET',
    path: '/deals',
    input: z.object({ ...page, ...filter }),
    output: pageOf(deal),
    policy: byReach,
    refusals: [],
  }),
  'deals.get': operation({
    sentence: 'Gives one deal with its way through the stages.',
    method: 'GET',
    path: '/deals/:id',
    input: z.object({ id }),
    output: deal.extend({
      baseAmount: z.int().nullable().describe('In the base currency; null where a rate is missing'),
      /** The owner first; one without share where nobody else has one. */
      sellers: z.array(z.object({ seller: named, share: z.number() })),
      entries: z.array(z.object({ stage: named, on: day })),
    }),
    policy: byReach,
    refusals: ['deal.not_found'],
  }),
  'deals.create': operation({
    sentence: 'Enters a deal; a won one is a sale at once.',
    method: 'POST',
    path: '/deals',
    input: z.object({ ...fields, externalId: shortText.optional() }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: writeRefusals,
  }),
  'deals.edit': operation({
    sentence: 'Changes a deal: stage, amount, days, customer, product or seller.',
    method: 'PATCH',
    path: '/deals/:id',
    input: z.object({ id, version, ...fields }).partial({ stageId: true }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: writeRefusals,
  }),
  'deals.bulk-edit': operation({
    sentence:
      'Sets the seller or customer of many deals alike, or their amounts by the list price: chosen ones, or all that a filter finds.',
    method: 'POST',
    path: '/deals/bulk-edit',
    input: bulkEditOf(filter, {
      sellerId: id.nullable().optional(),
      customerId: id.nullable().optional(),
      amount: z
        .literal('list-price')
        .optional()
        .describe('List price × quantity, where the product has one in the currency of the deal.'),
    }),
    output: bulkEdited,
    policy: writesByReach,
    changes: true,
    undo: true,
    durationMsMax: 120_000,
    refusals: [
      ...bulkRefusals,
      'seller.not_found',
      'customer.not_found',
      'deal.not_yours',
      'period.locked',
    ],
  }),
  'deals.remove': operation({
    sentence: 'Takes a deal and its sale out of the books; the history keeps both.',
    method: 'DELETE',
    path: '/deals/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['deal.not_found', 'deal.not_yours', 'record.changed', 'period.locked'],
  }),
  ...boardContract,
} as const
