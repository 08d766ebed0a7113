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
  unit,
  written,
} from '../../basics/schema.ts'
import {
  forecast,
  grain,
  lang,
  method,
  metric,
  model,
  openDealsTest,
  periods,
  prediction,
  question,
  reading,
  row,
  scope,
  share,
  stretch,
  whose,
} from './contract-parts.ts'

export type { ForecastMethod } from './contract-parts.ts'
export { forecastMethods, forecastScopes } from './contract-parts.ts'

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
    refusals: [
      ...asking,
      'forecast.beyond_reach',
      'forecast.day_to_come',
      'forecast.nothing_to_keep',
    ],
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
      unit,
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
    input: z.object({ ...reading, method: method.optional() }),
    output: z.object({
      revision: z.int(),
      metric,
      unit,
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
          /** Null of the open deals alone: the baseline is for whole periods. */
          naiveError: z.number().nullable(),
        }),
      ),
      openDeals: openDealsTest.nullable(),
      testNeedsJob: z.boolean(),
      mayTest: z.boolean(),
      testedOn: day.nullable(),
      finding: z.string(),
    }),
    policy: byReach,
    refusals: asking,
    durationMsMax: 120_000,
  }),
  'forecast.start-test': operation({
    sentence:
      'Starts a test of the open deals on the past in the background; one of the same question that runs already is given instead.',
    method: 'POST',
    path: '/forecast/tests',
    input: z.object(question),
    output: z.object({ id }),
    policy: byReach,
    refusals: [...asking, 'forecast.beyond_reach', 'forecast.nothing_to_test'],
    durationMsMax: 60_000,
  }),
  'forecast.tests': operation({
    sentence: 'Gives the last tests of open deals for a question, with how far they are.',
    method: 'GET',
    path: '/forecast/tests',
    input: z.object(question),
    output: z.object({
      rows: z.array(
        z.object({
          id,
          state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
          askedAt: instant,
          finishedAt: instant.nullable(),
          /** Earlier points gone through, and of how many. */
          done: z.int(),
          of: z.int(),
          madeOn: day,
        }),
      ),
    }),
    policy: byReach,
    refusals: [...asking, 'forecast.beyond_reach'],
  }),
  'forecast.cancel-test': operation({
    sentence: 'Stops a test that runs in the background after its present point.',
    method: 'POST',
    path: '/forecast/tests/:id/cancel',
    input: z.object({ id }),
    output: z.object({ id }),
    policy: byReach,
    refusals: ['forecast.test_not_found'],
  }),
  'forecast.keep-daily': operation({
    sentence:
      'Keeps the forecasts of the day: of the organisation and its teams each day, of its sellers each week; what is kept already stays.',
    method: 'POST',
    path: '/forecasts/daily',
    input: z.object({}),
    output: z.object({
      /** A change for each fifty forecasts. */
      changeIds: z.array(id),
      kept: z.int(),
      there: z.int(),
      /** Asked for, with too little of a past. */
      short: z.int(),
    }),
    policy: { 'compensation-admin': 'all', admin: 'all' },
    changes: true,
    undo: true,
    refusals: [],
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
    input: z.object({
      metric: metric.default('revenue'),
      ...whose,
      today: day.optional(),
      /** Most graded periods told one by one, the newest. */
      limit: z.int().min(1).max(500).default(500),
      lang,
    }),
    output: z.object({
      /** Whose forecasts: what was asked, or all that the person reaches taken as one. */
      scope,
      metric,
      unit,
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
    refusals: ['results.unknown_cell', 'results.not_in_series', 'forecast.team_and_seller'],
    durationMsMax: 60_000,
  }),
  'forecast.scope-grades': operation({
    sentence:
      'Grades the kept forecasts of each team and each seller against their own: teams first, by name.',
    method: 'GET',
    path: '/forecast/grades/scopes',
    input: z.object({ metric: metric.default('revenue'), today: day.optional(), ...page }),
    output: pageOf(
      z.object({
        scope,
        graded: z.int(),
        mae: z.number(),
        naiveMae: z.number().nullable(),
        bias: z.number(),
        wape: z.number().nullable(),
        coverage80: share,
      }),
    ),
    policy: byReach,
    refusals: ['results.not_in_series'],
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
