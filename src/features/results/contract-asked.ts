// What every question on results is asked with: metrics, dimensions, filters, period, language, and its refusals.
import { z } from 'zod'
import { day, id } from '../../basics/schema.ts'

export const dimensionIds = [
  'seller',
  'team',
  'manager',
  'office',
  'product',
  'family',
  'customer',
  'region',
  'country',
  'industry',
  'size',
  'source',
  'stage',
  'lost-reason',
  'currency',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscal-quarter',
  'fiscal-year',
] as const
export type DimensionId = (typeof dimensionIds)[number]
export const dimension = z.enum(dimensionIds)

export const metricIds = [
  'revenue',
  'margin',
  'units',
  'discount',
  'deals-opened',
  'deals-won',
  'deals-lost',
  'win-rate',
  'pipeline',
  'weighted-pipeline',
  'average-deal',
  'sales-cycle',
  'time-in-stage',
  'velocity',
  'activities',
  'activities-per-win',
  'customers',
  'new-customers',
  'repeat-share',
  'repurchase-rate',
  'retention',
  'returns-share',
  'satisfaction',
  'nps',
  'complaint-rate',
] as const
export type MetricId = (typeof metricIds)[number]
export const metric = z.enum(metricIds)

/** Dimension → the cells that count: ids or names of records, plain strings, `-` for "none". */
export const where = z
  .partialRecord(dimension, z.array(z.string().max(200)).min(1).max(200))
  .default({})

/** `period` as people write it (2017-Q4), or `from`/`until` (until exclusive); neither: the last with data. */
export const periodInput = {
  period: z.string().max(40).optional(),
  from: day.optional(),
  until: day.optional(),
  /** As it was known at the end of this day. */
  asOf: day.optional(),
}
export const period = z.object({
  id: z.string(),
  from: day,
  until: day,
  /** True when nobody asked for it: the last period with data. */
  byDefault: z.boolean(),
})
/** One cohort alone, as the cohort grid and the funnel count it; besides the filters. */
export const cohortInput = {
  cohort: z
    .string()
    .max(40)
    .optional()
    .describe(
      'A period, or `all`. Metrics of sales: customers whose first purchase, within the filters, lies in it. Metrics of closed deals and of stages: deals opened in it, within the filters',
    ),
  reached: id
    .optional()
    .describe('With `deals-opened`: deals that came as far as this stage, or were won'),
}
export const refusals = [
  'results.unknown_cell',
  'results.dimension_not_allowed',
  'results.too_many_cells',
  'period.unreadable',
  'period.impossible',
  'period.backwards',
  'period.out_of_range',
] as const

/** Language of sentences in the answer; the organisation's own unless given. */
export const lang = z.enum(['en', 'de']).optional()
