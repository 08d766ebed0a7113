// Operations on quotas: set, allocate, commit, decide, and what was attained of them.
import { z } from 'zod'
import { byReach, operation, type Policy, writesByReach } from '../../basics/contract.ts'
import {
  amount,
  currency,
  day,
  figure,
  id,
  instant,
  named,
  page,
  pageOf,
  shortText,
  unit,
  version,
  written,
} from '../../basics/schema.ts'
import { metricIds, where } from '../results/contract.ts'

const metric = z.enum(metricIds)
const periodText = z
  .string()
  .max(40)
  .describe('A month, quarter or year, such as 2026-Q1 or FY2026')
const lang = z.enum(['en', 'de']).optional()
const whole = amount.min(0, 'a quota is not below 0')
const reason = z.string().trim().max(500).optional()
/** Quotas are set from above; the auditor reads them. */
const setsQuotas: Policy = { manager: 'team', 'compensation-admin': 'all', admin: 'all' }

/** What can be carried as an amount. */
const carried = unit.extract(['money', 'count'])
const kind = z.enum(['quota', 'commitment'])
const state = z.enum(['proposed', 'approved', 'returned'])
const holder = z.object({
  kind: z.enum(['seller', 'team', 'position']),
  id,
  name: z.string(),
  /** It has been archived since, or is no longer there. */
  gone: z.boolean(),
})
const periodOut = z.object({ id: z.string(), from: day, until: day })
/** Filters with the words for them. */
const filter = z.object({
  dimension: z.string(),
  cells: z.array(z.object({ id: z.string(), name: z.string() })),
})
const decision = z.object({
  decision: state,
  reason: z.string().nullable(),
  by: named,
  on: day,
})
const quota = z.object({
  id,
  version: z.int(),
  kind,
  holder,
  metric,
  where: z.record(z.string(), z.array(z.string())),
  filters: z.array(filter),
  period: periodOut,
  amount: z.int(),
  currency: z.string().nullable(),
  /** What it is measured by: the amount in the base currency. */
  baseAmount: z.int(),
  /** The day whose rate made it so; null where the amount is in the base currency. */
  rateOn: day.nullable(),
  state,
  decision: decision.nullable(),
  /** What the holder has said will be reached, in the same period. */
  commitment: z.int().nullable(),
})

/** A seller, a team or a position by id or name; exactly one of them. */
const holderInput = {
  seller: shortText.optional(),
  team: shortText.optional(),
  position: shortText.optional(),
}
const subject = {
  metric: metric.default('revenue'),
  where,
  period: periodText,
}
const periodRefusals = [
  'quota.period_unfit',
  'period.unreadable',
  'period.impossible',
  'period.out_of_range',
] as const
const subjectRefusals = [
  'quota.metric_unfit',
  'quota.filter_unfit',
  'results.unknown_cell',
  ...periodRefusals,
] as const
const holderRefusals = [
  'quota.one_holder',
  'position.not_found',
  'quota.position_gone',
  'quota.team_dissolved',
  'quota.seller_left',
  'quota.not_yours',
] as const

const cellOut = z.object({
  period: z.string(),
  quotaId: id,
  version: z.int(),
  state,
  /** What is measured against, in the base currency. */
  amount: z.int(),
  /** What was said, where that is in another currency. */
  said: z.object({ amount: z.int(), currency: z.string(), rateOn: day }).nullable(),
  /** Who held the position in the period, in order; empty for others, and where it was vacant. */
  heldBy: z.array(z.object({ id, name: z.string(), from: day, until: day })),
  /** What counts in the period; absent figures say why. */
  measure: figure,
  attainment: figure,
})
/** A line through results and potential of those who were there the whole time; numbers only where it holds. */
const fit = z.object({
  /** `flat`: results do not rise with the potential. */
  status: z.enum(['ok', 'flat', 'not_enough_data', 'no_variation']),
  n: z.int(),
  needed: z.int(),
  intercept: z.number().optional(),
  slope: z.number().optional(),
  r2: z.number().optional(),
  /** Share explained when each is predicted without itself. */
  predictedR2: z.number().optional(),
})
const expected = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** The potential now lies outside of what the line was drawn through. */
  extrapolates: z.boolean(),
})
const standing = z.object({
  n: z.int(),
  atOrAbove: z.int(),
  undefined: z.int(),
  low: z.number().optional(),
  median: z.number().optional(),
  high: z.number().optional(),
})

