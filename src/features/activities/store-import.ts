// The SQL that brings staged rows into the activities, all at once.
import { type RawBuilder, sql } from 'kysely'
import {
  countRecords,
  type RecordCounts,
  type WantedRecords,
  writeRecords,
} from '../../platform/database/records-bulk.ts'
import { makeMentioned } from '../../platform/database/staging.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

type Sql = RawBuilder<unknown>

const mention = (alias: string) =>
  sql`coalesce(${sql.ref(`${alias}.record_id`)}, ${sql.ref(`${alias}.id`)})`

const join = (alias: string, kind: string) => sql`
  LEFT JOIN import_mention ${sql.ref(alias)} ON ${sql.ref(`${alias}.org_id`)} = r.org_id AND ${sql.ref(`${alias}.batch_id`)} = r.batch_id
    AND ${sql.ref(`${alias}.kind`)} = ${sql.lit(kind)} AND ${sql.ref(`${alias}.key`)} COLLATE "C" = ${sql.ref(`r.${kind}`)}`

/**
 * The activities as the staged rows say: due in `opened_on`, done in `closed_on`, the rest in `fields`.
 * A deal is meant by its number; one that is not there yet leaves the activity without. `present`:
 * fields that the file has a column for; the others stay as they are.
 */
function wanted(tx: Tx, batchId: string, present: ReadonlySet<string>): WantedRecords {
  const cell = (name: string) => sql`r.fields ->> ${sql.lit(name)}`
  const deal = sql`(SELECT d.id FROM deal d WHERE d.org_id = r.org_id AND d.external_source = '' AND d.external_id = ${cell('deal')}
    AND d.change_out IS NULL LIMIT 1)`
  // Two customers may have people of one name: the one at this customer is meant.
  const contact = sql`coalesce((SELECT k.id FROM contact k WHERE k.org_id = r.org_id AND k.name_key COLLATE "C" = r.contact
    AND k.customer_id = ${mention('m_customer')} AND k.state <> 'removed' ORDER BY k.id LIMIT 1), ${mention('m_contact')})`
  const optional: Record<string, [column: string, given: Sql]> = {
    subject: ['subject', sql`r.name`],
    note: ['note', cell('note')],
    outcome: ['outcome', cell('outcome')],
    due_on: ['due_on', sql`r.opened_on`],
    done_on: ['done_on', sql`r.closed_on`],
    seller: ['seller_id', mention('m_seller')],
    customer: ['customer_id', mention('m_customer')],
    contact: ['contact_id', contact],
    deal: ['deal_id', deal],
  }
  const columns: Record<string, Sql> = {
    external_source: sql`r.external_source`,
    external_id: sql`r.external_id`,
    kind: present.has('kind') ? cell('kind') : sql`coalesce(a.kind, ${cell('kind')})`,
    subject: sql`coalesce(a.subject, r.name)`,
  }
  for (const [field, [column, given]] of Object.entries(optional))
    if (present.has(field)) columns[column] = given
  const list = Object.entries(columns).map(([name, value]) => sql`${value} AS ${sql.ref(name)}`)
  return {
    columns: Object.keys(columns),
    source: sql`
      SELECT coalesce(a.id, r.id) AS id, false AS touched, ${sql.join(list)}
      FROM import_row r
      LEFT JOIN activity a ON a.org_id = r.org_id AND a.external_source = r.external_source AND a.external_id = r.external_id AND a.state <> 'removed'
      ${join('m_customer', 'customer')} ${join('m_contact', 'contact')} ${join('m_seller', 'seller')}
      WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`,
  }
}

/** How many staged rows are new, different and the same. */
export function countActivities(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countRecords(tx, 'activity', wanted(tx, batchId, present))
}

export function importActivities(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return writeRecords(tx, 'activity', wanted(tx, batchId, present))
}

/** Contacts that rows mention and nobody knows, at the customer of the first such row. */
export function makeContactsOfActivities(tx: WriteTx, batchId: string): Promise<number> {
  return makeMentioned(tx, batchId, 'contact', 'contact', {
    customer_id: sql`(SELECT ${mention('mc')} FROM import_row r JOIN import_mention mc ON mc.org_id = r.org_id AND mc.batch_id = r.batch_id
      AND mc.kind = 'customer' AND mc.key COLLATE "C" = r.customer
      WHERE r.org_id = m.org_id AND r.batch_id = m.batch_id AND r.contact COLLATE "C" = m.key ORDER BY r.line LIMIT 1)`,
  })
}
