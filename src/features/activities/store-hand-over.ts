// The SQL of handing over: what a seller still has to do, and whom it goes to.
import { type RawBuilder, sql } from 'kysely'
import { writeFacts } from '../../platform/database/facts-bulk.ts'
import { writeRecords } from '../../platform/database/records-bulk.ts'
import { facts } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

export interface OpenItem {
  what: 'deal' | 'shared' | 'activity' | 'contract'
  id: string
  customer_id: string | null
  amount: number | null
}

/**
 * What is open with a seller: open deals (own ones and those with a share), planned activities that are
 * overdue or due from the day on, and contracts that still hold on the day. Customers in the order of
 * their names.
 */
export function openItems(
  tx: Tx,
  sellerId: string,
  { on, today }: { on: string; today: string },
): Promise<OpenItem[]> {
  return tx.rows<OpenItem>(sql`
    SELECT i.what, i.id, i.customer_id, i.amount FROM (
      SELECT 'deal' AS what, d.id, d.customer_id, d.base_amount AS amount FROM deal d
      WHERE d.org_id = ${tx.orgId} AND d.change_out IS NULL AND d.closed_on IS NULL AND d.seller_id = ${sellerId}
      UNION ALL
      SELECT 'shared', d.id, d.customer_id, NULL FROM deal_seller ds JOIN deal d ON d.org_id = ds.org_id AND d.id = ds.deal_id AND d.change_out IS NULL
      WHERE ds.org_id = ${tx.orgId} AND ds.change_out IS NULL AND ds.seller_id = ${sellerId} AND d.closed_on IS NULL
        AND d.seller_id IS DISTINCT FROM ${sellerId}
      UNION ALL
      SELECT 'activity', a.id, a.customer_id, NULL FROM activity a
      WHERE a.org_id = ${tx.orgId} AND a.state = 'active' AND a.seller_id = ${sellerId} AND a.done_on IS NULL
        AND (a.due_on >= ${on}::date OR a.due_on < ${today}::date)
      UNION ALL
      SELECT 'contract', k.id, k.customer_id, NULL FROM contract k
      WHERE k.org_id = ${tx.orgId} AND k.state = 'active' AND k.seller_id = ${sellerId}
        AND (k.valid_until IS NULL OR k.valid_until > ${on}::date)
    ) i LEFT JOIN customer c ON c.org_id = ${tx.orgId} AND c.id = i.customer_id
    ORDER BY c.name_key COLLATE "C" NULLS LAST, i.customer_id, i.what COLLATE "C", i.id`)
}

export async function sellersById(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    SELECT id, name FROM seller WHERE org_id = ${tx.orgId} AND id = ANY(${ids}::uuid[]) AND state <> 'removed'`)
  return new Map(rows.map((row) => [row.id, row]))
}

export interface Given {
  id: string
  to: string
}

function given(rows: readonly Given[]): RawBuilder<unknown> {
  return sql`unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.to)}::uuid[]) AS g (id, seller_id)`
}

/** The deals get their new owners, as next versions. */
export async function giveDeals(tx: WriteTx, rows: readonly Given[]): Promise<void> {
  if (rows.length === 0) return
  const columns = facts.deal.map((name) =>
    name === 'seller_id' ? sql`g.seller_id` : sql.ref(`d.${name}`),
  )
  await writeFacts(
    tx,
    'deal',
    sql`SELECT d.id, d.version AS old_version, ${sql.join(columns)} FROM ${given(rows)}
      JOIN deal d ON d.org_id = ${tx.orgId} AND d.id = g.id AND d.change_out IS NULL ORDER BY d.id`,
  )
}

/** Activities or contracts get their new sellers, each with its history. */
export async function giveRecords(
  tx: WriteTx,
  table: 'activity' | 'contract',
  rows: readonly Given[],
): Promise<void> {
  if (rows.length === 0) return
  await writeRecords(tx, table, {
    columns: ['seller_id'],
    source: sql`SELECT t.id, g.seller_id, false AS touched FROM ${given(rows)}
      JOIN ${sql.table(table)} t ON t.org_id = ${tx.orgId} AND t.id = g.id`,
  })
}

/** Those of these deals on which several sellers have a share. */
export async function sharedAmong(tx: Tx, deals: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ deal_id: string }>(sql`
    SELECT DISTINCT deal_id FROM deal_seller
    WHERE org_id = ${tx.orgId} AND change_out IS NULL AND deal_id = ANY(${deals}::uuid[])`)
  return new Set(rows.map((row) => row.deal_id))
}
