// Operations of forecasts: made and kept, tested on the past, graded by what came, and the calls of people beside them.
import { z } from 'zod'
import { byReach, operation, writesByReach } from '../../basics/contract.ts'
import {
  amount,
  day,
  id,
  instant,
  missing,
  named,
  page,
  pageOf,
  written,
} from '../../basics/schema.ts'
import { metricIds } from '../results/contract.ts'

export const forecastGrains = ['week', 'month', 'quarter'] as const
export const forecastMethods = [
  'seasonal_naive',
  'level',
  'holt_winters_additive',
  'holt_winters_multiplicative',
  'pipeline',
] as const
export type ForecastMethod = (typeof forecastMethods)[number]
export const forecastScopes = ['organisation', 'team', 'seller', 'person'] as const

const metric = z.enum(metricIds)
const grain = z.enum(forecastGrains)
const method = z.enum(forecastMethods)
const lang = z.enum(['en', 'de']).optional()

/** Whose figures: a team or a seller by id or name; neither: all that the person reaches. */
const whose = {
  team: z.string().min(1).max(200).optional(),
  seller: z.string().min(1).max(200).optional(),
}
const question = {
  metric: metric.default('revenue'),
  by: grain.default('month'),
  horizon: z.int().min(1).max(24).default(6),
  ...whose,
  /** As if it were this day: what happened from it on is left out. */
  today: day.optional(),
}
const reading = { ...question, asOf: day.optional(), lang }

const prediction = z.object({
  mean: z.number(),
  low80: z.number(),
  high80: z.number(),
  low95: z.number(),
  high95: z.number(),
})
const stretch = { period: z.string(), from: day, until: day }
const scope = z.object({
  kind: z.enum(forecastScopes),
  /** The team or seller; null for an organisation and for what a person reaches. */
  of: named.nullable(),
})
const share = z.object({ inside: z.int(), of: z.int() })

const row = z.object({
  ...stretch,
  ...prediction.shape,
  method,
  /** What the period already has; null before it has begun. */
  soFar: z.number().nullable(),
  /** The baseline for the same period; null where only the pipeline says something. */
  naive: z.number().nullable(),
  pipeline: prediction.nullable(),
  combination: prediction.nullable(),
})

const model = z.object({
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

const periods = z.object({
  /** Periods that are over. */
  have: z.int(),
  baseline: z.int(),
  tested: z.int(),
  seasonal: z.int(),
})

const forecast = z.object({
  revision: z.int(),
  metric,
  unit: z.enum(['money', 'count', 'rate', 'days', 'score']),
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
    })
    .nullable(),
  /** The forecast of this day that is kept, or null. */
  kept: z.object({ id, at: instant }).nullable(),
  /** Whether this person may keep it. */
  keepable: z.boolean(),
})

const asking = [
  'results.unknown_cell',
  'results.dimension_not_allowed',
  'results.not_in_series',
  'results.too_many_cells',
  'period.impossible',
  'period.out_of_range',
  'forecast.team_and_seller',
] as const

const call = z.object({
  id,
  version: z.int(),
  ...stretch,
  by: named,
  scope,
  commit: z.number().nullable(),
  best: z.number().nullable(),
  at: instant,
  mine: z.boolean(),
})

