// The SQL that brings staged rows into the products, all at once.
import { type RawBuilder, sql } from 'kysely'
import {
  countRecords,
  type RecordCounts,
  writeRecords,
} from '../../platform/database/records-bulk.ts'
import { makeMentioned, stagedRecords } from '../../platform/database/staging.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

/** `present`: fields that the file has a column for; the others stay as they are. */
function wanted(tx: Tx, batchId: string, present: ReadonlySet<string>) {
  const columns: Record<string, RawBuilder<unknown>> = {}
  if (present.has('family')) columns.family = sql`r.fields ->> 'family'`
  if (present.has('list_price')) columns.list_price = sql`r.amount`
  if (present.has('cost')) columns.cost = sql`r.amount2`
  if (present.has('list_price') || present.has('cost')) columns.currency = sql`r.currency`
  columns.traits = sql`coalesce(t.traits, '{}') || coalesce(r.fields -> 'traits', '{}')`
  return stagedRecords(tx.orgId, batchId, 'product', columns)
}

export function countProducts(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countRecords(tx, 'product', wanted(tx, batchId, present))
}

export function importProducts(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return writeRecords(tx, 'product', wanted(tx, batchId, present))
}

/** Products that rows mention and nobody knows. */
export function makeMentionedProducts(tx: WriteTx, batchId: string): Promise<number> {
  return makeMentioned(tx, batchId, 'product', 'product')
}
