// What goals offer to the start page and to calendars: goals at risk, the week's check-in, what was missed; their days.
import type { EntriesAsked, Entry } from '../../basics/entry.ts'
import { addDays, containing, type Day, daysBetween, type Period } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Whose, workingTime } from '../calendars/door.ts'
import { settingsOf } from '../team/door.ts'
import { chanceWords, inDanger } from './calc/chance-words.ts'
import type { Goal } from './shown.ts'
import { goalsWithState } from './standing.ts'
import { daysOfGoals } from './store.ts'

/** How long a missed goal asks why. */
const askedDays = 14

/** Goals that need somebody: those of the own seller, or all within reach. */
export async function goalEntries(ctx: Ctx, tx: Tx, asked: EntriesAsked): Promise<Entry[]> {
  const goals = await goalsWithState(ctx, tx, {
    endsAfter: addDays(asked.today, -askedDays),
    mine: asked.sellerId !== undefined,
    limit: asked.limit,
  })
  const week = containing('week', asked.today, await settingsOf(tx))
  const entries = goals.flatMap((goal) => entryOf(goal, asked.today, week) ?? [])
  if (!entries.some(({ kind }) => kind === 'goal-check-in')) return entries
  const due = await lastWorkingDay(ctx, tx, week)
  return entries.map((entry) => (entry.kind === 'goal-check-in' ? { ...entry, due } : entry))
}

function entryOf(goal: Goal, today: Day, week: Period): Entry | undefined {
  const link = { path: `goals/${goal.id}` }
  const said = goal.checkedIn !== null && goal.checkedIn >= week.from
  const checkIn = goal.mine && !said ? { do: 'check-in' as const, id: goal.id } : null
  const { chance } = goal.outlook
  if (goal.state === 'missed' && goal.missedBecause === null && goal.mine)
    return {
      key: `missed:${goal.id}`,
      kind: 'goal-missed',
      values: { name: goal.name },
      link,
      due: today,
      stake: null,
      deed: null,
    }
  if (goal.state !== 'running') return undefined
  if (chance !== null && inDanger(goal))
    return {
      key: `goal:${goal.id}`,
      kind: 'goal-at-risk',
      values: {
        name: goal.name,
        until: goal.until,
        chance_en: chanceWords(chance, 'en'),
        chance_de: chanceWords(chance, 'de'),
      },
      link,
      due: null,
      stake: stakeOf(goal, chance),
      deed: checkIn,
    }
  if (!checkIn) return undefined
  return {
    key: `checkin:${goal.id}`,
    kind: 'goal-check-in',
    values: { name: goal.name },
    link,
    due: null,
    stake: null,
    deed: checkIn,
  }
}

/** What is still missing, where it is money and more of it is better. */
function stakeOf({ outlook, target, unit, atMost }: Goal, chance: number): Entry['stake'] {
  const { value } = outlook.attained
  if (unit !== 'money' || atMost || value === undefined || value >= target) return null
  return { amount: Math.round(target - value), loss: { by: 'chance', chance: 1 - chance } }
}

/** Last day of the week on which who asks works: by then the week is known. The last one of a week that is free. */
async function lastWorkingDay(ctx: Ctx, tx: Tx, { from, until }: Period): Promise<Day> {
  const { sellerId } = ctx.who
  const who: Whose = sellerId === null ? { kind: 'organisation' } : { kind: 'seller', id: sellerId }
  const { share } = await workingTime(tx, who, from, until)
  const last = share.findLastIndex((one) => one > 0)
  return addDays(from, last < 0 ? daysBetween(from, until) - 1 : last)
}

export interface GoalDay {
  /** Of the goal, and of which of its days. */
  id: string
  part: string
  version: number
  name: string
  day: Day
  kind: 'ends' | 'milestone'
}

/** Last days and milestones, from a day on, of a seller's goals; none of private ones. */
export async function goalDays(
  tx: Tx,
  who: { sellerId: string; from: Day; limit: number },
): Promise<GoalDay[]> {
  const rows = await daysOfGoals(tx, who)
  return rows.map(({ milestone, ...goal }) =>
    milestone === null
      ? { ...goal, part: 'end', kind: 'ends' }
      : { ...goal, part: `milestone-${milestone}`, kind: 'milestone' },
  )
}
