// Operations on answers of surveys.
import { z } from 'zod'
import { byReach, operation, writesByReach } from '../../basics/contract.ts'
import {
  counted,
  day,
  id,
  name,
  named,
  page,
  pageOf,
  shortText,
  version,
  written,
} from '../../basics/schema.ts'

export const measure = z.enum(['satisfaction', 'nps', 'effort'])
const number = z.number().min(-1000).max(1000)
export const answer = z.object({
  id,
  version: z.int(),
  externalId: z.string().nullable(),
  day,
  measure,
  score: z.number(),
  scaleLow: z.number(),
  scaleHigh: z.number(),
  customer: named.nullable(),
  seller: named.nullable(),
  product: named.nullable(),
})
/** A record by id, or by the name under which it is found or, if unknown, made. */
const byIdOrName = z.union([z.object({ id }), z.object({ name })])

export const surveysContract = {
  'surveys.list': operation({
    sentence: 'Lists answers of surveys, newest first.',
    method: 'GET',
    path: '/survey-answers',
    input: z.object({
      ...page,
      ...counted,
      measure: measure.optional(),
      sellerId: id.optional(),
      customerId: id.optional(),
      productId: id.optional(),
      batchId: id.optional(),
      from: day.optional(),
      until: day.optional(),
    }),
    output: pageOf(answer),
    policy: byReach,
    refusals: [],
  }),
  'surveys.get': operation({
    sentence: 'Gives one answer of a survey.',
    method: 'GET',
    path: '/survey-answers/:id',
    input: z.object({ id }),
    output: answer,
    policy: byReach,
    refusals: ['survey_answer.not_found'],
  }),
  'surveys.create': operation({
    sentence: 'Enters an answer; without a scale the usual one of its measure is meant.',
    method: 'POST',
    path: '/survey-answers',
    input: z.object({
      day,
      measure,
      score: number,
      scaleLow: number.optional(),
      scaleHigh: number.optional(),
      customer: byIdOrName.nullable().optional(),
      seller: byIdOrName.nullable().optional(),
      product: byIdOrName.nullable().optional(),
      externalId: shortText.optional(),
    }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [
      'survey.exists',
      'survey.out_of_scale',
      'survey.scale_backwards',
      'survey.nps_scale',
      'survey.not_yours',
      'seller.not_found',
      'seller.ambiguous',
      'customer.not_found',
      'customer.ambiguous',
      'product.not_found',
    ],
  }),
  'surveys.remove': operation({
    sentence: 'Takes an answer out of the books; the history keeps it.',
    method: 'DELETE',
    path: '/survey-answers/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['survey_answer.not_found', 'survey.not_yours', 'record.changed'],
  }),
} as const
