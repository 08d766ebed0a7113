// The SQL of goals, their marks and check-ins. Row security shows private ones to their owner alone.
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition, teamReachCondition } from '../team/door.ts'
import type { Repeats } from './calc/recurrence.ts'
import type { Milestone, Step } from './calc/state.ts'
import type { activityKinds } from './contract.ts'

export interface GoalQuestion {
  where?: Record<string, string[]>
  activities?: (typeof activityKinds)[number][]
  outcome?: string
}

export interface GoalRow {
  id: string
  version: number
  owner_id: string | null
  name: string
  kind: 'metric' | 'activity' | 'steps'
  metric: string | null
  question: GoalQuestion
  target: number
  from_on: string
  until_on: string
  seller_id: string | null
  seller_name: string | null
  team_id: string | null
  team_name: string | null
  owner_gone: boolean
  why: string | null
  reward: string | null
  repeats: Repeats | null
  series_id: string | null
  milestones: Milestone[]
  steps: Step[]
  missed_because: string | null
  external_id: string | null
  checked_in: string | null
  /** The people of the team, or of the organisation, see its total. */
  shared: boolean
  /** It is the person's own, or of somebody within reach; else only its total is shown to them. */
  within: boolean
  /** Whether the person sees everything that counts for it, not only the part within reach. */
  whole: boolean
  /** It is for the person to make: see `own`. */
  mine: boolean
}

type Asking = Pick<Ctx, 'who' | 'reach' | 'clock'>

/** Whether the goal g is of who asks, or of a seller or team within their reach today. */
export function goalReach(asking: Asking, today: string): RawBuilder<boolean> {
  const sellers = reachCondition(asking, { seller: 'g.seller_id', day: sql`${today}::date` })
  const whole = asking.reach === 'all' ? sql`true` : sql`false`
  return sql<boolean>`(g.owner_id IS NOT NULL
    OR (g.seller_id IS NOT NULL AND ${sellers})
    OR (g.team_id IS NOT NULL AND ${teamReachCondition(asking, 'g.team_id')})
    OR (g.seller_id IS NULL AND g.team_id IS NULL AND ${whole}))`
}

/** Filters that say whose sales count. */
export const ofPeople = ['seller', 'team', 'manager', 'office'] as const

/** Whether the goal g is shown to who asks because they belong to its team, or to the organisation it is of. */
function shownTo({ who }: Asking, around: readonly string[]): RawBuilder<boolean> {
  const belongs = who.sellerId !== null || around.length > 0 ? sql`true` : sql`false`
  // Narrowed by people it may be the figures of one of them.
  const narrowed = sql`coalesce(jsonb_exists_any(g.question -> 'where', ${[...ofPeople]}::text[]), false)`
  return sql<boolean>`(g.shared AND NOT ${narrowed} AND CASE WHEN g.team_id IS NULL THEN ${belongs}
    ELSE g.team_id = ANY(${[...around]}::uuid[]) END)`
}

/** Whether the goal g stands in the list of who asks: within reach, or shared with the teams `around`. */
export function seen(asking: Asking, today: string, around: readonly string[] | undefined) {
  if (around === undefined) return goalReach(asking, today)
  return sql<boolean>`(${goalReach(asking, today)} OR ${shownTo(asking, around)})`
}

/**
 * Whether who asks sees everything that counts for the goal g within their reach. Facts of a seller from before
 * the time in one's team are not seen: only the owner and who sees all see the whole.
 */
function wholly(asking: Asking, today: string): RawBuilder<boolean> {
  const { who, reach } = asking
  const all =
    reach === 'all'
      ? sql`true`
      : sql`(g.owner_id IS NOT NULL OR g.team_id IS NOT NULL OR coalesce(g.seller_id = ${who.sellerId}::uuid, false))`
  return sql<boolean>`(${goalReach(asking, today)} AND ${all})`
}

/**
 * Whose it is to celebrate and to check in: private, of the person's own seller, or of a team or of all where
 * the person sees the whole. Where nobody sells for themselves, whoever sees everything.
 */
function own(asking: Asking, today: string): RawBuilder<boolean> {
  const { who, reach } = asking
  const seller =
    who.sellerId === null ? sql.lit(reach === 'all') : sql`g.seller_id = ${who.sellerId}::uuid`
  return sql<boolean>`(g.owner_id IS NOT NULL
    OR CASE WHEN g.seller_id IS NULL THEN ${wholly(asking, today)} ELSE ${seller} END)`
}

