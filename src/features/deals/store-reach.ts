// How far somebody reaches in the deals: closed ones count on their closing day, open ones today.
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition, settingsOf, today } from '../team/door.ts'

/**
 * Condition on the deal d of the surrounding statement: its owner is within reach, or somebody who has
 * a share of it.
 */
export async function dealReach(ctx: Ctx, tx: Tx): Promise<RawBuilder<boolean>> {
  if (ctx.reach === 'all')
    return reachCondition(ctx, { seller: 'd.seller_id', day: sql`d.closed_on` })
  const { zone } = await settingsOf(tx)
  const now = today(ctx.clock, zone)
  const day = sql`coalesce(d.closed_on, ${now}::date)`
  const owned = reachCondition(ctx, { seller: 'd.seller_id', day })
  // As an array, so that an index of the deals can be used for those with a share as well.
  if (ctx.reach === 'own') {
    return sql<boolean>`(${owned} OR d.id = ANY(ARRAY(SELECT ds.deal_id FROM deal_seller ds
      WHERE ds.org_id = ${tx.orgId} AND ds.seller_id = ${ctx.who.sellerId}::uuid AND ds.change_out IS NULL)))`
  }
  return sql<boolean>`(${owned} OR EXISTS (SELECT 1 FROM deal_seller ds
    WHERE ds.org_id = ${tx.orgId} AND ds.deal_id = d.id AND ds.change_out IS NULL
      AND ${reachCondition(ctx, { seller: 'ds.seller_id', day })}))`
}
