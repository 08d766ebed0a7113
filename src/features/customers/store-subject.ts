// What a note or tag is about: whether it is there, and within reach.
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition, settingsOf, today } from '../team/door.ts'
import type { NotedEntity } from './contract-notes.ts'

/**
 * Condition on the deal d of the surrounding statement: its seller, or somebody with a share of it, is
 * within reach; closed deals on their closing day, open ones today.
 */
export async function dealWithin(ctx: Ctx, tx: Tx): Promise<RawBuilder<boolean>> {
  if (ctx.reach === 'all') return sql<boolean>`true`
  const { zone } = await settingsOf(tx)
  const day = sql`coalesce(d.closed_on, ${today(ctx.clock, zone)}::date)`
  return sql<boolean>`(${reachCondition(ctx, { seller: 'd.seller_id', day })} OR EXISTS (
    SELECT 1 FROM deal_seller ds WHERE ds.org_id = ${tx.orgId} AND ds.deal_id = d.id AND ds.change_out IS NULL
      AND ${reachCondition(ctx, { seller: 'ds.seller_id', day })}))`
}

/** Refuses `record.not_found` unless the record is there, or the fact is there and within reach. */
export async function requireSubject(
  ctx: Ctx,
  tx: Tx,
  entity: NotedEntity,
  id: string,
): Promise<void> {
  const found = await tx.first<{ id: string }>(await subject(ctx, tx, entity, id))
  if (!found) throw notFound('record')
}

async function subject(
  ctx: Ctx,
  tx: Tx,
  entity: NotedEntity,
  id: string,
): Promise<RawBuilder<{ id: string }>> {
  if (entity === 'deal') {
    return sql<{ id: string }>`SELECT d.id FROM deal d
      WHERE d.org_id = ${tx.orgId} AND d.id = ${id} AND d.change_out IS NULL AND ${await dealWithin(ctx, tx)}`
  }
  if (entity === 'order') {
    const within = (alias: string) =>
      reachCondition(ctx, { seller: `${alias}.seller_id`, day: sql.ref(`${alias}.on_day`) })
    return sql<{ id: string }>`
      SELECT h.id FROM order_head h WHERE h.org_id = ${tx.orgId} AND h.id = ${id} AND h.change_out IS NULL AND ${within('h')}
      UNION ALL
      SELECT l.id FROM order_line l WHERE l.org_id = ${tx.orgId} AND l.id = ${id} AND l.change_out IS NULL AND ${within('l')}`
  }
  return sql<{ id: string }>`
    SELECT id FROM ${sql.table(entity)} WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`
}
