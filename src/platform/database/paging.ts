// Keyset paging: an opaque cursor holds the sort key of the last row, and is checked when it comes back.
import { type RawBuilder, sql } from 'kysely'
import { isId } from '../../basics/ids.ts'
import { isDay } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import { nameKey, type RecordTable } from './tables.ts'
import type { Tx } from './with-org.ts'

/** What a part of a sort key may be; the nullable kinds also take null. */
export type CursorPart = 'text' | 'id' | 'int' | 'day' | 'null-day'
export type CursorValue = string | number | null

const partsMax = 8

/**
 * The sort key that a cursor of an earlier page holds; undefined without a cursor.
 * Refuses `request.bad_cursor` when it is not one that {@link pageOfRows} made for this shape.
 */
export function readCursor(
  cursor: string | undefined,
  shape: readonly CursorPart[],
): CursorValue[] | undefined {
  if (cursor === undefined) return undefined
  const values = parse(cursor)
  const fits =
    values !== undefined &&
    values.length === shape.length &&
    shape.every((part, index) => isPart(part, values[index]))
  if (!fits) {
    throw new Refusal({
      code: 'request.bad_cursor',
      message: 'The place in the list is not one that this list gave.',
      field: 'cursor',
      next: 'Start from the first page.',
      status: 422,
    })
  }
  return values as CursorValue[]
}

/** A page from `limit + 1` rows asked for: the rest tells whether there is a next page. */
export function pageOfRows<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly CursorValue[],
): { rows: Row[]; next?: string } {
  const last = rows[limit - 1]
  if (rows.length <= limit || last === undefined) return { rows: [...rows] }
  return { rows: rows.slice(0, limit), next: writeCursor(keyOf(last)) }
}

export interface PageAsked {
  cursor?: string | undefined
  limit: number
  /** Also says how many rows fit in all; only the first page is asked that. */
  count?: boolean | undefined
}

/** A page of the records that fit, by name; `fit` holds conditions on the table's own columns. */
export async function pageByName<Row extends { id: string; name_key: string }>(
  tx: Tx,
  from: { table: RecordTable; columns: RawBuilder<unknown>; fit: readonly RawBuilder<unknown>[] },
  { cursor, limit, count }: PageAsked,
): Promise<{ rows: Row[]; next?: string; total?: number }> {
  const place = readCursor(cursor, ['text', 'id'])
  const table = sql.table(from.table)
  const fit = sql.join([sql`org_id = ${tx.orgId}`, ...from.fit], sql` AND `)
  const after = place
    ? sql`AND (name_key COLLATE "C", id) > (${place[0]}, ${place[1]}::uuid)`
    : sql``
  const rows = await tx.rows<Row>(sql`
    SELECT ${from.columns} FROM ${table} WHERE ${fit} ${after}
    ORDER BY name_key COLLATE "C", id LIMIT ${limit + 1}`)
  const page = pageOfRows(rows, limit, (row) => [row.name_key, row.id])
  if (!count || place) return page
  // What the page itself shows to be complete needs no counting.
  if (page.next === undefined) return { ...page, total: rows.length }
  const all = await tx.first<{ n: number }>(sql`SELECT count(*) AS n FROM ${table} WHERE ${fit}`)
  return { ...page, ...(all ? { total: all.n } : {}) }
}

/** By range, because row security lets LIKE use no index. U+10FFFF sorts behind every other character. */
export function nameBegins(text: string): RawBuilder<unknown> {
  const key = nameKey(text)
  return sql`name_key COLLATE "C" >= ${key} AND name_key COLLATE "C" < ${`${key}\u{10FFFF}`}`
}

function writeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url')
}

function parse(cursor: string): unknown[] | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(values) && values.length <= partsMax ? values : undefined
  } catch {
    return undefined
  }
}

function isPart(part: CursorPart, value: unknown): boolean {
  switch (part) {
    case 'int':
      return Number.isSafeInteger(value)
    case 'null-day':
      return value === null || (typeof value === 'string' && isDay(value))
    case 'day':
      return typeof value === 'string' && isDay(value)
    case 'id':
      return typeof value === 'string' && isId(value)
    case 'text':
      // A zero character cannot be stored and would make the database refuse the statement.
      return typeof value === 'string' && !value.includes('\u0000')
  }
}
