// What forecasts are made of, as their operations tell it.
import { z } from 'zod'
import { day, id, instant, missing, named, unit } from '../../basics/schema.ts'
import { metricIds } from '../results/contract.ts'

export const forecastGrains = ['week', 'month', 'quarter'] as const
export const forecastMethods = [
  'seasonal_naive',
  'level',
  'holt_winters_additive',
  'holt_winters_multiplicative',
  'pipeline',
  'combination',
] as const
export type ForecastMethod = (typeof forecastMethods)[number]
export const forecastScopes = ['organisation', 'team', 'seller', 'person'] as const

export const metric = z.enum(metricIds)
export const grain = z.enum(forecastGrains)
export const method = z.enum(forecastMethods)
export const lang = z.enum(['en', 'de']).optional()

/** Whose figures: a team or a seller by id or name; neither: all that the person reaches. */
export const whose = {
  team: z.string().min(1).max(200).optional(),
  seller: z.string().min(1).max(200).optional(),
}
export const question = {
  metric: metric.default('revenue'),
  by: grain.default('month'),
  horizon: z.int().min(1).max(24).default(6),
  ...whose,
  /** As if it were this day: what happened from it on is left out. */
  today: day.optional(),
}
export const reading = { ...question, asOf: day.optional(), lang }

export const prediction = z.object({
  mean: z.number(),
  low80: z.number(),
  high80: z.number(),
  low95: z.number(),
  high95: z.number(),
})
export const stretch = { period: z.string(), from: day, until: day }
export const scope = z.object({
  kind: z.enum(forecastScopes),
  /** The team or seller; null for an organisation and for what a person reaches. */
  of: named.nullable(),
})
export const share = z.object({ inside: z.int(), of: z.int() })

export const row = z.object({
  ...stretch,
  ...prediction.shape,
  method,
  /** What the period already has; null before it has begun. */
  soFar: z.number().nullable(),
  /** The baseline for the same period; null where only the pipeline says something. */
  naive: z.number().nullable(),
  /** What the series alone says. */
  series: prediction.nullable(),
  pipeline: prediction.nullable(),
  combination: prediction.nullable(),
})

export const model = z.object({
  method,
  shown: z.boolean(),
  origins: z.int(),
  /** Mean error in mean steps of the baseline; null where those are 0. */
  mase: z.number().nullable(),
  naiveMase: z.number().nullable(),
  mae: z.number(),
  naiveMae: z.number(),
  bias: z.number(),
  wape: z.number().nullable(),
  coverage80: share,
  coverage95: share,
})

/** What forecasts of the open deals were worth, against what these deals brought. */
export const openDealsTest = z.object({
  origins: z.int(),
  mae: z.number(),
  bias: z.number(),
  wape: z.number().nullable(),
  coverage80: share,
  coverage95: share,
})

const stage = z.object({
  stage: z.string().nullable(),
  closed: z.int(),
  won: z.int(),
  chance: z.number(),
  low: z.number(),
  high: z.number(),
  medianDays: z.number().nullable(),
  /** Open deals in it. */
  open: z.int(),
})

export const periods = z.object({
  /** Periods that are over. */
  have: z.int(),
  baseline: z.int(),
  tested: z.int(),
  seasonal: z.int(),
})

export const forecast = z.object({
  revision: z.int(),
  metric,
  unit,
  currency: z.string(),
  by: grain,
  today: day,
  /** The records ended long ago, and the forecast begins after them. */
  recordsEnded: z.boolean(),
  scope,
  finding: z.string(),
  notes: z.array(z.string()),
  /** Why there is no forecast, or null. */
  missing: missing.nullable(),
  periods,
  history: z.array(z.object({ ...stretch, value: z.number() })),
  rows: z.array(row),
  /** The sum of the rows, with its own interval. */
  total: prediction.nullable(),
  models: z.array(model),
  pipeline: z
    .object({
      total: prediction,
      deals: z.int(),
      withoutAmount: z.int(),
      meanAmount: z.number(),
      stages: z.array(stage),
      /** As many deals of all weigh as much as a team's own; null: teams cannot be told apart. */
      teamWeight: z.number().nullable(),
      method: z.enum(['exact', 'simulated', 'normal']),
      /** How far all deals rise and fall together, as a share of what they bring in one period. */
      common: z.number(),
      test: openDealsTest.nullable(),
      /** There are too many to test them while somebody waits: `forecast.start-test` does. */
      testNeedsJob: z.boolean(),
      /** Whether it would for whoever asks: only where all of it is within reach, and as things stand. */
      mayTest: z.boolean(),
      /** The day of the test that was a job of its own. */
      testedOn: day.nullable(),
    })
    .nullable(),
  /** The forecast of this day that is kept, or null. */
  kept: z.object({ id, at: instant }).nullable(),
  /** It was kept on this day, and taken back. */
  takenBack: z.boolean(),
  /** Whether all of it is within reach, so that it can be kept. */
  keepable: z.boolean(),
})
