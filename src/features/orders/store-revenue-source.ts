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

/**
 * The whole of time in spans, in order; deals before the first entry. As of a `revision` it is what was
 * set then, so that an earlier report comes out as it was.
 */
export async function revenueSources(tx: Tx, revision?: number): Promise<RevenueSourceSpan[]> {
  const entries = revision === undefined ? await listRevenueSources(tx) : await setAt(tx, revision)
  const spans: RevenueSourceSpan[] = []
  let current: { source: RevenueSource; from: string } = { source: 'deals', from: '0001-01-01' }
  for (const { source, valid_from: from } of entries) {
    if (from > current.from) spans.push({ ...current, until: from })
    current = { source, from }
  }
  return [...spans, { ...current, until: '9999-12-31' }]
}

/** The entries as their histories add up to a revision. */
function setAt(
  tx: Tx,
  revision: number,
): Promise<Pick<RevenueSourceRow, 'source' | 'valid_from'>[]> {
  return tx.rows(sql`
    SELECT fields ->> 'source' AS source, coalesce(fields ->> 'valid_from', '0001-01-01') AS valid_from FROM (
      SELECT jsonb_object_agg(f.key, f.value -> 1 ORDER BY h.version) AS fields FROM history h
      JOIN change c ON c.org_id = h.org_id AND c.id = h.change_id AND c.revision <= ${revision}::int8
      CROSS JOIN LATERAL jsonb_each(h.fields) f
      WHERE h.org_id = ${tx.orgId} AND h.entity = 'revenue_source' GROUP BY h.entity_id
    ) told WHERE coalesce(fields ->> 'state', 'active') <> 'removed' ORDER BY 2`)
}
