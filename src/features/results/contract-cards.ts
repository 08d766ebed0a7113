// Operations that give what is known of a product, or of a segment of customers, on one card.
import { z } from 'zod'
import { byReach, operation } from '../../basics/contract.ts'
import { cell, day, figure, id, named } from '../../basics/schema.ts'

/** What a segment is chosen by: the demographics of customers. */
export const segmentDimensions = ['industry', 'country', 'region', 'size', 'source'] as const
const segmentDimension = z.enum(segmentDimensions)

const asked = {
  /** As people write it; without period and days: everything on record. */
  period: z.string().max(40).optional(),
  from: day.optional(),
  until: day.optional(),
  asOf: day.optional(),
  lang: z.enum(['en', 'de']).optional(),
}
const shown = {
  revision: z.int(),
  period: z.object({ id: z.string(), from: day, until: day, byDefault: z.boolean() }),
  currency: z.string(),
}
/** How a product stands with the customers looked at against others who buy. */
const standing = z.object({
  product: named,
  buyers: z.int(),
  share: figure,
  /** The same share among the other customers. */
  others: figure,
  /** Whether the data can tell the two apart. */
  differs: z.boolean(),
})
const refusals = [
  'results.unknown_cell',
  'period.unreadable',
  'period.impossible',
  'period.backwards',
  'period.out_of_range',
] as const

export const cardsContract = {
  'results.product-card': operation({
    sentence:
      'Gives what is known of a product: who buys it, with what, at what margin and discount, and why it is lost.',
    method: 'GET',
    path: '/products/:id/card',
    input: z.object({ id, ...asked }),
    output: z.object({
      ...shown,
      product: named,
      figures: z.object({
        revenue: figure,
        units: figure,
        buyers: figure,
        margin: figure,
        marginRate: figure,
        discount: figure,
        won: figure,
        lost: figure,
        winRate: figure,
        averageDeal: figure,
      }),
      /** By each of the demographics: which groups buy it. */
      buyers: z.array(
        z.object({
          dimension: segmentDimension,
          groups: z.array(
            z.object({
              cell,
              revenue: figure,
              buyers: z.int(),
              /** Customers of the group who buy anything. */
              customers: z.int(),
              share: figure,
              small: z.boolean(),
            }),
          ),
        }),
      ),
      /** What its buyers buy as well; the most frequent first. */
      with: z.object({ rows: z.array(standing), note: z.string().nullable() }),
      /** Reasons for lost deals; null: none was noted. */
      lost: z.array(z.object({ reason: named.nullable(), count: z.int(), share: figure })),
    }),
    policy: byReach,
    refusals: ['product.not_found', ...refusals],
  }),
  'results.segment-card': operation({
    sentence:
      'Gives what is known of a segment of customers: what it buys, how often, won or lost, and what it does not buy yet.',
    method: 'GET',
    path: '/segments/card',
    input: z.object({
      /** One or two demographics with the value that makes the segment; `-` for none. */
      where: z
        .partialRecord(segmentDimension, z.array(z.string().max(200)).min(1).max(20))
        .refine((given) => {
          const count = Object.keys(given).length
          return count === 1 || count === 2
        }, 'a segment is made by one or two demographics'),
      ...asked,
    }),
    output: z.object({
      ...shown,
      segment: z.array(z.object({ dimension: segmentDimension, cells: z.array(z.string()) })),
      figures: z.object({
        revenue: figure,
        buyers: figure,
        /** Days with a purchase, per buyer. */
        purchases: figure,
        repurchaseRate: figure,
        won: figure,
        lost: figure,
        winRate: figure,
        averageDeal: figure,
      }),
      /** Win rate of all others, and whether the data can tell the two apart. */
      others: z.object({ winRate: figure, differs: z.boolean() }),
      buys: z.array(
        z.object({
          product: named,
          revenue: figure,
          buyers: z.int(),
          share: figure,
          small: z.boolean(),
        }),
      ),
      /** What others buy significantly more often. */
      notYet: z.object({ rows: z.array(standing), note: z.string().nullable() }),
      /** How long the lists are in full: the card shows the first. */
      products: z.int(),
    }),
    policy: byReach,
    refusals,
  }),
} as const
