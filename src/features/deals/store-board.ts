// The SQL of the board: open deals per stage with their next step, and how long won ones took.
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type DealFilter, type DealRow, filters, openDaySql, selectDeal } from './store.ts'

export interface CardRow extends DealRow {
  days_in_stage: number | null
  days_open: number | null
  step_id: string | null
  step_kind: string | null
  step_subject: string | null
  step_due: string | null
}

export interface StageSum {
  stage_id: string
  count: number
  amount: number
  without_amount: number
  rate_missing: number
}

export type BoardFilter = Pick<DealFilter, 'sellerId' | 'customerId' | 'productId'>

function openDeals(tx: Tx, filter: BoardFilter, reach: RawBuilder<unknown>): RawBuilder<unknown>[] {
  return [
    sql`d.org_id = ${tx.orgId}`,
    sql`d.change_out IS NULL`,
    sql`d.closed_on IS NULL`,
    reach,
    ...filters(tx, filter),
  ]
}

/** Number and worth of the open deals of each stage that has any. */
export function sumsByStage(
  tx: Tx,
  filter: BoardFilter,
  reach: RawBuilder<unknown>,
): Promise<StageSum[]> {
  return tx.rows<StageSum>(sql`
    SELECT d.stage_id, count(*) AS count, coalesce(sum(d.base_amount), 0)::int8 AS amount,
      count(*) FILTER (WHERE d.amount IS NULL) AS without_amount,
      count(*) FILTER (WHERE d.amount IS NOT NULL AND d.base_amount IS NULL) AS rate_missing
    FROM deal d WHERE ${sql.join(openDeals(tx, filter, reach), sql` AND `)} GROUP BY d.stage_id`)
}

/** Open deals of a stage from a place on, newest opening day first. */
export function cardsOfStage(
  tx: Tx,
  asked: {
    stageId: string
    filter: BoardFilter
    reach: RawBuilder<unknown>
    today: string
    after: { day: string; id: string } | undefined
    limit: number
  },
): Promise<CardRow[]> {
  const { stageId, filter, reach, today, after, limit } = asked
  const conditions = [...openDeals(tx, filter, reach), sql`d.stage_id = ${stageId}`]
  if (after) conditions.push(sql`(${openDaySql}, d.id) < (${after.day}::date, ${after.id}::uuid)`)
  return tx.rows<CardRow>(sql`
    WITH page AS MATERIALIZED (
      SELECT d.id, d.version FROM deal d WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY ${openDaySql} DESC, d.id DESC LIMIT ${limit}
    )
    SELECT q.*, greatest(${today}::date - q.opened_on, 0) AS days_open,
      greatest(${today}::date - coalesce(entered.on_day, q.opened_on), 0) AS days_in_stage,
      step.id AS step_id, step.kind AS step_kind, step.subject AS step_subject, step.due_on AS step_due
    FROM (${selectDeal} JOIN page ON page.id = d.id AND page.version = d.version WHERE d.org_id = ${tx.orgId}) q
    LEFT JOIN LATERAL (
      SELECT max(e.entered_on) AS on_day FROM stage_entry e
      WHERE e.org_id = ${tx.orgId} AND e.deal_id = q.id AND e.stage_id = q.stage_id AND e.change_out IS NULL
    ) entered ON true
    LEFT JOIN LATERAL (
      SELECT a.id, a.kind, a.subject, a.due_on FROM activity a
      WHERE a.org_id = ${tx.orgId} AND a.deal_id = q.id AND a.state = 'active' AND a.done_on IS NULL
      ORDER BY a.due_on, a.id LIMIT 1
    ) step ON true
    ORDER BY q.opened_on DESC NULLS LAST, q.id DESC`)
}

/** What is usual now, not years ago: the deals won last. */
const wonMax = 1_000

export interface WonSpan {
  /** Null: from opening to closing. */
  stage_id: string | null
  from_on: Day
  until_on: Day
  count: number
}

/** From when until when the deals won last were open, and stood in each stage (for recorded steps). */
export function howLongWonLasted(tx: Tx, reach: RawBuilder<unknown>): Promise<WonSpan[]> {
  return tx.rows<WonSpan>(sql`
    WITH won AS MATERIALIZED (
      SELECT d.id, d.opened_on, d.closed_on FROM deal d
      WHERE d.org_id = ${tx.orgId} AND d.change_out IS NULL AND d.closed_on IS NOT NULL AND d.outcome = 'won'
        AND d.opened_on IS NOT NULL AND ${reach}
      ORDER BY d.closed_on DESC, d.id DESC LIMIT ${wonMax}
    ), stood AS (
      SELECT e.stage_id, e.entered_on AS from_on,
        coalesce(lead(e.entered_on) OVER (PARTITION BY e.deal_id ORDER BY e.entered_on, e.id), w.closed_on) AS until_on
      FROM won w JOIN stage_entry e ON e.org_id = ${tx.orgId} AND e.deal_id = w.id AND e.change_out IS NULL
    )
    SELECT NULL::uuid AS stage_id, opened_on AS from_on, closed_on AS until_on, count(*) AS count FROM won GROUP BY 2, 3
    UNION ALL SELECT stage_id, from_on, until_on, count(*) FROM stood WHERE until_on >= from_on GROUP BY 1, 2, 3`)
}
