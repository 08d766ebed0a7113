// The SQL that brings staged rows into the customers, all at once.
import { type RawBuilder, sql } from 'kysely'
import {
  countRecords,
  type RecordCounts,
  writeRecords,
} from '../../platform/database/records-bulk.ts'
import { makeMentioned, stagedRecords } from '../../platform/database/staging.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { sizeBands } from './calc/size.ts'

/** `present`: fields that the file has a column for; the others stay as they are. */
function wanted(tx: Tx, batchId: string, present: ReadonlySet<string>) {
  const cell = (name: string) => sql`r.fields ->> ${sql.lit(name)}`
  const columns: Record<string, RawBuilder<unknown>> = {}
  for (const name of ['country', 'region', 'city', 'industry', 'source']) {
    if (present.has(name)) columns[name] = cell(name)
  }
  const employees = sql`(${cell('employees')})::int`
  if (present.has('employees')) columns.employees = employees
  const given = present.has('size') ? cell('size') : sql`NULL`
  if (present.has('employees')) columns.size = sql`coalesce(${bandOf(employees)}, ${given})`
  else if (present.has('size')) columns.size = sql`coalesce(${bandOf(sql`t.employees`)}, ${given})`
  columns.traits = sql`coalesce(t.traits, '{}') || coalesce(r.fields -> 'traits', '{}')`
  return stagedRecords(tx.orgId, batchId, 'customer', columns)
}

function bandOf(employees: RawBuilder<unknown>): RawBuilder<unknown> {
  const cases = sizeBands
    .toReversed()
    .map((band) => sql`WHEN ${employees} >= ${sql.lit(band.from)} THEN ${sql.lit(band.label)}`)
  return sql`CASE ${sql.join(cases, sql` `)} END`
}

export function countCustomers(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countRecords(tx, 'customer', wanted(tx, batchId, present))
}

export function importCustomers(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return writeRecords(tx, 'customer', wanted(tx, batchId, present))
}

/** Customers that rows mention and nobody knows. */
export function makeMentionedCustomers(tx: WriteTx, batchId: string): Promise<number> {
  return makeMentioned(tx, batchId, 'customer', 'customer')
}
