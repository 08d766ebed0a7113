// A goal while it is being written: everything the form holds, and the days its choices stand for.
import { containing, next } from '../../../basics/period.ts'
import type { Answer } from '../../../web/client.ts'
import { daysAfter, daysBetween } from '../../../web/format-period.ts'
import type { Where } from '../../results/screens/selection.ts'
import type { GoalPage } from './goal-values.ts'

export const activityKinds = ['call', 'mail', 'meeting', 'visit', 'message', 'task'] as const
export const periods = [
  'this_month',
  'next_month',
  'this_quarter',
  'next_quarter',
  'this_year',
  'own_period',
] as const

type Milestone = Answer<'goals.help'>['milestones'][number]

export interface Draft {
  name: string
  /** A metric, `activity` or `steps`. */
  what: string
  activities: (typeof activityKinds)[number][]
  outcome: string
  where: Where
  /** `seller:<id>`, `team:<id>` or `all`. */
  owner: string
  private: boolean
  period: (typeof periods)[number]
  from: string
  until: string
  today: string
  repeats: 'none' | 'month' | 'quarter'
  target: number | undefined
  milestones: Milestone[]
  /** One per line. */
  steps: string
  done: readonly { name: string; doneOn: string | null }[]
  why: string
  reward: string
}

const calendar = { fiscalFirstMonth: 1, weekStart: 1 } as const

/** Days of a choice; own days as they were typed. */
export function spanOf(draft: Pick<Draft, 'period' | 'from' | 'until' | 'today'>): {
  from: string
  until: string
} {
  if (draft.period === 'own_period') return { from: draft.from, until: draft.until }
  const [which, kind] = draft.period.split('_') as [string, 'month' | 'quarter' | 'year']
  const now = containing(kind, draft.today, calendar)
  const { from, until } = which === 'next' ? next(now) : now
  return { from, until }
}

/** A new one: for oneself where one sells, over this quarter. */
export function newDraft(mine: string | null, today: string): Draft {
  return {
    name: '',
    what: 'revenue',
    activities: ['meeting', 'visit'],
    outcome: '',
    where: {},
    owner: mine === null ? 'all' : `seller:${mine}`,
    private: false,
    period: 'this_quarter',
    from: today,
    until: '',
    today,
    repeats: 'none',
    target: undefined,
    milestones: [],
    steps: '',
    done: [],
    why: '',
    reward: '',
  }
}

export function draftOf(goal: GoalPage): Draft {
  return {
    name: goal.name,
    what: goal.kind === 'metric' ? (goal.metric ?? '') : goal.kind,
    activities: [...goal.activities],
    outcome: goal.outcome ?? '',
    where: { ...goal.where } as Where,
    owner: goal.seller ? `seller:${goal.seller.id}` : goal.team ? `team:${goal.team.id}` : 'all',
    private: goal.private,
    period: 'own_period',
    from: goal.from,
    until: goal.until,
    today: goal.today,
    repeats: goal.repeats ?? 'none',
    target: goal.target,
    milestones: goal.milestones.map(({ reachedOn: _, ...one }) => one),
    steps: goal.steps.map(({ name }) => name).join('\n'),
    done: goal.steps,
    why: goal.why ?? '',
    reward: goal.reward ?? '',
  }
}

/** A goal on what a quota asks for, over its period and for whom it is. */
export function quotaDraft(
  { metric, where, holder, period, baseAmount }: Answer<'quotas.get'>,
  { name, today }: { name: string; today: string },
): Draft {
  return {
    ...newDraft(null, today),
    name,
    what: metric,
    where: { ...where } as Where,
    owner: `${holder.kind}:${holder.id}`,
    period: 'own_period',
    from: period.from,
    until: period.until,
    target: baseAmount,
  }
}

/** The goal that follows: the same, over as long a time from where the last one ended. */
export function nextDraft(goal: GoalPage): Draft {
  const until = daysAfter(goal.until, daysBetween(goal.from, goal.until))
  return {
    ...draftOf(goal),
    from: goal.until,
    until,
    milestones: [],
    done: [],
  }
}
