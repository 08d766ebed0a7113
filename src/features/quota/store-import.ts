// The SQL that brings staged rows into the quotas, all at once.
import { type RawBuilder, sql } from 'kysely'
import { countFacts, writeFacts } from '../../platform/database/facts-bulk.ts'
import type { RecordCounts } from '../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

/** The staged rows with the holder each of them means, as `s`. */
function staged(tx: Tx, batchId: string): RawBuilder<unknown> {
  const mention = (kind: 'seller' | 'team' | 'position', key: RawBuilder<unknown>) => {
    const alias = sql.ref(`m_${kind}`)
    return sql`LEFT JOIN import_mention ${alias} ON ${alias}.org_id = r.org_id AND ${alias}.batch_id = r.batch_id
      AND ${alias}.kind = ${sql.lit(kind)} AND ${alias}.key COLLATE "C" = ${key}`
  }
  return sql`
    FROM import_row r ${mention('seller', sql`r.seller`)} ${mention('team', sql`r.team`)} ${mention('position', sql`r.fields ->> 'position'`)}
    CROSS JOIN LATERAL (SELECT coalesce(m_seller.record_id, m_seller.id) AS seller_id, coalesce(m_team.record_id, m_team.id) AS team_id,
      coalesce(m_position.record_id, m_position.id) AS position_id) s
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`
}

/** Condition that the quota `q` is the one that is there for what the columns of `n` say. */
const sameKey = (tx: Tx) => sql`
  q.org_id = ${tx.orgId} AND coalesce(q.seller_id, q.team_id, q.position_id) = coalesce(n.seller_id, n.team_id, n.position_id)
    AND q.metric = n.metric AND q.period = n.period AND q.kind = 'quota' AND q.narrowing = '' AND q.change_out IS NULL`

/**
 * Rows whose quota is there and was said in another currency than theirs: nobody who hands over a file
 * of amounts means to take the currency away, and the rate that was fixed with it.
 */
export async function quotasInOtherCurrency(
  tx: Tx,
  batchId: string,
): Promise<{ line: number; fault: 'quota.other_currency'; field: string }[]> {
  const rows = await tx.rows<{ line: number }>(sql`
    SELECT n.line FROM (
      SELECT r.line, r.currency, s.seller_id, s.team_id, s.position_id, r.fields ->> 'metric' AS metric, r.fields ->> 'period' AS period
      ${staged(tx, batchId)}
    ) n JOIN quota q ON ${sameKey(tx)} WHERE q.currency <> n.currency ORDER BY n.line`)
  return rows.map(({ line }) => ({ line, fault: 'quota.other_currency', field: 'amount' }))
}

/**
 * The quotas as the staged rows say: holder by mention, metric and period in `fields`, its days in
 * `opened_on` and `closed_on`. What another system has handed out holds: it comes in approved. Of rows
 * that name one holder by two names the last one counts.
 */
function wanted(tx: Tx, batchId: string): RawBuilder<unknown> {
  return sql`
    SELECT coalesce(q.id, n.id) AS id, q.version AS old_version, 'quota' AS kind, n.seller_id, n.team_id, n.position_id, n.metric, '' AS narrowing, n.period,
      coalesce(q.valid_from, n.valid_from) AS valid_from, coalesce(q.valid_until, n.valid_until) AS valid_until, n.amount, n.currency,
      NULL::int8 AS base_amount, NULL::date AS rate_on,
      'approved' AS state, CASE WHEN q.state = 'approved' AND q.amount = n.amount THEN q.decision_id END AS decision_id
    FROM (
      SELECT DISTINCT ON (s.seller_id, s.team_id, s.position_id, r.fields ->> 'metric', r.fields ->> 'period')
        r.id, s.seller_id, s.team_id, s.position_id, r.fields ->> 'metric' AS metric, r.fields ->> 'period' AS period, r.opened_on AS valid_from,
        r.closed_on AS valid_until, r.amount, r.currency
      ${staged(tx, batchId)}
      ORDER BY s.seller_id, s.team_id, s.position_id, r.fields ->> 'metric', r.fields ->> 'period', r.line DESC
    ) n
    LEFT JOIN quota q ON ${sameKey(tx)}`
}

/** How many staged rows are new, different and the same. */
export function countImportedQuotas(tx: Tx, batchId: string): Promise<RecordCounts> {
  return countFacts(tx, 'quota', wanted(tx, batchId))
}

/** Closes the quotas that differ and puts in their next version and the new ones; equal ones stay. */
export function importQuotas(tx: WriteTx, batchId: string): Promise<RecordCounts> {
  return writeFacts(tx, 'quota', wanted(tx, batchId))
}
