// The SQL of positions as holders of quotas: of which teams they are, and whose.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'

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
