// Changing many deals alike: their seller, their customer or a missing amount, with a look first and in one change.

import type { InputOf, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { bulkMax, refuseCount } from '../../platform/database/bulk-edit.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { settingsOf, today } from '../team/door.ts'
import type { dealsContract } from './contract.ts'
import {
  type BulkRow,
  chosenDeals,
  countChosen,
  dealsOf,
  firstChanged,
  isThere,
  lockDeals,
  mayHaveAll,
  type Whose,
  writeChosen,
} from './store-bulk.ts'
import { syncSales } from './store-sales.ts'
import { alignShares } from './store-shares.ts'

type Input = InputOf<(typeof dealsContract)['deals.bulk-edit']>
type Output = OutputOf<(typeof dealsContract)['deals.bulk-edit']>

const shownMax = 20

export async function bulkEditDeals(ctx: Ctx, input: Input): Promise<Output> {
  const { ids, filter, set } = input
  refuseNothingSet(set)
  if (ids === undefined && filter === undefined) refuseCount(0)
  if (input.preview) {
    return ctx.read(async (tx) => {
      const whose = await whoseOf(ctx, tx)
      const which = chosenDeals(tx, whose, { ids, filter })
      await refuseUnfit(tx, whose, which, set)
      const counts = await countChosen(tx, which, set)
      refuseCount(counts.chosen)
      return outcome(counts, await firstChanged(tx, which, set, shownMax))
    })
  }
  return ctx.write(
    async (tx) => {
      const whose = await whoseOf(ctx, tx)
      const locked = await lockDeals(tx, chosenDeals(tx, whose, { ids, filter }), bulkMax + 1)
      refuseCount(locked.length)
      const which = dealsOf(locked)
      await refuseUnfit(tx, whose, which, set)
      const rows = await firstChanged(tx, which, set, shownMax)
      const changed = await writeChosen(tx, locked, set)
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
      const counts = { chosen: locked.length, changed: changed.length }
      return { ...outcome(counts, rows), changeId: tx.changeId }
    },
    { long: true },
  )
}

async function whoseOf(ctx: Ctx, tx: Tx): Promise<Whose> {
  const { zone } = await settingsOf(tx)
  return { ctx, today: today(ctx.clock, zone) }
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

function refuseNothingSet(set: Input['set']): void {
  if (Object.values(set).some((value) => value !== undefined)) return
  throw new Refusal({
    code: 'bulk.nothing_set',
    message: 'No field is given that would be set.',
    field: 'set',
    next: 'Choose at least one field and its value.',
    status: 422,
  })
}

async function refuseUnfit(
  tx: Tx,
  whose: Whose,
  which: ReturnType<typeof dealsOf>,
  { sellerId, customerId }: Input['set'],
): Promise<void> {
  if (sellerId && !(await isThere(tx, 'seller', sellerId))) throw notFound('seller')
  if (customerId && !(await isThere(tx, 'customer', customerId))) throw notFound('customer')
  if (sellerId === undefined || (await mayHaveAll(tx, whose, which, sellerId))) return
  throw new Refusal({
    code: 'deal.not_yours',
    message: 'This seller is outside what you may change, on the day of at least one of the deals.',
    field: 'set',
    next: 'Choose another seller, or ask the manager of the team.',
    status: 403,
  })
}
