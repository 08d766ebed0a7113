// How far somebody reaches in the orders: by their seller on their day.
import type { RawBuilder } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { reachCondition } from '../team/door.ts'

/** Condition on the order o of the surrounding statement. */
export function orderReach(ctx: Ctx): RawBuilder<boolean> {
  return reachCondition(ctx, { seller: 'o.seller_id', day: 'o.on_day' })
}
