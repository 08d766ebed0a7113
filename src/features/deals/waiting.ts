// Open deals with nothing planned, as entries of the start page: what is at stake, and since when they stand.
import type { EntriesAsked, Entry, Loss } from '../../basics/entry.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { lossAfter } from './calc/lost-later.ts'
import { dealReach } from './store-reach.ts'
import { closedAfter, listWaiting, sumWaiting } from './store-waiting.ts'
import { usualOf } from './usual.ts'

/** The chance that a deal is lost by the days it has been open, from the history within reach. */
export async function lossByDays(ctx: Ctx, tx: Tx): Promise<(days: number | null) => Loss> {
  const history = await closedAfter(tx, await dealReach(ctx, tx))
  return (days) => lossAfter(history, days)
}

export async function dealEntries(
  ctx: Ctx,
  tx: Tx,
  { today, sellerId, limit }: EntriesAsked,
): Promise<Entry[]> {
  const reach = await dealReach(ctx, tx)
  const rows = await listWaiting(tx, { reach, today, sellerId, limit })
  if (rows.length === 0) return []
  const usual = await usualOf(tx, reach, today)
  const lossOf = await lossByDays(ctx, tx)
  return rows.map((row) => ({
    // The same deal, whether it stands or not: a snooze goes on.
    key: `deal:${row.id}`,
    kind: usual.stalled(row) ? ('deal-stalled' as const) : ('deal-without-step' as const),
    values: { name: row.name, stage: row.stage_name ?? '', days: row.days_open },
    link: { path: `deals/${row.id}` },
    due: null,
    stake:
      row.base_amount === null ? null : { amount: row.base_amount, loss: lossOf(row.days_open) },
    deed: { do: 'plan-step' as const, dealId: row.id, customerId: row.customer_id },
  }))
}

/** How many open deals have nothing planned, and what they are worth together. */
export async function waitingDeals(
  ctx: Ctx,
  tx: Tx,
  { today, sellerId }: Pick<EntriesAsked, 'today' | 'sellerId'>,
): Promise<{ count: number; amount: number }> {
  return sumWaiting(tx, { reach: await dealReach(ctx, tx), today, sellerId })
}
