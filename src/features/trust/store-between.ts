// The SQL of what changed between two revisions: effects on revenue by change, and rows touched by table.
import { type RawBuilder, sql } from 'kysely'
import { readCursor } from '../../platform/database/paging.ts'
import { type FactTable, facts } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { revenueSources } from '../orders/door.ts'
import { countingSales } from '../results/door.ts'
import { type Switched, switchedDays } from './calc/between.ts'

type Sql<T = unknown> = RawBuilder<T>
type Sources = Awaited<ReturnType<typeof revenueSources>>

/** Changes with a revision after the one and up to the other. */
export interface Stretch {
  after: number
  upTo: number
}

/** Some changes, and between which ids they lie: facts are then found by the index on their change. */
interface Chosen {
  changes: Sql
  first: string
  last: string
}

/** Which sales count, from which revision on; the first entry holds at the beginning of the stretch. */
export interface Era {
  since: number
  sources: Sources
}

export interface EffectQuestion {
  stretch: Stretch
  eras: readonly Era[]
  /** Only sales of these days. */
  days?: { from: string; until: string } | undefined
  /** Sales of days before this one are counted apart as well. */
  toldUntil: string
}

/** All changes of a stretch; undefined when there are none. */
export async function changesOf(
  tx: Tx,
  { after, upTo }: Stretch,
): Promise<(Chosen & { count: number }) | undefined> {
  const within = sql`FROM change WHERE org_id = ${tx.orgId} AND revision > ${after}::int8 AND revision <= ${upTo}::int8`
  const row = await tx.first<{ count: number; first: string | null; last: string | null }>(sql`
    SELECT count(*) AS count, min(id::text COLLATE "C") AS first, max(id::text COLLATE "C") AS last ${within}`)
  return row?.first && row.last
    ? { count: row.count, first: row.first, last: row.last, changes: sql`SELECT * ${within}` }
    : undefined
}

function these(tx: Tx, ids: readonly string[]): Chosen {
  const sorted = [...ids].sort()
  return {
    changes: sql`SELECT * FROM change WHERE org_id = ${tx.orgId} AND id = ANY(${sorted}::uuid[])`,
    first: sorted[0] ?? '',
    last: sorted.at(-1) ?? '',
  }
}

/** Which sales counted all through a stretch: how it began, and from each change of the setting on. */
export async function erasOf(tx: Tx, { after, upTo }: Stretch): Promise<Era[]> {
  const set = await tx.rows<{ revision: number }>(sql`
    SELECT DISTINCT c.revision FROM history h JOIN change c ON c.org_id = ${tx.orgId} AND c.id = h.change_id
    WHERE h.org_id = ${tx.orgId} AND h.entity = 'revenue_source'
      AND c.revision > ${after}::int8 AND c.revision <= ${upTo}::int8 ORDER BY 1`)
  const eras: Era[] = []
  for (const since of [after, ...set.map(({ revision }) => revision)])
    eras.push({ since, sources: await revenueSources(tx, since) })
  return eras
}

/** Whether a sale `s` that the change `b` moved counts, by the setting as it was with that change. */
function counts({ eras, days }: EffectQuestion): Sql<boolean> {
  const day = sql<string>`s.on_day`
  const within = days
    ? sql<boolean>`${day} >= ${days.from}::date AND ${day} < ${days.until}::date`
    : sql<boolean>`true`
  const [only] = eras
  if (eras.length === 1 && only) return sql<boolean>`${countingSales(only, day)} AND ${within}`
  const parts = eras.map((era, at) => {
    const next = eras[at + 1]
    const until = next ? sql`AND b.revision < ${next.since}::int8` : sql``
    return sql`(b.revision >= ${era.since}::int8 ${until} AND ${countingSales(era, day)})`
  })
  return sql<boolean>`(${sql.join(parts, sql` OR `)}) AND ${within}`
}

