// Open deals one by one, and what became of earlier ones: by stage and team, how long winning took, how early deals are known.
import { sql } from 'kysely'
import { type Day, type Period, parts } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { Asked } from './asked.ts'
import type { Grain } from './series.ts'
import { bucketStart, cellId, commonTables, factRows, type Scope } from './store-scope.ts'
import { openSource } from './store-sources.ts'

export interface OpenDeal {
  id: string
  sellerId: string | null
  teamId: string | null
  /** In the base currency; null without an amount, or without a rate. */
  amount: number | null
  /** The stage it was in; null where that is not known for the day. */
  stageId: string | null
  /** Since when, where its way through the stages is known. */
  enteredOn: Day | null
  openedOn: Day | null
}

/** Most open deals looked at one by one. */
export const openDealsMost = 100_000

/** Deals open at the end of the day before `day`, within the question's scope. */
export function openDealsAt(tx: Tx, { scope }: Asked, day: Day): Promise<OpenDeal[]> {
  const entry = (
    column: string,
  ) => sql`(SELECT ${sql.ref(column)} FROM ${factRows(scope, 'stage_entry')} e
    WHERE e.deal_id = f.id AND e.entered_on < ${day}::date ORDER BY e.entered_on DESC, e.id DESC LIMIT 1)`
  return tx.rows<OpenDeal>(sql`${commonTables(scope)}
    SELECT f.id, f.seller_id AS "sellerId", p.team_id AS "teamId", f.base_amount AS amount,
      coalesce(${entry('stage_id')}, CASE WHEN f.outcome = 'open' THEN f.stage_id END) AS "stageId", ${entry('entered_on')} AS "enteredOn", f.opened_on AS "openedOn"
    ${openSource(scope, ['team'], [{ frame: 0, untilOn: day, starts: [] }], false)}
    ORDER BY f.id LIMIT ${openDealsMost}`)
}

/** The scope over the whole organisation: chances are no figures of a person. */
function whole(scope: Scope): Scope {
  return { ...scope, reach: undefined, narrowing: { cells: new Map(), days: [] } }
}

export interface StageOutcome {
  /** Null: of all closed deals, whatever is known of their way. */
  stageId: string | null
  stage: string | null
  position: number | null
  teamId: string | null
  closed: number
  won: number
}

/**
 * How many deals that came as far as a stage were closed and won before a day, by the team of the
 * closing day. Whoever won had come through every stage; how far the lost ones came is known only
 * where their way is, so all others count among all closed deals alone.
 */
export function stageOutcomesOf(tx: Tx, about: Asked, until: Day): Promise<StageOutcome[]> {
  const scope = whole(about.scope)
  const org = sql`${scope.orgId}::uuid`
  return tx.rows<StageOutcome>(sql`${commonTables(scope)},
    done AS MATERIALIZED (
      SELECT d.id, d.outcome = 'won' AS won, p.team_id FROM ${factRows(scope, 'deal')} d
      LEFT JOIN place p ON p.seller_id = d.seller_id AND p.valid_from <= d.closed_on AND d.closed_on < p.valid_until
      WHERE d.outcome <> 'open' AND d.closed_on < ${until}::date
    ), way AS (
      SELECT d.id, d.won, d.team_id, max(s.position) AS reached
      FROM ${factRows(scope, 'stage_entry')} e JOIN done d ON d.id = e.deal_id
      JOIN stage s ON s.org_id = ${org} AND s.id = e.stage_id AND s.outcome = 'open' GROUP BY d.id, d.won, d.team_id
    )
    SELECT s.id AS "stageId", s.name AS stage, s.position, y.team_id AS "teamId",
      count(*)::int8 AS closed, count(*) FILTER (WHERE y.won)::int8 AS won
    FROM stage s JOIN way y ON y.won OR y.reached >= s.position
    WHERE s.org_id = ${org} AND s.outcome = 'open' GROUP BY s.id, s.name, s.position, y.team_id
    UNION ALL
    SELECT NULL, NULL, NULL, team_id, count(*)::int8, count(*) FILTER (WHERE won)::int8 FROM done GROUP BY team_id`)
}

export interface DaysToWin {
  /** Null: counted from the opening. */
  stageId: string | null
  days: number
  won: number
}

/** How many of the deals won before a day took how many days, from opening and from entering each stage. */
export function daysToWin(tx: Tx, about: Asked, until: Day): Promise<DaysToWin[]> {
  const scope = whole(about.scope)
  return tx.rows<DaysToWin>(sql`${commonTables(scope)},
    won AS MATERIALIZED (
      SELECT id, opened_on, closed_on FROM ${factRows(scope, 'deal')} d
      WHERE d.outcome = 'won' AND d.closed_on < ${until}::date
    )
    SELECT NULL::uuid AS "stageId", closed_on - opened_on AS days, count(*)::int8 AS won
    FROM won WHERE opened_on IS NOT NULL GROUP BY 2
    UNION ALL
    SELECT stage_id, closed_on - entered_on, count(*)::int8 FROM (
      SELECT e.stage_id, min(e.entered_on) AS entered_on, w.closed_on
      FROM ${factRows(scope, 'stage_entry')} e JOIN won w ON w.id = e.deal_id GROUP BY w.id, e.stage_id, w.closed_on
    ) entered WHERE entered_on <= closed_on GROUP BY 1, 2`)
}

export interface WonByOpening {
  /** Place of the period of winning among those given. */
  closed: number
  /** Such a place for the period of opening; below 0 for earlier ones, null where no opening is known. */
  opened: number | null
  won: number
  amount: number
}

/** What was won in each of the periods, by the period in which it was opened. */
export async function wonByOpening(
  tx: Tx,
  about: Asked,
  grain: Grain,
  periods: readonly Period[],
): Promise<WonByOpening[]> {
  const [first, last] = [periods[0], periods.at(-1)]
  if (!first || !last) return []
  const scope = whole(about.scope)
  const rows = await tx.rows<{
    closed: Day
    opened: Day | null
    won: number
    amount: number
  }>(sql`
    ${commonTables(scope)}
    SELECT ${bucketStart(grain, sql`d.closed_on`, scope.calendar)} AS closed,
      ${bucketStart(grain, sql`d.opened_on`, scope.calendar)} AS opened,
      count(*)::int8 AS won, coalesce(sum(d.base_amount), 0)::int8 AS amount
    FROM ${factRows(scope, 'deal')} d
    WHERE d.outcome = 'won' AND d.closed_on >= ${first.from}::date AND d.closed_on < ${last.until}::date
    GROUP BY 1, 2`)
  const stretch = { id: '', kind: 'custom' as const, from: first.from, until: last.until }
  const places = new Map(parts(stretch, grain, about.settings).map(({ id }, place) => [id, place]))
  const placeOf = (start: Day) => places.get(cellId(grain, start, scope.calendar) ?? '')
  return rows.map(({ closed, opened, won, amount }) => ({
    closed: placeOf(closed) ?? 0,
    opened: opened === null ? null : (placeOf(opened) ?? -1),
    won,
    amount,
  }))
}
