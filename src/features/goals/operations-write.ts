// The operations of goals that write: set, change, do a step, take away, celebrate, check in.
import type { Implements, InputOf } from '../../basics/contract.ts'
import { containing, type Day } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { settledWhere } from '../results/door.ts'
import { type Settings, settingsOf, teamsAround, today } from '../team/door.ts'
import type { goalsContract } from './contract.ts'
import { checkGoal, checkMeasure, notYours, refuse, type Wanted } from './rules.ts'
import { shareable } from './sharing.ts'
import { checkInsInWeek, type GoalQuestion, type GoalRow, goalById, marksOf } from './store.ts'

type Contract = typeof goalsContract
type Writing = Pick<
  Contract,
  'goals.add' | 'goals.edit' | 'goals.step' | 'goals.remove' | 'goals.celebrate' | 'goals.check-in'
>

export function questionOf(
  input: Pick<InputOf<Contract['goals.add']>, 'kind' | 'where' | 'activities' | 'outcome'>,
): GoalQuestion {
  const where = Object.entries(input.where).filter(([, cells]) => cells !== undefined)
  const filters =
    where.length === 0 ? {} : { where: Object.fromEntries(where) as Record<string, string[]> }
  if (input.kind === 'activity') {
    return {
      ...filters,
      activities: [...new Set(input.activities ?? [])].sort(),
      ...(input.outcome === undefined ? {} : { outcome: input.outcome }),
    }
  }
  return filters
}

