// Somebody leaves: what is open goes to others in one change; what was sold stays where it was sold.
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { passShare } from '../deals/door.ts'
import { todayIn, withinReach } from '../team/door.ts'
import { inTurn } from './calc/in-turn.ts'
import type { activitiesContract } from './contract.ts'
import {
  giveDeals,
  giveRecords,
  type OpenItem,
  openItems,
  sellersById,
  sharedAmong,
} from './store-hand-over.ts'

type Input = InputOf<(typeof activitiesContract)['deals.hand-over']>
type Output = OutputOf<(typeof activitiesContract)['deals.hand-over']>

interface Taken extends OpenItem {
  to: string
}

export function handOver(ctx: Ctx, input: Input): Promise<Output> {
  if (input.preview) {
    return ctx.read(async (tx) => {
      const { items, names } = await plan(ctx, tx, input)
      return summary(items, input.to, names)
    })
  }
  return ctx.write(
    async (tx) => {
      const { items, names } = await plan(ctx, tx, input)
      if (items.length === 0) throw nothing()
      await give(tx, input.id, items)
      const said = summary(items, input.to, names)
      const { deals, activities, contracts } = said
      tx.describe({ name: names.get(input.id)?.name, counts: { deals, activities, contracts } })
      return { ...said, changeId: tx.changeId }
    },
    { long: true },
  )
}

type Names = Awaited<ReturnType<typeof sellersById>>

async function plan(ctx: Ctx, tx: Tx, input: Input): Promise<{ items: Taken[]; names: Names }> {
  const { id, to, on } = input
  const takers = [...new Set(to)]
  const names = await sellersById(tx, [id, ...takers])
  if ([id, ...takers].some((one) => !names.has(one))) throw notFound('seller')
  if (takers.includes(id)) {
    throw new Refusal({
      code: 'hand_over.to_self',
      message: 'Nobody hands over to themselves.',
      field: 'to',
      next: 'Choose others.',
      status: 422,
    })
  }
  const day = await todayIn(ctx, tx)
  await refuseOthers(ctx, tx, id, [on, day])
  for (const taker of takers) await refuseOthers(ctx, tx, taker, [day])
  const found = await openItems(tx, id, { on, today: day })
  const key = (item: OpenItem) => item.customer_id ?? item.id
  const turns = inTurn(found.map(key), takers)
  return { items: found.map((item) => ({ ...item, to: turns.get(key(item)) ?? '' })), names }
}

/** Of somebody who is in no team any more today, the day of leaving counts, too. */
async function refuseOthers(ctx: Ctx, tx: Tx, sellerId: string, days: string[]): Promise<void> {
  for (const day of days) {
    if (await withinReach(ctx, tx, { sellerId, day })) return
  }
  throw new Refusal({
    code: 'deal.not_yours',
    message: 'One of these sellers is outside what you may change.',
    field: 'seller',
    next: 'Ask the manager of the team.',
    status: 403,
  })
}

async function give(tx: WriteTx, from: string, items: readonly Taken[]): Promise<void> {
  const of = (...what: OpenItem['what'][]) => items.filter((item) => what.includes(item.what))
  await giveDeals(tx, of('deal'))
  const deals = of('deal', 'shared')
  const shared = await sharedAmong(
    tx,
    deals.map((item) => item.id),
  )
  for (const item of deals.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (shared.has(item.id)) await passShare(tx, item.id, from, item.to)
  }
  await giveRecords(tx, 'activity', of('activity'))
  await giveRecords(tx, 'contract', of('contract'))
}

function counted(items: readonly Taken[]) {
  const count = (...what: OpenItem['what'][]) =>
    items.filter((item) => what.includes(item.what)).length
  return {
    deals: count('deal', 'shared'),
    amount: items.reduce((sum, item) => sum + (item.amount ?? 0), 0),
    activities: count('activity'),
    contracts: count('contract'),
  }
}

function summary(items: readonly Taken[], to: readonly string[], names: Names): Output {
  const rows = [...new Set(to)].map((id) => {
    const own = items.filter((item) => item.to === id)
    const customers = new Set(own.map((item) => item.customer_id).filter((one) => one !== null))
    return {
      seller: { id, name: names.get(id)?.name ?? '' },
      customers: customers.size,
      ...counted(own),
    }
  })
  return { ...counted(items), rows }
}

function nothing(): Refusal {
  return new Refusal({
    code: 'hand_over.nothing',
    message: 'There is nothing open that could be handed over.',
    next: 'Choose an earlier day, or somebody else.',
  })
}
