// The SQL of the staging tables: rows copied in, what follows from them, and their end.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import { assert } from '../../basics/refusal.ts'
import { translateError } from '../../platform/database/errors.ts'
import { matchRows, resolveMentions } from '../../platform/database/staging.ts'
import type { Database, Tx } from '../../platform/database/with-org.ts'
import { resolveOrderMentions } from '../orders/door.ts'
import { resolveTeamMentions } from '../team/door.ts'
import type { KindWork } from './kinds/kind.ts'
import type { PlacedRow } from './placed-row.ts'
import { storableJson, storableText } from './storable.ts'

const rowColumns = [
  'external_source',
  'external_id',
  'name',
  'name_key',
  'seller',
  'customer',
  'product',
  'team',
  'manager',
  'office',
  'parent',
  'stage',
  'lost_reason',
  'opened_on',
  'closed_on',
  'amount',
  'amount2',
  'currency',
  'quantity',
  'order_no',
  'line_no',
  'price',
  'discount',
  'contact',
  'fields',
] as const satisfies readonly (keyof PlacedRow)[]

/** One line of COPY text; the caller gives the keys. */
export function rowLine(
  orgId: string,
  batchId: string,
  line: number,
  id: string,
  row: PlacedRow,
): string {
  let text = `${orgId}\t${batchId}\t${line}\t${id}`
  for (const name of rowColumns) {
    const value = row[name]
    if (value === null || value === undefined) text += name === 'external_source' ? '\t' : '\t\\N'
    else if (typeof value === 'number') text += `\t${value}`
    else
      text += `\t${escaped(typeof value === 'string' ? storableText(value) : storableJson(value))}`
  }
  return `${text}\n`
}

const special = /[\\\t\n\r]/
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

function escaped(text: string): string {
  return special.test(text) ? text.replace(/[\\\t\n\r]/g, (one) => escapes[one] ?? one) : text
}

/**
 * Copies lines made by {@link rowLine} into the staging table. COPY needs a connection that is not
 * pipelined, and may take longer than a statement usually does.
 */
export async function copyRows(db: Database, lines: AsyncIterable<string>): Promise<void> {
  const client = await db.pools.bulk.connect().catch((error: unknown) => {
    throw translateError(error)
  })
  let broken: Error | undefined
  try {
    await client.query('SET statement_timeout = 0')
    const columns = `org_id, batch_id, line, id, ${rowColumns.join(', ')}`
    await pipeline(
      Readable.from(lines, { highWaterMark: 2 }),
      client.query(copyFrom(`COPY import_row (${columns}) FROM STDIN`)),
    )
    await client.query('RESET statement_timeout')
  } catch (error) {
    // What state the connection is in after a broken COPY is not worth finding out.
    broken = error instanceof Error ? error : new Error(String(error))
    throw translateError(error)
  } finally {
    client.release(broken)
  }
}

/** Statistics of the staging tables, before statements that join them. */
export async function analyzeStaging(tx: Tx): Promise<void> {
  await tx.run(sql`SELECT kontor_analyze_staging()`)
}

/**
 * For many rows. What this transaction has written itself has no statistics yet, so the planner would
 * join thousands of rows one by one; and compiling such statements takes longer than running them.
 */
export async function expectManyRows(tx: Tx): Promise<void> {
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  await tx.run(sql`SET LOCAL jit = off`)
}

/** How many changes the organisation has had. */
export async function revisionOf(tx: Tx): Promise<number> {
  const head = await tx.first<{ revision: number }>(
    sql`SELECT revision FROM org_head WHERE org_id = ${tx.orgId}`,
  )
  assert(head, 'every organisation has a head')
  return head.revision
}

export interface Mention {
  kind: string
  key: string
  name: string
  detail: string | null
  row_count: number
  id: string
}

export async function insertMentions(
  tx: Tx,
  batchId: string,
  mentions: readonly Mention[],
): Promise<void> {
  if (mentions.length === 0) return
  await tx.run(sql`
    INSERT INTO import_mention (org_id, batch_id, kind, key, name, detail, row_count, id)
    SELECT ${tx.orgId}, ${batchId}, e.kind, e.key, e.name, e.detail, e.row_count, e.id
    FROM jsonb_to_recordset(${storableJson(mentions)}::jsonb)
      AS e (kind text, key text, name text, detail text, row_count int8, id uuid)`)
}

