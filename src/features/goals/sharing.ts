// Goals of a team as the people in it see them: the total is counted over everybody, the parts within one's own reach.

import { type Days, earlier, later } from '../../basics/days.ts'
import { addDays, type Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { metrics } from '../results/door.ts'
import { daysBehind } from './calc/outlook.ts'
import { clearSince, type Facts, meets, tellingSpans } from './calc/sharing.ts'
import { type Asking, type Data, measure } from './measured.ts'
import { measureRatios, type Ratio } from './ratios.ts'
import { type GoalRow, listGoals, ofPeople } from './store.ts'
import { firmOf } from './store-firm.ts'

/** A goal is shared if it is of several and nobody may ask it about one of them. */
export function shareable({
  owner_id,
  seller_id,
  question,
}: Pick<GoalRow, 'owner_id' | 'seller_id' | 'question'>): boolean {
  const asked: readonly string[] = Object.keys(question.where ?? {})
  const narrowed = ofPeople.some((one) => asked.includes(one))
  return owner_id === null && seller_id === null && !narrowed
}

/** Goals looked at that are over, the latest first. */
const overMost = 5_000

export interface Seen {
  data: ReadonlyMap<string, Data>
  ratios: ReadonlyMap<string, Ratio>
  /** Goals whose total would tell what one other person brought: it is not shown. */
  veiled: ReadonlySet<string>
}

/**
 * Values of goals for who asks. What is only shown to them as to one of the team is counted as those see it
 * who lead the team; everything else, and every part, within the own reach.
 */
export async function measureSeen(
  ctx: Asking,
  tx: Tx,
  rows: readonly GoalRow[],
  { today, around }: { today: Day; around: readonly string[] },
): Promise<Seen> {
  const { own = [], team = [] } = Object.groupBy(rows, ({ within }) => (within ? 'own' : 'team'))
  const data = new Map(await measure(ctx, tx, own, today))
  const ratios = new Map(await measureRatios(ctx, tx, own, today))
  if (team.length === 0) return { data, ratios, veiled: new Set() }
  const telling = await tellingDays(ctx, tx, team, { today, around })
  const tells = team.filter((goal) => isVeiled(goal, telling(goal), today))
  const veiled = new Set(tells.map(({ id }) => id))
  const open = team.filter(({ id }) => !veiled.has(id))
  // Once it is over, even whether it was reached would tell.
  for (const { id, until_on } of tells) if (until_on > today) data.set(id, uncounted(today))
  const whole = { ...ctx, reach: 'all' as const }
  const shown = await measure(whole, tx, open, today)
  const sides = await measureRatios(whole, tx, open, today)
  for (const goal of open) {
    const [one, ratio] = [shown.get(goal.id), sides.get(goal.id)]
    // Courses are drawn from days before the goal, too: only from those of which the total would be shown.
    const clear = clearSince(telling(goal), today) ?? ''
    // What is over draws none.
    const first = earlier(clear, goal.from_on)
    if (one) {
      const { known } = one
      const since = known.since && later(known.since, first)
      data.set(goal.id, { ...one, known: { ...known, since } })
    }
    if (ratio) {
      const daily = new Map([...ratio.daily].filter(([day]) => day >= first))
      ratios.set(goal.id, { ...ratio, daily })
    }
  }
  return { data, ratios, veiled }
}

/** Goals that are over and kept from who asks; none where everything is seen. */
export async function keptGoals(
  ctx: Asking,
  tx: Tx,
  { today, around }: { today: Day; around: readonly string[] | undefined },
): Promise<string[]> {
  if (around === undefined) return []
  const filter = { is: 'over' as const }
  const rows = await listGoals(ctx, tx, { today, filter, around, limit: overMost })
  const team = rows.filter(({ within }) => !within)
  if (team.length === 0) return []
  const telling = await tellingDays(ctx, tx, team, { today, around })
  return team.flatMap((goal) => (isVeiled(goal, telling(goal), today) ? goal.id : []))
}

/** Steps are done by hand: they tell what was done, not by whom. */
function isVeiled(goal: GoalRow, telling: readonly Days[], today: Day): boolean {
  return goal.kind !== 'steps' && meets(telling, lookedAt(goal, today))
}

/** The days on which the total of a goal would tell of one, as far back as courses are drawn from; by team once. */
async function tellingDays(
  ctx: Asking,
  tx: Tx,
  goals: readonly GoalRow[],
  { today, around }: { today: Day; around: readonly string[] },
): Promise<(goal: GoalRow) => readonly Days[]> {
  const shown = goals.map((goal) => lookedAt(goal, today))
  const span = {
    from: [addDays(today, -daysBehind), ...shown.map(({ from }) => from)].sort()[0] ?? today,
    until: shown.map(({ until }) => until).reduce(later, addDays(today, 1)),
  }
  const firm = await firmOf(ctx, tx, around, span)
  const known = new Map<string, readonly Days[]>()
  return (goal) => {
    const asked = { team: goal.team_id, facts: factsOf(goal) }
    const key = JSON.stringify(asked)
    const spans = known.get(key) ?? tellingSpans(firm, asked, span)
    known.set(key, spans)
    return spans
  }
}

/** The days of a goal whose values are shown, be it the first one alone. */
function lookedAt({ from_on: from, until_on: end }: GoalRow, today: Day): Days {
  const until = addDays(later(from, today), 1)
  return { from, until: earlier(end, until) }
}

/** What a goal counts, by the facts behind its metric. */
function factsOf({ kind, metric }: Pick<GoalRow, 'kind' | 'metric'>): Facts {
  if (kind === 'activity') return 'activities'
  const known = Object.hasOwn(metrics, metric ?? '')
  switch (known && metrics[metric as keyof typeof metrics].rows?.from) {
    case 'sale':
      return 'sales'
    case 'closed':
    case 'opened':
    case 'open':
    case 'stay':
      return 'deals'
    case 'activity':
      return 'activities'
    default:
      return 'other'
  }
}

function uncounted(today: Day): Data {
  const time = { from: today, share: () => 0, days: () => 0 }
  const known = { today, daily: new Map(), since: undefined, months: [], time, seed: 0 }
  return { known, gone: false }
}