/** Sales known just before a revision that count from it on, or no longer do, because the setting changed. */
function switchedSales(
  tx: Tx,
  revision: number,
  { from, until, was, is }: Switched,
  { days }: EffectQuestion,
): Sql {
  const since = sql`SELECT id FROM change WHERE org_id = ${tx.orgId} AND revision >= ${revision}::int8`
  const [first, end] = [
    days && days.from > from ? days.from : from,
    days && days.until < until ? days.until : until,
  ]
  const known = (state: Sql) => sql`
    SELECT on_day, base_amount, source FROM sale
    WHERE org_id = ${tx.orgId} AND ${state} AND change_in NOT IN (${since})
      AND on_day >= ${first}::date AND on_day < ${end}::date`
  return sql`
    SELECT b.id AS change_id, s.on_day, s.base_amount, CASE s.source WHEN ${is} THEN 1 WHEN ${was} THEN -1 ELSE 0 END AS sign
    FROM between_changes b CROSS JOIN (
      ${known(sql`change_out IS NULL`)} UNION ALL ${known(sql`change_out IS NOT NULL AND change_out IN (${since})`)}
    ) s WHERE b.revision = ${revision}::int8`
}

/**
 * The WITH list of every question about effects. A row that a change put in counts plus, one it closed
 * minus; and where it set which sales count, so do those that come and go by that. So the effects of all
 * changes add up to the difference between the two revisions.
 */
function effectTables(tx: Tx, { changes, first, last }: Chosen, asked: EffectQuestion): Sql {
  const near = (column: string) =>
    sql`${sql.ref(`s.${column}`)} >= ${first}::uuid AND ${sql.ref(`s.${column}`)} <= ${last}::uuid`
  const switched = asked.eras.flatMap((era, at) => {
    const before = asked.eras[at - 1]
    return before
      ? switchedDays(before.sources, era.sources).map((days) =>
          switchedSales(tx, era.since, days, asked),
        )
      : []
  })
  const moved = [
    sql`SELECT b.id AS change_id, s.on_day, s.base_amount, 1 AS sign
      FROM sale s JOIN between_changes b ON b.id = s.change_in
      WHERE s.org_id = ${tx.orgId} AND ${near('change_in')} AND ${counts(asked)}`,
    sql`SELECT b.id, s.on_day, s.base_amount, -1
      FROM sale s JOIN between_changes b ON b.id = s.change_out
      WHERE s.org_id = ${tx.orgId} AND s.change_out IS NOT NULL AND ${near('change_out')} AND ${counts(asked)}`,
    ...switched,
  ]
  return sql`WITH between_changes AS MATERIALIZED (${changes}),
    month_effect AS MATERIALIZED (
      SELECT change_id, date_trunc('month', on_day::timestamp) AS month,
        coalesce(sum(sign * base_amount), 0)::int8 AS effect,
        coalesce(sum(sign * base_amount) FILTER (WHERE on_day < ${asked.toldUntil}::date), 0)::int8 AS told,
        coalesce(sum(sign) FILTER (WHERE base_amount IS NULL), 0)::int8 AS unrated
      FROM (${sql.join(moved, sql` UNION ALL `)}) moved GROUP BY 1, 2
    ),
    change_effect AS (
      SELECT change_id, sum(effect)::int8 AS effect, sum(unrated)::int8 AS unrated FROM month_effect GROUP BY 1
    )`
}

export interface EffectRow {
  what: 'all' | 'month' | 'because' | 'operation' | 'person'
  /** The month, the operation, or the id of the person. */
  key: string
  changeId: string | null
  changes: number
  effect: number
  /** The part on days that are counted apart; of `all` only. */
  told: number
  /** How many more sales there are without a rate; of `all` only. */
  unrated: number
}

/** How many changes are named for each month. */
const reasonsPerMonth = 3

