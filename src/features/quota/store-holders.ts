// The SQL of who carries quotas: people and teams below a team, who belongs where on a day, who has none.
import { type RawBuilder, sql } from 'kysely'
import type { Days } from '../../basics/days.ts'
import type { Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition, teamsBelow } from '../team/door.ts'

type Asking = Parameters<typeof reachCondition>[0]

/** Among more nobody divides a number by hand. */
export const holdersMax = 2000

export interface HolderRow {
  kind: 'seller' | 'team' | 'position'
  id: string
  name: string
  state: string
  /** Of a seller: hired, or else in the first team; null where neither is known. */
  joined_on: Day | null
  left_on: Day | null
}

const sellerColumns = (tx: Tx) => sql`
  'seller' AS kind, s.id, s.name, s.state, coalesce(s.hired_on, (
    SELECT NULLIF(min(m.valid_from), DATE '0001-01-01') FROM membership m
    WHERE m.org_id = ${tx.orgId} AND m.change_out IS NULL AND m.kind = 'member' AND m.seller_id = s.id)) AS joined_on, s.left_on`
const positionColumns = sql`'position' AS kind, p.id, p.name, p.state, NULL::date AS joined_on, NULL::date AS left_on`
const teamColumns = sql`'team' AS kind, t.id, t.name, t.state, NULL::date AS joined_on, NULL::date AS left_on`

/** Condition that a seller is in one of the teams on the last day of a period. */
function memberAtEnd(tx: Tx, teams: RawBuilder<unknown>, { until }: Days): RawBuilder<unknown> {
  return sql`EXISTS (SELECT 1 FROM membership m WHERE m.org_id = ${tx.orgId} AND m.change_out IS NULL AND m.kind = 'member'
    AND m.seller_id = s.id AND m.team_id IN (${teams}) AND m.valid_from < ${until}::date AND m.valid_until >= ${until}::date)`
}

/** Condition that a seller is at work on some day of a period. */
function atWork(tx: Tx, { from, until }: Days): RawBuilder<unknown> {
  return sql`s.org_id = ${tx.orgId} AND s.state = 'active' AND (s.left_on IS NULL OR s.left_on > ${from}::date)
    AND (s.hired_on IS NULL OR s.hired_on < ${until}::date)`
}

/**
 * Among whom a number is divided: the next level (teams, and positions and people right in the team) or
 * all positions and people below; without a team, from the top. People who are in the team on the last
 * day of the period, are not gone before it begins, and hold none of these positions on that day: the
 * position carries their part.
 */
export async function holdersBelow(
  tx: Tx,
  teamId: string | undefined,
  to: 'level' | 'people',
  period: Days,
): Promise<HolderRow[]> {
  const tree = teamId === undefined ? [] : await teamsBelow(tx, teamId)
  const people = sql`SELECT ${sellerColumns(tx)} FROM seller s WHERE ${atWork(tx, period)}`
  const teams = sql`SELECT ${teamColumns} FROM team t WHERE t.org_id = ${tx.orgId} AND t.state = 'active'`
  const member = (of: RawBuilder<unknown>) => memberAtEnd(tx, of, period)
  const seats = (place: RawBuilder<unknown>) =>
    sql`p.org_id = ${tx.orgId} AND p.state = 'active' AND ${place}`
  /** Positions in a place, and of the people given those who hold none of them. */
  const withSeats = (place: RawBuilder<unknown>, of: RawBuilder<unknown>) => sql`
    SELECT ${positionColumns} FROM position p WHERE ${seats(place)}
    UNION ALL ${of} AND NOT EXISTS (
      SELECT 1 FROM position_holder h JOIN position p ON p.org_id = h.org_id AND p.id = h.position_id
      WHERE h.org_id = ${tx.orgId} AND h.change_out IS NULL AND h.seller_id = s.id AND h.valid_from < ${period.until}::date
        AND h.valid_until >= ${period.until}::date AND ${seats(place)})`
  const level =
    teamId === undefined
      ? sql`${teams} AND t.parent_id IS NULL UNION ALL ${withSeats(
          sql`p.team_id IS NULL`,
          sql`${people} AND NOT ${member(sql`SELECT id FROM team WHERE org_id = ${tx.orgId}`)}`,
        )}`
      : sql`${teams} AND t.parent_id = ${teamId} UNION ALL ${withSeats(
          sql`p.team_id = ${teamId}`,
          sql`${people} AND ${member(sql`SELECT ${teamId}::uuid`)}`,
        )}`
  const everybody =
    teamId === undefined
      ? withSeats(sql`true`, people)
      : withSeats(
          sql`p.team_id = ANY(${tree}::uuid[])`,
          sql`${people} AND ${member(sql`SELECT unnest(${tree}::uuid[])`)}`,
        )
  return tx.rows<HolderRow>(sql`
    SELECT * FROM (${to === 'people' ? everybody : level}) h
    ORDER BY h.kind COLLATE "C" DESC, h.name COLLATE "C", h.id LIMIT ${holdersMax + 1}`)
}

