// The SQL of who held positions when, and of positions as holders of quotas.
import { sql } from 'kysely'
import type { Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { Days } from './store-holders.ts'

export interface HoldingRow {
  position_id: string
  seller_id: string
  seller_name: string
  valid_from: Day
  valid_until: Day
}

/** Who held the positions on some day of the span, in order of days, as it was known at a revision. */
export function holdingsOf(
  tx: Tx,
  positions: readonly string[],
  { from, until }: Days,
  revision: number | undefined,
): Promise<HoldingRow[]> {
  const later = sql`(SELECT id FROM change WHERE org_id = ${tx.orgId} AND revision > ${revision ?? 0}::int8)`
  const known =
    revision === undefined
      ? sql`h.change_out IS NULL`
      : sql`h.change_in NOT IN ${later} AND (h.change_out IS NULL OR h.change_out IN ${later})`
  return tx.rows<HoldingRow>(sql`
    SELECT h.position_id, h.seller_id, coalesce(s.name, '?') AS seller_name, h.valid_from, h.valid_until
    FROM position_holder h LEFT JOIN seller s ON s.org_id = h.org_id AND s.id = h.seller_id
    WHERE h.org_id = ${tx.orgId} AND ${known} AND h.position_id = ANY(${[...positions]}::uuid[])
      AND h.valid_from < ${until}::date AND h.valid_until > ${from}::date
    ORDER BY h.position_id, h.valid_from`)
}

/** Of these positions, those of one of the teams; null stands for the organisation itself. */
export async function positionsOf(
  tx: Tx,
  positions: readonly string[],
  teams: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT id FROM position WHERE org_id = ${tx.orgId} AND id = ANY(${[...positions]}::uuid[]) AND team_id = ANY(${[...teams]}::uuid[])`)
  return new Set(rows.map(({ id }) => id))
}

/** Positions a seller holds, held or will hold. */
export async function positionsHeldBy(tx: Tx, sellerId: string): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT DISTINCT position_id AS id FROM position_holder WHERE org_id = ${tx.orgId} AND change_out IS NULL AND seller_id = ${sellerId}`)
  return new Set(rows.map(({ id }) => id))
}
