// What a goal must be before it is kept: days, target, owner, filters and milestones that make sense together.
import { addDays, type CalendarSettings, type Day } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { metrics } from '../results/door.ts'
import { withinReach } from '../team/door.ts'
import { isWhole } from './calc/recurrence.ts'
import { howMeasured } from './measured.ts'
import { type GoalRow, ofPeople, overlapping, ownerStands, teamWithin } from './store.ts'

export type Wanted = Pick<
  GoalRow,
  | 'owner_id'
  | 'kind'
  | 'metric'
  | 'question'
  | 'target'
  | 'from_on'
  | 'until_on'
  | 'seller_id'
  | 'team_id'
  | 'repeats'
  | 'series_id'
  | 'milestones'
  | 'steps'
>

/** Longer is no goal but a wish. */
const yearsMost = 10

export function refuse(code: string, message: string, field: string, next: string): never {
  throw new Refusal({ code, message, field, next, status: 422 })
}

/** Refuses days, measures and targets that make no sense; what is asked of the helper, too. */
export function checkMeasure(
  goal: Omit<Wanted, 'target' | 'milestones' | 'repeats' | 'steps'>,
): void {
  const { from_on: from, until_on: until, question } = goal
  if (until <= from) {
    refuse('goal.backwards', 'The goal ends before it begins.', 'until', 'Choose a later last day.')
  }
  if (until > addDays(from, 366 * yearsMost)) {
    refuse(
      'goal.too_long',
      `A goal lasts at most ${yearsMost} years.`,
      'until',
      'Set a nearer goal, and the next one after it.',
    )
  }
  if (goal.kind === 'metric' && goal.metric === null) {
    refuse('goal.incomplete', 'It is not said what is measured.', 'metric', 'Choose a metric.')
  }
  if (goal.kind === 'activity' && !question.activities?.length) {
    refuse(
      'goal.incomplete',
      'It is not said which activities count.',
      'activities',
      'Choose at least one kind.',
    )
  }
  const asked = Object.keys(question.where ?? {})
  if (goal.kind !== 'metric' && asked.length > 0) {
    refuse('goal.filter', 'Only a metric has filters.', 'where', 'Leave the filters out.')
  }
  const own = goal.seller_id !== null || goal.team_id !== null
  const taken = asked.find((one) => notInGoals.has(one) || (own && ofOwner.includes(one)))
  if (taken !== undefined) {
    refuse(
      'goal.filter',
      `A goal is not narrowed by ${taken}: its owner and its days say that.`,
      `where.${taken}`,
      'Leave this filter out.',
    )
  }
}

const notInGoals = new Set([
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscal-quarter',
  'fiscal-year',
])
const ofOwner: readonly string[] = ofPeople

export async function checkGoal(
  ctx: Ctx,
  tx: Tx,
  goal: Wanted,
  { today, calendar, id }: { today: Day; calendar: CalendarSettings; id: string | null },
): Promise<void> {
  checkAlone(goal)
  await checkOwner(ctx, tx, goal, today)
  if (goal.repeats === null) return
  if (!isWhole({ from: goal.from_on, until: goal.until_on }, goal.repeats, calendar)) {
    refuse(
      'goal.not_whole',
      `A goal that comes again every ${goal.repeats} takes one whole ${goal.repeats}.`,
      'repeats',
      `Let it begin and end with a ${goal.repeats}, or come only once.`,
    )
  }
  const other = await overlapping(tx, { ...goal, from: goal.from_on }, id)
  if (other) {
    refuse(
      'goal.overlaps',
      `“${other.name}” already comes again over these days and counts the same.`,
      'repeats',
      'Change that one, or let this one come only once.',
    )
  }
}

/** What can be told of a goal without the records there are. */
export function checkAlone(goal: Wanted): void {
  checkMeasure(goal)
  checkTarget(goal)
  checkMilestones(goal)
}

function checkTarget(goal: Wanted): void {
  if (goal.kind === 'steps') {
    if (goal.steps.length === 0) {
      refuse('goal.incomplete', 'A personal goal needs at least one step.', 'steps', 'Add a step.')
    }
    return
  }
  const { unit } = howMeasured(goal)
  const { target } = goal
  const name =
    goal.metric === null ? '' : (metrics[goal.metric as keyof typeof metrics]?.name.en ?? '')
  const next = 'Correct the target and save again.'
  // Points of recommendation may lie below zero.
  if (unit === 'score' ? !(target >= -100 && target <= 100) : !(target > 0)) {
    refuse(
      'goal.target',
      unit === 'score'
        ? `${name} lies between −100 and 100.`
        : 'The target must be more than zero.',
      'target',
      next,
    )
  }
  if (unit === 'rate' && target > 1) {
    refuse('goal.target', `${name} is a share: it ends at 100 %.`, 'target', next)
  }
  if ((unit === 'money' || unit === 'count') && !(Math.abs(target) <= 1e15)) {
    refuse('goal.target', 'The target is larger than can be counted exactly.', 'target', next)
  }
  if (unit === 'money' && !Number.isInteger(target)) {
    refuse('goal.target', 'Money has no parts of its smallest unit.', 'target', next)
  }
}

function checkMilestones({ milestones, from_on: from, until_on: until, target }: Wanted): void {
  for (const [i, { on, value }] of milestones.entries()) {
    const before = milestones[i - 1]
    const wrong =
      on < from || on >= until
        ? 'A milestone lies outside the days of the goal.'
        : value <= 0 || value > target
          ? 'A milestone lies between nothing and the target.'
          : before && (before.on >= on || before.value > value)
            ? 'Milestones rise, each on a later day.'
            : undefined
    if (wrong) refuse('goal.milestone', wrong, `milestones.${i}`, 'Correct it, or leave it out.')
  }
}

/** Refuses owners out of reach, and those that are not there any more. */
export async function checkOwner(
  ctx: Ctx,
  tx: Tx,
  {
    owner_id: owner,
    seller_id: sellerId,
    team_id: teamId,
  }: Pick<Wanted, 'owner_id' | 'seller_id' | 'team_id'>,
  today: Day,
): Promise<void> {
  if (sellerId !== null && teamId !== null) {
    refuse('goal.incomplete', 'A goal has one owner.', 'teamId', 'Choose the person or the team.')
  }
  const within =
    owner !== null
      ? teamId === null && (sellerId === null || sellerId === ctx.who.sellerId)
      : sellerId !== null
        ? await withinReach(ctx, tx, { sellerId, day: today })
        : teamId !== null
          ? await teamWithin(ctx, tx, teamId)
          : ctx.reach === 'all'
  if (!within) throw notYours()
  if (await ownerStands(tx, { sellerId, teamId })) return
  refuse(
    'goal.owner_gone',
    'This seller or team is not there any more.',
    sellerId === null ? 'teamId' : 'sellerId',
    'Bring it back, or set the goal for somebody else.',
  )
}

export function notYours(): Refusal {
  return new Refusal({
    code: 'goal.not_yours',
    message: 'Goals of this person or team are not yours to set or change.',
    field: 'sellerId',
    next: 'Set one for yourself, or ask the manager of the team.',
    status: 403,
  })
}
