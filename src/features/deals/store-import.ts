// The SQL that brings staged rows into the deals and their sales, all at once.
import { type RawBuilder, sql } from 'kysely'
import { baseAmount, lockRates, rateJoin } from '../../platform/database/base-amount.ts'
import { countFacts, writeFacts } from '../../platform/database/facts-bulk.ts'
import type { RecordCounts } from '../../platform/database/records-bulk.ts'
import { makeMentioned } from '../../platform/database/staging.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { alignShares } from './store-shares.ts'

/**
 * The deals as the staged rows say. `present`: fields that the file has a column for; the others stay
 * as they are. A name nobody knows yet counts as the record it will be.
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
  const currency = sql`CASE WHEN ${sql.lit(present.has('amount'))} OR d.id IS NULL THEN r.currency ELSE d.currency END`
  const rated = {
    orgId: tx.orgId,
    amount: sql`w.amount`,
    currency: sql`w.currency`,
    day: sql`coalesce(w.closed_on, w.opened_on)`,
    base: sql`w.base_currency`,
  }
  return sql`
    SELECT w.*, ${baseAmount('rt', rated)} AS base_amount FROM (
    SELECT coalesce(d.id, r.id) AS id, d.version AS old_version, r.external_source, r.external_id,
      ${take('seller', mention('m_seller'), 'seller_id')} AS seller_id,
      ${take('customer', mention('m_customer'), 'customer_id')} AS customer_id,
      ${take('product', mention('m_product'), 'product_id')} AS product_id,
      ${mention('m_stage')} AS stage_id, ${outcome} AS outcome,
      CASE WHEN ${outcome} = 'lost' THEN ${take('lost_reason', mention('m_reason'), 'lost_reason_id')} END AS lost_reason_id,
      ${take('opened_on', sql`r.opened_on`, 'opened_on')} AS opened_on,
      CASE WHEN ${outcome} <> 'open' THEN ${take('closed_on', sql`r.closed_on`, 'closed_on')} END AS closed_on,
      coalesce(${take('quantity', sql`r.quantity`, 'quantity')}, 1) AS quantity,
      ${take('amount', sql`r.amount`, 'amount')} AS amount, ${currency} AS currency, o.base_currency
    FROM import_row r JOIN org o ON o.org_id = r.org_id
    LEFT JOIN deal d ON d.org_id = r.org_id AND d.external_source = r.external_source AND d.external_id = r.external_id AND d.change_out IS NULL
    ${join('m_seller', 'seller')} ${join('m_customer', 'customer')} ${join('m_product', 'product')} ${join('m_stage', 'stage')}
    ${joinReason()}
    LEFT JOIN stage t ON t.org_id = r.org_id AND t.id = m_stage.record_id
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}) w
    ${rateJoin('rt', rated)}`
}

function joinReason(): RawBuilder<unknown> {
  return sql`LEFT JOIN import_mention m_reason ON m_reason.org_id = r.org_id AND m_reason.batch_id = r.batch_id
      AND m_reason.kind = 'lost_reason' AND m_reason.key COLLATE "C" = r.lost_reason`
}

/** How many staged rows are new, different and the same. */
export function countDeals(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countFacts(tx, 'deal', wanted(tx, batchId, present))
}

/** Closes the deals that differ and puts in their next version and the new ones; equal ones stay. */
export async function importDeals(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  await lockRates(tx, 'read')
  const counts = await writeFacts(tx, 'deal', wanted(tx, batchId, present))
  if (present.has('seller') && counts.updated > 0) await alignShares(tx)
  return counts
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
