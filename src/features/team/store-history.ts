// The history of one record or fact, newest first, with names instead of ids; and what it was once.
import { type RawBuilder, sql } from 'kysely'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { type FactTable, facts, type RecordTable } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { eventsOf, type Version, type Versions } from './calc/fact-history.ts'
import {
  type Content,
  type FieldChanges,
  fieldsForReading,
  type ReferencedTable,
  referencesIn,
} from './calc/history.ts'
import type { ListQuery, Named } from './store.ts'

export interface HistoryEntry {
  changeId: string
  version: number
  at: string
  actor: Named
  operation: string
  batch: Named | null
  undone: boolean
  fields: Record<string, [unknown, unknown]>
}

interface ChangeRow {
  change_id: string
  revision: number
  at: string
  actor: string
  actor_name: string | null
  operation: string
  batch_id: string | null
  file_name: string | null
  undone: boolean
}
interface HistoryRow extends ChangeRow {
  version: number
  fields: FieldChanges | null
}

/** Columns of {@link ChangeRow} from `change c`, with the person and the import joined. */
const changeColumns = (
  tx: Tx,
) => sql`c.id AS change_id, c.revision, c.at, c.actor, p.name AS actor_name,
  c.operation, b.id AS batch_id, b.file_name,
  EXISTS (SELECT 1 FROM change u WHERE u.org_id = ${tx.orgId} AND u.undoes = c.id) AS undone`
const changeJoins = (tx: Tx) => sql`LEFT JOIN person p ON p.org_id = ${tx.orgId} AND p.id = c.actor
  LEFT JOIN import_batch b ON b.org_id = ${tx.orgId} AND b.change_id = c.id`

/** History of a record. Empty when nothing is known under the id. */
export async function recordHistory(
  tx: Tx,
  entity: RecordTable,
  id: string,
  query: ListQuery,
): Promise<{ rows: HistoryEntry[]; next?: string }> {
  const after = readCursor(query.cursor, ['int'])
  const rows = await tx.rows<HistoryRow>(sql`
    SELECT ${changeColumns(tx)}, h.version, h.fields
    FROM history h JOIN change c ON c.org_id = ${tx.orgId} AND c.id = h.change_id ${changeJoins(tx)}
    WHERE h.org_id = ${tx.orgId} AND h.entity = ${entity} AND h.entity_id = ${id}
      AND ${after ? sql`h.version < ${after[0]}` : sql`true`}
    ORDER BY h.version DESC LIMIT ${query.limit + 1}`)
  const page = pageOfRows(rows, query.limit, (row) => [row.version])
  return { ...page, rows: await readable(tx, page.rows) }
}

/** History of a fact: its versions and those of its parts, each against what was before. */
export async function factHistory(
  tx: Tx,
  versions: Versions,
  query: ListQuery,
): Promise<{ rows: HistoryEntry[]; next?: string }> {
  const after = Number(readCursor(query.cursor, ['int'])?.[0] ?? Number.POSITIVE_INFINITY)
  const events = eventsOf(versions).filter(({ revision }) => revision < after)
  const page = pageOfRows(events, query.limit, ({ revision }) => [revision])
  const changes = await tx.rows<ChangeRow>(sql`
    SELECT ${changeColumns(tx)} FROM change c ${changeJoins(tx)} WHERE c.org_id = ${tx.orgId}
      AND c.revision = ANY(${page.rows.map(({ revision }) => revision)}::int8[])`)
  const byRevision = new Map(changes.map((change) => [change.revision, change]))
  const rows = page.rows.flatMap(({ revision, version, fields }) => {
    const change = byRevision.get(revision)
    return change ? [{ ...change, version, fields }] : []
  })
  return { ...page, rows: await readable(tx, rows) }
}

const contentOf = (alias: string, columns: readonly string[]) => sql`(
  SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(to_jsonb(${sql.ref(alias)})) f
  WHERE f.key IN (${sql.join(columns.map((name) => sql.lit(name)))}))`

