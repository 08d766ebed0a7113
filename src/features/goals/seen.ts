// Who sees which goal: for features that look for goals by name, and for the history of one.
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { settingsOf, today } from '../team/door.ts'
import type { Asking } from './measured.ts'
import { keptGoals } from './sharing.ts'
import { aroundOf } from './standing.ts'
import { goalById, seen } from './store.ts'

/** Whether the goal g is of who asks or shared with them; of those that are over some may be kept from them. */
export async function goalsSeen(ctx: Asking, tx: Tx, day: string): Promise<RawBuilder<boolean>> {
  return seen(ctx, day, await aroundOf(ctx, tx))
}

/** Whether the goal g stands in the list of who asks and can be opened. */
export async function goalsOpened(ctx: Asking, tx: Tx, day: string): Promise<RawBuilder<boolean>> {
  const around = await aroundOf(ctx, tx)
  const kept = await keptGoals(ctx, tx, { today: day, around })
  return sql<boolean>`(${seen(ctx, day, around)} AND g.id <> ALL(${kept}::uuid[]))`
}

/**
 * Whether a goal is the person's own or of somebody within their reach: who is only shown it is told neither
 * who changed it nor why it was missed.
 */
export async function reachesGoal(
  ctx: Pick<Ctx, 'who' | 'reach' | 'clock'>,
  tx: Tx,
  id: string,
): Promise<boolean> {
  const { zone } = await settingsOf(tx)
  return (await goalById(ctx, tx, id, today(ctx.clock, zone))) !== undefined
}
