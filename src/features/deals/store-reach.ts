// How far somebody reaches in the deals: closed ones count on their closing day, open ones today.
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition, settingsOf, today } from '../team/door.ts'

/** Condition on the deal d of the surrounding statement. */
export async function dealReach(ctx: Ctx, tx: Tx): Promise<RawBuilder<boolean>> {
  const closed = sql`d.closed_on`
  if (ctx.reach !== 'team') return reachCondition(ctx, { seller: 'd.seller_id', day: closed })
  const { zone } = await settingsOf(tx)
  const day = sql`coalesce(${closed}, ${today(ctx.clock, zone)}::date)`
  return reachCondition(ctx, { seller: 'd.seller_id', day })
}
