// Open deals one by one, and what became of earlier ones: by stage and team, how long they were open, how early deals are known.
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

/** An open deal on one of the days asked about, with what became of it. */
export interface OpenDealAt extends OpenDeal {
  /** Place of the day among those asked about. */
  place: number
  outcome: 'open' | 'won' | 'lost'
  closedOn: Day | null
}

/** Rows of one statement: on many days there may be any number of them. */
const pageRows = 50_000

/** Deals open at the end of the day before each of the days, within the question's scope: all of them. */
export async function openDealsAt(
  tx: Tx,
  { scope }: Asked,
  days: readonly Day[],
  limit = pageRows,
): Promise<OpenDealAt[]> {
  const entry = (
    column: string,
  ) => sql`(SELECT ${sql.ref(column)} FROM ${factRows(scope, 'stage_entry')} e
    WHERE e.deal_id = f.id AND e.entered_on < span.until_on ORDER BY e.entered_on DESC, e.id DESC LIMIT 1)`
  const source = openSource(scope, ['team'], momentsOf(days), false)
  const all: OpenDealAt[] = []
  for (;;) {
    const last = all.at(-1)
    const after = last
      ? sql`AND (span.frame, f.id) > (${last.place}::int, ${last.id}::uuid)`
      : sql``
    const page = await tx.rows<OpenDealAt>(sql`${commonTables(scope)}
      SELECT span.frame AS place, f.id, f.seller_id AS "sellerId", p.team_id AS "teamId", f.base_amount AS amount,
        coalesce(${entry('stage_id')}, CASE WHEN f.outcome = 'open' THEN f.stage_id END) AS "stageId", ${entry('entered_on')} AS "enteredOn", f.opened_on AS "openedOn",
        f.outcome, f.closed_on AS "closedOn"
      ${source} ${after}
      ORDER BY span.frame, f.id LIMIT ${limit}`)
    for (const deal of page) all.push(deal)
    if (page.length < limit) return all
  }
}

const momentsOf = (days: readonly Day[]) =>
  days.map((untilOn, frame) => ({ frame, untilOn, starts: [] }))

/** How many of the deals that {@link openDealsAt} tells of were won and lost, and how many of those have an amount. */
export function amountsOfOpenDeals(
  tx: Tx,
  { scope }: Asked,
  days: readonly Day[],
): Promise<{ outcome: 'open' | 'won' | 'lost'; deals: number; withAmount: number }[]> {
  return tx.rows(sql`${commonTables(scope)}
    SELECT f.outcome, count(*)::int8 AS deals, count(*) FILTER (WHERE f.base_amount > 0)::int8 AS "withAmount"
    ${openSource(scope, ['team'], momentsOf(days), false)} GROUP BY f.outcome`)
}

/** The scope over the whole organisation: chances are no figures of a person. */
function whole(scope: Scope): Scope {
  return { ...scope, reach: undefined, narrowing: { cells: new Map(), days: [] } }
}

/** The days as an array; a closing is known from the first of them after it on. */
const daysList = (days: readonly Day[]) =>
  sql`ARRAY[${sql.join(days.map((day) => sql`${day}`))}]::date[]`

export interface StageOutcome {
  /** Null: of all closed deals, whatever is known of their way. */
  stageId: string | null
  stage: string | null
  position: number | null
  teamId: string | null
  closed: number
  won: number
  /** Place of the first of the days asked about on which these were known. */
  known: number
}

/**
 * How many deals that came as far as a stage were closed and won before each of the days (ascending), by
 * the team of the closing day. Whoever won had come through every stage; how far the lost ones came is
 * known only where their way is, so all others count among all closed deals alone.
 */
export function stageOutcomesOf(
  tx: Tx,
  about: Asked,
  days: readonly Day[],
): Promise<StageOutcome[]> {
  const scope = whole(about.scope)
  const org = sql`${scope.orgId}::uuid`
  return tx.rows<StageOutcome>(sql`${commonTables(scope)},
    done AS MATERIALIZED (
      SELECT d.id, d.outcome = 'won' AS won, p.team_id, width_bucket(d.closed_on, ${daysList(days)}) AS known
      FROM ${factRows(scope, 'deal')} d
      LEFT JOIN place p ON p.seller_id = d.seller_id AND p.valid_from <= d.closed_on AND d.closed_on < p.valid_until
      WHERE d.outcome <> 'open' AND d.closed_on < ${days.at(-1)}::date
    ), way AS (
      SELECT d.id, d.won, d.team_id, d.known, max(s.position) AS reached
      FROM ${factRows(scope, 'stage_entry')} e JOIN done d ON d.id = e.deal_id
      JOIN stage s ON s.org_id = ${org} AND s.id = e.stage_id AND s.outcome = 'open' GROUP BY d.id, d.won, d.team_id, d.known
    )
    SELECT s.id AS "stageId", s.name AS stage, s.position, y.team_id AS "teamId", y.known,
      count(*)::int8 AS closed, count(*) FILTER (WHERE y.won)::int8 AS won
    FROM stage s JOIN way y ON y.won OR y.reached >= s.position
    WHERE s.org_id = ${org} AND s.outcome = 'open' GROUP BY s.id, s.name, s.position, y.team_id, y.known
    UNION ALL
    SELECT NULL, NULL, NULL, team_id, known, count(*)::int8, count(*) FILTER (WHERE won)::int8
    FROM done GROUP BY team_id, known`)
}

