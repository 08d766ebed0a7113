// Operations on goals: set, follow, check in on, and what comes of them.
import { z } from 'zod'
import { byReach, operation, writesByReach } from '../../basics/contract.ts'
import {
  day,
  figure,
  id,
  name,
  named,
  page,
  pageOf,
  unit,
  version,
  written,
} from '../../basics/schema.ts'
import { metricIds, where } from '../results/contract.ts'

export const activityKinds = ['call', 'mail', 'meeting', 'visit', 'message', 'task'] as const
const line = z.string().trim().max(500)
const goalKind = z.enum(['metric', 'activity', 'steps'])
const milestone = z.object({
  on: day,
  value: z.number(),
  name: z.string().trim().max(100).optional(),
})
const step = z.object({ name, doneOn: day.nullable().default(null) })
const milestones = z.array(milestone).max(40)
const steps = z.array(step).max(100)

/** What is counted: a metric with filters as every question has them, activities, or steps done by hand. */
const measure = {
  kind: goalKind,
  metric: z.enum(metricIds).nullable().default(null),
  where,
  activities: z.array(z.enum(activityKinds)).min(1).max(6).optional(),
  outcome: z.string().trim().min(1).max(200).optional(),
}

/** A seller, a team, or neither: the whole organisation. A private goal is the person's own. */
const owner = {
  sellerId: id.nullable().default(null),
  teamId: id.nullable().default(null),
  private: z.boolean().default(false),
}

/** Of a team or of everybody: the total is for all who belong there, its parts for whoever reaches them. */
const shared = z
  .boolean()
  .describe('Whether the people of the team, or everybody, see target and total of the goal')

const span = { from: day, until: day.describe('Day after the last one') }

const fields = {
  name,
  target: z
    .number()
    .describe('Money in minor units of the base currency, a rate from 0 to 1')
    .optional(),
  ...span,
  why: line.nullable().default(null),
  reward: line.nullable().default(null),
  milestones: milestones.default([]),
  steps: steps.default([]),
}

const repeats = z.enum(['month', 'quarter', 'year'])
const state = z.enum(['upcoming', 'running', 'reached', 'missed'])
const mark = z.object({
  kind: z.enum(['reached', 'reopened']),
  on: day,
  value: z.number(),
  celebrated: z.boolean(),
})

