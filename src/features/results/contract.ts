// Operations that read figures: metrics by dimensions, the rows behind them, overview, board and why.
import { z } from 'zod'
import { byReach, everybody, operation } from '../../basics/contract.ts'
import { cell, day, figure, id, instant, named, page, unit } from '../../basics/schema.ts'
import {
  cohortInput,
  type DimensionId,
  dimension,
  dimensionIds,
  lang,
  type MetricId,
  metric,
  metricIds,
  period,
  periodInput,
  refusals,
  where,
} from './contract-asked.ts'
import { cardsContract } from './contract-cards.ts'
import { crossContract } from './contract-cross.ts'
import { exploreContract } from './contract-explore.ts'
import { viewsContract } from './contract-views.ts'

export { type DimensionId, dimensionIds, type MetricId, metricIds, where }

const fact = z.object({
  id,
  dealId: id.nullable(),
  number: z.string().nullable(),
  on: day.nullable(),
  kind: z.enum([
    'sale',
    'return',
    'won',
    'lost',
    'open',
    'answer',
    'complaint',
    'activity',
    'stay',
  ]),
  seller: named.nullable(),
  customer: named.nullable(),
  product: named.nullable(),
  stage: named.nullable(),
  quantity: z.number(),
  amount: z.int().nullable(),
  /** Null for answers and complaints, which have no amount. */
  currency: z.string().nullable(),
  baseAmount: z.int().nullable(),
  cost: z.int().nullable(),
  days: z.int().nullable(),
  /** Whether the customer had bought on an earlier day; behind retention, whether they came back. */
  repeat: z.boolean().nullable(),
  /** Of an answer: the score with its scale. */
  score: z.number().nullable(),
  scaleLow: z.number().nullable(),
  scaleHigh: z.number().nullable(),
  /** Of a complaint. */
  state: z.enum(['open', 'closed']).nullable(),
  /** What the same would have cost at list price, in the base currency. */
  listAmount: z.int().nullable(),
  /** Behind the weighted pipeline: chance of the stage, and base amount times it. */
  chance: z.number().nullable(),
  weighted: z.int().nullable(),
  /** What kind of activity. */
  activity: z.enum(['call', 'mail', 'meeting', 'visit', 'message', 'task']).nullable(),
})

/** A figure with what it is compared to. */
const compared = z.object({ now: figure, before: figure, yearAgo: figure })

