// The SQL of kept forecasts and of calls, within the reach of who asks.
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition, teamReachCondition } from '../team/door.ts'
import type { ForecastMethod, forecastScopes } from './contract.ts'

export type ScopeKind = (typeof forecastScopes)[number]
export type Asking = Pick<Ctx, 'who' | 'reach' | 'clock'>

export interface KeptForecast {
  id: string
  version: number
  at: string
  made_on: Day
  as_if: boolean
  owner_id: string
  owner: string
  metric: string
  grain: 'week' | 'month' | 'quarter'
  horizon: number
  scope: ScopeKind
  scope_id: string
  scope_name: string
  method: ForecastMethod
  revision: number
}

/** What is said of a scope is seen by whoever reaches all of it; what a person reaches, by that person. */
export function visible(ctx: Asking, today: Day, mine: boolean): RawBuilder<boolean> {
  const own = sql<boolean>`(t.scope = 'person' AND t.scope_id = ${ctx.who.personId}::uuid)`
  if (ctx.reach === 'all')
    return mine ? sql<boolean>`(t.scope <> 'person' OR ${own})` : sql<boolean>`true`
  const seller = reachCondition(ctx, { seller: 't.scope_id', day: sql`${today}::date` })
  return sql<boolean>`(${own} OR (t.scope = 'seller' AND ${seller}) OR (t.scope = 'team' AND ${teamReachCondition(ctx, 't.scope_id')}))`
}

const scopeName = sql`CASE t.scope
  WHEN 'team' THEN (SELECT name FROM team n WHERE n.org_id = t.org_id AND n.id = t.scope_id)
  WHEN 'seller' THEN (SELECT name FROM seller n WHERE n.org_id = t.org_id AND n.id = t.scope_id)
  WHEN 'person' THEN (SELECT name FROM person n WHERE n.org_id = t.org_id AND n.id = t.scope_id)
  ELSE (SELECT name FROM org n WHERE n.org_id = t.org_id) END`
export const ownerName = sql`(SELECT name FROM person n WHERE n.org_id = t.org_id AND n.id = t.owner_id)`

/** When the record came to be: the moment of its first change. */
function madeAt(table: 'forecast' | 'forecast_call'): RawBuilder<unknown> {
  return sql`(SELECT c.at FROM history h JOIN change c ON c.org_id = h.org_id AND c.id = h.change_id
    WHERE h.org_id = t.org_id AND h.entity = ${sql.lit(table)} AND h.entity_id = t.id ORDER BY h.version LIMIT 1)`
}

/** Periods of kept forecasts of one scope that are not over. */
export async function countWaiting(
  ctx: Asking,
  tx: Tx,
  { metric, day, scope }: { metric: string; day: Day; scope: { kind: ScopeKind; id: string } },
): Promise<number> {
  const row = await tx.first<{ waiting: number }>(sql`
    SELECT count(DISTINCT (t.grain, t.made_on, p ->> 'period'))::int8 AS waiting
    FROM forecast t CROSS JOIN jsonb_array_elements(t.periods) p
    WHERE t.org_id = ${tx.orgId} AND t.state <> 'removed' AND t.metric = ${metric}
      AND t.scope = ${scope.kind} AND t.scope_id = ${scope.id}::uuid AND ${visible(ctx, day, true)}
      AND (p ->> 'until') > ${day}`)
  return row?.waiting ?? 0
}

/** Kept forecasts, newest first. */
export function keptForecasts(
  ctx: Asking,
  tx: Tx,
  today: Day,
  {
    metric,
    after,
    limit,
  }: {
    metric?: string | undefined
    after?: { madeOn: string; id: string } | undefined
    limit: number
  },
): Promise<KeptForecast[]> {
  return tx.rows<KeptForecast>(sql`
    SELECT t.id, t.version, ${madeAt('forecast')} AS at, t.made_on, t.as_if, t.owner_id, ${ownerName} AS owner,
      t.metric, t.grain, t.horizon, t.scope, t.scope_id, coalesce(${scopeName}, '') AS scope_name, t.method, t.revision
    FROM forecast t WHERE t.org_id = ${tx.orgId} AND t.state <> 'removed' AND ${visible(ctx, today, false)}
      ${metric === undefined ? sql`` : sql`AND t.metric = ${metric}`}
      ${after === undefined ? sql`` : sql`AND (t.made_on, t.id) < (${after.madeOn}::date, ${after.id}::uuid)`}
    ORDER BY t.made_on DESC, t.id DESC LIMIT ${limit}`)
}