/** A name noted several times (the notes are written in portions) becomes one mention, the first. */
export async function joinMentions(tx: Tx, batchId: string): Promise<void> {
  await tx.run(sql`
    WITH joined AS (
      SELECT kind, key, sum(row_count) AS row_count, (array_agg(id ORDER BY id))[1] AS id FROM import_mention
      WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} GROUP BY kind, key HAVING count(*) > 1
    ), gone AS (
      DELETE FROM import_mention m USING joined j
      WHERE m.org_id = ${tx.orgId} AND m.batch_id = ${batchId} AND m.kind = j.kind AND m.key = j.key AND m.id <> j.id
    )
    UPDATE import_mention m SET row_count = j.row_count FROM joined j
    WHERE m.org_id = ${tx.orgId} AND m.batch_id = ${batchId} AND m.id = j.id`)
}

export async function deleteStaged(tx: Tx, batchId: string): Promise<void> {
  await tx.run(sql`DELETE FROM import_row WHERE org_id = ${tx.orgId} AND batch_id = ${batchId}`)
  await tx.run(sql`DELETE FROM import_mention WHERE org_id = ${tx.orgId} AND batch_id = ${batchId}`)
}

export async function deleteRows(tx: Tx, batchId: string, lines: readonly number[]): Promise<void> {
  await tx.run(sql`
    DELETE FROM import_row WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} AND line = ANY(${[...lines]}::int[])`)
}

export async function stagedCount(tx: Tx, batchId: string): Promise<number> {
  const row = await tx.first<{ n: number }>(sql`
    SELECT count(*) AS n FROM import_row WHERE org_id = ${tx.orgId} AND batch_id = ${batchId}`)
  return row?.n ?? 0
}

/** The one currency of all amounts of the batch; undefined when there are none or several. */
export async function onlyCurrency(tx: Tx, batchId: string): Promise<string | undefined> {
  const found = await tx.rows<{ currency: string }>(sql`
    SELECT DISTINCT currency FROM import_row
    WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} AND currency IS NOT NULL AND (amount IS NOT NULL OR amount2 IS NOT NULL OR price IS NOT NULL) LIMIT 2`)
  return found.length === 1 ? found[0]?.currency : undefined
}

/** Equal rows without a number are counted through, so that real duplicates survive. */
export async function countThroughContent(tx: Tx, batchId: string): Promise<void> {
  await tx.run(sql`
    UPDATE import_row r SET external_id = left(r.external_id, -1) || n.place
    FROM (
      SELECT d.id, row_number() OVER (PARTITION BY d.external_id COLLATE "C" ORDER BY d.line) AS place FROM import_row d
      WHERE d.org_id = ${tx.orgId} AND d.batch_id = ${batchId} AND d.external_source IN ('content', 'line')
    ) n
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} AND r.id = n.id AND n.place > 1`)
}

/** Takes rows about the same record as an earlier one out again; gives their lines. */
export async function takeDuplicates(
  tx: Tx,
  batchId: string,
  known: KindWork['known'],
): Promise<number[]> {
  const keys =
    known === 'number'
      ? [{ key: sql`ROW(d.external_source, d.external_id)`, among: sql`` }]
      : [
          {
            key: sql`coalesce('#' || d.external_id, 'n' || d.name_key) COLLATE "C"`,
            among: sql``,
          },
          // Rows of records that were merged stand beside each other and change nothing.
          { key: sql`d.target_id`, among: sql`AND d.known_by IS DISTINCT FROM 'merged'` },
        ]
  const lines: number[] = []
  if (known !== 'number') {
    // A row that was said to be another row of this file.
    const said = sql.ref(`r.${known}`)
    const taken = await tx.rows<{ line: number }>(sql`
      DELETE FROM import_row r USING import_row o
      WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} AND o.org_id = r.org_id AND o.batch_id = r.batch_id
        AND ${said} IS NOT NULL AND o.name_key = ${said} AND o.id <> r.id RETURNING r.line`)
    for (const { line } of taken) lines.push(line)
  }
  for (const { key, among } of keys) {
    const taken = await tx.rows<{ line: number }>(sql`
      DELETE FROM import_row r USING (
        SELECT d.id, row_number() OVER (PARTITION BY ${key} ORDER BY d.line) AS place FROM import_row d
        WHERE d.org_id = ${tx.orgId} AND d.batch_id = ${batchId} ${among}
      ) n
      WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} AND r.id = n.id AND n.place > 1 RETURNING r.line`)
    for (const { line } of taken) lines.push(line)
  }
  return lines
}

/** Looks up every name that rows mention, and the record that every row is about. */
export async function resolveNames(
  tx: Tx,
  batchId: string,
  known: KindWork['known'],
): Promise<void> {
  for (const table of [
    'seller',
    'customer',
    'product',
    'stage',
    'lost_reason',
    'person',
    'position',
    'contact',
  ] as const) {
    await resolveMentions(tx, batchId, table, table)
  }
  await resolveTeamMentions(tx, batchId)
  await resolveOrderMentions(tx, batchId)
  if (known !== 'number') await matchRows(tx, batchId, known, known)
}

