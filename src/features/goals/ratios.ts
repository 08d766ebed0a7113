// Both sides, by day, of the ratios that goals are set on: for their course and chance.
import { addDays, type Day, daysBetween } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { cellsByDay, metrics, quotientOf, sidesByDay } from '../results/door.ts'
import type { RatioKnown, Sides } from './calc/ratio-outlook.ts'
import {
  type Asking,
  chunks,
  daysBehind,
  type Group,
  goalsByCell,
  groupsOf,
  howMeasured,
  type Measured,
} from './measured.ts'

type MetricId = keyof typeof metrics

export type Ratio = Pick<RatioKnown, 'of' | 'daily' | 'minimum'>

/** Of which kind of ratio a goal is; undefined where it is none. */
export function ratioOf(goal: Pick<Measured, 'kind' | 'metric'>): Ratio['of'] | undefined {
  if (goal.kind !== 'metric' || !howMeasured(goal).known) return undefined
  return quotientOf(goal.metric as MetricId)
}

/** Goals on ratios, by id; goals on the same question are counted together. */
export async function measureRatios(
  ctx: Asking,
  tx: Tx,
  goals: readonly Measured[],
  today: Day,
): Promise<Map<string, Ratio>> {
  const found = new Map<string, Ratio>()
  const ratios = goals.filter((goal) => ratioOf(goal) !== undefined)
  for (const group of await groupsOf(tx, ratios)) {
    try {
      await measureGroup(ctx, tx, group, { found, today })
    } catch (error) {
      // What a filter names may have gone since; the goal itself says so.
      if (!(error instanceof Refusal) || error.code !== 'results.unknown_cell') throw error
    }
  }
  return found
}

async function measureGroup(
  ctx: Asking,
  tx: Tx,
  group: Group,
  { found, today }: { found: Map<string, Ratio>; today: Day },
): Promise<void> {
  const { goals, by, where } = group
  const [first] = goals
  const of = first && ratioOf(first)
  if (!of) return
  const metric = first.metric as MetricId
  const from =
    [addDays(today, -daysBehind), ...goals.map((goal) => goal.from_on)].sort()[0] ?? today
  const frame = { from, until: addDays(today, 1) }
  const sides = new Map(goals.map((goal) => [goal, new Map<Day, Sides>()]))
  const whose = goalsByCell(group)
  const cells = [...whose.keys()].filter((cell) => cell !== null)
  const size = cellsByDay(daysBetween(frame.from, frame.until))
  for (const part of by ? chunks(cells, size) : [[]]) {
    const rows = await sidesByDay(ctx, tx, {
      metric,
      where: by ? { ...where, [by]: part } : where,
      ...(by ? { by } : {}),
      ...frame,
    })
    for (const { on, cell, top, bottom, n } of rows) {
      for (const goal of whose.get(by ? cell : null) ?? []) {
        const sum = sides.get(goal)?.get(on) ?? { top: 0, bottom: 0, n: 0 }
        const more = { top: sum.top + top, bottom: sum.bottom + bottom, n: sum.n + n }
        sides.get(goal)?.set(on, more)
      }
    }
  }
  const { minimum } = metrics[metric]
  for (const [goal, daily] of sides) found.set(goal.id, { of, daily, minimum })
}
