// The SQL that holds kept forecasts against what came: each scope on its own, summed up where the rows are.
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { GradedPeriod, GradeSums } from './calc/grade.ts'
import type { ForecastMethod } from './contract.ts'
import { type Asking, ownerName, type ScopeKind, visible } from './store.ts'

export interface Grading {
  metric: string
  /** Only periods that are over by this day. */
  over: Day
  /** Whose forecasts: scopes of one kind, so that what came is counted for all of them at once. */
  kind: ScopeKind
  ids: readonly string[]
}

/** What came of a scope in a stretch. */
export interface Came {
  id: string
  from: Day
  until: Day
  actual: number
}

/** Periods that are over, `e`, of the forecasts `t` that the person may see and count again. */
function overOf(ctx: Asking, tx: Tx, { metric, over, kind, ids }: Grading): RawBuilder<unknown> {
  return sql`forecast t CROSS JOIN LATERAL jsonb_array_elements(t.periods) WITH ORDINALITY AS e(said, place)
    WHERE t.org_id = ${tx.orgId} AND t.state <> 'removed' AND t.metric = ${metric}
      AND t.scope = ${kind} AND t.scope_id = ANY (${ids}::uuid[]) AND ${visible(ctx, over, true)}
      AND (e.said ->> 'until') <= ${over}`
}

/** The stretches of those periods. */
export function stretchesOver(
  ctx: Asking,
  tx: Tx,
  asked: Grading,
): Promise<{ from: Day; until: Day }[]> {
  return tx.rows(sql`
    SELECT DISTINCT e.said ->> 'from' AS "from", e.said ->> 'until' AS until FROM ${overOf(ctx, tx, asked)} ORDER BY 1, 2`)
}

/**
 * Table `graded`: each period of a day once, because how many periods ahead were asked for makes no second
 * forecast; of several the one that was made first. Where nothing is known to have come, nothing came.
 */
function graded(ctx: Asking, tx: Tx, asked: Grading, came: readonly Came[]): RawBuilder<unknown> {
  return sql`WITH came AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(came)}::jsonb) AS c(id uuid, "from" text, until text, actual float8)
    ), told AS (
      SELECT DISTINCT ON (t.scope_id, t.grain, t.made_on, e.said ->> 'period') t.org_id, t.id AS forecast_id, t.scope_id,
        t.grain, t.made_on, t.as_if, t.owner_id, t.method, e.place::int AS horizon, e.said
      FROM ${overOf(ctx, tx, asked)}
      ORDER BY t.scope_id, t.grain, t.made_on, e.said ->> 'period', t.id
    ), graded AS (
      SELECT told.*, p.*, coalesce(came.actual, 0) AS actual, p.mean - coalesce(came.actual, 0) AS error,
        coalesce(came.actual, 0) BETWEEN p.low80 AND p.high80 AS inside80,
        coalesce(came.actual, 0) BETWEEN p.low95 AND p.high95 AS inside95,
        p.naive - coalesce(came.actual, 0) AS naive_error
      FROM told CROSS JOIN LATERAL jsonb_to_record(told.said) AS p(period text, "from" text, until text, mean float8,
        low80 float8, high80 float8, low95 float8, high95 float8, naive float8)
      LEFT JOIN came ON came.id = told.scope_id AND came."from" = p."from" AND came.until = p.until
    )`
}

export interface GradedRow extends GradedPeriod {
  forecastId: string
  madeOn: Day
  owner_id: string
  owner: string
  method: ForecastMethod
  horizon: number
  asIf: boolean
}

/** The newest graded periods. */
export function gradedRows(
  ctx: Asking,
  tx: Tx,
  asked: Grading,
  { came, limit }: { came: readonly Came[]; limit: number },
): Promise<GradedRow[]> {
  return tx.rows(sql`${graded(ctx, tx, asked, came)}
    SELECT t.forecast_id AS "forecastId", t.made_on AS "madeOn", t.owner_id, ${ownerName} AS owner, t.method, t.horizon,
      t.as_if AS "asIf", t.period, t."from", t.until, t.mean, t.low80, t.high80, t.low95, t.high95, t.naive, t.actual,
      t.error, t.inside80, t.inside95, t.naive_error AS "naiveError"
    FROM graded t ORDER BY t.made_on DESC, t."from", t.until, t.forecast_id LIMIT ${limit}`)
}

/** All graded periods of each scope, summed up; a scope of which none is over is absent. */
export function gradeSums(
  ctx: Asking,
  tx: Tx,
  asked: Grading,
  came: readonly Came[],
): Promise<(GradeSums & { id: string })[]> {
  return tx.rows(sql`${graded(ctx, tx, asked, came)}
    SELECT t.scope_id AS id, count(*)::int AS graded, sum(abs(t.error)) AS off, sum(t.error) AS bias,
      sum(abs(t.actual)) AS came, count(*) FILTER (WHERE t.inside80)::int AS inside80,
      count(*) FILTER (WHERE t.inside95)::int AS inside95, count(t.naive_error)::int AS beside,
      coalesce(sum(abs(t.naive_error)), 0) AS "naiveOff",
      count(*) FILTER (WHERE abs(t.error) < abs(t.naive_error))::int AS nearer
    FROM graded t GROUP BY t.scope_id`)
}

export interface ScopeName {
  kind: 'team' | 'seller'
  id: string
  name: string
  name_key: string
}

/** Teams and then sellers by name of whose forecasts a period is over. */
export function scopesOver(
  ctx: Asking,
  tx: Tx,
  {
    metric,
    over,
    after,
    limit,
  }: {
    metric: string
    over: Day
    after: Pick<ScopeName, 'kind' | 'name_key' | 'id'> | undefined
    limit: number
  },
): Promise<ScopeName[]> {
  const place = (kind: string) => (kind === 'team' ? 0 : 1)
  const of = (kind: 'team' | 'seller') => sql`
    SELECT ${sql.lit(place(kind))} AS place, ${sql.lit(kind)} AS kind, n.id, n.name, n.name_key COLLATE "C" AS name_key
    FROM ${sql.table(kind)} n WHERE n.org_id = ${tx.orgId} AND n.state <> 'removed' AND EXISTS (
      SELECT 1 FROM forecast t WHERE t.org_id = ${tx.orgId} AND t.state <> 'removed' AND t.metric = ${metric}
        AND t.scope = ${sql.lit(kind)} AND t.scope_id = n.id AND ${visible(ctx, over, true)}
        AND (t.periods -> 0 ->> 'until') <= ${over})`
  return tx.rows(sql`
    SELECT s.kind, s.id, s.name, s.name_key FROM (${of('team')} UNION ALL ${of('seller')}) s
    ${after ? sql`WHERE (s.place, s.name_key, s.id) > (${place(after.kind)}::int, ${after.name_key}, ${after.id}::uuid)` : sql``}
    ORDER BY s.place, s.name_key, s.id LIMIT ${limit}`)
}
