// The SQL that brings staged rows into the deals and their sales, all at once.
import { type RawBuilder, sql } from 'kysely'
import { assert } from '../../basics/refusal.ts'
import type { RecordCounts } from '../../platform/database/records-bulk.ts'
import { makeMentioned } from '../../platform/database/staging.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

const columns = [
  'external_source',
  'external_id',
  'seller_id',
  'customer_id',
  'product_id',
  'stage_id',
  'outcome',
  'lost_reason_id',
  'opened_on',
  'closed_on',
  'quantity',
  'amount',
  'currency',
  'base_amount',
] as const

/**
 * The deals as the staged rows say, beside the open row there is. `present`: fields that the file has
 * a column for; the others stay as they are. A name nobody knows yet counts as the record it will be.
 */
function wanted(tx: Tx, batchId: string, present: ReadonlySet<string>): RawBuilder<unknown> {
  const take = (field: string, given: RawBuilder<unknown>, column: string) =>
    present.has(field) ? given : sql.ref(`d.${column}`)
  const mention = (alias: string) =>
    sql`coalesce(${sql.ref(`${alias}.record_id`)}, ${sql.ref(`${alias}.id`)})`
  const join = (alias: string, kind: string) => sql`
    LEFT JOIN import_mention ${sql.ref(alias)} ON ${sql.ref(`${alias}.org_id`)} = r.org_id AND ${sql.ref(`${alias}.batch_id`)} = r.batch_id
      AND ${sql.ref(`${alias}.kind`)} = ${sql.lit(kind)} AND ${sql.ref(`${alias}.key`)} COLLATE "C" = ${sql.ref(`r.${kind}`)}`
  const outcome = sql`coalesce(t.outcome, m_stage.detail, 'open')`
  const amount = take('amount', sql`r.amount`, 'amount')
  const currency = sql`CASE WHEN ${sql.lit(present.has('amount'))} OR d.id IS NULL THEN r.currency ELSE d.currency END`
  return sql`
    SELECT coalesce(d.id, r.id) AS id, d.version AS old_version, r.external_source, r.external_id,
      ${take('seller', mention('m_seller'), 'seller_id')} AS seller_id,
      ${take('customer', mention('m_customer'), 'customer_id')} AS customer_id,
      ${take('product', mention('m_product'), 'product_id')} AS product_id,
      ${mention('m_stage')} AS stage_id, ${outcome} AS outcome,
      CASE WHEN ${outcome} = 'lost' THEN ${take('lost_reason', mention('m_reason'), 'lost_reason_id')} END AS lost_reason_id,
      ${take('opened_on', sql`r.opened_on`, 'opened_on')} AS opened_on,
      CASE WHEN ${outcome} <> 'open' THEN ${take('closed_on', sql`r.closed_on`, 'closed_on')} END AS closed_on,
      coalesce(${take('quantity', sql`r.quantity`, 'quantity')}, 1) AS quantity,
      ${amount} AS amount, ${currency} AS currency,
      CASE WHEN ${currency} = o.base_currency THEN ${amount} END AS base_amount,
      ROW(${sql.join(columns.map((name) => sql.ref(`d.${name}`)))}) AS was
    FROM import_row r JOIN org o ON o.org_id = r.org_id
    LEFT JOIN deal d ON d.org_id = r.org_id AND d.external_source = r.external_source AND d.external_id = r.external_id AND d.change_out IS NULL
    ${join('m_seller', 'seller')} ${join('m_customer', 'customer')} ${join('m_product', 'product')} ${join('m_stage', 'stage')}
    ${joinReason()}
    LEFT JOIN stage t ON t.org_id = r.org_id AND t.id = m_stage.record_id
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`
}

function joinReason(): RawBuilder<unknown> {
  return sql`LEFT JOIN import_mention m_reason ON m_reason.org_id = r.org_id AND m_reason.batch_id = r.batch_id
      AND m_reason.kind = 'lost_reason' AND m_reason.key COLLATE "C" = r.lost_reason`
}

const now = sql`ROW(${sql.join(columns.map((name) => sql.ref(`w.${name}`)))})`

/** How many staged rows are new, different and the same. */
export async function countDeals(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  const row = await tx.first<RecordCounts>(sql`
    SELECT count(*) FILTER (WHERE w.old_version IS NULL) AS added,
      count(*) FILTER (WHERE w.old_version IS NOT NULL AND ${now} IS DISTINCT FROM w.was) AS updated,
      count(*) FILTER (WHERE w.old_version IS NOT NULL AND ${now} IS NOT DISTINCT FROM w.was) AS unchanged
    FROM (${wanted(tx, batchId, present)}) w`)
  assert(row, 'a count answers one row')
  return row
}

/** Closes the deals that differ and puts in their next version and the new ones; equal ones stay. */
export async function importDeals(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  const names = sql.join(columns.map((name) => sql.ref(name)))
  const row = await tx.first<RecordCounts & { closed: number }>(sql`
    WITH wanted AS MATERIALIZED (
      SELECT w.*, (w.old_version IS NOT NULL AND ${now} IS NOT DISTINCT FROM w.was) AS same FROM (${wanted(tx, batchId, present)}) w
    ), closed AS (
      UPDATE deal d SET change_out = ${tx.changeId} FROM wanted w
      WHERE d.org_id = ${tx.orgId} AND d.id = w.id AND d.version = w.old_version AND d.change_out IS NULL AND NOT w.same
      RETURNING d.id
    ), put AS (
      INSERT INTO deal (org_id, id, version, change_in, ${names})
      SELECT ${tx.orgId}, w.id, coalesce(w.old_version, 0) + 1, ${tx.changeId}, ${sql.join(columns.map((name) => sql.ref(`w.${name}`)))}
      FROM wanted w WHERE NOT w.same
    )
    SELECT count(*) FILTER (WHERE w.old_version IS NULL) AS added,
      count(*) FILTER (WHERE w.old_version IS NOT NULL AND NOT w.same) AS updated,
      count(*) FILTER (WHERE w.same) AS unchanged, (SELECT count(*) FROM closed) AS closed
    FROM wanted w`)
  assert(row && row.closed === row.updated, 'every deal that differs was closed once')
  return { added: row.added, updated: row.updated, unchanged: row.unchanged }
}

/** Outcome by key of the stages there are. */
export async function stageOutcomes(tx: Tx): Promise<Map<string, 'open' | 'won' | 'lost'>> {
  const rows = await tx.rows<{ name_key: string; outcome: 'open' | 'won' | 'lost' }>(sql`
    SELECT name_key, outcome FROM stage WHERE org_id = ${tx.orgId} AND state <> 'removed'`)
  return new Map(rows.map((row) => [row.name_key, row.outcome]))
}

/** Stages and lost reasons that rows mention and nobody knows; new stages follow the ones there are. */
export async function makeMentionedDealRecords(tx: WriteTx, batchId: string): Promise<number> {
  const last = sql`(SELECT coalesce(max(s.position), 0) FROM stage s WHERE s.org_id = ${tx.orgId} AND s.state <> 'removed')`
  const stages = await makeMentioned(tx, batchId, 'stage', 'stage', {
    outcome: sql`coalesce(m.detail, 'open')`,
    position: sql`(${last} + row_number() OVER (ORDER BY m.id))::int`,
  })
  return stages + (await makeMentioned(tx, batchId, 'lost_reason', 'lost_reason'))
}