export interface Standing {
  metric: string
  grain: string
  horizon: number
  scope: ScopeKind
  scopeId: string
  madeOn: Day
}

/** The forecast of the same question and day that is kept already. */
export function keptAlready(
  tx: Tx,
  { metric, grain, horizon, scope, scopeId, madeOn }: Standing,
): Promise<{ id: string; version: number; at: string } | undefined> {
  return tx.first(sql`
    SELECT t.id, t.version, ${madeAt('forecast')} AS at FROM forecast t
    WHERE t.org_id = ${tx.orgId} AND t.state <> 'removed' AND t.metric = ${metric} AND t.grain = ${grain}
      AND t.horizon = ${horizon}::int AND t.scope = ${scope} AND t.scope_id = ${scopeId}::uuid AND t.made_on = ${madeOn}::date
    ORDER BY t.id DESC LIMIT 1`)
}

/** Whether the forecast of the same question and day was kept and taken back. */
export async function takenBack(
  tx: Tx,
  { metric, grain, horizon, scope, scopeId, madeOn }: Standing,
): Promise<boolean> {
  const row = await tx.first(sql`
    SELECT 1 FROM forecast t
    WHERE t.org_id = ${tx.orgId} AND t.state = 'removed' AND t.metric = ${metric} AND t.grain = ${grain}
      AND t.horizon = ${horizon}::int AND t.scope = ${scope} AND t.scope_id = ${scopeId}::uuid AND t.made_on = ${madeOn}::date LIMIT 1`)
  return row !== undefined
}

