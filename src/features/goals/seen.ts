// Who sees which goal: for features that look for goals by name, and for the history of one.
import type { RawBuilder } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { settingsOf, today } from '../team/door.ts'
import type { Asking } from './measured.ts'
import { aroundOf } from './standing.ts'
import { goalById, seen } from './store.ts'

/** Whether the goal g stands in the list of who asks. */
export async function goalsSeen(ctx: Asking, tx: Tx, day: string): Promise<RawBuilder<boolean>> {
  return seen(ctx, day, await aroundOf(ctx, tx))
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
