// How far somebody reaches, as a condition on the rows of a fact, and where in the team tree a fact lies.
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'

/** A column of the surrounding statement (`'s.seller_id'`), or any fragment. */
export type Column = string | RawBuilder<unknown>

type Asking = Pick<Ctx, 'who' | 'reach' | 'clock'>

const asFragment = (column: Column) => (typeof column === 'string' ? sql.ref(column) : column)

/**
 * Condition that a fact of this seller on this day lies within the reach of who asks. `own`: facts of
 * the own seller. `team`: those too, and facts of sellers who on that day were in a team at or below
 * one that the person leads today (today in the organisation's zone).
 */
export function reachCondition(
  { who, reach, clock }: Asking,
  { seller, day }: { seller: Column; day: Column },
): RawBuilder<boolean> {
  if (reach === 'all') return sql<boolean>`true`
  const [sellerColumn, dayColumn] = [asFragment(seller), asFragment(day)]
  // A fact of nobody is nobody's own; without coalesce it would be neither true nor false.
  const own = who.sellerId
    ? sql<boolean>`coalesce(${sellerColumn} = ${who.sellerId}::uuid, false)`
    : sql<boolean>`false`
  if (reach === 'own') return own
  return sql<boolean>`(${own} OR EXISTS (
    SELECT 1 FROM membership reach WHERE reach.org_id = ${who.orgId} AND reach.change_out IS NULL
      AND reach.kind = 'member' AND reach.seller_id = ${sellerColumn}
      AND reach.valid_from <= ${dayColumn} AND reach.valid_until > ${dayColumn}
      AND reach.team_id IN (${ledTeams(who, clock())})))`
}

/** Condition that a team as a whole is within reach: who asks leads it, or a team above it, today. */
export function teamReachCondition(
  { who, reach, clock }: Asking,
  team: Column,
): RawBuilder<boolean> {
  if (reach === 'all') return sql<boolean>`true`
  if (reach === 'own') return sql<boolean>`false`
  return sql<boolean>`coalesce(${asFragment(team)} IN (${ledTeams(who, clock())}), false)`
}

/** The day it is where the organisation is. */
const dayNow = (who: { orgId: string }, now: number) =>
  sql`SELECT (to_timestamp(${now}::float8 / 1000) AT TIME ZONE o.zone)::date AS day FROM org o WHERE o.org_id = ${who.orgId}`

/** Ids of the teams the person leads today, and of all below them. */
function ledTeams(who: { orgId: string; personId: string }, now: number): RawBuilder<unknown> {
  return sql`
    WITH RECURSIVE today AS (
      ${dayNow(who, now)}
    ), led (id) AS (
      SELECT l.team_id FROM membership l, today
      WHERE l.org_id = ${who.orgId} AND l.change_out IS NULL AND l.kind = 'lead' AND l.person_id = ${who.personId}
        AND l.valid_from <= today.day AND l.valid_until > today.day
      UNION
      SELECT t.id FROM team t JOIN led ON t.parent_id = led.id WHERE t.org_id = ${who.orgId}
    ) SELECT id FROM led`
}

/** Ids of the teams that who asks leads today, and of all below them. */
export async function teamsLed({ who, clock }: Asking, tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    sql`SELECT id FROM (${ledTeams(who, clock())}) led_today`,
  )
  return rows.map(({ id }) => id)
}

/**
 * Ids of the teams the person belongs to today, as seller or as lead, and of all above them. Who belongs to
 * a team does not reach the facts of the others in it.
 */
export async function teamsAround({ who, clock }: Asking, tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    WITH RECURSIVE today AS (
      ${dayNow(who, clock())}
    ), around (id) AS (
      SELECT m.team_id FROM membership m, today
      WHERE m.org_id = ${who.orgId} AND m.change_out IS NULL
        AND ((m.kind = 'member' AND m.seller_id = ${who.sellerId}::uuid) OR (m.kind = 'lead' AND m.person_id = ${who.personId}))
        AND m.valid_from <= today.day AND m.valid_until > today.day
      UNION
      SELECT t.parent_id FROM team t JOIN around ON t.id = around.id WHERE t.org_id = ${who.orgId} AND t.parent_id IS NOT NULL
    ) SELECT id FROM around`)
  return rows.map(({ id }) => id)
}

/** Whether one fact (of a seller, on a day) is within reach: for writes, before they write. */
export async function withinReach(
  ctx: Asking,
  tx: Tx,
  { sellerId, day }: { sellerId: string | null; day: Day },
): Promise<boolean> {
  if (ctx.reach === 'all') return true
  const row = await tx.first<{ within: boolean }>(sql`
    SELECT ${reachCondition(ctx, { seller: sql`${sellerId}::uuid`, day: sql`${day}::date` })} AS within`)
  return row?.within ?? false
}

/**
 * A relation (team_id, office_id) in parentheses, to be joined: the office of a team is its nearest
 * ancestor, or itself, of kind office. Teams without one have no row.
 */
export function teamOffices(orgId: string): RawBuilder<unknown> {
  return sql`(
    WITH RECURSIVE up (team_id, at_id, kind, parent_id, steps) AS (
      SELECT t.id, t.id, t.kind, t.parent_id, 0 FROM team t WHERE t.org_id = ${orgId}
      UNION ALL
      SELECT up.team_id, p.id, p.kind, p.parent_id, up.steps + 1 FROM up
      JOIN team p ON p.org_id = ${orgId} AND p.id = up.parent_id
      WHERE up.kind <> 'office' AND up.steps < 100
    ) SELECT team_id, at_id AS office_id FROM up WHERE kind = 'office')`
}

/** Whether teams that were removed since belong to a tree: their facts of earlier days do. */
interface TreeOptions {
  removed?: boolean
}

/** Each of several teams with all below it. */
export async function teamTrees(
  tx: Tx,
  teamIds: readonly string[],
  { removed = false }: TreeOptions = {},
): Promise<ReadonlyMap<string, string[]>> {
  const there = removed ? sql`` : sql`AND t.state <> 'removed'`
  const rows = await tx.rows<{ root: string; id: string }>(sql`
    WITH RECURSIVE below (root, id) AS (
      SELECT x, x FROM unnest(${[...teamIds]}::uuid[]) x
      UNION
      SELECT b.root, t.id FROM team t JOIN below b ON t.parent_id = b.id WHERE t.org_id = ${tx.orgId} ${there}
    ) SELECT root, id FROM below`)
  const trees = new Map<string, string[]>(teamIds.map((id) => [id, []]))
  for (const { root, id } of rows) trees.get(root)?.push(id)
  return trees
}

/** A team and all below it. */
export async function teamsBelow(
  tx: Tx,
  teamId: string,
  options: TreeOptions = {},
): Promise<string[]> {
  return [...((await teamTrees(tx, [teamId], options)).get(teamId) ?? [])]
}
