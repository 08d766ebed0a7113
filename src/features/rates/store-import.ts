// The SQL that brings staged rows into the rates, all at once.
import { type RawBuilder, sql } from 'kysely'
import { countFacts, writeFacts } from '../../platform/database/facts-bulk.ts'
import type { RecordCounts } from '../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

/** The rates as the staged rows say: currency, day in `opened_on`, rate in `price`. */
function wanted(tx: Tx, batchId: string): RawBuilder<unknown> {
  return sql`
    SELECT coalesce(x.id, r.id) AS id, x.version AS old_version, r.currency, r.opened_on AS on_day, r.price AS rate
    FROM import_row r LEFT JOIN rate x ON x.org_id = r.org_id AND x.currency = r.currency AND x.on_day = r.opened_on AND x.change_out IS NULL
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`
}

/** How many staged rows are new, different and the same. */
export function countRates(tx: Tx, batchId: string): Promise<RecordCounts> {
  return countFacts(tx, 'rate', wanted(tx, batchId))
}

/** Closes the rates that differ and puts in their next version and the new ones; equal ones stay. */
export function importRates(tx: WriteTx, batchId: string): Promise<RecordCounts> {
  return writeFacts(tx, 'rate', wanted(tx, batchId))
}