export interface DaysOpen {
  /** Null: counted from the opening. */
  stageId: string | null
  days: number
  won: number
  lost: number
  /** Deals that had been open for so many days, on the day of this place. */
  open: number
  /** Place among the days asked about: of closed deals the first on which that was known. */
  known: number
}

/**
 * How long deals were open until they were won or lost, and how long those still open had been, from
 * opening and from entering each stage, as it was known on each of the days (ascending).
 */
export function daysOpenOf(tx: Tx, about: Asked, days: readonly Day[]): Promise<DaysOpen[]> {
  const scope = whole(about.scope)
  const moments = days.map((day, place) => sql`(${place}::int, ${day}::date)`)
  return tx.rows<DaysOpen>(sql`${commonTables(scope)},
    ended AS MATERIALIZED (
      SELECT id, opened_on, closed_on AS last_on, width_bucket(closed_on, ${daysList(days)}) AS known, outcome
      FROM ${factRows(scope, 'deal')} d WHERE outcome <> 'open' AND closed_on < ${days.at(-1)}::date
    ), waiting AS MATERIALIZED (
      SELECT d.id, d.opened_on, m.day AS last_on, m.place AS known, 'open' AS outcome
      FROM ${factRows(scope, 'deal')} d JOIN (VALUES ${sql.join(moments)}) AS m(place, day)
        ON (d.opened_on < m.day OR (d.opened_on IS NULL AND d.outcome = 'open')) AND (d.closed_on IS NULL OR d.closed_on >= m.day)
    ), way AS (
      SELECT NULL::uuid AS stage_id, opened_on AS from_on, last_on, known, outcome FROM ended
      UNION ALL
      SELECT NULL::uuid, opened_on, last_on, known, outcome FROM waiting
      UNION ALL
      SELECT e.stage_id, min(e.entered_on), last_on, known, outcome
      FROM ${factRows(scope, 'stage_entry')} e JOIN ended w ON w.id = e.deal_id GROUP BY w.id, e.stage_id, last_on, known, outcome
      UNION ALL
      SELECT e.stage_id, min(e.entered_on), last_on, known, outcome
      FROM ${factRows(scope, 'stage_entry')} e JOIN waiting w ON w.id = e.deal_id AND e.entered_on < last_on
      GROUP BY w.id, e.stage_id, last_on, known, outcome
    )
    SELECT stage_id AS "stageId", last_on - from_on AS days, known, count(*) FILTER (WHERE outcome = 'won')::int8 AS won,
      count(*) FILTER (WHERE outcome = 'lost')::int8 AS lost, count(*) FILTER (WHERE outcome = 'open')::int8 AS open
    FROM way WHERE from_on <= last_on GROUP BY 1, 2, 3`)
}

export interface WonByOpening {
  /** Place of the period of winning among those given. */
  closed: number
  /** Such a place for the period of opening; below 0 for earlier ones, null where no opening is known. */
  opened: number | null
  won: number
  amount: number
  /** Sum of the squared amounts. */
  squares: number
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
    squares: number
  }>(sql`
    ${commonTables(scope)}
    SELECT ${bucketStart(grain, sql`d.closed_on`, scope.calendar)} AS closed,
      ${bucketStart(grain, sql`d.opened_on`, scope.calendar)} AS opened,
      count(*)::int8 AS won, coalesce(sum(d.base_amount), 0)::int8 AS amount,
      coalesce(sum(d.base_amount::float8 ^ 2), 0) AS squares
    FROM ${factRows(scope, 'deal')} d
    WHERE d.outcome = 'won' AND d.closed_on >= ${first.from}::date AND d.closed_on < ${last.until}::date
    GROUP BY 1, 2`)
  const stretch = { id: '', kind: 'custom' as const, from: first.from, until: last.until }
  const places = new Map(parts(stretch, grain, about.settings).map(({ id }, place) => [id, place]))
  const placeOf = (start: Day) => places.get(cellId(grain, start, scope.calendar) ?? '')
  return rows.map(({ closed, opened, won, amount, squares }) => ({
    closed: placeOf(closed) ?? 0,
    opened: opened === null ? null : (placeOf(opened) ?? -1),
    won,
    amount,
    squares,
  }))
}
