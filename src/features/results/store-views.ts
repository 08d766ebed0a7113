// The SQL of views under a name. Row security shows the person's own and the shared ones alone.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'
import type { questionParts } from './contract-views.ts'

export interface ResultView {
  id: string
  version: number
  name: string
  name_key: string
  question: Partial<Record<(typeof questionParts)[number], string>>
  shared: boolean
  pinned: boolean
}

export function listViews(tx: Tx): Promise<ResultView[]> {
  return tx.rows<ResultView>(sql`
    SELECT id, version, name, name_key, question, owner_id IS NULL AS shared, pinned FROM result_view
    WHERE org_id = ${tx.orgId} AND state <> 'removed' AND (owner_id IS NULL OR owner_id = ${tx.personId})
    ORDER BY name_key COLLATE "C", id`)
}
