// The SQL of imports nobody has finished: waiting for an answer, or stored with rows set aside.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'
import { openTo } from './store.ts'

interface UnfinishedRow {
  id: string
  file_name: string
  applied: boolean
  rejected: number
}

/** Rows that were corrected and sent again came with a batch of their own, which then counts. */
export function listUnfinished(
  tx: Tx,
  { since, limit }: { since: string; limit: number },
): Promise<UnfinishedRow[]> {
  return tx.rows<UnfinishedRow>(sql`
    SELECT b.id, b.file_name, b.state = 'applied' AS applied, r.rejected
    FROM import_batch b CROSS JOIN LATERAL (
      SELECT count(DISTINCT x.line)::int4 AS rejected FROM import_reject x WHERE x.org_id = b.org_id AND x.batch_id = b.id
    ) r
    WHERE b.org_id = ${tx.orgId} AND b.created_at >= ${since}::date AND ${openTo(tx)}
      AND (b.state IN ('asking', 'ready') OR (b.state = 'applied' AND r.rejected > 0 AND NOT EXISTS (
        SELECT 1 FROM import_batch later WHERE later.org_id = b.org_id AND later.corrects = b.id AND later.state = 'applied')))
    ORDER BY b.created_at DESC, b.id LIMIT ${limit}`)
}
