// The SQL that brings staged rows into the answers of surveys, all at once.
import { type RawBuilder, sql } from 'kysely'
import { countFacts, writeFacts } from '../../platform/database/facts-bulk.ts'
import type { RecordCounts } from '../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

/**
 * The answers as the staged rows say: day in `opened_on`, score in `quantity`, the rest in `fields`.
 * `present`: fields that the file has a column for; references without one stay as they are.
 */
function wanted(tx: Tx, batchId: string, present: ReadonlySet<string>): RawBuilder<unknown> {
  const reference = (kind: 'customer' | 'seller' | 'product') => {
    const [column, alias] = [`${kind}_id`, `m_${kind}`]
    return present.has(kind)
      ? sql`coalesce(${sql.ref(`${alias}.record_id`)}, ${sql.ref(`${alias}.id`)}) AS ${sql.ref(column)}`
      : sql`${sql.ref(`a.${column}`)} AS ${sql.ref(column)}`
  }
  const join = (kind: 'customer' | 'seller' | 'product') => {
    const alias = `m_${kind}`
    return sql`LEFT JOIN import_mention ${sql.ref(alias)} ON ${sql.ref(`${alias}.org_id`)} = r.org_id AND ${sql.ref(`${alias}.batch_id`)} = r.batch_id
      AND ${sql.ref(`${alias}.kind`)} = ${sql.lit(kind)} AND ${sql.ref(`${alias}.key`)} COLLATE "C" = ${sql.ref(`r.${kind}`)}`
  }
  return sql`
    SELECT coalesce(a.id, r.id) AS id, a.version AS old_version, r.external_source, r.external_id, r.opened_on AS on_day,
      r.fields ->> 'measure' AS measure, r.quantity AS score, (r.fields ->> 'scale_low')::numeric AS scale_low,
      (r.fields ->> 'scale_high')::numeric AS scale_high, ${reference('customer')}, ${reference('seller')}, ${reference('product')}
    FROM import_row r
    LEFT JOIN survey_answer a ON a.org_id = r.org_id AND a.external_source = r.external_source AND a.external_id = r.external_id AND a.change_out IS NULL
    ${join('customer')} ${join('seller')} ${join('product')}
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`
}

/** How many staged rows are new, different and the same. */
export function countAnswers(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countFacts(tx, 'survey_answer', wanted(tx, batchId, present))
}

/** Closes the answers that differ and puts in their next version and the new ones; equal ones stay. */
export function importAnswers(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return writeFacts(tx, 'survey_answer', wanted(tx, batchId, present))
}
