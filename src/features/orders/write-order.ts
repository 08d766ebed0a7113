// Entering, changing and removing one order with its lines, and the sales that follow.
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { closeFact, insertFact, replaceFact } from '../../platform/database/facts.ts'
import { changedSince } from '../../platform/database/records.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { settingsOf } from '../team/door.ts'
import {
  type Change,
  followHead,
  freeNumber,
  type Head,
  headOf,
  type LoneLine,
  lineFields,
  loneLine,
  mergeHead,
  type NewOrder,
  needsNumber,
  refuseCurrencyAlone,
  refuseOthers,
  refuseTooMuchBack,
  unknownLine,
  type Written,
  writeLines,
  yearPrefix,
} from './order-parts.ts'
import { linesOf } from './store.ts'
import { returnsOf } from './store-returns.ts'
import { syncOrderSales } from './store-sales.ts'

export async function createOrder(ctx: Ctx, tx: WriteTx, input: NewOrder): Promise<Written> {
  const { baseCurrency } = await settingsOf(tx)
  const number = await freeNumber(tx, input.number, yearPrefix(input.on))
  // Whoever sells and names nobody means themselves.
  const own = ctx.who.sellerId === null ? null : { id: ctx.who.sellerId }
  const head = await mergeHead(
    tx,
    {
      external_source: '',
      external_id: number,
      deal_id: null,
      deal_no: null,
      seller_id: null,
      customer_id: null,
      on_day: null,
      kind: 'sale',
      return_of: null,
      amount: null,
      currency: input.currency ?? baseCurrency,
    },
    { ...input, seller: input.seller === undefined ? own : input.seller },
  )
  await refuseOthers(ctx, tx, head)
  const id = await insertFact(tx, 'order_head', { ...head })
  await writeLines(tx, head, [], input.lines)
  await syncOrderSales(tx)
  tx.describe({ order: number })
  return { id, version: 1, changeId: tx.changeId }
}

export async function editOrder(
  ctx: Ctx,
  tx: WriteTx,
  id: string,
  version: number | undefined,
  input: Change,
): Promise<Written> {
  const alone = await loneLine(tx, id)
  if (alone) return editLoneLine(ctx, tx, id, alone, version, input)
  const current = await headOf(ctx, tx, id, version, input)
  const after = await mergeHead(tx, current.head, input)
  await refuseOthers(ctx, tx, after)
  // Lines find their order by its number: one that came without gets one with its first line.
  if (input.lines !== undefined && after.external_source !== '') {
    after.external_source = ''
    after.external_id = await freeNumber(tx, undefined, yearPrefix(after.on_day))
  }
  const lines =
    after.external_source === '' ? await linesOf(tx, [{ number: after.external_id, id }]) : []
  refuseCurrencyAlone(current.head, after, lines, input)
  const names = Object.keys(after) as (keyof Head)[]
  const same = names.every((name) => after[name] === current.head[name])
  // The version of an order counts every change of it, also one of its lines alone.
  const next =
    same && input.lines === undefined
      ? current.version
      : await replaceFact(tx, 'order_head', id, { ...after }, current.version)
  await writeLines(tx, after, followHead(lines, current.head, after), input.lines)
  await refuseTooMuchBack(tx, after.return_of ?? after.external_id)
  await syncOrderSales(tx)
  tx.describe({ order: after.external_id })
  return { id, version: next, changeId: tx.changeId }
}

async function editLoneLine(
  ctx: Ctx,
  tx: WriteTx,
  id: string,
  { version: seen, fields: before }: { version: number; fields: LoneLine },
  version: number | undefined,
  input: Change,
): Promise<Written> {
  if (version !== undefined && version !== seen)
    throw changedSince({ version: seen, fields: { ...before } }, { ...input })
  await refuseOthers(ctx, tx, before)
  const [line, ...more] = input.lines ?? []
  if (more.length > 0 || (line?.id !== undefined && line.id !== id)) throw unknownLine()
  if (input.dealId) throw needsNumber('dealId')
  const { seller_id, customer_id, on_day, kind, currency } = await mergeHead(tx, before, input)
  const after = { seller_id, customer_id, on_day, kind, currency }
  await refuseOthers(ctx, tx, after)
  const fields = line ? { ...after, ...(await lineFields(tx, line, currency)) } : after
  const next = await replaceFact(tx, 'order_line', id, fields, seen)
  await syncOrderSales(tx)
  tx.describe({ order: id })
  return { id, version: next, changeId: tx.changeId }
}

export async function removeOrder(
  ctx: Ctx,
  tx: WriteTx,
  id: string,
  version: number | undefined,
): Promise<Written> {
  const alone = await loneLine(tx, id)
  if (alone) {
    await refuseOthers(ctx, tx, alone.fields)
    await closeFact(tx, 'order_line', id, version)
    await syncOrderSales(tx)
    tx.describe({ order: id })
    return { id, version: alone.version, changeId: tx.changeId }
  }
  const { head, version: seen } = await headOf(ctx, tx, id, version, {})
  if (head.external_source === '') await refuseReturned(tx, head.external_id)
  await closeFact(tx, 'order_head', id, seen)
  const lines =
    head.external_source === '' ? await linesOf(tx, [{ number: head.external_id, id }]) : []
  for (const line of lines) await closeFact(tx, 'order_line', line.id)
  await syncOrderSales(tx)
  tx.describe({ order: head.external_id })
  return { id, version: seen, changeId: tx.changeId }
}

/** Its returns would take away from nothing. */
async function refuseReturned(tx: WriteTx, number: string): Promise<void> {
  const returns = await returnsOf(tx, number)
  if (returns.length === 0) return
  const named = returns.slice(0, namedMax).map((one) => one.number)
  const more = returns.length - named.length
  throw new Refusal({
    code: 'order.has_returns',
    message: `Of this order something came back: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    next: 'Remove these returns first.',
    particulars: { returns: returns.slice(0, namedMax) },
  })
}

const namedMax = 5
