// Changing many deals alike: their seller, their customer or a missing amount, with a look first and in one change.

import { sql } from 'kysely'
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { bulkMax, refuseCount } from '../../platform/database/bulk-edit.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition, settingsOf, today } from '../team/door.ts'
import type { dealsContract } from './contract.ts'
import { filters } from './store.ts'
import {
  type BulkRow,
  countChosen,
  firstChanged,
  isThere,
  lockDeals,
  someNot,
  writeChosen,
} from './store-bulk.ts'
import { syncSales } from './store-sales.ts'
import { alignShares } from './store-shares.ts'

type Input = InputOf<(typeof dealsContract)['deals.bulk-edit']>
type Output = OutputOf<(typeof dealsContract)['deals.bulk-edit']>

const shownMax = 20

export function bulkEditDeals(ctx: Ctx, input: Input): Promise<Output> {
  const { set } = input
  if (input.preview) {
    return ctx.read(async (tx) => {
      const which = await chosen(ctx, tx, input)
      await refuseUnfit(ctx, tx, which, set)
      const counts = await countChosen(tx, which, set)
      refuseCount(counts.chosen)
      return outcome(counts, await firstChanged(tx, which, set, shownMax))
    })
  }
  return ctx.write(
    async (tx) => {
      const ids = await lockDeals(tx, await chosen(ctx, tx, input), bulkMax + 1)
      refuseCount(ids.length)
      const which = sql`d.id = ANY(${ids}::uuid[])`
      await refuseUnfit(ctx, tx, which, set)
      const rows = await firstChanged(tx, which, set, shownMax)
      const changed = await writeChosen(tx, ids, set)
      if (changed.length === 0) {
        throw new Refusal({
          code: 'bulk.nothing_changes',
          message: 'All of them are already so; nothing was changed.',
          next: 'Choose others, or other values.',
        })
      }
      if (set.sellerId !== undefined) await alignShares(tx, changed)
      await syncSales(tx, changed)
      tx.describe({ count: changed.length, fields: Object.keys(set) })
      const counts = { chosen: ids.length, changed: changed.length }
      return { ...outcome(counts, rows), changeId: tx.changeId }
    },
    { long: true },
  )
}

function outcome(counts: { chosen: number; changed: number }, rows: BulkRow[]): Output {
  return {
    ...counts,
    same: counts.chosen - counts.changed,
    rows: rows.map(({ id, name, currency, before, after }) => ({
      id,
      name,
      before: { ...before, currency },
      after: { ...after, currency },
    })),
  }
}

/** Condition on d: what was asked for, within what the person may change. */
async function chosen(ctx: Ctx, tx: Tx, { ids, filter, set }: Input) {
  if (Object.values(set).every((value) => value === undefined)) {
    throw new Refusal({
      code: 'bulk.nothing_set',
      message: 'No field is given that would be set.',
      field: 'set',
      next: 'Choose at least one field and its value.',
      status: 422,
    })
  }
  if (ids === undefined && filter === undefined) refuseCount(0)
  const owned = reachCondition(ctx, { seller: sql`d.seller_id`, day: await dayOfDeal(ctx, tx) })
  const conditions = [
    owned,
    ...(ids === undefined ? [] : [sql`d.id = ANY(${ids}::uuid[])`]),
    ...(filter === undefined ? [] : filters(tx, filter)),
  ]
  return sql`(${sql.join(conditions, sql` AND `)})`
}

async function dayOfDeal(ctx: Ctx, tx: Tx) {
  const { zone } = await settingsOf(tx)
  return sql`coalesce(d.closed_on, ${today(ctx.clock, zone)}::date)`
}

async function refuseUnfit(
  ctx: Ctx,
  tx: Tx,
  which: ReturnType<typeof sql>,
  { sellerId, customerId }: Input['set'],
): Promise<void> {
  if (sellerId && !(await isThere(tx, 'seller', sellerId))) throw notFound('seller')
  if (customerId && !(await isThere(tx, 'customer', customerId))) throw notFound('customer')
  if (sellerId === undefined || ctx.reach === 'all') return
  const day = await dayOfDeal(ctx, tx)
  const within = reachCondition(ctx, { seller: sql`${sellerId}::uuid`, day })
  if (!(await someNot(tx, which, within))) return
  throw new Refusal({
    code: 'deal.not_yours',
    message: 'This seller is outside what you may change, on the day of at least one of the deals.',
    field: 'set',
    next: 'Choose another seller, or ask the manager of the team.',
    status: 403,
  })
}
