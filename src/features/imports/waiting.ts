// Imports that wait for an answer and rows that were set aside, as entries of the start page.
import type { EntriesAsked, Entry } from '../../basics/entry.ts'
import { addDays } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { may } from '../team/door.ts'
import { importsContract } from './contract.ts'
import { listUnfinished } from './store-waiting.ts'

/** Who has left a file alone for longer has decided. */
const daysBack = 90

export async function importEntries(
  ctx: Ctx,
  tx: Tx,
  { today, limit }: EntriesAsked,
): Promise<Entry[]> {
  if (may(ctx.who.roles, importsContract['imports.apply'].policy) === 'none') return []
  const rows = await listUnfinished(tx, { since: addDays(today, -daysBack), limit })
  return rows.map((row) => ({
    key: `import:${row.id}`,
    kind: row.applied ? ('import-rejected' as const) : ('import-waiting' as const),
    values: { name: row.file_name, count: row.rejected },
    link: { path: row.applied ? `imports/${row.id}/quarantine` : `imports/${row.id}` },
    due: null,
    stake: null,
    deed: null,
  }))
}
