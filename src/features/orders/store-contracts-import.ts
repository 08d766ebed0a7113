// The SQL that brings staged rows into the contracts, all at once.
import { type RawBuilder, sql } from 'kysely'
import {
  countRecords,
  type RecordCounts,
  type WantedRecords,
  writeRecords,
} from '../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

type Sql = RawBuilder<unknown>

/** Contracts are known by their number, or by all they say; what the file has no column for stays. */
function wanted(tx: Tx, batchId: string, present: ReadonlySet<string>): WantedRecords {
  const mention = (alias: string) =>
    sql`coalesce(${sql.ref(`${alias}.record_id`)}, ${sql.ref(`${alias}.id`)})`
  const join = (alias: string, kind: string) => sql`
    LEFT JOIN import_mention ${sql.ref(alias)} ON ${sql.ref(`${alias}.org_id`)} = r.org_id AND ${sql.ref(`${alias}.batch_id`)} = r.batch_id
      AND ${sql.ref(`${alias}.kind`)} = ${sql.lit(kind)} AND ${sql.ref(`${alias}.key`)} COLLATE "C" = ${sql.ref(`r.${kind}`)}`
  const cell = (name: string) => sql`r.fields ->> ${sql.lit(name)}`
  const columns: Record<string, Sql> = {
    name: sql`r.name`,
    name_key: sql`r.name_key`,
    external_source: sql`r.external_source`,
    external_id: sql`r.external_id`,
    valid_from: sql`r.opened_on`,
  }
  const optional: Record<string, [column: string, given: Sql]> = {
    customer: ['customer_id', mention('m_customer')],
    product: ['product_id', mention('m_product')],
    seller: ['seller_id', mention('m_seller')],
    valid_until: ['valid_until', sql`r.closed_on`],
    renewal: ['renewal', sql`coalesce(${cell('renewal')}, 'none')`],
    every: ['every', sql`coalesce(${cell('every')}, 'year')`],
    notice_days: ['notice_days', sql`(${cell('notice_days')})::int`],
    amount: ['amount', sql`r.amount`],
  }
  for (const [field, [column, given]] of Object.entries(optional))
    if (present.has(field)) columns[column] = given
  if (present.has('amount')) columns.currency = sql`r.currency`
  return {
    columns: Object.keys(columns),
    source: sql`
      SELECT coalesce(k.id, r.id) AS id, false AS touched, ${sql.join(Object.entries(columns).map(([name, value]) => sql`${value} AS ${sql.ref(name)}`))}
      FROM import_row r
      LEFT JOIN contract k ON k.org_id = r.org_id AND k.external_source = r.external_source AND k.external_id = r.external_id AND k.state <> 'removed'
      ${join('m_customer', 'customer')} ${join('m_product', 'product')} ${join('m_seller', 'seller')}
      WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`,
  }
}

export function countContracts(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countRecords(tx, 'contract', wanted(tx, batchId, present))
}

export function importContracts(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return writeRecords(tx, 'contract', wanted(tx, batchId, present))
}
