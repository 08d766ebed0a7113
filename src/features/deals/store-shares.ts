// The SQL of several sellers on one deal: who has which share, and what becomes of it when the owner changes.
import { sql } from 'kysely'
import { closeFact, insertFact, replaceFact } from '../../platform/database/facts.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

export interface SharedRow {
  id: string
  seller_id: string
  seller_name: string
  share: number
}

/** Sellers with their shares, in the order of their ids; empty where one seller has it all. */
export function sharesOf(tx: Tx, dealId: string): Promise<SharedRow[]> {
  return tx.rows<SharedRow>(sql`
    SELECT ds.id, ds.seller_id, s.name AS seller_name, ds.share FROM deal_seller ds
    JOIN seller s ON s.org_id = ds.org_id AND s.id = ds.seller_id
    WHERE ds.org_id = ${tx.orgId} AND ds.deal_id = ${dealId} AND ds.change_out IS NULL ORDER BY ds.id`)
}

/** Brings the shares to what is wanted; a single seller needs none. */
export async function writeShares(
  tx: WriteTx,
  dealId: string,
  wanted: readonly { seller: string; share: number }[],
): Promise<void> {
  const alone = wanted.length === 1
  const before = await sharesOf(tx, dealId)
  for (const row of before) {
    const next = alone ? undefined : wanted.find((one) => one.seller === row.seller_id)
    if (!next) await closeFact(tx, 'deal_seller', row.id)
    else if (next.share !== row.share)
      await replaceFact(tx, 'deal_seller', row.id, { share: next.share })
  }
  if (alone) return
  for (const { seller, share } of wanted) {
    if (before.some((row) => row.seller_id === seller)) continue
    await insertFact(tx, 'deal_seller', { deal_id: dealId, seller_id: seller, share })
  }
}

/**
 * After deals got another owner by this change: where the new one has no share yet, the share of the
 * one before passes over; a deal without an owner has no shares. Without `dealIds` it looks at all
 * deals that this change wrote.
 */
export async function alignShares(tx: WriteTx, dealIds?: readonly string[]): Promise<void> {
  const which = dealIds ? sql`d.id = ANY(${dealIds}::uuid[])` : sql`true`
  await tx.run(sql`
    WITH moved AS MATERIALIZED (
      SELECT d.id, d.seller_id AS now, b.seller_id AS was FROM deal d
      JOIN deal b ON b.org_id = d.org_id AND b.id = d.id AND b.version = d.version - 1
      WHERE d.org_id = ${tx.orgId} AND d.change_in = ${tx.changeId} AND d.change_out IS NULL AND ${which}
        AND d.seller_id IS DISTINCT FROM b.seller_id
        AND d.id IN (SELECT ds.deal_id FROM deal_seller ds WHERE ds.org_id = ${tx.orgId} AND ds.change_out IS NULL)
        AND NOT EXISTS (SELECT 1 FROM deal_seller ds
          WHERE ds.org_id = d.org_id AND ds.deal_id = d.id AND ds.change_out IS NULL AND ds.seller_id = d.seller_id)
    ), closed AS (
      UPDATE deal_seller ds SET change_out = ${tx.changeId} FROM moved m
      WHERE ds.org_id = ${tx.orgId} AND ds.deal_id = m.id AND ds.change_out IS NULL
        AND (m.now IS NULL OR m.was IS NULL OR ds.seller_id = m.was)
      RETURNING ds.id, ds.version, ds.deal_id, ds.share, m.now, m.was
    )
    INSERT INTO deal_seller (org_id, id, version, change_in, deal_id, seller_id, share)
    SELECT ${tx.orgId}, c.id, c.version + 1, ${tx.changeId}, c.deal_id, c.now, c.share
    FROM closed c WHERE c.now IS NOT NULL AND c.was IS NOT NULL`)
}

/** The share of one seller passes over to another; whoever has one already has both then. */
export async function passShare(
  tx: WriteTx,
  dealId: string,
  from: string,
  to: string,
): Promise<void> {
  const shares = new Map<string, number>()
  for (const row of await sharesOf(tx, dealId)) {
    const seller = row.seller_id === from ? to : row.seller_id
    const sum = (shares.get(seller) ?? 0) + row.share
    shares.set(seller, Math.round(sum * 1e6) / 1e6)
  }
  await writeShares(
    tx,
    dealId,
    [...shares].map(([seller, share]) => ({ seller, share })),
  )
}

/** Deals on which both have a share. */
export async function dealsOfBoth(tx: Tx, one: string, other: string): Promise<string[]> {
  const rows = await tx.rows<{ deal_id: string }>(sql`
    SELECT a.deal_id FROM deal_seller a JOIN deal_seller b
      ON b.org_id = a.org_id AND b.deal_id = a.deal_id AND b.change_out IS NULL AND b.seller_id = ${other}
    WHERE a.org_id = ${tx.orgId} AND a.change_out IS NULL AND a.seller_id = ${one} ORDER BY a.deal_id`)
  return rows.map((row) => row.deal_id)
}