/** Effects on revenue by month, with the largest, by operation and by person; all in one reading of the ledger. */
export function effectsOf(tx: Tx, chosen: Chosen, asked: EffectQuestion): Promise<EffectRow[]> {
  const month = sql`to_char(month, 'YYYY-MM')`
  const by = (what: string, column: Sql) => sql`
    SELECT ${sql.lit(what)}, ${column}, NULL::uuid, count(*), coalesce(sum(e.effect), 0)::int8, 0, 0
    FROM between_changes b LEFT JOIN change_effect e ON e.change_id = b.id GROUP BY 2`
  return tx.rows<EffectRow>(sql`${effectTables(tx, chosen, asked)}, ranked AS (
      SELECT month, change_id, effect,
        row_number() OVER (PARTITION BY month ORDER BY abs(effect) DESC, change_id DESC) AS place
      FROM month_effect WHERE effect <> 0
    )
    SELECT 'all' AS what, '' AS key, NULL::uuid AS "changeId", (SELECT count(*) FROM between_changes) AS changes,
      coalesce(sum(effect), 0)::int8 AS effect, coalesce(sum(told), 0)::int8 AS told, coalesce(sum(unrated), 0)::int8 AS unrated
    FROM month_effect
    UNION ALL SELECT 'month', ${month}, NULL, count(*), sum(effect)::int8, 0, 0
    FROM month_effect WHERE effect <> 0 GROUP BY month
    UNION ALL SELECT 'because', ${month}, change_id, 1, effect, 0, 0 FROM ranked WHERE place <= ${sql.lit(reasonsPerMonth)}
    UNION ALL ${by('operation', sql`b.operation`)}
    UNION ALL ${by('person', sql`b.actor::text`)}`)
}

export interface TableCount {
  table: string
  added: number
  replaced: number
  closed: number
}

/**
 * Rows of one fact table that changes touched, one line per change and row: one that a change closed and
 * put in anew was replaced. What one change put in and closed again was never known, and does not count.
 */
function touchedFacts(tx: Tx, table: FactTable, { first, last }: Chosen): Sql {
  const tab = sql.table(table)
  const name = sql.lit(table)
  const near = (column: string) =>
    sql`${sql.ref(column)} >= ${first}::uuid AND ${sql.ref(column)} <= ${last}::uuid
      AND ${sql.ref(column)} IN (SELECT id FROM between_changes)`
  return sql`
    SELECT f.change_in AS change_id, ${name} AS name, f.id, 1 AS added, 0 AS replaced, 0 AS closed
    FROM ${tab} f WHERE f.org_id = ${tx.orgId} AND ${near('f.change_in')} AND f.change_out IS DISTINCT FROM f.change_in
    UNION ALL
    SELECT o.change_out, ${name}, o.id, CASE WHEN n.id IS NULL THEN 0 ELSE -1 END,
      CASE WHEN n.id IS NULL THEN 0 ELSE 1 END, CASE WHEN n.id IS NULL THEN 1 ELSE 0 END
    FROM ${tab} o LEFT JOIN ${tab} n ON n.org_id = ${tx.orgId} AND n.id = o.id AND n.version > o.version
      AND n.change_in = o.change_out AND n.change_out IS DISTINCT FROM n.change_in
    WHERE o.org_id = ${tx.orgId} AND o.change_out IS NOT NULL AND ${near('o.change_out')} AND o.change_in <> o.change_out`
}

/** Rows that changes touched in any table; of a record the one row is changed in place. */
function touched(tx: Tx, chosen: Chosen): Sql {
  const parts = (Object.keys(facts) as FactTable[]).map((table) => touchedFacts(tx, table, chosen))
  return sql`WITH between_changes AS MATERIALIZED (${chosen.changes}), touched AS (
    ${sql.join(parts, sql` UNION ALL `)}
    UNION ALL
    SELECT h.change_id, h.entity, h.entity_id, CASE WHEN h.version = 1 THEN 1 ELSE 0 END,
      CASE WHEN h.version > 1 AND h.fields -> 'state' ->> 1 IS DISTINCT FROM 'removed' THEN 1 ELSE 0 END,
      CASE WHEN h.version > 1 AND h.fields -> 'state' ->> 1 = 'removed' THEN 1 ELSE 0 END
    FROM history h WHERE h.org_id = ${tx.orgId} AND h.change_id >= ${chosen.first}::uuid
      AND h.change_id <= ${chosen.last}::uuid AND h.change_id IN (SELECT id FROM between_changes)
  )`
}

const tableCounts = sql`name AS "table", sum(added)::int8 AS added, sum(replaced)::int8 AS replaced, sum(closed)::int8 AS closed`

