// Goals with where they stand, many at once, as whoever asks may see them.
import type { Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Settings, settingsOf, teamsAround, today } from '../team/door.ts'
import type { Charted, CoursePoint, Drawn } from './calc/outlook.ts'
import { filterNames } from './filter-names.ts'
import type { Asking, Data } from './measured.ts'
import { measureSeen } from './sharing.ts'
import { type Goal, type Setting, shownGoal } from './shown.ts'
import { type GoalFilter, type GoalRow, listGoals, marksOf } from './store.ts'

export async function settingFor(
  ctx: Asking,
  tx: Tx,
  lang: 'en' | 'de' | undefined,
): Promise<{ setting: Setting; settings: Settings }> {
  const settings = await settingsOf(tx)
  return {
    settings,
    setting: {
      currency: settings.baseCurrency,
      lang: lang ?? settings.locale,
      today: today(ctx.clock, settings.zone),
    },
  }
}

export interface ShownGoal {
  row: GoalRow
  shown: Goal
  drawn: Drawn | undefined
  points: readonly CoursePoint[]
  data: Data
}

/** Teams of which the person sees the goals without reaching them; who sees everything needs none. */
export async function aroundOf(ctx: Asking, tx: Tx): Promise<string[] | undefined> {
  return ctx.reach === 'all' ? undefined : teamsAround(ctx, tx)
}

/** Rows with where they stand, counted together. */
export async function shownAll(
  ctx: Asking,
  tx: Tx,
  rows: readonly GoalRow[],
  setting: Setting,
  {
    around = [],
    charted,
  }: { around?: readonly string[] | undefined; charted?: (goal: GoalRow) => Charted } = {},
): Promise<ShownGoal[]> {
  const { data, ratios, veiled } = await measureSeen(ctx, tx, rows, {
    today: setting.today,
    around,
  })
  const ids = rows.map(({ id }) => id)
  const marks = Map.groupBy(await marksOf(tx, ids), ({ goal_id }) => goal_id)
  const names = await filterNames(tx, rows)
  return rows.flatMap((row) => {
    const of = data.get(row.id)
    if (!of) return []
    const seen = shownGoal(row, {
      data: of,
      ratio: ratios.get(row.id),
      veiled: veiled.has(row.id),
      marks: marks.get(row.id) ?? [],
      setting,
      filters: names(row),
      charted: charted?.(row),
    })
    return [{ row, ...seen, data: of }]
  })
}

/** Goals of the person and of whom they reach that end after a day, with where they stand; those that end first at the top. */
export async function goalsWithState(
  ctx: Asking,
  tx: Tx,
  { limit, ...filter }: Pick<GoalFilter, 'mine'> & { endsAfter: Day; limit: number },
): Promise<Goal[]> {
  const { setting } = await settingFor(ctx, tx, undefined)
  const rows = await listGoals(ctx, tx, { today: setting.today, filter, limit })
  return (await shownAll(ctx, tx, rows, setting)).map(({ shown }) => shown)
}