/** The numbers of a goal; `missing` where there are none, with the sentence why. */
const outlook = z.object({
  attained: figure,
  /** By now, straight along working days; and with the seasons of the years behind. */
  expected: z.number().nullable(),
  seasonal: z.number().nullable(),
  elapsed: z.number(),
  total: z.number(),
  requiredPerDay: z.number().nullable(),
  currentPerDay: z.number().nullable(),
  chance: z.number().nullable(),
  chanceText: z.string(),
  /** Where it ends: the middle, and the limits of 80 of a hundred courses. */
  ends: z.object({ middle: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Working days behind that are missing before there is a chance. */
  more: z.int().nullable(),
  missing: z.string().nullable(),
})

const goal = z.object({
  id,
  version: z.int(),
  name: z.string(),
  /** Number in another system, where it came from a file. */
  externalId: z.string().nullable(),
  kind: goalKind,
  metric: z.string().nullable(),
  where,
  /** The filters with the names their cells have today. */
  filters: z.array(
    z.object({
      dimension: z.string(),
      cells: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
  activities: z.array(z.enum(activityKinds)),
  outcome: z.string().nullable(),
  target: z.number(),
  unit,
  currency: z.string(),
  atMost: z.boolean(),
  ...span,
  seller: named.nullable(),
  team: named.nullable(),
  private: z.boolean(),
  shared: z.boolean(),
  /** Whether the person reaches it and may change it. Else it is shown to them as to one of its team: the total alone. */
  within: z.boolean(),
  /** The seller or team was taken away since. */
  ownerGone: z.boolean(),
  why: z.string().nullable(),
  reward: z.string().nullable(),
  repeats: repeats.nullable(),
  milestones: z.array(milestone.extend({ reachedOn: day.nullable() })),
  steps: z.array(step),
  missedBecause: z.string().nullable(),
  state,
  reachedOn: day.nullable(),
  outlook,
  marks: z.array(mark),
  /** Whether the person may celebrate and check in: it is theirs. */
  mine: z.boolean(),
  /** First day of the week of the last check-in. */
  checkedIn: day.nullable(),
})

const checkIn = z.object({
  id,
  version: z.int(),
  weekOn: day,
  moved: z.string().nullable(),
  blocks: z.string().nullable(),
  nextStep: z.string().nullable(),
  author: z.string(),
})

/** From which the chance is drawn, for “what if”. */
const basis = z.object({
  past: z.array(z.object({ value: z.number(), weight: z.number() })),
  ahead: z.array(z.number()),
  of: z.enum(['counts', 'amounts']),
  seed: z.int(),
  drift: z.number(),
  draws: z.int(),
})

const lang = z.enum(['en', 'de']).optional()
const setting = [
  'goal.not_yours',
  'goal.owner_gone',
  'goal.backwards',
  'goal.too_long',
  'goal.target',
  'goal.incomplete',
  'goal.filter',
  'goal.milestone',
  'goal.not_whole',
  'goal.overlaps',
  'results.unknown_cell',
  'results.dimension_not_allowed',
] as const

export const goalsContract = {
  'goals.list': operation({
    sentence: 'Lists goals with where they stand: those that end first at the top.',
    method: 'GET',
    path: '/goals',
    input: z.object({
      ...page,
      is: z.enum(['current', 'over']).optional(),
      sellerId: id.optional(),
      teamId: id.optional(),
      lang,
    }),
    output: pageOf(goal).extend({ today: day }),
    policy: byReach,
    refusals: [],
  }),
  'goals.get': operation({
    sentence: 'Gives a goal with its course by day, what it takes, contributions and check-ins.',
    method: 'GET',
    path: '/goals/:id',
    input: z.object({ id, lang }),
    output: goal.extend({
      today: day,
      revision: z.int(),
      course: z.array(
        z.object({
          on: day,
          actual: z.number().nullable(),
          straight: z.number(),
          seasonal: z.number(),
          /** Not passed by 2.5, 10, 25, 50, 75, 90 and 97.5 of a hundred courses. */
          fan: z.array(z.number()).nullable(),
        }),
      ),
      /** In the owner's own terms per working week, or how much is missing before they say anything. */
      terms: z
        .object({
          wins: z.number(),
          talks: z.number(),
          talksNow: z.number(),
          talksPerWin: z.number(),
          valuePerWin: z.number(),
        })
        .nullable(),
      termsMore: z.object({ more: z.int(), of: z.enum(['wins', 'talks']) }).nullable(),
      /** Of whom the person reaches, the largest first. */
      contributions: z.array(z.object({ seller: named.nullable(), value: z.number() })),
      /** What those brought together whom the person does not reach, where they see the total. */
      others: z.number().nullable(),
      checkIns: z.array(checkIn),
      basis: basis.nullable(),
    }),
    policy: byReach,
    refusals: ['goal.not_found'],
  }),
  'goals.help': operation({
    sentence:
      'Helps to set a goal: targets from the own history with their chances, a warning, milestones.',
    method: 'GET',
    path: '/goal-help',
    input: z.object({
      ...measure,
      ...owner,
      ...span,
      target: z.number().optional(),
      lang,
    }),
    output: z.object({
      unit,
      currency: z.string(),
      atMost: z.boolean(),
      proposals: z.array(
        z.object({
          kind: z.enum(['likely', 'good', 'stretch']),
          target: z.number(),
          chance: z.number(),
          chanceText: z.string(),
        }),
      ),
      chance: z.number().nullable(),
      chanceText: z.string(),
      warning: z.enum(['happens_anyway', 'hardly_possible']).nullable(),
      milestones: z.array(milestone),
      /** The same stretch a year ago, where there is something. */
      yearAgo: z.number().nullable(),
      more: z.int().nullable(),
      missing: z.string().nullable(),
    }),
    policy: byReach,
    refusals: setting,
  }),
  'goals.add': operation({
    sentence: 'Sets a goal.',
    method: 'POST',
    path: '/goals',
    input: z.object({
      ...measure,
      ...owner,
      ...fields,
      shared: shared.default(true),
      repeats: repeats.nullable().default(null),
    }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: setting,
  }),
  'goals.edit': operation({
    sentence: 'Changes a goal; what it measures and whose it is stay.',
    method: 'PATCH',
    path: '/goals/:id',
    input: z.object({
      id,
      version,
      name: name.optional(),
      target: z.number().optional(),
      from: day.optional(),
      until: day.optional(),
      why: line.nullable().optional(),
      reward: line.nullable().optional(),
      milestones: milestones.optional(),
      steps: steps.optional(),
      shared: shared.optional(),
      repeats: repeats.nullable().optional(),
      missedBecause: line.nullable().optional().describe('One sentence on why it was missed'),
    }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [
      'goal.not_found',
      'goal.not_yours',
      'goal.owner_gone',
      'goal.backwards',
      'goal.too_long',
      'goal.target',
      'goal.incomplete',
      'goal.milestone',
      'goal.not_whole',
      'goal.overlaps',
      'record.changed',
    ],
  }),
  'goals.step': operation({
    sentence: 'Says that a step of a personal goal is done, or is not.',
    method: 'PUT',
    path: '/goals/:id/steps',
    input: z.object({
      id,
      version,
      step: z.int().min(0).max(99),
      doneOn: day.nullable().describe('Null: not done after all'),
    }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [
      'goal.not_found',
      'goal.not_yours',
      'goal.incomplete',
      'goal.step_later',
      'record.changed',
    ],
  }),
  'goals.remove': operation({
    sentence: 'Takes a goal away.',
    method: 'DELETE',
    path: '/goals/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['goal.not_found', 'goal.not_yours', 'record.changed'],
  }),
  'goals.refresh': operation({
    sentence:
      'Notes which goals the data now say are reached, or no longer, and makes the next ones that come again.',
    method: 'POST',
    path: '/goals/refresh',
    input: z.object({}),
    output: z.object({
      reached: z.array(named),
      reopened: z.array(named),
      made: z.array(named),
      changeId: id.optional(),
    }),
    policy: writesByReach,
    changes: true,
    durationMsMax: 120_000,
    refusals: [],
  }),
  'goals.celebrate': operation({
    sentence: 'Says that a goal that was reached has been celebrated.',
    method: 'PUT',
    path: '/goals/:id/celebrated',
    input: z.object({ id }),
    output: written,
    policy: writesByReach,
    changes: true,
    refusals: ['goal.not_found', 'goal.not_yours', 'goal.not_reached'],
  }),
  'goals.check-in': operation({
    sentence:
      'Keeps what moved, what blocks and what comes next in a week; again in a week replaces.',
    method: 'PUT',
    path: '/goals/:id/check-ins',
    input: z.object({
      id,
      on: day.optional().describe('A day of the week; today unless said'),
      moved: line.nullable().default(null),
      blocks: line.nullable().default(null),
      nextStep: line.nullable().default(null),
    }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['goal.not_found', 'goal.not_yours', 'goal.incomplete', 'goal.check_in_later'],
  }),
  'goals.board': operation({
    sentence: 'Gives running goals by risk, and attainment by person and month.',
    method: 'GET',
    path: '/goals-board',
    input: z.object({
      metric: z.enum(metricIds).optional(),
      basis: z.boolean().optional().describe('With what the chances are drawn from'),
      lang,
    }),
    output: z.object({
      today: day,
      currency: z.string(),
      rows: z.array(
        z.object({
          goal,
          /** Share of the target attained by the end of each step, for a small chart. */
          course: z.array(z.number().nullable()),
          seasonal: z.array(z.number()),
          /** With fewer draws: enough for tenths, and many goals are turned at once. */
          basis: basis.nullable(),
        }),
      ),
      more: z.boolean(),
      /** Metrics of which there are goals of persons; the first one is shown unless one is asked for. */
      metrics: z.array(z.string()),
      metric: z.string().nullable(),
      months: z.array(z.string()),
      people: z.array(
        z.object({
          seller: named,
          /** By month: what came in, and the part of the target that falls on it. */
          cells: z.array(z.object({ value: z.number(), target: z.number() }).nullable()),
        }),
      ),
    }),
    policy: byReach,
    refusals: [],
  }),
  'goals.summary': operation({
    sentence: 'Writes the week of the running goals as text.',
    method: 'GET',
    path: '/goals-summary',
    input: z.object({ lang }),
    output: z.object({ text: z.string(), goals: z.int() }),
    policy: byReach,
    refusals: [],
  }),
} as const