/** Sellers, teams or positions by id, whatever became of them, unless they were removed. */
export function holdersById(
  tx: Tx,
  kind: HolderRow['kind'],
  ids: readonly string[],
): Promise<HolderRow[]> {
  const wanted = sql`ANY(${[...ids]}::uuid[])`
  const there = (alias: string) =>
    sql`${sql.ref(`${alias}.org_id`)} = ${tx.orgId} AND ${sql.ref(`${alias}.id`)} = ${wanted} AND ${sql.ref(`${alias}.state`)} <> 'removed'`
  const from = {
    seller: sql`${sellerColumns(tx)} FROM seller s WHERE ${there('s')}`,
    team: sql`${teamColumns} FROM team t WHERE ${there('t')}`,
    position: sql`${positionColumns} FROM position p WHERE ${there('p')}`,
  }
  return tx.rows<HolderRow>(sql`SELECT ${from[kind]}`)
}

/** Of these sellers, those who are in one of the teams on the last day of the period. */
export async function membersAmong(
  tx: Tx,
  sellers: readonly string[],
  teams: readonly string[],
  period: Days,
): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT s.id FROM seller s WHERE s.org_id = ${tx.orgId} AND s.id = ANY(${[...sellers]}::uuid[])
      AND ${memberAtEnd(tx, sql`SELECT unnest(${[...teams]}::uuid[])`, period)}`)
  return new Set(rows.map(({ id }) => id))
}

/** Of these sellers, those within reach on the first or the last day of the period. */
export async function sellersWithin(
  tx: Tx,
  asking: Asking,
  sellers: readonly string[],
  { from, until }: Days,
): Promise<Set<string>> {
  const on = (day: RawBuilder<unknown>) => reachCondition(asking, { seller: 's.id', day })
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT s.id FROM seller s WHERE s.org_id = ${tx.orgId} AND s.id = ANY(${[...sellers]}::uuid[])
      AND (${on(sql`${from}::date`)} OR ${on(sql`(${until}::date - 1)`)})`)
  return new Set(rows.map(({ id }) => id))
}

/** Of these teams, those that hang right below one of the others. */
export async function hangingBelow(
  tx: Tx,
  teams: readonly string[],
  parents: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT id FROM team WHERE org_id = ${tx.orgId} AND id = ANY(${[...teams]}::uuid[]) AND parent_id = ANY(${[...parents]}::uuid[])`)
  return new Set(rows.map(({ id }) => id))
}

/** Sellers within reach who are at work in the period; with teams, those in one of them at its end. */
export async function sellersAtWork(
  tx: Tx,
  asking: Asking,
  period: Days,
  only: { sellerId?: string | undefined; teams?: readonly string[] | undefined },
): Promise<string[]> {
  const parts: RawBuilder<unknown>[] = [
    atWork(tx, period),
    reachCondition(asking, { seller: 's.id', day: sql`(${period.until}::date - 1)` }),
  ]
  if (only.sellerId !== undefined) parts.push(sql`s.id = ${only.sellerId}`)
  if (only.teams !== undefined) {
    parts.push(memberAtEnd(tx, sql`SELECT unnest(${[...only.teams]}::uuid[])`, period))
  }
  const rows = await tx.rows<{ id: string }>(
    sql`SELECT s.id FROM seller s WHERE ${sql.join(parts, sql` AND `)}`,
  )
  return rows.map(({ id }) => id)
}