/** Rows that all the changes together added, replaced and closed, by table. */
export function tablesOf(tx: Tx, chosen: Chosen): Promise<TableCount[]> {
  return tx.rows<TableCount>(sql`${touched(tx, chosen)}
    SELECT ${tableCounts} FROM touched GROUP BY name ORDER BY name COLLATE "C"`)
}

export interface TouchedByChange extends TableCount {
  changeId: string
  /** The one fact or record that was touched in this table; null when there were several. */
  only: string | null
}

/** The same for each of a few changes. */
export async function tablesByChange(tx: Tx, ids: readonly string[]): Promise<TouchedByChange[]> {
  if (ids.length === 0) return []
  return tx.rows<TouchedByChange>(sql`${touched(tx, these(tx, ids))}
    SELECT change_id AS "changeId", ${tableCounts},
      CASE WHEN min(id::text COLLATE "C") = max(id::text COLLATE "C") THEN min(id::text) END AS only
    FROM touched GROUP BY change_id, name ORDER BY name COLLATE "C"`)
}

export interface ChangeRow {
  id: string
  revision: number
  operation: string
  actor: string
  actorName: string | null
  at: string
  subject: Record<string, unknown>
  undoes: string | null
  undoneBy: string | null
  /** The import it belongs to. */
  batchId: string | null
}

export interface EffectOfChange {
  id: string
  effect: number
  unrated: number
}

/** A few changes by id, with who made them and whether they were taken back. */
export function changeRows(tx: Tx, ids: readonly string[]): Promise<ChangeRow[]> {
  return tx.rows<ChangeRow>(sql`
    SELECT c.id, c.revision, c.operation, c.actor, p.name AS "actorName", c.at, c.subject, c.undoes,
      (SELECT u.id FROM change u WHERE u.org_id = ${tx.orgId} AND u.undoes = c.id LIMIT 1) AS "undoneBy",
      (SELECT i.id FROM import_batch i WHERE i.org_id = ${tx.orgId} AND (i.change_id = c.id OR i.change_id = c.undoes)
        LIMIT 1) AS "batchId"
    FROM change c LEFT JOIN person p ON p.org_id = ${tx.orgId} AND p.id = c.actor
    WHERE c.org_id = ${tx.orgId} AND c.id = ANY(${[...ids]}::uuid[])`)
}

interface ListAsked {
  order: 'latest' | 'effect'
  cursor?: string | undefined
  limit: number
}

/** Changes of a stretch, latest first or by the size of their effect, from the place of the cursor on. */
export async function listEffects(
  tx: Tx,
  chosen: Chosen,
  asked: EffectQuestion,
  { order, cursor, limit }: ListAsked,
): Promise<(EffectOfChange & { revision: number })[]> {
  if (order === 'latest') {
    const after = readCursor(cursor, ['int'])
    const page = await tx.rows<{ id: string; revision: number }>(sql`
      SELECT id, revision FROM (${chosen.changes}) c WHERE ${after ? sql`revision < ${after[0]}::int8` : sql`true`}
      ORDER BY revision DESC LIMIT ${limit}`)
    const ids = page.map(({ id }) => id)
    if (ids.length === 0) return []
    const effects = await tx.rows<EffectOfChange>(sql`${effectTables(tx, these(tx, ids), asked)}
      SELECT change_id AS id, effect, unrated FROM change_effect`)
    const found = new Map(effects.map((one) => [one.id, one]))
    return page.map((row) => ({ effect: 0, unrated: 0, ...found.get(row.id), ...row }))
  }
  const after = readCursor(cursor, ['int', 'int'])
  return tx.rows(sql`${effectTables(tx, chosen, asked)}
    SELECT b.id, b.revision, coalesce(e.effect, 0) AS effect, coalesce(e.unrated, 0) AS unrated
    FROM between_changes b LEFT JOIN change_effect e ON e.change_id = b.id
    WHERE ${after ? sql`(abs(coalesce(e.effect, 0)), b.revision) < (${after[0]}::int8, ${after[1]}::int8)` : sql`true`}
    ORDER BY abs(coalesce(e.effect, 0)) DESC, b.revision DESC LIMIT ${limit}`)
}

export async function personNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    SELECT id, name FROM person WHERE org_id = ${tx.orgId} AND id = ANY(${[...ids]}::uuid[])`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
