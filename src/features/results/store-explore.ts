// Cohorts of customers by first purchase, and the way of deals through the stages.
import { type RawBuilder, sql } from 'kysely'
import { bucketOf, type Day, type TimeDimension } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { DimensionId } from './contract.ts'
import {
  bucketStart,
  cellId,
  cellSql,
  commonTables,
  type Frame,
  factRows,
  openedColumns,
  type Scope,
  saleColumns,
} from './store-scope.ts'
import { openedSource, saleSource, staysOf } from './store-sources.ts'

type Sql<T = unknown> = RawBuilder<T>

/** Customers of one cohort who bought in one period. */
export interface CohortCell {
  cohort: string
  /** Of the first purchase, along the dimension asked for. */
  cell: string | null
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
  by: DimensionId | undefined,
): Promise<CohortCell[]> {
  const cell = by === undefined ? sql`NULL` : cellSql(by, saleColumns, scope)
  const bucket = bucketStart(grain, saleColumns.day, scope.calendar)
  const since: Frame = { from: frame.from, until: '9999-12-31' }
  const rows = await tx.rows<CohortCell>(sql`${commonTables(scope)},
    bought AS (
      SELECT f.customer_id, ${bucket} AS period, bool_or(f.id = fb.first_id AND f.on_day < ${frame.until}::date) AS first,
        min((${cell})::text) FILTER (WHERE f.id = fb.first_id) AS cell
      ${saleSource(scope, [since], listed(by), ['first'])} AND f.kind = 'sale' AND f.customer_id IS NOT NULL
      GROUP BY 1, 2
    ), cohort AS (SELECT customer_id, period, cell FROM bought WHERE first)
    SELECT c.period AS cohort, b.period AS bought, c.cell, count(*) AS customers
    FROM cohort c JOIN bought b ON b.customer_id = c.customer_id AND b.period >= c.period
    GROUP BY 1, 2, 3 ORDER BY 1, 2`)
  const id = (start: Day) => bucketOf(grain, start, scope.calendar)
  return withCells(scope, by, rows).map((row) => ({
    ...row,
    cohort: id(row.cohort),
    bought: id(row.bought),
  }))
}

/** Cells as they are asked for: of time the ids of periods. */
function withCells<Row extends { cell: string | null }>(
  { calendar }: Scope,
  by: DimensionId | undefined,
  rows: readonly Row[],
): Row[] {
  return rows.map((row) =>
    by === undefined ? row : { ...row, cell: cellId(by, row.cell, calendar) },
  )
}

const listed = (by: DimensionId | undefined) => (by === undefined ? [] : [by])

/** Sales of a frame to nobody known. */
export async function anonymousSales(tx: Tx, scope: Scope, frame: Frame): Promise<number> {
  const row = await tx.first<{ n: number }>(sql`${commonTables(scope)}
    SELECT count(*) AS n ${saleSource(scope, [frame], [], [])} AND f.kind = 'sale' AND f.customer_id IS NULL`)
  return row?.n ?? 0
}

/** Deals opened in the frame, each with its cell along the dimension asked for. */
function openedDeals(scope: Scope, frame: Frame, by: DimensionId | undefined): Sql {
  const cell = by === undefined ? sql`NULL` : cellSql(by, openedColumns, scope)
  return sql`(SELECT f.id, f.outcome, f.stage_id, f.opened_on, f.closed_on, ${cell} AS cell
    ${openedSource(scope, [frame], listed(by))})`
}

export interface Way {
  cell: string | null
  outcome: 'open' | 'won' | 'lost'
  /** Position of the open stage reached last, as far as it is known. */
  reached: number | null
  deals: number
}

/** The open stages in the order deals come through them. */
export function openStages(
  tx: Tx,
  orgId: string,
): Promise<{ id: string; name: string; position: number }[]> {
  return tx.rows(sql`SELECT id, name, position FROM stage
    WHERE org_id = ${orgId}::uuid AND outcome = 'open' AND state <> 'removed' ORDER BY position, id`)
}