function selectGoal(asking: Asking, tx: Tx, today: string): RawBuilder<unknown> {
  return sql`
    SELECT g.id, g.version, g.owner_id, g.name, g.kind, g.metric, g.question, g.target, g.from_on, g.until_on,
      g.seller_id, s.name AS seller_name, g.team_id, t.name AS team_name,
      (g.seller_id IS NOT NULL AND coalesce(s.state, 'removed') = 'removed')
        OR (g.team_id IS NOT NULL AND coalesce(t.state, 'removed') <> 'active') AS owner_gone,
      g.why, g.reward, g.repeats, g.series_id, g.milestones, g.steps, g.missed_because, g.external_id, g.shared,
      (SELECT max(c.week_on) FROM goal_checkin c WHERE c.org_id = g.org_id AND c.goal_id = g.id AND c.state <> 'removed') AS checked_in,
      ${goalReach(asking, today)} AS within, ${wholly(asking, today)} AS whole, ${own(asking, today)} AS mine
    FROM goal g
    LEFT JOIN seller s ON s.org_id = g.org_id AND s.id = g.seller_id
    LEFT JOIN team t ON t.org_id = g.org_id AND t.id = g.team_id
    WHERE g.org_id = ${tx.orgId} AND g.state = 'active'`
}

export interface GoalFilter {
  is?: 'current' | 'over' | undefined
  endsAfter?: string | undefined
  /** Only those that are for the person to make. */
  mine?: boolean | undefined
  sellerId?: string | undefined
  teamId?: string | undefined
}

/** Goals within reach, and those shared with a person of the teams `around`; current ones by their end, over ones latest first. */
export function listGoals(
  asking: Asking,
  tx: Tx,
  asked: {
    today: string
    filter: GoalFilter
    around?: readonly string[] | undefined
    after?: { until: string; id: string } | undefined
    limit: number
  },
): Promise<GoalRow[]> {
  const { today, filter, around, after, limit } = asked
  const over = filter.is === 'over'
  const conditions: RawBuilder<unknown>[] = [seen(asking, today, around)]
  if (filter.is === 'current') conditions.push(sql`g.until_on > ${today}::date`)
  if (filter.endsAfter !== undefined) conditions.push(sql`g.until_on > ${filter.endsAfter}::date`)
  if (filter.mine) conditions.push(own(asking, today))
  if (over) conditions.push(sql`g.until_on <= ${today}::date`)
  if (filter.sellerId !== undefined) conditions.push(sql`g.seller_id = ${filter.sellerId}`)
  if (filter.teamId !== undefined) conditions.push(sql`g.team_id = ${filter.teamId}`)
  if (after) {
    const place = sql`(${after.until}::date, ${after.id}::uuid)`
    conditions.push(over ? sql`(g.until_on, g.id) < ${place}` : sql`(g.until_on, g.id) > ${place}`)
  }
  const order = over ? sql`g.until_on DESC, g.id DESC` : sql`g.until_on, g.id`
  return tx.rows<GoalRow>(sql`${selectGoal(asking, tx, today)} AND ${sql.join(conditions, sql` AND `)}
    ORDER BY ${order} LIMIT ${limit}`)
}

export function goalById(
  asking: Asking,
  tx: Tx,
  id: string,
  today: string,
  around?: readonly string[],
): Promise<GoalRow | undefined> {
  return tx.first<GoalRow>(
    sql`${selectGoal(asking, tx, today)} AND g.id = ${id} AND ${seen(asking, today, around)}`,
  )
}

/** Days of a seller's goals from one on, the earliest first. Private ones stay here: a calendar is kept by other programs. */
export function daysOfGoals(
  tx: Tx,
  { sellerId, from, limit }: { sellerId: string; from: string; limit: number },
): Promise<{ id: string; version: number; name: string; day: string; milestone: number | null }[]> {
  return tx.rows(sql`
    SELECT g.id, g.version, g.name, d.day, d.milestone FROM goal g CROSS JOIN LATERAL (
      SELECT g.until_on - 1 AS day, NULL::int AS milestone
      UNION ALL SELECT (m.one ->> 'on')::date, m.place::int FROM jsonb_array_elements(g.milestones) WITH ORDINALITY m (one, place)) d
    WHERE g.org_id = ${tx.orgId} AND g.state = 'active' AND g.until_on > ${from}::date
      AND g.seller_id = ${sellerId} AND g.owner_id IS NULL AND d.day >= ${from}::date
    ORDER BY d.day, g.id, d.milestone LIMIT ${limit}`)
}

export interface MarkRow {
  id: string
  goal_id: string
  place: number
  kind: 'reached' | 'reopened'
  on_day: string
  value: number
  celebrated: boolean
}

/** Marks of goals, in order. */
export function marksOf(tx: Tx, goalIds: readonly string[]): Promise<MarkRow[]> {
  return tx.rows<MarkRow>(sql`
    SELECT id, goal_id, place, kind, on_day, value, celebrated FROM goal_mark
    WHERE org_id = ${tx.orgId} AND goal_id = ANY(${[...goalIds]}::uuid[]) AND state <> 'removed'
    ORDER BY goal_id, place`)
}

