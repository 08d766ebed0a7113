// Which of deals and orders counts as revenue, and from when.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'

export type RevenueSource = 'deals' | 'orders'

/** From `from` until the next entry, sales of this source count. */
export interface RevenueSourceSpan {
  source: RevenueSource
  from: string
  until: string
}

export interface RevenueSourceRow {
  id: string
  version: number
  source: RevenueSource
  valid_from: string
}

export function listRevenueSources(tx: Tx): Promise<RevenueSourceRow[]> {
  return tx.rows<RevenueSourceRow>(sql`
    SELECT id, version, source, valid_from FROM revenue_source WHERE org_id = ${tx.orgId} AND state <> 'removed' ORDER BY valid_from`)
}

/** The whole of time in spans, in order; deals before the first entry. */
export async function revenueSources(tx: Tx): Promise<RevenueSourceSpan[]> {
  const entries = await listRevenueSources(tx)
  const spans: RevenueSourceSpan[] = []
  let current: { source: RevenueSource; from: string } = { source: 'deals', from: '0001-01-01' }
  for (const { source, valid_from: from } of entries) {
    if (from > current.from) spans.push({ ...current, until: from })
    current = { source, from }
  }
  return [...spans, { ...current, until: '9999-12-31' }]
}
