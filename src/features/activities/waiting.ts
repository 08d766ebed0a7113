// Planned activities that are due, as entries of the start page; and all planned ones of a seller, for a calendar.
import type { EntriesAsked, Entry } from '../../basics/entry.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { lossByDays } from '../deals/door.ts'
import { activityReach } from './store.ts'
import { listDue } from './store-waiting.ts'

export async function activityEntries(
  ctx: Ctx,
  tx: Tx,
  { today, sellerId, limit }: EntriesAsked,
): Promise<Entry[]> {
  const reach = await activityReach(ctx, tx)
  const rows = await listDue(tx, { reach, today, sellerId, limit })
  if (rows.length === 0) return []
  const lossOf = await lossByDays(ctx, tx)
  return rows.map((row) => ({
    key: `activity:${row.id}`,
    kind: 'activity' as const,
    values: { name: row.subject, activity: row.kind, with: row.with_name },
    link: row.deal_id
      ? { path: `deals/${row.deal_id}` }
      : row.customer_id
        ? { path: `customers/${row.customer_id}` }
        : { path: 'activities', search: { is: 'planned' } },
    due: row.due_on,
    stake:
      row.base_amount === null ? null : { amount: row.base_amount, loss: lossOf(row.days_open) },
    deed: { do: 'complete-activity' as const, id: row.id, version: row.version },
  }))
}
