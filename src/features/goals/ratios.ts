// Both sides, by day, of the ratios that goals are set on: for their course and chance.
import { addDays, type Day, daysBetween } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { cellsByDay, metrics, quotientOf, sidesByDay } from '../results/door.ts'
import type { RatioKnown } from './calc/ratio-outlook.ts'
import {
  type Asking,
  chunks,
  daysBehind,
  type Group,
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
  { goals, by, where }: Group,
  { found, today }: { found: Map<string, Ratio>; today: Day },
): Promise<void> {
  const [first] = goals
  const of = first && ratioOf(first)
  const bySeller = by === 'seller'
  if (!of) return
  const metric = first.metric as MetricId
  const from =
    [addDays(today, -daysBehind), ...goals.map((goal) => goal.from_on)].sort()[0] ?? today
  const frame = { from, until: addDays(today, 1) }
  const sellers = [...new Set(goals.flatMap(({ seller_id }) => seller_id ?? []))]
  const size = cellsByDay(daysBetween(frame.from, frame.until))
  for (const part of bySeller ? chunks(sellers, size) : [[]]) {
    const rows = await sidesByDay(ctx, tx, {
      metric,
      where: bySeller ? { ...where, seller: part } : where,
      ...(bySeller ? { by: 'seller' as const } : {}),
      ...frame,
    })
    for (const goal of goals) {
      if (bySeller && !part.includes(goal.seller_id ?? '')) continue
      const own = rows.filter(({ cell }) => !bySeller || cell === goal.seller_id)
      const daily = new Map(own.map(({ on, top, bottom, n }) => [on, { top, bottom, n }]))
      found.set(goal.id, { of, daily, minimum: metrics[metric].minimum })
    }
  }
}