/** Versions of the rows of a fact table that fit; a price keeps all its places as a text. */
function versionsIn(
  tx: Tx,
  table: FactTable,
  columns: readonly string[],
  fit: RawBuilder<unknown>,
): Promise<Version[]> {
  const price = columns.includes('price')
    ? sql`|| jsonb_build_object('price', trim_scale(f.price)::text)`
    : sql``
  return tx.rows<Version>(sql`
    SELECT f.id, f.version, i.revision AS since, o.revision AS until, ${contentOf('f', columns)} ${price} AS content
    FROM ${sql.table(table)} f JOIN change i ON i.org_id = ${tx.orgId} AND i.id = f.change_in
    LEFT JOIN change o ON o.org_id = ${tx.orgId} AND o.id = f.change_out
    WHERE f.org_id = ${tx.orgId} AND ${fit}
    ORDER BY f.id, f.version`)
}

const headColumns = ['seller_id', 'customer_id', 'on_day', 'kind', 'currency'] as const
const lineColumns = [
  'line_no',
  'product_id',
  'seller_id',
  'customer_id',
  'on_day',
  'kind',
  'quantity',
  'price',
  'discount',
  'amount',
  'cost',
] as const

/** All versions of a deal, an order or a case, with those of its parts; undefined when there never was one. */
export async function factVersions(
  tx: Tx,
  entity: 'deal' | 'order' | 'case',
  id: string,
): Promise<Versions | undefined> {
  const own = sql`f.id = ${id}`
  if (entity === 'order') return orderVersions(tx, id)
  const table = entity === 'deal' ? 'deal' : 'customer_case'
  const main = await versionsIn(tx, table, facts[table], own)
  if (main.length === 0) return undefined
  if (entity === 'case') return { main }
  const shares = sql`f.deal_id = ${id}`
  const versions = await versionsIn(tx, 'deal_seller', ['seller_id', 'share'], shares)
  return { main, parts: { name: 'sellers', versions } }
}

/** An order and its lines; a purchase without a number is a line, which is an order of its own. */
async function orderVersions(tx: Tx, id: string): Promise<Versions | undefined> {
  const main = await versionsIn(tx, 'order_head', facts.order_head, sql`f.id = ${id}`)
  if (main.length > 0) {
    const numbers = main
      .filter(({ content }) => content.external_source === '')
      .map(({ content }) => content.external_id)
    const versions =
      numbers.length === 0
        ? []
        : await versionsIn(tx, 'order_line', lineColumns, sql`f.order_no = ANY(${numbers})`)
    return { main, parts: { name: 'lines', versions } }
  }
  const alone = sql`f.id = ${id} AND f.order_no IS NULL`
  const line = await versionsIn(tx, 'order_line', [...headColumns, ...lineColumns], alone)
  if (line.length === 0) return undefined
  const pick = (content: Content, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, content[name] ?? null]))
  const own = lineColumns.filter((name) => !headColumns.some((head) => head === name))
  return {
    main: line.map((one) => ({ ...one, content: pick(one.content, headColumns) })),
    parts: {
      name: 'lines',
      versions: line.map((one) => ({ ...one, content: pick(one.content, own) })),
    },
  }
}

