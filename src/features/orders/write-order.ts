// Entering, changing, returning and removing one order with its lines, and the sales that follow.
import type { InputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { closeFact, currentFact, insertFact, replaceFact } from '../../platform/database/facts.ts'
import { changedSince, notFound } from '../../platform/database/records.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { findOrMakeCustomer } from '../customers/door.ts'
import { findOrMakeProduct } from '../products/door.ts'
import { findOrMakeSeller, settingsOf, withinReach } from '../team/door.ts'
import type { ordersContract } from './contract.ts'
import {
  dealNumbered,
  type LineRow,
  lineAmount,
  linesOf,
  numbersLike,
  orderNumbered,
  returnedSoFar,
} from './store.ts'
import { syncOrderSales } from './store-sales.ts'

type Contract = typeof ordersContract
type NewOrder = InputOf<Contract['orders.create']>
type Change = Omit<InputOf<Contract['orders.edit']>, 'id' | 'version'>
type Return = InputOf<Contract['orders.return']>
type Line = NewOrder['lines'][number]
type Written = { id: string; version: number; changeId: string }

interface Head {
  external_id: string
  deal_id: string | null
  seller_id: string | null
  customer_id: string | null
  on_day: string | null
  kind: 'sale' | 'return'
  amount: number | null
  currency: string
}

export async function createOrder(ctx: Ctx, tx: WriteTx, input: NewOrder): Promise<Written> {
  const { baseCurrency } = await settingsOf(tx)
  const number = await freeNumber(tx, input.number, `${input.on.slice(0, 4)}-`)
  // Whoever sells and names nobody means themselves.
  const own = ctx.who.sellerId === null ? null : { id: ctx.who.sellerId }
  const head = await mergeHead(
    tx,
    {
      external_id: number,
      deal_id: null,
      seller_id: null,
      customer_id: null,
      on_day: null,
      kind: 'sale',
      amount: null,
      currency: input.currency ?? baseCurrency,
    },
    { ...input, seller: input.seller === undefined ? own : input.seller },
  )
  await refuseOthers(ctx, tx, head)
  const id = await insertFact(tx, 'order_head', { external_source: '', ...head })
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
  const current = await headOf(ctx, tx, id, version, input)
  const after = await mergeHead(tx, current.head, input)
  await refuseOthers(ctx, tx, after)
  const names = Object.keys(after) as (keyof Head)[]
  const same = names.every((name) => after[name] === current.head[name])
  // The version of an order counts every change of it, also one of its lines alone.
  const next =
    same && input.lines === undefined
      ? current.version
      : await replaceFact(tx, 'order_head', id, { ...after }, current.version)
  if (input.lines !== undefined) {
    const lines = await linesOf(tx, { number: after.external_id, id })
    await writeLines(tx, after, lines, input.lines)
  }
  await syncOrderSales(tx)
  tx.describe({ order: after.external_id })
  return { id, version: next, changeId: tx.changeId }
}

export async function removeOrder(
  ctx: Ctx,
  tx: WriteTx,
  id: string,
  version: number | undefined,
): Promise<Written> {
  const line = await currentFact(tx, 'order_line', id)
  if (line && line.fields.order_no === null) {
    await refuseOthers(ctx, tx, line.fields as unknown as Head)
    await closeFact(tx, 'order_line', id, version)
    await syncOrderSales(tx)
    tx.describe({ order: id })
    return { id, version: line.version, changeId: tx.changeId }
  }
  const { head, version: seen } = await headOf(ctx, tx, id, version, {})
  await closeFact(tx, 'order_head', id, seen)
  for (const { id: lineId } of await linesOf(tx, { number: head.external_id, id }))
    await closeFact(tx, 'order_line', lineId)
  await syncOrderSales(tx)
  tx.describe({ order: head.external_id })
  return { id, version: seen, changeId: tx.changeId }
}

/** A return is an order of its own, with lines like those that came back. */
export async function returnOrder(ctx: Ctx, tx: WriteTx, input: Return): Promise<Written> {
  const { head } = await headOf(ctx, tx, input.id, undefined, {})
  const lines = await linesOf(tx, { number: head.external_id, id: input.id })
  const returned = await returnedSoFar(tx, head.external_id)
  const number = await freeNumber(tx, input.number, `${head.external_id}-R`)
  const given: Line[] = []
  for (const { id, quantity } of input.lines) {
    const line = lines.find((one) => one.id === id)
    if (!line) throw unknownLine()
    const before = returned.get(line.product_id ?? '-') ?? 0
    if (quantity + before > line.quantity) throw tooMuch(line, before)
    given.push(partOf(line, quantity))
  }
  const back: Head = {
    ...head,
    external_id: number,
    kind: 'return',
    on_day: input.on,
    amount: null,
  }
  await refuseOthers(ctx, tx, back)
  const id = await insertFact(tx, 'order_head', { external_source: '', ...back })
  await writeLines(tx, back, [], given)
  await syncOrderSales(tx)
  tx.describe({ order: number, of: head.external_id })
  return { id, version: 1, changeId: tx.changeId }
}

/** The part of a line that comes back; what has a price keeps it, the rest goes by quantity. */
function partOf(line: LineRow, quantity: number): Line {
  const product = line.product_id === null ? null : { id: line.product_id }
  if (line.price !== null) return { product, quantity, price: line.price, discount: line.discount }
  return { product, quantity, amount: Math.round((line.amount * quantity) / line.quantity) }
}

async function headOf(
  ctx: Ctx,
  tx: WriteTx,
  id: string,
  version: number | undefined,
  mine: object,
): Promise<{ head: Head; version: number }> {
  const current = await currentFact(tx, 'order_head', id)
  if (!current) throw notFound('order')
  if (version !== undefined && version !== current.version)
    throw changedSince(current, mine as Record<string, unknown>)
  const { external_source: _, ...head } = current.fields
  await refuseOthers(ctx, tx, head as unknown as Head)
  return { head: head as unknown as Head, version: current.version }
}

async function mergeHead(tx: WriteTx, before: Head, input: Change): Promise<Head> {
  const refer = async <T>(
    was: string | null,
    given: T | null | undefined,
    find: (which: T) => Promise<string>,
  ) => (given === undefined ? was : given === null ? null : find(given))
  if (input.dealId && !(await dealNumbered(tx, input.dealId))) throw notFound('deal')
  return {
    ...before,
    deal_id: input.dealId === undefined ? before.deal_id : input.dealId,
    seller_id: await refer(
      before.seller_id,
      input.seller,
      async (which) => (await findOrMakeSeller(tx, which)).id,
    ),
    customer_id: await refer(before.customer_id, input.customer, (which) =>
      findOrMakeCustomer(tx, which),
    ),
    on_day: input.on ?? before.on_day,
    // Lines carry the amounts from now on.
    amount: input.lines === undefined ? before.amount : null,
    currency: input.currency ?? before.currency,
  }
}

/** Makes the lines of an order those given: named ones are replaced where they differ, others go or come. */
async function writeLines(
  tx: WriteTx,
  head: Head,
  there: readonly LineRow[],
  given: readonly Line[],
): Promise<void> {
  const kept = new Set(given.flatMap(({ id }) => id ?? []))
  for (const { id } of there) if (!kept.has(id)) await closeFact(tx, 'order_line', id)
  let last = Math.max(0, ...there.map((line) => line.line_no ?? 0))
  for (const line of given) {
    const fields = {
      product_id: line.product ? await findOrMakeProduct(tx, line.product) : null,
      quantity: line.quantity,
      price: line.price ?? null,
      discount: line.discount ?? null,
      amount: await amountOf(tx, line, head.currency),
      currency: head.currency,
      cost: line.cost ?? null,
    }
    if (line.id !== undefined) {
      if (!there.some(({ id }) => id === line.id)) throw unknownLine()
      await replaceFact(tx, 'order_line', line.id, fields)
      continue
    }
    last += 1
    await insertFact(tx, 'order_line', {
      external_source: '',
      external_id: `${head.external_id}#${last}`,
      order_no: head.external_id,
      line_no: last,
      ...fields,
    })
  }
}

async function amountOf(tx: WriteTx, line: Line, currency: string): Promise<number> {
  if (line.amount !== null && line.amount !== undefined) return line.amount
  if (line.price === null || line.price === undefined) {
    throw new Refusal({
      code: 'order.line_needs_amount',
      message: 'A line needs a price or an amount.',
      field: 'lines',
      next: 'Give the price of one unit, or the amount of the whole line.',
      status: 422,
    })
  }
  const { price, quantity, discount } = line
  return lineAmount(tx, { price, quantity, discount: discount ?? null, currency })
}

async function freeNumber(
  tx: WriteTx,
  wanted: string | undefined,
  prefix: string,
): Promise<string> {
  if (wanted) {
    if (!(await orderNumbered(tx, wanted))) return wanted
    throw new Refusal({
      code: 'order.exists',
      message: `There is already an order with the number ${wanted}.`,
      field: 'number',
      next: 'Open that one, or give this one another number.',
    })
  }
  for (let n = (await numbersLike(tx, prefix)) + 1; ; n++) {
    const number = `${prefix}${String(n).padStart(prefix.endsWith('-R') ? 1 : 4, '0')}`
    if (!(await orderNumbered(tx, number))) return number
  }
}

async function refuseOthers(
  ctx: Ctx,
  tx: WriteTx,
  { seller_id: sellerId, on_day }: Pick<Head, 'seller_id' | 'on_day'>,
): Promise<void> {
  if (await withinReach(ctx, tx, { sellerId, day: on_day ?? '0001-01-01' })) return
  throw new Refusal({
    code: 'order.not_yours',
    message: 'This order belongs to somebody outside what you may change.',
    field: 'seller',
    next: 'Ask the person or the manager of the team.',
    status: 403,
  })
}

function unknownLine(): Refusal {
  return new Refusal({
    code: 'order.line_unknown',
    message: 'One of the lines is not, or no longer, a line of this order.',
    field: 'lines',
    next: 'Open the order again.',
    status: 422,
  })
}

function tooMuch(line: LineRow, before: number): Refusal {
  return new Refusal({
    code: 'order.returns_too_much',
    message: `Of “${line.product_name ?? '-'}” ${line.quantity} were sold and ${before} have come back already.`,
    field: 'lines',
    next: 'Give a smaller quantity.',
    status: 422,
  })
}
