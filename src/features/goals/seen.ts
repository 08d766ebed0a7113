// Whether a person sees a goal: a private one its owner alone, any other whoever reaches it today.
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { settingsOf, today } from '../team/door.ts'
import { goalById } from './store.ts'

export async function seesGoal(
  ctx: Pick<Ctx, 'who' | 'reach' | 'clock'>,
  tx: Tx,
  id: string,
): Promise<boolean> {
  const { zone } = await settingsOf(tx)
  return (await goalById(ctx, tx, id, today(ctx.clock, zone))) !== undefined
}