export const resultsContract = {
  'results.metrics': operation({
    sentence: 'Lists the metrics: what each counts, its unit, direction and dimensions.',
    method: 'GET',
    path: '/metrics',
    input: z.object({}),
    output: z.object({
      rows: z.array(
        z.object({
          id: metric,
          name: z.object({ en: z.string(), de: z.string() }),
          sentence: z.object({ en: z.string(), de: z.string() }),
          unit,
          side: z.enum(['numbers', 'quality', 'loyalty']),
          good: z.enum(['up', 'down', 'neither']),
          dimensions: z.array(dimension),
          interval: z.string().nullable(),
          measured: z.boolean(),
        }),
      ),
    }),
    policy: everybody,
    refusals: [],
  }),
  'results.figures': operation({
    sentence: 'Gives metrics for a period, in total or by one or two dimensions.',
    method: 'GET',
    path: '/results',
    input: z.object({
      metric: z.array(metric).min(1).max(metricIds.length),
      by: z.array(dimension).max(2).default([]),
      ...periodInput,
      where,
      lang,
    }),
    output: z.object({
      revision: z.int(),
      period,
      currency: z.string(),
      columns: z.array(z.string()),
      rows: z.array(z.record(z.string(), z.union([cell, figure]))),
    }),
    policy: byReach,
    refusals,
  }),
  'results.rows': operation({
    sentence: 'Gives the facts behind a figure, paged.',
    method: 'GET',
    path: '/results/rows',
    input: z.object({ metric, ...periodInput, where, ...cohortInput, ...page }),
    output: z.object({
      revision: z.int(),
      period,
      rows: z.array(fact),
      total: z.int(),
      next: z.string().optional(),
    }),
    policy: byReach,
    refusals,
  }),
  'results.why': operation({
    sentence:
      'Explains one figure: sentence, formula with its numbers, interval, first rows, revision and imports.',
    method: 'GET',
    path: '/results/why',
    input: z.object({
      metric,
      ...periodInput,
      where,
      ...cohortInput,
      lang: z.enum(['en', 'de']).default('en'),
    }),
    output: z.object({
      metric,
      name: z.string(),
      figure,
      period,
      /** Filters as names, in order. */
      scope: z.array(z.object({ dimension, cells: z.array(z.string()) })),
      /** What else narrows it down, such as “first bought in March 2024”. */
      cohort: z.string().nullable(),
      sentence: z.string(),
      /** The formula with its numbers; each part is a figure that can be asked itself where a metric says so. */
      formula: z.object({
        text: z.string(),
        parts: z.array(z.object({ label: z.string(), figure })),
      }),
      method: z.string().nullable(),
      /** What is left out and why, one sentence each. */
      leftOut: z.array(z.string()),
      rows: z.array(fact),
      total: z.int(),
      revision: z.int(),
      knownAt: instant,
      imports: z.array(
        z.object({
          batchId: id,
          fileName: z.string(),
          at: instant,
          rows: z.int(),
          undone: z.boolean(),
        }),
      ),
      /** Rows that were entered by hand. */
      byHand: z.int(),
    }),
    policy: byReach,
    refusals,
  }),
  'results.overview': operation({
    sentence:
      'Gives numbers, quality and loyalty side by side, against the period before and a year ago, with trend and what changed most.',
    method: 'GET',
    path: '/overview',
    input: z.object({ ...periodInput, where, lang: z.enum(['en', 'de']).default('en') }),
    output: z.object({
      revision: z.int(),
      currency: z.string(),
      period,
      previous: period,
      yearAgo: period,
      /** The finding in one sentence, and what it rests on. */
      finding: z.string(),
      note: z.string(),
      figures: z.partialRecord(metric, compared),
      /** Revenue and repeat share by month (or day, for short periods) up to the end of the period. */
      trend: z.object({
        grain: z.enum(['day', 'month', 'year']),
        buckets: z.array(
          z.object({ id: z.string(), current: z.boolean(), revenue: figure, repeatShare: figure }),
        ),
        finding: z.string(),
      }),
      /** Largest differences of revenue against the period before, over seller, team, office, product and family. */
      changed: z.array(
        z.object({
          dimension,
          cell,
          difference: figure,
          now: figure,
          before: figure,
          text: z.string(),
        }),
      ),
      /** Difference in all, which each dimension's differences add up to. */
      changedTotal: figure,
    }),
    policy: byReach,
    refusals,
  }),
  'results.board': operation({
    sentence:
      'Gives sellers or teams with intervals, grouped into ahead, cannot be told apart, and behind.',
    method: 'GET',
    path: '/board',
    input: z.object({
      by: z.enum(['seller', 'team', 'manager', 'office']).default('seller'),
      /** What the groups are formed on. */
      on: z.enum(['win-rate', 'average-deal', 'revenue']).default('win-rate'),
      ...periodInput,
      where,
      lang,
    }),
    output: z.object({
      revision: z.int(),
      period,
      currency: z.string(),
      on: metric,
      /** The figure over everybody, for the dashed line. */
      whole: z.object({ revenue: figure, winRate: figure, averageDeal: figure }),
      grouped: z.boolean(),
      /** Why there are no groups, when there are none. */
      note: z.string().nullable(),
      rows: z.array(
        z.object({
          cell,
          group: z.enum(['ahead', 'level', 'behind']).nullable(),
          revenue: figure,
          dealsWon: figure,
          winRate: figure,
          averageDeal: figure,
          /** Win rate drawn towards the whole by how little is known (beta-binomial). */
          shrunkenWinRate: figure,
        }),
      ),
    }),
    policy: byReach,
    refusals,
  }),
  'results.periods': operation({
    sentence: 'Lists the periods of a kind that hold data, newest first.',
    method: 'GET',
    path: '/periods',
    input: z.object({
      kind: z.enum(['month', 'quarter', 'year', 'fiscal-quarter', 'fiscal-year']),
    }),
    output: z.object({ rows: z.array(z.object({ id: z.string(), from: day, until: day })) }),
    policy: byReach,
    refusals: [],
  }),
  'results.cells': operation({
    sentence: 'Lists the cells of a dimension, for filters.',
    method: 'GET',
    path: '/cells',
    input: z.object({
      dimension,
      search: z.string().max(200).optional(),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ rows: z.array(cell) }),
    policy: byReach,
    refusals: [],
  }),
  ...cardsContract,
  ...exploreContract,
  ...crossContract,
  ...viewsContract,
} as const
