// How far somebody reaches in the orders: by their seller on their day, and by the sellers of their lines.
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition } from '../team/door.ts'

type Sql = RawBuilder<unknown>

/** Condition on a row o with seller and day. */
export function orderReach(ctx: Ctx): RawBuilder<boolean> {
  return reachCondition(ctx, { seller: 'o.seller_id', day: 'o.on_day' })
}

/** Whether a row of `alias` is within the reach by its own seller. */
export function rowWithin(reach: Sql, alias: string): Sql {
  return sql`EXISTS (SELECT 1 FROM (SELECT ${sql.ref(`${alias}.seller_id`)} AS seller_id, ${sql.ref(`${alias}.on_day`)} AS on_day) o WHERE ${reach})`
}

/** Whether the head `alias` is: whoever sold one of its lines sees the order, too. */
export function headWithin(tx: Tx, reach: Sql, alias: string): Sql {
  const head = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`(${rowWithin(reach, alias)} OR ${head('external_source')} = '' AND EXISTS (SELECT 1 FROM (
    SELECT line.seller_id, coalesce(line.on_day, ${head('on_day')}) AS on_day FROM order_line line
    WHERE line.org_id = ${tx.orgId} AND line.order_no = ${head('external_id')} AND line.change_out IS NULL
      AND line.seller_id IS NOT NULL) o WHERE ${reach}))`
}