export const writingOperations: Implements<Writing, Ctx> = {
  'goals.add': (ctx, input) =>
    ctx.write(async (tx) => {
      const { day, settings } = await here(ctx, tx)
      const id = tx.newId()
      const wanted: Wanted = {
        owner_id: input.private ? ctx.who.personId : null,
        kind: input.kind,
        metric: input.kind === 'metric' ? input.metric : null,
        question: questionOf(input),
        target: input.kind === 'steps' ? input.steps.length : (input.target ?? 0),
        from_on: input.from,
        until_on: input.until,
        seller_id: input.private ? ctx.who.sellerId : input.sellerId,
        team_id: input.teamId,
        repeats: input.repeats,
        series_id: input.repeats === null ? null : id,
        milestones: input.kind === 'steps' ? [] : input.milestones,
        steps: input.kind === 'steps' ? input.steps : [],
      }
      const shared = input.shared && shareable(wanted)
      checkMeasure(wanted)
      const { where } = wanted.question
      if (wanted.kind === 'metric' && where) {
        wanted.question = { where: await settledWhere(tx, input.metric ?? 'revenue', where) }
      }
      await checkGoal(ctx, tx, wanted, { today: day, calendar: settings, id })
      describe(tx, wanted.owner_id, input.name)
      await insertRecord(
        tx,
        'goal',
        {
          ...wanted,
          shared,
          name: input.name,
          name_key: nameKey(input.name),
          why: input.why || null,
          reward: input.reward || null,
        },
        id,
      )
      return { id, version: 1, changeId: tx.changeId }
    }),

  'goals.edit': (ctx, { id, version, ...input }) =>
    ctx.write(async (tx) => {
      const { day, settings } = await here(ctx, tx)
      const goal = await reached(ctx, tx, id, day)
      const steps = input.steps ?? goal.steps
      const repeats = input.repeats === undefined ? goal.repeats : input.repeats
      const wanted: Wanted = {
        owner_id: goal.owner_id,
        kind: goal.kind,
        metric: goal.metric,
        question: goal.question,
        seller_id: goal.seller_id,
        team_id: goal.team_id,
        target: goal.kind === 'steps' ? steps.length : (input.target ?? goal.target),
        from_on: input.from ?? goal.from_on,
        until_on: input.until ?? goal.until_on,
        repeats,
        series_id: goal.series_id ?? (repeats === null ? null : id),
        milestones: input.milestones ?? goal.milestones,
        steps: goal.kind === 'steps' ? steps : [],
      }
      // A word on why it was missed is kept whatever became of the owner.
      const words = Object.keys(input).every((key) => key === 'missedBecause')
      if (!words) await checkGoal(ctx, tx, wanted, { today: day, calendar: settings, id })
      describe(tx, goal.owner_id, input.name ?? goal.name)
      const { target, from_on, until_on, series_id, milestones } = wanted
      const next = await updateRecord(
        tx,
        'goal',
        id,
        {
          ...(words ? {} : { target, from_on, until_on, repeats, series_id, milestones }),
          ...(input.steps === undefined ? {} : { steps: wanted.steps }),
          ...(input.name === undefined ? {} : { name: input.name, name_key: nameKey(input.name) }),
          ...(input.shared === undefined ? {} : { shared: input.shared && shareable(goal) }),
          ...(input.why === undefined ? {} : { why: input.why || null }),
          ...(input.reward === undefined ? {} : { reward: input.reward || null }),
          ...(input.missedBecause === undefined
            ? {}
            : { missed_because: input.missedBecause || null }),
        },
        version,
      )
      return { id, version: next, changeId: tx.changeId }
    }),

  'goals.step': (ctx, { id, version, step, doneOn }) =>
    ctx.write(async (tx) => {
      const { day } = await here(ctx, tx)
      const goal = await reached(ctx, tx, id, day)
      if (!goal.steps[step]) {
        refuse('goal.incomplete', 'There is no such step.', 'step', 'Reload and choose again.')
      }
      if (doneOn !== null && doneOn > day) {
        refuse(
          'goal.step_later',
          'A step cannot have been done after today.',
          'doneOn',
          'Choose today or a day before.',
        )
      }
      describe(tx, goal.owner_id, goal.name)
      const steps = goal.steps.map((one, i) => (i === step ? { ...one, doneOn } : one))
      const next = await updateRecord(tx, 'goal', id, { steps }, version)
      return { id, version: next, changeId: tx.changeId }
    }),

  'goals.remove': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const { day } = await here(ctx, tx)
      const goal = await reached(ctx, tx, id, day)
      describe(tx, goal.owner_id, goal.name)
      const next = await updateRecord(tx, 'goal', id, { state: 'removed' }, version)
      return { id, version: next, changeId: tx.changeId }
    }),

  'goals.celebrate': (ctx, { id }) =>
    ctx.write(async (tx) => {
      const { day } = await here(ctx, tx)
      const goal = await reached(ctx, tx, id, day)
      const last = (await marksOf(tx, [id])).at(-1)
      if (last?.kind !== 'reached') {
        throw new Refusal({
          code: 'goal.not_reached',
          message: 'The data do not say that this goal is reached.',
          next: 'Reload to see where it stands.',
        })
      }
      describe(tx, goal.owner_id, goal.name)
      const version = await updateRecord(tx, 'goal_mark', last.id, { celebrated: true })
      return { id: last.id, version, changeId: tx.changeId }
    }),

  'goals.check-in': (ctx, { id, on, moved, blocks, nextStep }) =>
    ctx.write(async (tx) => {
      const { day, settings } = await here(ctx, tx)
      const goal = await reached(ctx, tx, id, day)
      const said = { moved: moved || null, blocks: blocks || null, next_step: nextStep || null }
      if (Object.values(said).every((one) => one === null)) {
        refuse(
          'goal.incomplete',
          'A check-in says at least one thing.',
          'moved',
          'Write what moved, what blocks or what comes next.',
        )
      }
      if (on !== undefined && on > day) {
        refuse(
          'goal.check_in_later',
          'This week has not begun yet.',
          'on',
          'Check in on this week or one before.',
        )
      }
      const week = containing('week', on ?? day, settings)
      describe(tx, goal.owner_id, goal.name)
      const [there] = await checkInsInWeek(tx, { goalIds: [id], week })
      if (there) {
        const version = await updateRecord(tx, 'goal_checkin', there.id, said)
        return { id: there.id, version, changeId: tx.changeId }
      }
      const made = await insertRecord(tx, 'goal_checkin', {
        owner_id: goal.owner_id,
        goal_id: id,
        week_on: week.from,
        ...said,
        author_id: ctx.who.personId,
      })
      return { id: made, version: 1, changeId: tx.changeId }
    }),
}

async function here(ctx: Ctx, tx: WriteTx): Promise<{ day: Day; settings: Settings }> {
  const settings = await settingsOf(tx)
  return { settings, day: today(ctx.clock, settings.zone) }
}

/** What the person reaches they may change; what is only shown to them is of those who lead the team. */
async function reached(ctx: Ctx, tx: WriteTx, id: string, day: Day): Promise<GoalRow> {
  const goal = await goalById(ctx, tx, id, day, await teamsAround(ctx, tx))
  if (!goal) throw notFound('goal')
  if (!goal.within) throw notYours()
  return goal
}

/** Everybody with the right reads the list of changes: the name of a private goal does not stand there. */
function describe(tx: WriteTx, owner: string | null, name: string): void {
  tx.describe(owner === null ? { name } : {})
}
