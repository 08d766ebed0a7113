// The SQL that brings staged rows into the rates, all at once, and values what they reach anew.
import { type RawBuilder, sql } from 'kysely'
import { countFacts, writeFacts } from '../../platform/database/facts-bulk.ts'
import type { RecordCounts } from '../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { revalue } from '../deals/door.ts'
import { daysReached } from './reach.ts'

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

/** Values anew what the rates of this change reach; returns how many deals and sales that were. */
export async function revalueImported(tx: WriteTx): Promise<number> {
  const written = await tx.rows<{ currency: string; first: string; last: string }>(sql`
    SELECT currency, min(on_day) AS first, max(on_day) AS last FROM rate
    WHERE org_id = ${tx.orgId} AND change_in = ${tx.changeId} GROUP BY currency ORDER BY currency COLLATE "C"`)
  if (written.length === 0) return 0
  // One pass for all currencies: several would close and write the same deals' sales again and again.
  const days = written.flatMap(({ first, last }) => [first, last])
  return revalue(
    tx,
    written.map(({ currency }) => currency),
    daysReached(days),
  )
}
