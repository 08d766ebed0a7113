// What the data now say of goals is written down: reached, re-opened, and the next one of those that come again.
import type { OutputOf } from '../../basics/contract.ts'
import type { Day } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, lockRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { type Settings, settingsOf, today } from '../team/door.ts'
import { dueSpan } from './calc/recurrence.ts'
import type { Reached } from './calc/state.ts'
import type { goalsContract } from './contract.ts'
import { measure } from './measured.ts'
import { reachedBy } from './shown.ts'
import { type GoalRow, lastOfSeries, listGoals, type MarkRow, marksOf } from './store.ts'

type Refreshed = OutputOf<(typeof goalsContract)['goals.refresh']>

/** Goals looked at in one go. */
const goalsMost = 5_000

interface Differing {
  goal: GoalRow
  reached: Reached | undefined
  last: MarkRow | undefined
}

/**
 * Nothing is written where nothing is new. Where something is, the goals are locked in order and judged
 * again by what stands then, so that of two who refresh at once one writes and the other finds it done.
 */
export async function refreshGoals(ctx: Ctx): Promise<Refreshed> {
  const nothing: Refreshed = { reached: [], reopened: [], made: [] }
  const due = await ctx.read(async (tx) => {
    const settings = await settingsOf(tx)
    const day = today(ctx.clock, settings.zone)
    const differing = await differences(ctx, tx, day)
    const series = await dueSeries(ctx, tx, settings, day)
    return differing.length + series.length > 0
  })
  if (!due) return nothing
  return ctx.write(async (tx) => {
    const settings = await settingsOf(tx)
    const day = today(ctx.clock, settings.zone)
    const before = await differences(ctx, tx, day)
    const series = await dueSeries(ctx, tx, settings, day)
    const ids = [...before, ...series].map(({ goal }) => goal.id).sort()
    for (const id of new Set(ids)) await lockRecord(tx, 'goal', id)
    const answer: Refreshed = { reached: [], reopened: [], made: [], changeId: tx.changeId }
    for (const one of await differences(ctx, tx, day)) {
      if (!ids.includes(one.goal.id)) continue
      await writeMark(tx, one, day)
      const { id, name } = one.goal
      answer[one.reached ? 'reached' : 'reopened'].push({ id, name })
    }
    for (const { goal, span } of await dueSeries(ctx, tx, settings, day)) {
      if (!ids.includes(goal.id)) continue
      const id = await makeNext(tx, goal, span)
      answer.made.push({ id, name: goal.name })
    }
    const { reached, reopened, made } = answer
    tx.describe({ reached: reached.length, reopened: reopened.length, made: made.length })
    return answer
  })
}

/** Goals whose last mark says something else than the data. Only who sees all that counts for one can tell. */
async function differences(ctx: Ctx, tx: Tx, day: Day): Promise<Differing[]> {
  const seen = await listGoals(ctx, tx, { today: day, filter: {}, limit: goalsMost })
  const goals = seen.filter(({ whole, from_on }) => whole && from_on <= day)
  const data = await measure(ctx, tx, goals, day, 'sums')
  const marks = Map.groupBy(
    await marksOf(
      tx,
      goals.map(({ id }) => id),
    ),
    ({ goal_id }) => goal_id,
  )
  return goals.flatMap((goal) => {
    const of = data.get(goal.id)
    // What cannot be measured any more is left as it was marked.
    if (!of || of.gone) return []
    const reached = reachedBy(goal, of, day)
    const last = marks.get(goal.id)?.at(-1)
    const same = (reached !== undefined) === (last?.kind === 'reached')
    return same ? [] : [{ goal, reached, last }]
  })
}

async function writeMark(tx: WriteTx, { goal, reached, last }: Differing, day: Day): Promise<void> {
  await insertRecord(tx, 'goal_mark', {
    owner_id: goal.owner_id,
    goal_id: goal.id,
    place: (last?.place ?? 0) + 1,
    kind: reached ? 'reached' : 'reopened',
    on_day: reached?.on ?? day,
    value: reached?.value ?? last?.value ?? 0,
    // Celebrated once: what is reached again was celebrated already.
    celebrated: last !== undefined,
  })
}

async function dueSeries(ctx: Ctx, tx: Tx, settings: Settings, day: Day) {
  const last = await lastOfSeries(ctx, tx, day)
  return last.flatMap((goal) => {
    if (goal.repeats === null || goal.owner_gone) return []
    const span = dueSpan({ from: goal.from_on, until: goal.until_on }, goal.repeats, day, settings)
    return span ? [{ goal, span }] : []
  })
}

/** The same again, without milestones: their days are over. */
function makeNext(tx: WriteTx, goal: GoalRow, span: { from: Day; until: Day }): Promise<string> {
  return insertRecord(tx, 'goal', {
    owner_id: goal.owner_id,
    name: goal.name,
    name_key: nameKey(goal.name),
    kind: goal.kind,
    metric: goal.metric,
    question: goal.question,
    target: goal.target,
    from_on: span.from,
    until_on: span.until,
    seller_id: goal.seller_id,
    team_id: goal.team_id,
    why: goal.why,
    reward: goal.reward,
    repeats: goal.repeats,
    series_id: goal.series_id ?? goal.id,
    shared: goal.shared,
    milestones: [],
    steps: goal.steps.map(({ name }) => ({ name, doneOn: null })),
  })
}