export const quotaContract = {
  'quotas.list': operation({
    sentence: 'Lists quotas and commitments, newest period first.',
    method: 'GET',
    path: '/quotas',
    input: z.object({
      ...page,
      kind: kind.optional(),
      metric: metric.optional(),
      state: state.optional(),
      sellerId: id.optional(),
      teamId: id.optional(),
      positionId: id.optional(),
      batchId: id.optional(),
      /** Only periods that share a day with these. */
      from: day.optional(),
      until: day.optional(),
      asOf: day.optional(),
    }),
    output: pageOf(quota),
    policy: byReach,
    refusals: [],
  }),
  'quotas.get': operation({
    sentence: 'Gives one quota with every version of it: amount, state, reason, by whom and when.',
    method: 'GET',
    path: '/quotas/:id',
    input: z.object({ id }),
    output: quota.extend({
      versions: z.array(
        z.object({
          version: z.int(),
          amount: z.int(),
          currency: z.string().nullable(),
          state,
          reason: z.string().nullable(),
          by: named,
          at: instant,
          revision: z.int(),
          /** False when it was taken out after this version. */
          current: z.boolean(),
        }),
      ),
    }),
    policy: byReach,
    refusals: ['quota.not_found'],
  }),
  'quotas.set': operation({
    sentence: 'Sets the quota of a seller, a team or a position for a period, or corrects it.',
    method: 'POST',
    path: '/quotas',
    input: z.object({
      ...holderInput,
      ...subject,
      amount: whole,
      /** Absent: the base currency. Another one is measured at a rate that is fixed when it is set. */
      currency: currency.optional(),
      /** The version in front of the person; absent: whatever is there. */
      version,
      approve: z.boolean().default(false).describe('Approved at once, by whoever may approve it'),
      reason,
    }),
    output: written.extend({ state, baseAmount: z.int() }),
    policy: setsQuotas,
    changes: true,
    undo: true,
    refusals: [
      ...subjectRefusals,
      ...holderRefusals,
      'quota.rate_missing',
      'quota.unit',
      'quota.own_approval',
      'record.changed',
      'period.locked',
    ],
  }),
  'quotas.commit': operation({
    sentence: 'Says what a seller will reach in a period, beside the quota.',
    method: 'PUT',
    path: '/quotas/commitments',
    input: z.object({ seller: shortText.optional(), ...subject, amount: whole }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: [...subjectRefusals, ...holderRefusals, 'period.locked'],
  }),
  'quotas.remove': operation({
    sentence: 'Takes a quota or a commitment out of the books; the history keeps it.',
    method: 'DELETE',
    path: '/quotas/:id',
    input: z.object({ id, version }),
    output: written,
    policy: writesByReach,
    changes: true,
    undo: true,
    refusals: ['quota.not_found', 'quota.not_yours', 'record.changed', 'period.locked'],
  }),
  'quotas.decide': operation({
    sentence: 'Approves quotas, or returns them with a reason.',
    method: 'POST',
    path: '/quotas/decisions',
    input: z.object({
      ids: z.array(id).min(1).max(1000),
      decision: z.enum(['approved', 'returned']),
      reason,
    }),
    output: z.object({ decided: z.int(), same: z.int(), changeId: id }),
    policy: setsQuotas,
    changes: true,
    undo: true,
    refusals: [
      'quota.not_found',
      'quota.not_yours',
      'quota.own_approval',
      'quota.reason_missing',
      'quota.nothing_to_decide',
      'period.locked',
    ],
  }),
  'quotas.plan': operation({
    sentence:
      'Proposes how a number divides among teams, people and positions: equal parts, last year’s share or potential, with ramp and working days.',
    method: 'GET',
    path: '/quotas/plan',
    input: z.object({
      ...subject,
      /** The team whose number it is; absent: the whole organisation. */
      team: shortText.optional(),
      /** The next level of the tree, or all people below. */
      to: z.enum(['level', 'people']).default('people'),
      total: whole.optional().describe('Absent: the quota the team has for the period'),
      method: z.enum(['equal', 'last-year', 'potential', 'by-hand']).default('equal'),
      /** What the results are explained by, where parts follow potential. */
      driver: z.enum(['customers', 'pipeline', 'last-year']).default('customers'),
      /** Parts of a whole number by month since joining, 0 to 1. */
      ramp: z.array(z.number().min(0).max(1)).max(24).default([]),
      workingDays: z.boolean().default(false),
      lang,
    }),
    output: z.object({
      metric,
      unit: carried,
      currency: z.string().nullable(),
      filters: z.array(filter),
      period: periodOut,
      team: named.nullable(),
      total: z.int(),
      /** Whether the team has a quota of its own for the period. */
      teamQuota: z.int().nullable(),
      /** What is left of the total after the parts. */
      remainder: z.int(),
      /** How results follow potential; null unless asked for. */
      potential: z
        .object({
          driver: z.enum(['customers', 'pipeline', 'last-year']),
          unit: carried,
          fit,
        })
        .nullable(),
      rows: z.array(
        z.object({
          holder,
          /** The day of joining, where it is known. */
          joinedOn: day.nullable(),
          /** Who holds the position on the last day of the period; null: vacant, or no position. */
          heldBy: z.string().nullable(),
          /** Result of the same period a year ago. */
          lastYear: figure,
          /** Whether the holder was there for all of that period. */
          wholeLastYear: z.boolean(),
          /** Before that period, and now; absent where it is not known. */
          potential: z.object({ before: figure, now: figure }).nullable(),
          /** What the fit expects, not below 0. */
          expected: expected.nullable(),
          /** Share of a whole number, by ramp and working days. */
          load: z.number(),
          part: z.int(),
          current: z.int().nullable(),
          currentState: state.nullable(),
          commitment: z.int().nullable(),
        }),
      ),
      /** Whether the person asking may approve what is allocated. */
      mayApprove: z.boolean(),
    }),
    policy: setsQuotas,
    refusals: [
      ...subjectRefusals,
      'quota.team_dissolved',
      'quota.not_yours',
      'quota.nobody',
      'quota.no_basis',
    ],
  }),
  'quotas.allocate': operation({
    sentence: 'Writes an allocation: all parts and the number itself, as one change.',
    method: 'POST',
    path: '/quotas/allocations',
    input: z.object({
      ...subject,
      team: shortText.optional(),
      total: whole,
      parts: z
        .array(z.object({ ...holderInput, amount: whole }))
        .min(1)
        .max(2000),
      approve: z.boolean().default(false),
      reason,
      /** Counts and changes nothing. */
      preview: z.boolean().default(false),
    }),
    output: z.object({
      added: z.int(),
      changed: z.int(),
      same: z.int(),
      state,
      changeId: id.optional(),
    }),
    policy: setsQuotas,
    changes: true,
    undo: true,
    refusals: [
      ...subjectRefusals,
      ...holderRefusals,
      'quota.does_not_add_up',
      'quota.holder_twice',
      'quota.not_below',
      'quota.own_approval',
      'period.locked',
    ],
  }),
  'quotas.attainment': operation({
    sentence: 'Gives what was attained of quotas, by seller, team or position and period.',
    method: 'GET',
    path: '/quotas/attainment',
    input: z.object({
      ...page,
      /** Absent: the metric with the newest quotas. */
      metric: metric.optional(),
      where,
      by: z.enum(['seller', 'team', 'position']).default('seller'),
      grain: z.enum(['month', 'quarter', 'year', 'fiscal-quarter', 'fiscal-year']).optional(),
      /** Absent: the last year with quotas that has begun. */
      period: z.string().max(40).optional(),
      sellerId: id.optional(),
      positionId: id.optional(),
      /** Only sellers who belong to this team, or one below it; by team: these teams; by position: theirs. */
      teamId: id.optional(),
      asOf: day.optional(),
      lang,
    }),
    output: z.object({
      revision: z.int(),
      metric,
      name: z.string(),
      unit: carried,
      currency: z.string().nullable(),
      filters: z.array(filter),
      grain: z.enum(['month', 'quarter', 'year', 'fiscal-quarter', 'fiscal-year']).nullable(),
      span: z.object({ id: z.string(), from: day, until: day }).nullable(),
      /** What there are quotas for, with how many. */
      sets: z.array(
        z.object({
          metric,
          name: z.string(),
          where: z.record(z.string(), z.array(z.string())),
          filters: z.array(filter),
          by: z.enum(['seller', 'team', 'position']),
          grain: z.enum(['month', 'quarter', 'year', 'fiscal-quarter', 'fiscal-year']),
          quotas: z.int(),
        }),
      ),
      /** The period the finding speaks of: the last one that has begun. */
      focus: z.string().nullable(),
      periods: z.array(
        periodOut.extend({
          begun: z.boolean(),
          over: z.boolean(),
          standing,
          /** Sellers at work in the period who have no approved quota. */
          without: z.int(),
          quota: z.int(),
          /** Of all holders with a quota; absent for metrics that do not add up. */
          measure: figure.optional(),
          attainment: figure.optional(),
        }),
      ),
      /** Quotas that wait to be approved, in the periods shown. */
      proposed: z.int(),
      rows: z.array(z.object({ holder, cells: z.array(cellOut.nullable()) })),
      total: z.int(),
      next: z.string().optional(),
    }),
    policy: byReach,
    refusals: [
      'results.unknown_cell',
      'results.dimension_not_allowed',
      'results.too_many_cells',
      'quota.too_many_periods',
      'period.unreadable',
      'period.impossible',
      'period.backwards',
      'period.out_of_range',
    ],
  }),
} as const
