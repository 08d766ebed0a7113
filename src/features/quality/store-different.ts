// The SQL of pairs that somebody said are different.
import { sql } from 'kysely'
import { insertRecords } from '../../platform/database/bulk.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import type { Mergeable } from './calc/merge-fields.ts'

export interface OrderedPair {
  first: string
  second: string
}

/** Both ids of each pair, the smaller first, with a blank between them. */
export async function differentPairs(tx: Tx, entity: Mergeable): Promise<Set<string>> {
  const rows = await tx.rows<{ pair: string }>(sql`
    SELECT first_id || ' ' || second_id AS pair FROM different_pair
    WHERE org_id = ${tx.orgId} AND entity = ${entity} AND state <> 'removed'`)
  return new Set(rows.map((row) => row.pair))
}

/** Which of these records are there. */
export async function recordsThere(
  tx: Tx,
  entity: Mergeable,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    SELECT id, name FROM ${sql.table(entity)} WHERE org_id = ${tx.orgId} AND id = ANY(${ids}::uuid[]) AND state <> 'removed'`)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Keeps those that are not kept yet; says how many that were. */
export async function keepDifferent(
  tx: WriteTx,
  entity: Mergeable,
  pairs: readonly OrderedPair[],
): Promise<number> {
  const known = await differentPairs(tx, entity)
  const added = pairs.filter(({ first, second }) => !known.has(`${first} ${second}`))
  if (added.length > 0) {
    await insertRecords(
      tx,
      'different_pair',
      added.map(({ first, second }) => ({
        id: tx.newId(),
        entity,
        first_id: first,
        second_id: second,
      })),
    )
  }
  return added.length
}

export interface DifferentRow {
  id: string
  version: number
  a: string
  b: string
}

/** Pairs of records that are both still there, latest first: ids grow with time. */
export async function listDifferent(
  tx: Tx,
  entity: Mergeable,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ rows: DifferentRow[]; next?: string }> {
  const place = readCursor(cursor, ['id'])
  const rows = await tx.rows<DifferentRow>(sql`
    SELECT d.id, d.version, a.name AS a, b.name AS b FROM different_pair d
    JOIN ${sql.table(entity)} a ON a.org_id = d.org_id AND a.id = d.first_id AND a.state <> 'removed'
    JOIN ${sql.table(entity)} b ON b.org_id = d.org_id AND b.id = d.second_id AND b.state <> 'removed'
    WHERE d.org_id = ${tx.orgId} AND d.entity = ${entity} AND d.state <> 'removed'
      ${place ? sql`AND d.id < ${place[0]}::uuid` : sql``}
    ORDER BY d.id DESC LIMIT ${limit + 1}`)
  return pageOfRows(rows, limit, (row) => [row.id])
}

/** Names of the two, for the list of changes; undefined when there is no such pair. */
export async function differentPair(
  tx: Tx,
  id: string,
): Promise<{ entity: Mergeable } | undefined> {
  return tx.first<{ entity: Mergeable }>(sql`
    SELECT entity FROM different_pair WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
}
