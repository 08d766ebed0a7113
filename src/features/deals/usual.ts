// How long open deals may stand before they are marked: by the deals won last, in working days of the organisation.
import { addDays, type Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { dayCounter, workingTime } from '../calendars/door.ts'
import { isStalled, type Lasted, type Limits, limitsOf } from './calc/stalled.ts'
import { howLongWonLasted } from './store-board.ts'

/** What lasted longer than these years before today counts as if it had begun then. */
const yearsMost = 5

interface Open {
  stage_id: string
  days_open: number | null
  days_in_stage: number | null
}

export interface Usual {
  limits: Limits
  stalled: (deal: Open) => boolean
}

/** Holidays and weekends make no deal old: what won deals took and what open ones have stood are counted alike. */
export async function usualOf(
  tx: Tx,
  reach: Parameters<typeof howLongWonLasted>[1],
  today: Day,
): Promise<Usual> {
  const spans = await howLongWonLasted(tx, reach)
  const first = addDays(today, -366 * yearsMost)
  const time = await workingTime(tx, { kind: 'organisation' }, first, addDays(today, 1))
  const counted = dayCounter(time)
  const within = (day: Day) => (day < first ? first : day > today ? today : day)
  const daysOf = (from: Day, until: Day) => counted(within(from), within(until))
  const open: Lasted[] = []
  const byStage = new Map<string, Lasted[]>()
  for (const { stage_id: stage, from_on, until_on, count } of spans) {
    const lasted = { days: daysOf(from_on, until_on), count }
    if (stage === null) open.push(lasted)
    else byStage.set(stage, [...(byStage.get(stage) ?? []), lasted])
  }
  const limits = limitsOf(open, byStage)
  const since = (days: number | null) =>
    days === null ? null : daysOf(addDays(today, -days), today)
  return {
    limits,
    stalled: ({ stage_id: stageId, days_open, days_in_stage }) =>
      isStalled({ stageId, daysOpen: since(days_open), daysInStage: since(days_in_stage) }, limits),
  }
}
