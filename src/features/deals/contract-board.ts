// Operations on open deals at work: the board, moving, sharing, and everything that happened to a deal.
import { z } from 'zod'
import { byReach, operation, writesByReach } from '../../basics/contract.ts'
import { day, id, instant, named, page, pageOf, version, written } from '../../basics/schema.ts'
import { byIdOrName, deal, outcome, stage, writeRefusals } from './contract-parts.ts'

const filter = {
  sellerId: id.optional(),
  customerId: id.optional(),
  productId: id.optional(),
}
const card = deal.extend({
  /** Since it entered its stage, or was opened. */
  daysInStage: z.int().nullable(),
  daysOpen: z.int().nullable(),
  /** Open or in its stage for more working days than nine of ten deals that were won. */
  stalled: z.boolean(),
  nextStep: z.object({ id, kind: z.string(), subject: z.string(), dueOn: day }).nullable(),
})
/** What the stalled marks rest on. */
const stalled = z.object({
  wonDeals: z.int().describe('Won deals with both days, the latest thousand at most'),
  /** Below this many won deals nothing is marked. */
  needed: z.int(),
  days: z
    .number()
    .optional()
    .describe('Nine of ten won deals were won within so many working days'),
})
const closedDeal = deal.pick({ id: true, amount: true, currency: true })

export const boardContract = {
  'deals.board': operation({
    sentence:
      'Gives the open deals by stage: how many, how much in the base currency, and the first of each.',
    method: 'GET',
    path: '/deals/board',
    input: z.object({ ...filter, limit: z.int().min(1).max(100).default(20) }),
    output: z.object({
      currency: z.string(),
      stages: z.array(
        z.object({
          stage,
          count: z.int(),
          amount: z.int(),
          withoutAmount: z.int(),
          rateMissing: z.int(),
          cards: z.array(card),
          next: z.string().optional(),
        }),
      ),
      stalled,
    }),
    policy: byReach,
    refusals: [],
  }),
  'deals.board-cards': operation({
    sentence: 'Gives further open deals of one stage of the board.',
    method: 'GET',
    path: '/deals/board/:stageId',
    input: z.object({ stageId: id, ...filter, ...page }),
    output: pageOf(card),
    policy: byReach,
    refusals: [],
  }),
  'deals.move': operation({
    sentence: 'Moves a deal to another stage; what closes without a day closes today.',
    method: 'POST',
    path: '/deals/:id/move',
    input: z.object({
      id,
      version,
      stageId: id,
      closedOn: day.optional(),
      lostReason: byIdOrName.nullable().optional(),
    }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: writeRefusals,
  }),
  'deals.set-sellers': operation({
    sentence: 'Says who sold a deal and with which share; the shares add up to exactly 1.',
    method: 'PUT',
    path: '/deals/:id/sellers',
    input: z.object({
      id,
      version,
      /** The one who answers for the deal: one of the sellers. */
      owner: byIdOrName,
      sellers: z
        .array(z.object({ seller: byIdOrName, share: z.number().gt(0).max(1) }))
        .min(1)
        .max(20),
    }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [
      'deal.not_found',
      'deal.not_yours',
      'deal.shares_not_whole',
      'deal.seller_twice',
      'deal.owner_without_share',
      'seller.not_found',
      'record.changed',
      'period.locked',
    ],
  }),
  'deals.timeline': operation({
    sentence:
      'Tells what happened to a deal, newest first: stages, activities, notes, every version, its sale.',
    method: 'GET',
    path: '/deals/:id/timeline',
    input: z.object({ id, ...page }),
    output: pageOf(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('stage'), id, day, stage: named, outcome }),
        z.object({
          kind: z.literal('activity'),
          id,
          day,
          activity: z.string(),
          subject: z.string(),
          note: z.string().nullable(),
          outcome: z.string().nullable(),
          done: z.boolean(),
          seller: named.nullable(),
        }),
        z.object({ kind: z.literal('note'), id, day, body: z.string(), author: named }),
        z.object({
          kind: z.literal('version'),
          id,
          day,
          version: z.int(),
          changeId: id,
          operation: z.string(),
          at: instant,
          actor: named,
          undone: z.boolean(),
          /** Fields that this version changed: before and after. */
          fields: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.null()]))),
        }),
        closedDeal.extend({
          kind: z.literal('sale'),
          day,
          seller: named.nullable(),
          share: z.number(),
        }),
      ]),
    ),
    policy: byReach,
    refusals: ['deal.not_found'],
  }),
} as const