export interface CheckInRow {
  id: string
  version: number
  week_on: string
  moved: string | null
  blocks: string | null
  next_step: string | null
  author: string
}

export function checkInsOf(tx: Tx, goalId: string): Promise<CheckInRow[]> {
  return tx.rows<CheckInRow>(sql`
    SELECT c.id, c.version, c.week_on, c.moved, c.blocks, c.next_step, coalesce(p.name, '') AS author
    FROM goal_checkin c LEFT JOIN person p ON p.org_id = c.org_id AND p.id = c.author_id
    WHERE c.org_id = ${tx.orgId} AND c.goal_id = ${goalId} AND c.state <> 'removed'
    ORDER BY c.week_on DESC LIMIT 60`)
}

/** What was said in a week of these goals; the latest first, should the organisation's week have begun on another day then. */
export function checkInsInWeek(
  tx: Tx,
  { goalIds, week }: { goalIds: readonly string[]; week: { from: string; until: string } },
): Promise<(Pick<CheckInRow, 'id' | 'moved' | 'blocks' | 'next_step'> & { goal_id: string })[]> {
  return tx.rows(sql`
    SELECT id, goal_id, moved, blocks, next_step FROM goal_checkin
    WHERE org_id = ${tx.orgId} AND goal_id = ANY(${[...goalIds]}::uuid[]) AND state <> 'removed'
      AND week_on >= ${week.from}::date AND week_on < ${week.until}::date
    ORDER BY week_on DESC`)
}

/** Other goals of the same owner that count the same thing and come again, over the days given. */
export function overlapping(
  tx: Tx,
  goal: Pick<
    GoalRow,
    'owner_id' | 'kind' | 'metric' | 'question' | 'seller_id' | 'team_id' | 'series_id'
  > & { from: string },
  except: string | null,
): Promise<{ name: string } | undefined> {
  return tx.first<{ name: string }>(sql`
    SELECT name FROM goal WHERE org_id = ${tx.orgId} AND state = 'active' AND repeats IS NOT NULL
      AND kind = ${goal.kind} AND metric IS NOT DISTINCT FROM ${goal.metric}
      AND question = ${JSON.stringify(goal.question)}::jsonb
      AND owner_id IS NOT DISTINCT FROM ${goal.owner_id}::uuid
      AND seller_id IS NOT DISTINCT FROM ${goal.seller_id}::uuid
      AND team_id IS NOT DISTINCT FROM ${goal.team_id}::uuid
      AND until_on > ${goal.from}::date
      AND id IS DISTINCT FROM ${except}::uuid AND series_id IS DISTINCT FROM ${goal.series_id}::uuid
    ORDER BY from_on LIMIT 1`)
}

/** The last goal of each series that is seen and still comes again. */
export function lastOfSeries(asking: Asking, tx: Tx, today: string): Promise<GoalRow[]> {
  return tx.rows<GoalRow>(sql`
    ${selectGoal(asking, tx, today)} AND g.repeats IS NOT NULL AND g.until_on <= ${today}::date
      AND ${wholly(asking, today)}
      AND NOT EXISTS (SELECT 1 FROM goal n WHERE n.org_id = g.org_id AND n.state <> 'removed'
        AND n.series_id = g.series_id AND n.from_on > g.from_on)
    ORDER BY g.id`)
}

/** A seller or team that goals can be set for. */
export async function ownerStands(
  tx: Tx,
  { sellerId, teamId }: { sellerId: string | null; teamId: string | null },
): Promise<boolean> {
  const row = await tx.first<{ found: boolean }>(sql`
    SELECT (${sellerId}::uuid IS NULL OR EXISTS (
        SELECT 1 FROM seller WHERE org_id = ${tx.orgId} AND id = ${sellerId}::uuid AND state = 'active'))
      AND (${teamId}::uuid IS NULL OR EXISTS (
        SELECT 1 FROM team WHERE org_id = ${tx.orgId} AND id = ${teamId}::uuid AND state = 'active')) AS found`)
  return row?.found ?? false
}

/** Whether the person may set goals of this team. */
export async function teamWithin(asking: Asking, tx: Tx, teamId: string): Promise<boolean> {
  const row = await tx.first<{ within: boolean }>(
    sql`SELECT ${teamReachCondition(asking, sql`${teamId}::uuid`)} AS within`,
  )
  return row?.within ?? false
}

export function sellerNames(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return tx.rows<{ id: string; name: string }>(sql`
    SELECT id, name FROM seller WHERE org_id = ${tx.orgId} AND id = ANY(${[...ids]}::uuid[]) ORDER BY name, id`)
}

/** Number of the newest change. */
export async function revisionNow(tx: Tx): Promise<number> {
  const row = await tx.first<{ revision: number }>(
    sql`SELECT revision FROM org_head WHERE org_id = ${tx.orgId}`,
  )
  return row?.revision ?? 0
}
