// A goal while it is being written: everything the form holds, and the days its choices stand for.
import { type CalendarSettings, containing, next } from '../../../basics/period.ts'
import type { Answer } from '../../../web/client.ts'
import { daysAfter, daysBetween } from '../../../web/format-period.ts'
import type { Where } from '../../results/screens/selection.ts'
import { isWhole, type Repeats } from '../calc/recurrence.ts'
import type { GoalPage } from './goal-values.ts'

export const activityKinds = ['call', 'mail', 'meeting', 'visit', 'message', 'task'] as const

type PeriodChoice =
  | `${'this' | 'next'}_${'month' | 'quarter' | 'year' | 'fiscal_quarter' | 'fiscal_year'}`
  | 'own_period'

/** Periods to choose from; quarters and years of the fiscal year where they are not those of the calendar. */
export function periodsOf({ fiscalFirstMonth: first }: CalendarSettings): PeriodChoice[] {
  const quarters =
    (first - 1) % 3 === 0 ? [] : (['this_fiscal_quarter', 'next_fiscal_quarter'] as const)
  const years = first === 1 ? [] : (['this_fiscal_year', 'next_fiscal_year'] as const)
  return [
    ...(['this_month', 'next_month'] as const),
    ...quarters,
    ...(['this_quarter', 'next_quarter'] as const),
    ...years,
    ...(['this_year', 'next_year'] as const),
    'own_period',
  ]
}

/** Rules by which a goal over these days can come again. */
export function repeatsOf(
  span: { from: string; until: string },
  calendar: CalendarSettings,
): Draft['repeats'][] {
  const whole = (one: Repeats) => span.from < span.until && isWhole(span, one, calendar)
  return ['none', ...(['month', 'quarter', 'year'] as const).filter(whole)]
}

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
  /** Whether a team's people see its goal. */
  shared: boolean
  period: PeriodChoice
  from: string
  until: string
  today: string
  repeats: 'none' | Repeats
  target: number | undefined
  milestones: Milestone[]
  /** One per line. */
  steps: string
  done: readonly { name: string; doneOn: string | null }[]
  why: string
  reward: string
}

const kinds = {
  month: 'month',
  quarter: 'quarter',
  year: 'year',
  fiscal_quarter: 'fiscal-quarter',
  fiscal_year: 'fiscal-year',
} as const

/** Days of a choice; own days as they were typed. */
export function spanOf(
  draft: Pick<Draft, 'period' | 'from' | 'until' | 'today'>,
  calendar: CalendarSettings,
): { from: string; until: string } {
  if (draft.period === 'own_period') return { from: draft.from, until: draft.until }
  const kind = kinds[draft.period.slice('this_'.length) as keyof typeof kinds]
  const now = containing(kind, draft.today, calendar)
  const { from, until } = draft.period.startsWith('next') ? next(now) : now
  return { from, until }
}

/** A new one: for oneself where one sells, over this quarter, which is the fiscal one where that is another. */
export function newDraft(mine: string | null, today: string, calendar: CalendarSettings): Draft {
  const [period] = periodsOf(calendar).filter((one) => one.endsWith('quarter'))
  return {
    name: '',
    what: 'revenue',
    activities: ['meeting', 'visit'],
    outcome: '',
    where: {},
    owner: mine === null ? 'all' : `seller:${mine}`,
    private: false,
    shared: true,
    period: period ?? 'this_quarter',
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
    shared: goal.shared,
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
  { name, today, calendar }: { name: string; today: string; calendar: CalendarSettings },
): Draft {
  return {
    ...newDraft(null, today, calendar),
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