/** What a record holds, locked where this is a write; undefined when there is none or it was removed. */
export async function recordNow(
  tx: Tx,
  table: RecordTable,
  id: string,
): Promise<{ version: number; content: Content } | undefined> {
  const row = await tx.first<{ version: number; content: Content }>(sql`
    SELECT version, to_jsonb(t) - 'org_id' - 'id' - 'version' AS content
    FROM ${sql.table(table)} t WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
  return row
}

/**
 * The columns of a record that have changed since a change, as that change left them; undefined when
 * the change did not write the record.
 */
export async function columnsThen(
  tx: Tx,
  table: RecordTable,
  id: string,
  changeId: string,
): Promise<Content | undefined> {
  const row = await tx.first<{ found: boolean; content: Content | null }>(sql`
    WITH mine AS (
      SELECT version, change_id, fields FROM history WHERE org_id = ${tx.orgId} AND entity = ${table} AND entity_id = ${id}
    ), left_at AS (SELECT max(version) AS version FROM mine WHERE change_id = ${changeId})
    SELECT l.version IS NOT NULL AS found, (
      SELECT jsonb_object_agg(key, before) FROM (
        SELECT DISTINCT ON (f.key) f.key, f.value -> 0 AS before FROM mine m CROSS JOIN LATERAL jsonb_each(m.fields) f
        WHERE m.version > l.version ORDER BY f.key, m.version
      ) earliest) AS content
    FROM left_at l`)
  return row?.found ? (row.content ?? {}) : undefined
}

/** Revision of a change; undefined when there is no such change. */
export async function revisionOf(tx: Tx, changeId: string): Promise<number | undefined> {
  const row = await tx.first<{ revision: number }>(
    sql`SELECT revision FROM change WHERE org_id = ${tx.orgId} AND id = ${changeId}`,
  )
  return row?.revision
}

/** Own fields of records that are no longer in use, by their keys. */
export async function ownFieldsGone(
  tx: Tx,
  entity: string,
  keys: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ key: string }>(sql`
    SELECT key FROM own_field WHERE org_id = ${tx.orgId} AND entity = ${entity} AND key = ANY(${keys})
    GROUP BY key HAVING bool_and(state <> 'active')`)
  return new Set(rows.map(({ key }) => key))
}

/** Names of the records that changes refer to, and which of them are there. */
export async function referred(
  tx: Tx,
  changes: readonly FieldChanges[],
): Promise<{ names: Map<string, string>; there: Set<string> }> {
  const names = new Map<string, string>()
  const there = new Set<string>()
  for (const [table, ids] of referencesIn(changes)) {
    for (const row of await tx.rows<Named & { there: boolean }>(namedIn(tx, table, [...ids]))) {
      names.set(row.id, row.name)
      if (row.there) there.add(row.id)
    }
  }
  return { names, there }
}

/** A deal is named by its number, else by its product or customer. */
function namedIn(
  tx: Tx,
  table: ReferencedTable,
  ids: readonly string[],
): RawBuilder<Named & { there: boolean }> {
  if (table !== 'deal') {
    return sql`SELECT id, name, state <> 'removed' AS there FROM ${sql.table(table)}
      WHERE org_id = ${tx.orgId} AND id = ANY(${ids}::uuid[])`
  }
  return sql`SELECT DISTINCT ON (d.id) d.id, d.change_out IS NULL AS there,
      coalesce(CASE WHEN d.external_source <> 'content' THEN d.external_id END, p.name, c.name, '…') AS name
    FROM deal d LEFT JOIN product p ON p.org_id = ${tx.orgId} AND p.id = d.product_id
    LEFT JOIN customer c ON c.org_id = ${tx.orgId} AND c.id = d.customer_id
    WHERE d.org_id = ${tx.orgId} AND d.id = ANY(${ids}::uuid[]) ORDER BY d.id, d.version DESC`
}

async function readable(tx: Tx, rows: readonly HistoryRow[]): Promise<HistoryEntry[]> {
  const { names } = await referred(
    tx,
    rows.map((row) => row.fields ?? {}),
  )
  return rows.map((row) => ({
    changeId: row.change_id,
    version: row.version,
    at: row.at,
    actor: { id: row.actor, name: row.actor_name ?? '' },
    operation: row.operation,
    batch: row.batch_id === null ? null : { id: row.batch_id, name: row.file_name ?? '' },
    undone: row.undone,
    fields: fieldsForReading(row.fields ?? {}, names),
  }))
}
