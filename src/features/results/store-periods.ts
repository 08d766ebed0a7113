// When things were known, and from when to when there is anything to see.
import { sql } from 'kysely'
import { addDays, bucketOf, type Day, type TimeDimension } from '../../basics/period.ts'
import { assert } from '../../basics/refusal.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import {
  bucketStart,
  closedColumns,
  commonTables,
  countingSales,
  dimensionJoins,
  factRows,
  heardColumns,
  type Scope,
  scopeCondition,
} from './store-scope.ts'

/** A revision, and when it came to be; `past` when later changes exist that must not be seen. */
export interface Known {
  revision: number
  at: string
  past: boolean
}

/** The newest revision; with `asOf`, the last one that falls on or before the end of that day in the zone. */
export async function knownAt(tx: Tx, asOf: Day | undefined, zone: string): Promise<Known> {
  const head = await tx.first<{ revision: number; at: string }>(
    sql`SELECT revision, at FROM org_head WHERE org_id = ${tx.orgId}`,
  )
  assert(head, 'every organisation has a head')
  if (asOf === undefined) return { ...head, past: false }
  const end = Temporal.PlainDate.from(addDays(asOf, 1)).toZonedDateTime(zone).toInstant().toString()
  const last = await tx.first<{ revision: number; at: string }>(sql`
    SELECT revision, at FROM change WHERE org_id = ${tx.orgId} AND at < ${end}::timestamptz
    ORDER BY at DESC, revision DESC LIMIT 1`)
  if (!last) return { revision: 0, at: end, past: head.revision > 0 }
  return { ...last, past: last.revision < head.revision }
}

/** When a revision came to be; undefined when there is none of this number. */
export async function knownAtRevision(tx: Tx, revision: number): Promise<Known | undefined> {
  const row = await tx.first<{ at: string; head: number }>(sql`
    SELECT c.at, h.revision AS head FROM change c JOIN org_head h ON h.org_id = ${tx.orgId}
    WHERE c.org_id = ${tx.orgId} AND c.revision = ${revision}::int8`)
  return row && { revision, at: row.at, past: revision < row.head }
}

/**
 * First and last day on which something was sold or a deal was closed, in the whole organisation;
 * where nothing was, of answers and cases.
 */
export async function dataBounds(
  tx: Tx,
  scope: Scope,
): Promise<{ first: Day; last: Day } | undefined> {
  const row = await tx.first<{ first: Day | null; last: Day | null }>(sql`${commonTables(scope)}
    SELECT least((SELECT min(on_day) FROM ${factRows(scope, 'sale')} s),
        (SELECT min(closed_on) FROM ${factRows(scope, 'deal')} d)) AS first,
      greatest((SELECT max(on_day) FROM ${factRows(scope, 'sale')} s),
        (SELECT max(closed_on) FROM ${factRows(scope, 'deal')} d)) AS last`)
  if (row?.first && row.last) return { first: row.first, last: row.last }
  const heard = await tx.first<{ first: Day | null; last: Day | null }>(sql`${commonTables(scope)}
    SELECT min(on_day) AS first, max(on_day) AS last FROM (
      SELECT on_day FROM ${factRows(scope, 'survey_answer')} a
      UNION ALL SELECT on_day FROM ${factRows(scope, 'customer_case')} c
    ) x`)
  return heard?.first && heard.last ? { first: heard.first, last: heard.last } : undefined
}

/** Ids of the periods of a kind in which the person asking sees a sale, a closed deal, an answer or a case. */
export async function periodsWithData(
  tx: Tx,
  scope: Scope,
  kind: TimeDimension,
): Promise<string[]> {
  const columns = { seller: sql<string | null>`f.seller_id`, day: sql<string>`f.on_day` }
  const counting = countingSales(scope)
  const rows = await tx.rows<{ start: Day }>(sql`${commonTables(scope)}
    SELECT ${bucketStart(kind, sql`day`, scope.calendar)} AS start FROM (
      SELECT DISTINCT f.on_day AS day FROM (
        SELECT on_day, NULLIF(seller_id, '00000000-0000-0000-0000-000000000000') AS seller_id, row_count
        FROM sale_day_seller WHERE org_id = ${tx.orgId} AND ${counting}
        UNION ALL
        SELECT on_day, NULLIF(seller_id, '00000000-0000-0000-0000-000000000000'), row_count
        FROM sale_day_seller_delta WHERE org_id = ${tx.orgId} AND ${counting}
      ) f ${dimensionJoins([], columns, scope)} WHERE ${scopeCondition(scope, columns)}
      GROUP BY f.on_day HAVING sum(f.row_count) <> 0
      UNION
      SELECT f.closed_on FROM ${factRows(scope, 'deal')} f
      ${dimensionJoins([], closedColumns, scope)}
      WHERE f.closed_on IS NOT NULL AND ${scopeCondition(scope, closedColumns)}
      UNION
      SELECT f.on_day FROM ${factRows(scope, 'survey_answer')} f
      ${dimensionJoins([], heardColumns, scope)} WHERE ${scopeCondition(scope, heardColumns)}
      UNION
      SELECT f.on_day FROM ${factRows(scope, 'customer_case')} f
      ${dimensionJoins([], heardColumns, scope)} WHERE ${scopeCondition(scope, heardColumns)}
    ) days GROUP BY 1 ORDER BY max(day) DESC`)
  return rows.map(({ start }) => bucketOf(kind, start, scope.calendar))
}
