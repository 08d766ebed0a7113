// The SQL behind what a team may see: who was in which team when, and from which day on they brought anything.
import { sql } from 'kysely'
import type { Days } from '../../basics/days.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition } from '../team/door.ts'
import type { Firm, Seller } from './calc/sharing.ts'

/** Who was in which team when, and what of it who asks may see: to tell whether a total gives somebody away. */
export async function firmOf(
  asking: Pick<Ctx, 'who' | 'reach' | 'clock'>,
  tx: Tx,
  around: readonly string[],
  { from, until }: Days,
): Promise<Firm> {
  const memberships = await tx.rows<Firm['memberships'][number]>(sql`
    SELECT m.seller_id AS seller, m.team_id AS team, m.valid_from AS "from", m.valid_until AS until,
      ${reachCondition(asking, { seller: 'm.seller_id', day: 'm.valid_from' })} AS reached
    FROM membership m WHERE m.org_id = ${tx.orgId} AND m.change_out IS NULL AND m.kind = 'member'
      AND m.valid_from < ${until}::date AND m.valid_until > ${from}::date`)
  const teams = await tx.rows<{ id: string; above: string | null }>(
    sql`SELECT id, parent_id AS above FROM team WHERE org_id = ${tx.orgId}`,
  )
  return {
    memberships,
    parents: new Map(teams.map(({ id, above }) => [id, above])),
    sellers: await sellersOf(tx, from),
    own: asking.who.sellerId,
    around,
  }
}

interface SellerRow extends Pick<Seller, 'id' | 'active' | 'placed'> {
  sold: string | null
  dealt: string | null
  done: string | null
}

/**
 * Sellers with their first sale, deal and activity, each found in an index; whoever has any cannot be removed.
 * Only of those who had closed no deal by `from` the first one opened is looked for among all of theirs, and one
 * without a day may be from ever. What began before does not matter.
 */
async function sellersOf(tx: Tx, from: string): Promise<Seller[]> {
  const rows = await tx.rows<SellerRow>(sql`
    SELECT s.id, s.state = 'active' AS active, EXISTS (SELECT 1 FROM membership m
        WHERE m.org_id = s.org_id AND m.seller_id = s.id AND m.change_out IS NULL AND m.kind = 'member') AS placed,
      first.sold, first.done, CASE WHEN first.closed <= ${from}::date THEN first.closed ELSE
        (SELECT min(coalesce(least(d.opened_on, d.closed_on), '0001-01-01')) FROM deal d
        WHERE d.org_id = s.org_id AND d.seller_id = s.id AND d.change_out IS NULL) END AS dealt
    FROM seller s CROSS JOIN LATERAL (SELECT
      (SELECT min(x.on_day) FROM sale x WHERE x.org_id = s.org_id AND x.seller_id = s.id AND x.change_out IS NULL) AS sold,
      (SELECT min(d.closed_on) FROM deal d WHERE d.org_id = s.org_id AND d.seller_id = s.id AND d.change_out IS NULL) AS closed,
      (SELECT min(a.done_on) FROM activity a WHERE a.org_id = s.org_id AND a.seller_id = s.id AND a.state <> 'removed') AS done
    ) first WHERE s.org_id = ${tx.orgId} AND s.state <> 'removed'`)
  return rows.map(({ id, active, placed, sold, dealt, done }) => ({
    id,
    active,
    placed,
    first: { sales: sold, deals: dealt, activities: done },
  }))
}
