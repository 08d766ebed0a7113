// Operations on how customers come back by cohort, and how deals come through the stages.
import { z } from 'zod'
import { byReach, operation } from '../../basics/contract.ts'
import { figure, named } from '../../basics/schema.ts'
import { lang, period, periodInput, refusals, where } from './contract-asked.ts'

/** Without period and days: everything on record. */
const asked = { ...periodInput, where, lang }

export const exploreContract = {
  'results.cohorts': operation({
    sentence:
      'Groups customers by the period of their first purchase, and says how many bought in each period after it.',
    method: 'GET',
    path: '/cohorts',
    input: z.object({ grain: z.enum(['month', 'quarter', 'year']).default('month'), ...asked }),
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
    input: z.object({ ...asked }),
    output: z.object({
      revision: z.int(),
      period,
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
    }),
    policy: byReach,
    refusals,
  }),
} as const