export interface Unknown {
  kind: string
  names: string[]
  count: number
}

/** Records that would be made because rows mention them: how many of each kind, and the first names. */
export async function unknownMentions(tx: Tx, batchId: string): Promise<Unknown[]> {
  // A parent or office that is a row of this very file is no mention.
  return tx.rows<Unknown>(sql`
    SELECT kind, count(*) AS count, (array_agg(name ORDER BY row_count DESC, key COLLATE "C"))[1:5] AS names
    FROM import_mention m WHERE m.org_id = ${tx.orgId} AND m.batch_id = ${batchId} AND m.record_id IS NULL
      AND NOT (m.kind = 'parent' AND EXISTS (
        SELECT 1 FROM import_row r WHERE r.org_id = m.org_id AND r.batch_id = m.batch_id AND r.name_key COLLATE "C" = m.key))
    GROUP BY kind`)
}

/** Unknown names that rows mention, with their number of rows; the most frequent ones when there are very many. */
export async function mentionedNames(
  tx: Tx,
  batchId: string,
  kind: string,
  limit: number,
): Promise<Map<string, number>> {
  const rows = await tx.rows<{ name: string; row_count: number }>(sql`
    SELECT name, row_count FROM import_mention WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} AND kind = ${kind} AND record_id IS NULL
    ORDER BY row_count DESC, key COLLATE "C" LIMIT ${limit}`)
  return new Map(rows.map((row) => [row.name, row.row_count]))
}

/** Names of the new records that the rows are. */
export async function stagedNames(
  tx: Tx,
  batchId: string,
  limit: number,
): Promise<Map<string, number>> {
  const rows = await tx.rows<{ name: string }>(sql`
    SELECT name FROM import_row WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} AND name IS NOT NULL AND target_id = id ORDER BY line LIMIT ${limit}`)
  return new Map(rows.map((row) => [row.name, 1]))
}

/** Days of the rows, with their number of rows. */
export async function stagedDays(
  tx: Tx,
  batchId: string,
  column: 'opened_on' | 'closed_on',
): Promise<(readonly [day: string, rows: number])[]> {
  const rows = await tx.rows<{ day: string; n: number }>(sql`
    SELECT ${sql.ref(column)} AS day, count(*) AS n FROM import_row
    WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} AND ${sql.ref(column)} IS NOT NULL GROUP BY 1`)
  return rows.map(({ day, n }) => [day, n] as const)
}

/** Values of a plain field of the rows, with their number of rows. */
export async function stagedValues(
  tx: Tx,
  batchId: string,
  field: string,
  limit: number,
): Promise<Map<string, number>> {
  const rows = await tx.rows<{ value: string; n: number }>(sql`
    SELECT fields ->> ${field} AS value, count(*) AS n FROM import_row
    WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} AND fields ->> ${field} IS NOT NULL
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}`)
  return new Map(rows.map((row) => [row.value, row.n]))
}

/** Names of records there are, and of those that other waiting imports bring or mention. */
export async function knownNames(
  tx: Tx,
  batchId: string,
  table: 'seller' | 'customer' | 'product' | 'team' | 'person',
  limit: number,
): Promise<string[]> {
  const kindOfRows = `${table}s`
  const rows = await tx.rows<{ name: string }>(sql`
    (SELECT name FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND state <> 'removed' ORDER BY name_key COLLATE "C" LIMIT ${limit})
    UNION
    (SELECT r.name FROM import_batch b JOIN import_row r ON r.org_id = b.org_id AND r.batch_id = b.id
      WHERE b.org_id = ${tx.orgId} AND b.id <> ${batchId} AND b.state = 'ready' AND b.kind = ${kindOfRows} AND r.name IS NOT NULL LIMIT ${limit})
    UNION
    (SELECT m.name FROM import_batch b JOIN import_mention m ON m.org_id = b.org_id AND m.batch_id = b.id
      WHERE b.org_id = ${tx.orgId} AND b.id <> ${batchId} AND b.state = 'ready' AND m.kind = ${table} LIMIT ${limit})`)
  return rows.map((row) => row.name)
}

/** Values that customers have in a plain field. */
export async function knownValues(
  tx: Tx,
  field: 'country' | 'industry',
  limit: number,
): Promise<string[]> {
  const rows = await tx.rows<{ value: string }>(sql`
    SELECT DISTINCT ${sql.ref(field)} AS value FROM customer
    WHERE org_id = ${tx.orgId} AND state <> 'removed' AND ${sql.ref(field)} IS NOT NULL LIMIT ${limit}`)
  return rows.map((row) => row.value)
}
