// How long open deals may stand before they are marked: by the deals won last, in working days of the organisation.
import { addDays, type Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { dayCounter, workingTime } from '../calendars/door.ts'
import { isStalled, type Lasted, type Limits, limitsOf } from './calc/stalled.ts'
import { howLongWonLasted } from './store-board.ts'

/** What is usual now: of deals won longer than these years before the last one nothing is told. What lasted longer lasted so long. */
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
  // Old books end years ago, and what was usual in them still is all that is known.
  const ends = spans.map(({ until_on }) => (until_on < today ? until_on : today))
  const last = ends.sort().at(-1) ?? today
  const won = await countingUntil(tx, last)
  const open: Lasted[] = []
  const byStage = new Map<string, Lasted[]>()
  for (const { stage_id: stage, from_on, until_on, count } of spans) {
    if (until_on <= won.first || from_on > last) continue
    const lasted = { days: won.daysOf(from_on, until_on), count }
    if (stage === null) open.push(lasted)
    else byStage.set(stage, [...(byStage.get(stage) ?? []), lasted])
  }
  const limits = limitsOf(open, byStage)
  const { daysOf } = await countingUntil(tx, today)
  const since = (days: number | null) =>
    days === null ? null : daysOf(addDays(today, -days), today)
  return {
    limits,
    stalled: ({ stage_id: stageId, days_open, days_in_stage }) =>
      isStalled({ stageId, daysOpen: since(days_open), daysInStage: since(days_in_stage) }, limits),
  }
}

/** Working days between days in the years before `last`; a day outside them counts as the nearest in them. */
async function countingUntil(
  tx: Tx,
  last: Day,
): Promise<{ first: Day; daysOf: (from: Day, until: Day) => number }> {
  const first = addDays(last, -366 * yearsMost)
  const time = await workingTime(tx, { kind: 'organisation' }, first, addDays(last, 1))
  const counted = dayCounter(time)
  const within = (day: Day) => (day < first ? first : day > last ? last : day)
  return { first, daysOf: (from, until) => counted(within(from), within(until)) }
}