/**
 * How far the deals opened in the frame came. They are looked up twice rather than put aside: ten million
 * of them would be written to disk and read again.
 */
export async function dealWays(
  tx: Tx,
  scope: Scope,
  frame: Frame,
  by: DimensionId | undefined,
): Promise<Way[]> {
  const org = sql`${scope.orgId}::uuid`
  const rows = await tx.rows<Way>(sql`${commonTables(scope)},
    entered AS (
      SELECT d.id, max(s.position) AS position FROM ${openedDeals(scope, frame, undefined)} d
      JOIN ${factRows(scope, 'stage_entry')} e ON e.deal_id = d.id
      JOIN stage s ON s.org_id = ${org} AND s.id = e.stage_id AND s.outcome = 'open' GROUP BY d.id
    )
    SELECT d.cell, d.outcome, greatest(e.position, s.position) AS reached, count(*) AS deals
    FROM ${openedDeals(scope, frame, by)} d LEFT JOIN entered e ON e.id = d.id
    LEFT JOIN stage s ON s.org_id = ${org} AND s.id = d.stage_id AND s.outcome = 'open'
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`)
  return withCells(scope, by, rows)
}

/** How many took how many days, by cell; `stage`: those spent in it. */
export interface Span {
  cell: string | null
  days: number
  n: number
}

/** Days that deals opened in the frame spent in each stage they have left, how many how long. */
export async function daysInStages(
  tx: Tx,
  scope: Scope,
  frame: Frame,
  by: DimensionId | undefined,
): Promise<(Span & { stage: string })[]> {
  const rows = await tx.rows<Span & { stage: string }>(sql`${commonTables(scope)}
    SELECT d.cell, y.stage_id AS stage, y.left_on - y.entered_on AS days, count(*) AS n
    FROM ${staysOf(scope)} y JOIN ${openedDeals(scope, frame, by)} d ON d.id = y.deal_id GROUP BY 1, 2, 3`)
  return withCells(scope, by, rows)
}

/** Days from opening to winning of the deals opened in the frame, how many how long. */
export async function daysToWin(
  tx: Tx,
  scope: Scope,
  frame: Frame,
  by: DimensionId | undefined,
): Promise<Span[]> {
  const rows = await tx.rows<Span>(sql`${commonTables(scope)}
    SELECT d.cell, d.closed_on - d.opened_on AS days, count(*) AS n FROM ${openedDeals(scope, frame, by)} d
    WHERE d.outcome = 'won' AND d.closed_on >= d.opened_on GROUP BY 1, 2`)
  return withCells(scope, by, rows)
}

/** Condition on a sale `f`: its customer first bought in the frame, within the scope. */
export function amongFirstBuyers(scope: Scope, frame: Frame): Sql<boolean> {
  return sql`f.customer_id IN (
    SELECT f.customer_id ${saleSource(scope, [frame], [], ['first'])} AND f.id = fb.first_id)`
}

/** Condition on a fact `f` of a deal: the deal was opened in the frame, within the scope. */
export function amongOpened(scope: Scope, frame: Frame, deal: 'id' | 'deal_id'): Sql<boolean> {
  return sql`f.${sql.ref(deal)} IN (SELECT f.id ${openedSource(scope, [frame], [])})`
}

/** Condition on a deal `f`: it was won, is in this open stage or a later one, or has been. */
export function amongReached(scope: Scope, stage: string): Sql<boolean> {
  const org = sql`${scope.orgId}::uuid`
  return sql`(f.outcome = 'won' OR f.id IN (
    SELECT e.deal_id AS id FROM ${factRows(scope, 'stage_entry')} e JOIN stage s ON s.org_id = ${org} AND s.id = e.stage_id
    WHERE s.outcome = 'open' AND s.position >= (SELECT position FROM stage WHERE org_id = ${org} AND id = ${stage}::uuid)
  ) OR f.stage_id IN (
    SELECT s.id FROM stage s WHERE s.org_id = ${org} AND s.outcome = 'open'
      AND s.position >= (SELECT position FROM stage WHERE org_id = ${org} AND id = ${stage}::uuid)))`
}