/** Two that keep the same forecast at once would keep it twice. */
export async function oneAtATime(tx: Tx): Promise<void> {
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`forecast ${tx.orgId}`}, 0))`)
}

/**
 * The day on which each question of one kind was kept last, since a day. Forecasts that look back are none of
 * them, but for those of the day after the records ended.
 */
export function lastKept(
  tx: Tx,
  {
    metrics,
    grain,
    horizon,
    since,
    ended,
  }: {
    metrics: readonly string[]
    grain: string
    horizon: number
    since: Day
    ended: Day | undefined
  },
): Promise<Pick<Standing, 'metric' | 'scope' | 'scopeId' | 'madeOn'>[]> {
  const counts = ended ? sql`(NOT t.as_if OR t.made_on = ${ended}::date)` : sql`NOT t.as_if`
  return tx.rows(sql`
    SELECT t.metric, t.scope, t.scope_id AS "scopeId", max(t.made_on) AS "madeOn" FROM forecast t
    WHERE t.org_id = ${tx.orgId} AND t.state <> 'removed' AND ${counts} AND t.metric = ANY (${metrics}) AND t.grain = ${grain}
      AND t.horizon = ${horizon}::int AND t.made_on >= ${since}::date
    GROUP BY t.metric, t.scope, t.scope_id`)
}

/** Teams and sellers that are in use. */
export async function scopesOf(tx: Tx): Promise<{ teams: string[]; sellers: string[] }> {
  const ids = async (table: 'team' | 'seller') => {
    const rows = await tx.rows<{ id: string }>(sql`
      SELECT id FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND state = 'active' ORDER BY id`)
    return rows.map(({ id }) => id)
  }
  return { teams: await ids('team'), sellers: await ids('seller') }
}

/** A round in which all forecasts of a day were asked for, and the data they were made from. */
export interface Round {
  madeOn: Day
  revision: number
}

/** The newest revision that is more than the keeping of forecasts itself. */
export async function dataRevision(tx: Tx): Promise<number> {
  const row = await tx.first<{ revision: number }>(sql`
    SELECT revision FROM change WHERE org_id = ${tx.orgId} AND operation <> 'forecast.keep-daily'
    ORDER BY revision DESC LIMIT 1`)
  return row?.revision ?? 0
}

export function lastRound(tx: Tx): Promise<Round | undefined> {
  return tx.first(sql`
    SELECT made_on AS "madeOn", revision FROM forecast_round WHERE org_id = ${tx.orgId}`)
}

export async function noteRound(tx: Tx, { madeOn, revision }: Round): Promise<void> {
  await tx.run(sql`
    INSERT INTO forecast_round (org_id, made_on, revision) VALUES (${tx.orgId}, ${madeOn}, ${revision})
    ON CONFLICT (org_id) DO UPDATE SET made_on = excluded.made_on, revision = excluded.revision`)
}

export interface CallRow {
  id: string
  version: number
  at: string
  owner_id: string
  owner: string
  period: string
  from_on: Day
  until_on: Day
  scope: ScopeKind
  scope_id: string
  scope_name: string
  commit_amount: number | null
  best_amount: number | null
}

/** Of a team or seller that was taken away nothing can be counted again. */
const scopeStands = sql`(t.scope NOT IN ('team', 'seller')
  OR EXISTS (SELECT 1 FROM team n WHERE n.org_id = t.org_id AND n.id = t.scope_id AND n.state <> 'removed')
  OR EXISTS (SELECT 1 FROM seller n WHERE n.org_id = t.org_id AND n.id = t.scope_id AND n.state <> 'removed'))`

/** Most calls shown at once. */
const callsMost = 2000

/** Calls for periods that touch the stretch; `scope` narrows to one team, seller … */
export function calls(
  ctx: Asking,
  tx: Tx,
  today: Day,
  wanted: {
    metric: string
    from?: Day | undefined
    until?: Day | undefined
    scope?: { kind: ScopeKind; id: string } | undefined
    gradable: boolean
  },
): Promise<CallRow[]> {
  const { metric, from, until, scope, gradable } = wanted
  return tx.rows<CallRow>(sql`
    SELECT t.id, t.version, ${madeAt('forecast_call')} AS at, t.owner_id, ${ownerName} AS owner, t.period, t.from_on,
      t.until_on, t.scope, t.scope_id, coalesce(${scopeName}, '') AS scope_name, t.commit_amount, t.best_amount
    FROM forecast_call t WHERE t.org_id = ${tx.orgId} AND t.state <> 'removed' AND t.metric = ${metric}
      AND (${visible(ctx, today, gradable)} OR t.owner_id = ${tx.personId}::uuid)
      ${gradable ? sql`AND ${scopeStands}` : sql``}
      ${from === undefined ? sql`` : sql`AND t.until_on > ${from}::date`}
      ${until === undefined ? sql`` : sql`AND t.from_on < ${until}::date`}
      ${scope === undefined ? sql`` : sql`AND t.scope = ${scope.kind} AND t.scope_id = ${scope.id}::uuid`}
    ORDER BY t.from_on, t.period, t.scope, scope_name, owner, t.id LIMIT ${callsMost}`)
}

/** The own call for a period and scope. */
export function ownCall(
  tx: Tx,
  {
    metric,
    period,
    scope,
    scopeId,
  }: Pick<Standing, 'metric' | 'scope' | 'scopeId'> & { period: string },
): Promise<{ id: string } | undefined> {
  return tx.first(sql`
    SELECT id FROM forecast_call WHERE org_id = ${tx.orgId} AND state <> 'removed' AND owner_id = ${tx.personId}::uuid
      AND metric = ${metric} AND period = ${period} AND scope = ${scope} AND scope_id = ${scopeId}::uuid`)
}

/** Whose call it is. */
export function callOwner(tx: Tx, id: string): Promise<{ owner_id: string } | undefined> {
  return tx.first(sql`
    SELECT owner_id FROM forecast_call WHERE org_id = ${tx.orgId} AND id = ${id}::uuid AND state <> 'removed'`)
}

/** Whether all of a team, or of a seller, is within reach today. */
export async function coversScope(
  ctx: Asking,
  tx: Tx,
  kind: 'team' | 'seller',
  { id, today }: { id: string; today: Day },
): Promise<boolean> {
  const condition =
    kind === 'team'
      ? teamReachCondition(ctx, sql`${id}::uuid`)
      : reachCondition(ctx, { seller: sql`${id}::uuid`, day: sql`${today}::date` })
  return (await tx.first<{ yes: boolean }>(sql`SELECT ${condition} AS yes`))?.yes ?? false
}

/** Name of a person. */
export async function personName(tx: Tx, id: string): Promise<string> {
  const row = await tx.first<{ name: string }>(
    sql`SELECT name FROM person WHERE org_id = ${tx.orgId} AND id = ${id}::uuid`,
  )
  return row?.name ?? ''
}
