// The SQL behind the merge of two records: both as they are, under lock where one is about to write.
import { sql } from 'kysely'
import { notFound } from '../../platform/database/records.ts'
import { records } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { Mergeable } from './calc/merge-fields.ts'

export interface MergeSide {
  id: string
  version: number
  name: string
  external_id: string | null
  state: 'active' | 'archived'
  /** Name of the customer of a contact. */
  customer: string | null
  fields: Record<string, unknown>
}

/** The record with all its columns; refuses `<entity>.not_found`. */
export async function mergeSide(tx: Tx, entity: Mergeable, id: string): Promise<MergeSide> {
  const columns = sql.join(records[entity].map((name) => sql.ref(`t.${name}`)))
  const customer =
    entity === 'contact'
      ? sql`(SELECT c.name FROM customer c WHERE c.org_id = t.org_id AND c.id = t.customer_id)`
      : sql`NULL::text`
  const row = await tx.first<Record<string, unknown> & Omit<MergeSide, 'fields'>>(sql`
    SELECT t.id, t.version, ${customer} AS customer, ${columns} FROM ${sql.table(entity)} t
    WHERE t.org_id = ${tx.orgId} AND t.id = ${id} AND t.state <> 'removed'`)
  if (!row) throw notFound(entity)
  const { id: own, version, name, external_id, state, customer: of } = row
  const fields = Object.fromEntries(records[entity].map((column) => [column, row[column]]))
  return { id: own, version, name, external_id, state, customer: of, fields }
}