export const forecastContract = {
  'forecast.show': operation({
    sentence:
      'Forecasts a metric from its series and from the open deals, with intervals, and says what that rests on.',
    method: 'GET',
    path: '/forecast',
    input: z.object(reading),
    output: forecast,
    policy: byReach,
    refusals: asking,
    durationMsMax: 60_000,
  }),
  'forecast.make': operation({
    sentence: 'Makes a forecast and keeps it, to be graded when its periods are over.',
    method: 'POST',
    path: '/forecasts',
    input: z.object({ ...question, lang }),
    output: z.object({ ...written.shape, changeId: id.nullable(), forecast }),
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [...asking, 'forecast.beyond_reach', 'forecast.nothing_to_keep'],
    durationMsMax: 60_000,
  }),
  'forecast.why': operation({
    sentence: 'Explains the forecast of one period: method, numbers, and what was left out.',
    method: 'GET',
    path: '/forecast/why',
    input: z.object({ ...reading, period: z.string().max(40) }),
    output: z.object({
      ...stretch,
      row,
      unit: z.enum(['money', 'count', 'rate', 'days', 'score']),
      currency: z.string(),
      sentence: z.string(),
      steps: z.array(z.object({ title: z.string(), text: z.string() })),
      leftOut: z.array(z.string()),
      revision: z.int(),
    }),
    policy: byReach,
    refusals: [...asking, 'forecast.no_such_period'],
    durationMsMax: 60_000,
  }),
  'forecast.backtest': operation({
    sentence:
      'Tests the methods on the past: per origin and horizon what was forecast, what came, and what the baseline had said.',
    method: 'GET',
    path: '/forecast/backtest',
    input: z.object({ ...reading, method: method.exclude(['pipeline']).optional() }),
    output: z.object({
      revision: z.int(),
      metric,
      unit: z.enum(['money', 'count', 'rate', 'days', 'score']),
      currency: z.string(),
      by: grain,
      today: day,
      scope,
      missing: missing.nullable(),
      periods,
      /** Whose steps the rows are: the method asked for, else the one that is shown. */
      method: method.nullable(),
      models: z.array(model),
      rows: z.array(
        z.object({
          origin: z.string(),
          horizon: z.int(),
          ...stretch,
          ...prediction.shape,
          actual: z.number(),
          error: z.number(),
          inside80: z.boolean(),
          inside95: z.boolean(),
          naiveError: z.number(),
        }),
      ),
      finding: z.string(),
    }),
    policy: byReach,
    refusals: asking,
    durationMsMax: 120_000,
  }),
  'forecast.list': operation({
    sentence: 'Lists the forecasts that were kept, newest first.',
    method: 'GET',
    path: '/forecasts',
    input: z.object({ metric: metric.optional(), ...page }),
    output: pageOf(
      z.object({
        id,
        at: instant,
        madeOn: day,
        by: named,
        metric,
        grain,
        horizon: z.int(),
        scope,
        method,
        revision: z.int(),
        asIf: z.boolean(),
      }),
    ),
    policy: byReach,
    refusals: [],
  }),
  'forecast.grades': operation({
    sentence:
      'Grades kept forecasts and calls whose periods are over: error, bias, coverage, better or worse than the baseline.',
    method: 'GET',
    path: '/forecast/grades',
    input: z.object({ metric: metric.default('revenue'), today: day.optional(), lang }),
    output: z.object({
      metric,
      unit: z.enum(['money', 'count', 'rate', 'days', 'score']),
      currency: z.string(),
      finding: z.string(),
      missing: missing.nullable(),
      /** Periods of kept forecasts that are over. */
      graded: z.int(),
      waiting: z.int(),
      summary: z
        .object({
          mae: z.number(),
          naiveMae: z.number().nullable(),
          bias: z.number(),
          wape: z.number().nullable(),
          coverage80: share,
          coverage95: share,
          /** How many of them came nearer than the baseline. */
          nearer: share.nullable(),
        })
        .nullable(),
      rows: z.array(
        z.object({
          forecastId: id,
          madeOn: day,
          by: named,
          scope,
          method,
          horizon: z.int(),
          ...stretch,
          ...prediction.shape,
          actual: z.number(),
          error: z.number(),
          inside80: z.boolean(),
          inside95: z.boolean(),
          naiveError: z.number().nullable(),
          asIf: z.boolean(),
        }),
      ),
      /** Calls by person: how far they were off on the whole. */
      people: z.array(
        z.object({
          person: named,
          calls: z.int(),
          /** Mean of commit less what came: above 0 means too hopeful. */
          bias: z.number(),
          mae: z.number(),
          /** How often at least the commit came. */
          kept: share,
        }),
      ),
    }),
    policy: byReach,
    refusals: [],
    durationMsMax: 60_000,
  }),
  'forecast.calls': operation({
    sentence:
      'Lists the calls of people for periods to come: what they commit to, and their best case.',
    method: 'GET',
    path: '/forecast/calls',
    input: z.object({
      metric: metric.default('revenue'),
      from: day.optional(),
      until: day.optional(),
      ...whose,
    }),
    output: z.object({ rows: z.array(call) }),
    policy: byReach,
    refusals: ['results.unknown_cell', 'forecast.team_and_seller'],
  }),
  'forecast.call': operation({
    sentence: 'Sets the own call for a period: what one commits to, and the best case.',
    method: 'PUT',
    path: '/forecast/calls',
    input: z.object({
      metric: metric.default('revenue'),
      period: z.string().max(40).describe('Such as 2017-10 or 2017-Q4'),
      ...whose,
      commit: amount.nullable(),
      best: amount.nullable(),
      version: z.int().min(1).optional(),
    }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [
      'results.unknown_cell',
      'results.not_in_series',
      'period.unreadable',
      'period.impossible',
      'period.out_of_range',
      'forecast.team_and_seller',
      'forecast.beyond_reach',
      'forecast.no_call_period',
      'forecast.best_below_commit',
      'forecast.call_without_amount',
      'record.changed',
    ],
  }),
  'forecast.remove-call': operation({
    sentence: 'Takes an own call back.',
    method: 'DELETE',
    path: '/forecast/calls/:id',
    input: z.object({ id, version: z.int().min(1).optional() }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['forecast_call.not_found', 'record.changed'],
  }),
} as const
