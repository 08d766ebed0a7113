// Lists of facts that have a day, a seller, a customer and a product, with the names of those.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './with-org.ts'

/** Columns that all of these facts have, as they are read. */
export interface DatedFact {
  id: string
  version: number
  /** Null for a fact recognised by its content: that key is nobody's business. */
  external_id: string | null
  on_day: string
  customer_id: string | null
  customer_name: string | null
  seller_id: string | null
  seller_name: string | null
  product_id: string | null
  product_name: string | null
}

export interface DatedFilter {
  sellerId?: string | undefined
  customerId?: string | undefined
  productId?: string | undefined
  batchId?: string | undefined
  from?: string | undefined
  until?: string | undefined
}

type Sql = RawBuilder<unknown>

/** What may be asked of one such table; `reach` and the own columns of a filter speak of a row `f`. */
export interface DatedFacts<Row extends DatedFact, Own extends string> {
  /** From a place on, newest first. */
  list(
    tx: Tx,
    filter: DatedFilter & { [Column in Own]?: string | undefined },
    reach: Sql,
    after: { day: string; id: string } | undefined,
    limit: number,
  ): Promise<Row[]>
  count(
    tx: Tx,
    filter: DatedFilter & { [Column in Own]?: string | undefined },
    reach: Sql,
  ): Promise<number>
  /** The open row of a fact within reach. */
  byId(tx: Tx, id: string, reach: Sql): Promise<Row | undefined>
  /** The open row that was given this number. */
  numbered(tx: Tx, externalId: string): Promise<{ id: string } | undefined>
}

/** `columns`: those of the row beside {@link DatedFact}; `own`: those of them a list can be narrowed by. */
export function datedFacts<Row extends DatedFact, Own extends string = never>(
  table: 'survey_answer' | 'customer_case',
  columns: readonly Exclude<keyof Row & string, keyof DatedFact>[],
  own: readonly Own[],
): DatedFacts<Row, Own> {
  const from = sql.table(table)
  const select = sql`
    SELECT f.id, f.version, CASE WHEN f.external_source = 'content' THEN NULL ELSE f.external_id END AS external_id,
      f.on_day, f.customer_id, c.name AS customer_name, f.seller_id, s.name AS seller_name, f.product_id, p.name AS product_name,
      ${sql.join(columns.map((name) => sql.ref(`f.${name}`)))}
    FROM ${from} f
    LEFT JOIN customer c ON c.org_id = f.org_id AND c.id = f.customer_id
    LEFT JOIN seller s ON s.org_id = f.org_id AND s.id = f.seller_id
    LEFT JOIN product p ON p.org_id = f.org_id AND p.id = f.product_id`
  const fitting = (
    tx: Tx,
    filter: DatedFilter & { [Column in Own]?: string | undefined },
    reach: Sql,
  ) => {
    const conditions: Sql[] = [sql`f.org_id = ${tx.orgId}`, sql`f.change_out IS NULL`, reach]
    const equal = (column: string, value: string | undefined) => {
      if (value !== undefined) conditions.push(sql`${sql.ref(`f.${column}`)} = ${value}`)
    }
    for (const column of own) equal(column, filter[column])
    equal('seller_id', filter.sellerId)
    equal('customer_id', filter.customerId)
    equal('product_id', filter.productId)
    if (filter.from !== undefined) conditions.push(sql`f.on_day >= ${filter.from}::date`)
    if (filter.until !== undefined) conditions.push(sql`f.on_day < ${filter.until}::date`)
    if (filter.batchId !== undefined) {
      conditions.push(sql`f.change_in = (
        SELECT b.change_id FROM import_batch b WHERE b.org_id = ${tx.orgId} AND b.id = ${filter.batchId})`)
    }
    return conditions
  }
  return {
    list(tx, filter, reach, after, limit) {
      const conditions = fitting(tx, filter, reach)
      if (after) conditions.push(sql`(f.on_day, f.id) < (${after.day}::date, ${after.id}::uuid)`)
      return tx.rows<Row>(
        sql`${select} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY f.on_day DESC, f.id DESC LIMIT ${limit}`,
      )
    },
    async count(tx, filter, reach) {
      const row = await tx.first<{ n: number }>(
        sql`SELECT count(*) AS n FROM ${from} f WHERE ${sql.join(fitting(tx, filter, reach), sql` AND `)}`,
      )
      return row?.n ?? 0
    },
    byId: (tx, id, reach) =>
      tx.first<Row>(
        sql`${select} WHERE f.org_id = ${tx.orgId} AND f.id = ${id} AND f.change_out IS NULL AND ${reach}`,
      ),
    numbered: (tx, externalId) =>
      tx.first<{ id: string }>(sql`
        SELECT id FROM ${from}
        WHERE org_id = ${tx.orgId} AND external_source = '' AND external_id = ${externalId} AND change_out IS NULL`),
  }
}
