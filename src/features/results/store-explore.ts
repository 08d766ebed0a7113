// Cohorts of customers by first purchase, and the way of deals through the stages.
import { sql } from 'kysely'
import { bucketOf, type Day, type TimeDimension } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import {
  bucketStart,
  closedColumns,
  commonTables,
  dimensionJoins,
  type FactColumns,
  type Frame,
  factRows,
  type Scope,
  saleColumns,
  scopeCondition,
  usedDimensions,
} from './store-scope.ts'
import { saleSource } from './store-sources.ts'

/** Customers of one cohort who bought in one period. */
export interface CohortCell {
  cohort: string
  bought: string
  customers: number
}

/**
 * Customers whose first purchase ever lies in the frame and in scope, by its period, and how many of
 * them bought, within scope, in each period from then on.
 */
export async function cohortCells(
  tx: Tx,
  scope: Scope,
  frame: Frame,
  grain: TimeDimension,
): Promise<CohortCell[]> {
  const bucket = bucketStart(grain, saleColumns.day, scope.calendar)
  const since: Frame = { from: frame.from, until: '9999-12-31' }
  const rows = await tx.rows<CohortCell>(sql`${commonTables(scope)},
    bought AS (
      SELECT f.customer_id, ${bucket} AS period, bool_or(f.id = fb.first_id AND f.on_day < ${frame.until}::date) AS first
      ${saleSource(scope, [since], [], ['first'])} AND f.kind = 'sale' AND f.customer_id IS NOT NULL
      GROUP BY 1, 2
    ), cohort AS (SELECT customer_id, period FROM bought WHERE first)
    SELECT c.period AS cohort, b.period AS bought, count(*) AS customers
    FROM cohort c JOIN bought b ON b.customer_id = c.customer_id AND b.period >= c.period
    GROUP BY 1, 2 ORDER BY 1, 2`)
  const id = (start: Day) => bucketOf(grain, start, scope.calendar)
  return rows.map((row) => ({ ...row, cohort: id(row.cohort), bought: id(row.bought) }))
}

/** Sales of a frame to nobody known. */
export async function anonymousSales(tx: Tx, scope: Scope, frame: Frame): Promise<number> {
  const row = await tx.first<{ n: number }>(sql`${commonTables(scope)}
    SELECT count(*) AS n ${saleSource(scope, [frame], [], [])} AND f.kind = 'sale' AND f.customer_id IS NULL`)
  return row?.n ?? 0
}

/** A deal opened in the frame belongs to the team its seller was in on that day. */
const openedColumns: FactColumns = { ...closedColumns, day: sql`f.opened_on` }

export interface Way {
  outcome: 'open' | 'won' | 'lost'
  /** Position of the open stage reached last, as far as it is known. */
  reached: number | null
  deals: number
}

/** Deals opened in the frame, alike ones together. */
function opened(scope: Scope, frame: Frame) {
  return sql`FROM ${factRows(scope, 'deal')} f ${dimensionJoins(usedDimensions(scope, []), openedColumns, scope)}
    WHERE f.opened_on >= ${frame.from}::date AND f.opened_on < ${frame.until}::date AND ${scopeCondition(scope, openedColumns)}`
}

/** The open stages in the order deals come through them. */
export function openStages(
  tx: Tx,
  orgId: string,
): Promise<{ id: string; name: string; position: number }[]> {
  return tx.rows(sql`SELECT id, name, position FROM stage
    WHERE org_id = ${orgId}::uuid AND outcome = 'open' AND state <> 'removed' ORDER BY position, id`)
}

/** How far the deals opened in the frame came. */
export function dealWays(tx: Tx, scope: Scope, frame: Frame): Promise<Way[]> {
  const org = sql`${scope.orgId}::uuid`
  return tx.rows<Way>(sql`${commonTables(scope)},
    deals AS (SELECT f.id, f.outcome, f.stage_id ${opened(scope, frame)}),
    entered AS (
      SELECT d.id, max(s.position) AS position FROM deals d
      JOIN ${factRows(scope, 'stage_entry')} e ON e.deal_id = d.id
      JOIN stage s ON s.org_id = ${org} AND s.id = e.stage_id AND s.outcome = 'open' GROUP BY d.id
    )
    SELECT d.outcome, greatest(e.position, s.position) AS reached, count(*) AS deals
    FROM deals d LEFT JOIN entered e ON e.id = d.id
    LEFT JOIN stage s ON s.org_id = ${org} AND s.id = d.stage_id AND s.outcome = 'open'
    GROUP BY 1, 2 ORDER BY 1, 2`)
}

/** Days that deals opened in the frame spent in each stage they have left, how many how long. */
export function daysInStages(
  tx: Tx,
  scope: Scope,
  frame: Frame,
): Promise<{ stage: string; days: number; n: number }[]> {
  return tx.rows(sql`${commonTables(scope)},
    deals AS (SELECT f.id, f.closed_on ${opened(scope, frame)}),
    stays AS (
      SELECT e.stage_id, e.entered_on,
        lead(e.entered_on, 1, d.closed_on) OVER (PARTITION BY d.id ORDER BY e.entered_on, e.id) AS left_on
      FROM deals d JOIN ${factRows(scope, 'stage_entry')} e ON e.deal_id = d.id
    )
    SELECT y.stage_id AS stage, y.left_on - y.entered_on AS days, count(*) AS n
    FROM stays y JOIN stage s ON s.org_id = ${scope.orgId}::uuid AND s.id = y.stage_id AND s.outcome = 'open'
    WHERE y.left_on >= y.entered_on GROUP BY 1, 2`)
}

/** Days from opening to winning of the deals opened in the frame, how many how long. */
export function daysToWin(
  tx: Tx,
  scope: Scope,
  frame: Frame,
): Promise<{ days: number; n: number }[]> {
  return tx.rows(sql`${commonTables(scope)}
    SELECT f.closed_on - f.opened_on AS days, count(*) AS n ${opened(scope, frame)}
      AND f.outcome = 'won' AND f.closed_on >= f.opened_on GROUP BY 1`)
}
