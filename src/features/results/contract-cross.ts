// A question built on the page “Explore”: metrics crossed with dimensions, compared, with totals of their own.
import { z } from 'zod'
import { byReach, operation } from '../../basics/contract.ts'
import { cell, figure } from '../../basics/schema.ts'
import { dimension, lang, metric, period, periodInput, refusals, where } from './contract-asked.ts'

export const comparisons = ['previous', 'year-ago', 'others'] as const
export type Comparison = (typeof comparisons)[number]

/** Metrics side by side in one answer. */
export const metricsMost = 8

const asked = {
  metric: z.array(metric).min(1).max(metricsMost).default(['revenue']),
  /** The first dimension makes the rows, the second the columns. */
  by: z.array(dimension).max(2).default([]),
  ...periodInput,
  where,
  lang,
  compare: z.enum(comparisons).optional(),
  /** For `others`: filters that take the place of those of the same dimension; the rest stays. */
  others: where,
  /** A metric, or `name`; unless said: time by time, the rest by the first metric. */
  sort: z.union([metric, z.literal('name')]).optional(),
  down: z.boolean().optional(),
}

const compared = z.object({
  now: figure,
  before: figure.nullable(),
  /** Whether the difference is more than chance explains; null where nothing is compared. */
  differs: z.boolean().nullable(),
})
const figures = z.partialRecord(metric, compared)

export const crossContract = {
  'results.cross': operation({
    sentence:
      'Crosses metrics with one or two dimensions and compares them; totals come from questions of their own and are not added up.',
    method: 'GET',
    path: '/cross',
    input: z.object({
      ...asked,
      /** Rows and columns shown; the rest is counted. */
      limit: z.int().min(1).max(5000).default(200),
      columns: z.int().min(1).max(60).default(12),
    }),
    output: z.object({
      revision: z.int(),
      period,
      currency: z.string(),
      /** What it is compared with; `name` where that is other filters. */
      compared: z
        .object({ kind: z.enum(comparisons), period, name: z.string().nullable() })
        .nullable(),
      finding: z.string(),
      /** What the finding rests on: sentences. */
      note: z.string(),
      /** Filters as names. */
      scope: z.array(z.object({ dimension, cells: z.array(z.string()) })),
      total: figures,
      /** Cells of the second dimension with their totals; the first metric alone. */
      columns: z.array(z.object({ cell, label: z.string(), total: figure })),
      columnCount: z.int(),
      rows: z.array(
        z.object({
          cell,
          /** The cell as people say it: “March 2024”, “none given”. */
          label: z.string(),
          figures,
          /** By column: the first metric; null where there are no facts. */
          cells: z.array(figure.nullable()),
        }),
      ),
      rowCount: z.int(),
    }),
    policy: byReach,
    refusals,
  }),
} as const
