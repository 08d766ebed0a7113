// The SQL of positions and of who held them when.
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../basics/period.ts'
import { pageOfRows } from '../../platform/database/paging.ts'
import { notFound } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { afterName, asNamed, type ListQuery, lockName, type Named, namePrefix } from './store.ts'

export interface Position {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  team: Named | null
  holder: Named | null
}

interface PositionRow {
  id: string
  version: number
  state: Position['state']
  name: string
  name_key: string
  team_id: string | null
  team_name: string | null
  holder_id: string | null
  holder_name: string | null
}

const positionFromRow = (row: PositionRow): Position => ({
  id: row.id,
  version: row.version,
  state: row.state,
  name: row.name,
  team: asNamed(row.team_id, row.team_name),
  holder: asNamed(row.holder_id, row.holder_name),
})

/** Positions with team and holder as of `day`. */
const positionsOn = (tx: Tx, day: Day, chosen: RawBuilder<unknown>) => sql<PositionRow>`
  SELECT p.id, p.version, p.state, p.name, p.name_key, p.team_id, t.name AS team_name, h.seller_id AS holder_id, s.name AS holder_name
  FROM (${chosen}) p
  LEFT JOIN team t ON t.org_id = ${tx.orgId} AND t.id = p.team_id
  LEFT JOIN position_holder h ON h.org_id = ${tx.orgId} AND h.change_out IS NULL AND h.position_id = p.id
    AND h.valid_from <= ${day}::date AND h.valid_until > ${day}::date
  LEFT JOIN seller s ON s.org_id = ${tx.orgId} AND s.id = h.seller_id
  ORDER BY p.name_key COLLATE "C", p.id`

export async function listPositions(
  tx: Tx,
  day: Day,
  query: ListQuery & { state: Position['state']; teamId?: string | undefined },
): Promise<{ rows: Position[]; next?: string }> {
  const ofTeam = query.teamId === undefined ? sql`` : sql`AND team_id = ${query.teamId}`
  const rows = await tx.rows<PositionRow>(
    positionsOn(
      tx,
      day,
      sql`SELECT * FROM position WHERE org_id = ${tx.orgId} AND state = ${query.state} ${ofTeam}
        AND ${namePrefix(query.search)} AND ${afterName(query.cursor)}
        ORDER BY name_key COLLATE "C", id LIMIT ${query.limit + 1}`,
    ),
  )
  const page = pageOfRows(rows, query.limit, (row) => [row.name_key, row.id])
  return { ...page, rows: page.rows.map(positionFromRow) }
}

/** One position; refuses `position.not_found`. */
export async function readPosition(tx: Tx, day: Day, id: string): Promise<Position> {
  const row = await tx.first<PositionRow>(
    positionsOn(
      tx,
      day,
      sql`SELECT * FROM position WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`,
    ),
  )
  if (!row) throw notFound('position')
  return positionFromRow(row)
}

/** Id of the active position of this name, however it is spelt. */
export async function positionByName(tx: Tx, name: string): Promise<string | undefined> {
  const row = await tx.first<{ id: string }>(sql`
    SELECT id FROM position WHERE org_id = ${tx.orgId} AND state = 'active' AND name_key COLLATE "C" = ${nameKey(name)}
    ORDER BY id LIMIT 1`)
  return row?.id
}

/** Whether another active position has the name; whoever asks at the same moment waits. */
export async function isPositionTaken(
  tx: WriteTx,
  name: string,
  exceptId?: string,
): Promise<boolean> {
  await lockName(tx, 'position', nameKey(name))
  const found = await positionByName(tx, name)
  return found !== undefined && found !== exceptId
}

/** Somebody held a position from one day until another. */
export interface Holding {
  id: string
  version: number
  position: Named
  seller: Named
  validFrom: Day
  validUntil: Day
}

interface HoldingRow {
  id: string
  version: number
  position_id: string
  position_name: string | null
  seller_id: string
  seller_name: string | null
  valid_from: Day
  valid_until: Day
}

const holdingFromRow = (row: HoldingRow): Holding => ({
  id: row.id,
  version: row.version,
  position: { id: row.position_id, name: row.position_name ?? '' },
  seller: { id: row.seller_id, name: row.seller_name ?? '' },
  validFrom: row.valid_from,
  validUntil: row.valid_until,
})

/** As it was known at a revision; undefined: as things stand. */
function holdings(tx: Tx, condition: RawBuilder<unknown>, revision?: number) {
  const later = sql`(SELECT id FROM change WHERE org_id = ${tx.orgId} AND revision > ${revision ?? 0}::int8)`
  const known =
    revision === undefined
      ? sql`h.change_out IS NULL`
      : sql`h.change_in NOT IN ${later} AND (h.change_out IS NULL OR h.change_out IN ${later})`
  return sql<HoldingRow>`
    SELECT h.id, h.version, h.position_id, p.name AS position_name, h.seller_id, s.name AS seller_name, h.valid_from, h.valid_until
    FROM position_holder h LEFT JOIN seller s ON s.org_id = h.org_id AND s.id = h.seller_id
    LEFT JOIN position p ON p.org_id = h.org_id AND p.id = h.position_id
    WHERE h.org_id = ${tx.orgId} AND ${known} AND ${condition} ORDER BY h.valid_from DESC, h.id`
}

/** Everybody who held or holds one of the positions, newest first. */
export async function holdingsOfPositions(
  tx: Tx,
  positions: readonly string[],
  revision?: number,
): Promise<Holding[]> {
  if (positions.length === 0) return []
  const condition = sql`h.position_id = ANY(${[...positions]}::uuid[])`
  const rows = await tx.rows<HoldingRow>(holdings(tx, condition, revision))
  return rows.map(holdingFromRow)
}

/** Those who hold it on some day of `[from, until)`. */
export async function holdersWithin(
  tx: Tx,
  positionId: string,
  { from, until }: { from: Day; until: Day },
): Promise<Holding[]> {
  const rows = await tx.rows<HoldingRow>(
    holdings(
      tx,
      sql`h.position_id = ${positionId} AND h.valid_from < ${until}::date AND h.valid_until > ${from}::date`,
    ),
  )
  return rows.map(holdingFromRow)
}

/** One stretch of holding; refuses `position_holder.not_found`. */
export async function readHolding(tx: Tx, id: string): Promise<Holding> {
  const row = await tx.first<HoldingRow>(holdings(tx, sql`h.id = ${id}`))
  if (!row) throw notFound('position_holder')
  return holdingFromRow(row)
}
