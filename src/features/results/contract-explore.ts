// Operations on what changed, how customers come back by cohort, and how deals come through the stages.
import { z } from 'zod'
import { byReach, operation } from '../../basics/contract.ts'
import { cell, figure, named } from '../../basics/schema.ts'
import { dimension, lang, period, periodInput, refusals, where } from './contract-asked.ts'

/** Without period and days: everything on record. */
const asked = { ...periodInput, where, lang }

/** Metrics whose change between two periods can be divided among cells without remainder. */
export const divisibleIds = [
  'revenue',
  'units',
  'deals-won',
  'deals-lost',
  'activities',
  'win-rate',
  'average-deal',
  'discount',
  'returns-share',
  'repeat-share',
] as const
const divisible = z.enum(divisibleIds)
/** Figures in the unit of the metric; differences of rates in 0–1. `total` = all others together. */
const parts = z.object({
  total: figure,
  /** How many there were. */
  byVolume: figure.optional(),
  /** Weight moved between cells. */
  byMix: figure.optional(),
  /** Each cell's own average or rate changed. */
  byRate: figure.optional(),
  byReturns: figure.optional(),
})

const funnel = {
  opened: z.int(),
  won: z.int(),
  lost: z.int(),
  open: z.int(),
  /** Won of those that are closed. */
  winRate: figure,
  /** Days from opening to winning. */
  cycle: figure,
  /** Lost deals of which nobody recorded how far they came: left out of the steps. */
  unknown: z.int(),
  steps: z.array(
    z.object({
      stage: named,
      reached: z.int(),
      /** Share of those that came to this stage and went on to a later one or were won. */
      onward: figure,
      /** Days spent in the stage by those that have left it. */
      days: figure,
    }),
  ),
  /** Why there are no steps, when there are none. */
  note: z.string().nullable(),
}

/** Groups beside the whole; further ones are counted. */
const groupsInput = {
  by: dimension.optional(),
  groups: z.int().min(1).max(1000).default(30),
}

export const exploreContract = {
  'results.changes': operation({
    sentence:
      'Says what a change between two periods is made of, where it lies, and whether it is more than normal variation.',
    method: 'GET',
    path: '/results/changes',
    input: z.object({
      metric: divisible,
      by: dimension.default('seller'),
      /** The period before, a year ago, or any other as people write it. */
      against: z.string().max(40).default('previous'),
      /** Looking for them along every dimension takes longest: without, the rest of the answer is there sooner. */
      places: z.boolean().default(true),
      ...periodInput,
      where,
      lang,
    }),
    output: z.object({
      revision: z.int(),
      period,
      against: period,
      metric: divisible,
      currency: z.string(),
      now: figure,
      before: figure,
      finding: z.string(),
      /** What the change is made of, in a sentence; empty where it has no parts. */
      note: z.string(),
      /** Absent where there is nothing to divide. */
      whole: parts.optional(),
      cells: z.array(parts.extend({ cell, now: figure, before: figure })),
      /** Cells that are not listed, and what they changed together. */
      rest: z.object({ count: z.int(), total: figure }).optional(),
      /** At most three places worth looking at; null: not asked for, or chance cannot be reckoned with for this metric. */
      places: z
        .array(
          z.object({
            dimension,
            cell,
            change: figure,
            text: z.string(),
          }),
        )
        .nullable(),
      /** The metric month by month, with the limits of normal variation. */
      ordinary: z.object({
        text: z.string(),
        mean: z.number().optional(),
        low: z.number().optional(),
        high: z.number().optional(),
        months: z.array(
          z.object({
            id: z.string(),
            figure,
            verdict: z.enum(['ordinary', 'signal', 'no_value']),
          }),
        ),
      }),
    }),
    policy: byReach,
    refusals,
  }),
  'results.cohorts': operation({
    sentence:
      'Groups customers by the period of their first purchase, and says how many bought in each period after it.',
    method: 'GET',
    path: '/cohorts',
    input: z.object({
      grain: z.enum(['month', 'quarter', 'year']).default('month'),
      ...asked,
      ...groupsInput,
    }),
    output: z.object({
      revision: z.int(),
      period,
      grain: z.enum(['month', 'quarter', 'year']),
      rows: z.array(
        z.object({
          /** Period of the first purchase. */
          cohort: z.string(),
          customers: z.int(),
          /** By position: share that bought 0, 1, 2 … periods later; periods that are not over are absent. */
          active: z.array(figure),
        }),
      ),
      /** All cohorts together, for each cell of `by` in which customers first bought; most customers first. */
      groups: z.array(z.object({ cell, customers: z.int(), active: z.array(figure) })),
      groupCount: z.int(),
      /** Sales to nobody known: they cannot come back. */
      anonymous: z.int(),
    }),
    policy: byReach,
    refusals,
  }),
  'results.funnel': operation({
    sentence:
      'Follows the deals opened in a period through the stages: how many came as far, how many went on, and how long they stayed.',
    method: 'GET',
    path: '/funnel',
    input: z.object({ ...asked, ...groupsInput }),
    output: z.object({
      revision: z.int(),
      period,
      ...funnel,
      /** The same for each cell of `by`, most deals first. */
      groups: z.array(z.object({ cell, ...funnel })),
      groupCount: z.int(),
    }),
    policy: byReach,
    refusals,
  }),
} as const
