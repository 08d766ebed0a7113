// Entering what came back of an order.
import { fromMinor } from '../../basics/money.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertFact } from '../../platform/database/facts.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import {
  freeNumber,
  type Head,
  headOf,
  loneLine,
  needsNumber,
  type Return,
  refuseOthers,
  refuseTooMuchBack,
  unknownLine,
  type Written,
} from './order-parts.ts'
import { type LineRow, linesOf } from './store.ts'
import { amountReturned, partsBack } from './store-returns.ts'
import { syncOrderSales } from './store-sales.ts'

/** A return is an order of its own, with lines like those that came back, or with an amount. */
export async function returnOrder(ctx: Ctx, tx: WriteTx, input: Return): Promise<Written> {
  if (await loneLine(tx, input.id)) throw needsNumber('id')
  const { head } = await headOf(ctx, tx, input.id, undefined, {})
  if (head.external_source !== '') throw needsNumber('id')
  if (head.kind === 'return') throw returnOfReturn()
  const lines = await linesOf(tx, [{ number: head.external_id, id: input.id }])
  const whole = lines.length === 0 ? await wholeBack(tx, head, input.amount) : null
  const parts = whole === null ? await partsOf(tx, head, lines, input.lines ?? []) : []
  const number = await freeNumber(tx, input.number, `${head.external_id}-R`)
  const back: Head = {
    ...head,
    external_source: '',
    external_id: number,
    kind: 'return',
    return_of: head.external_id,
    on_day: input.on,
    amount: whole,
  }
  await refuseOthers(ctx, tx, back)
  const id = await insertFact(tx, 'order_head', { ...back })
  for (const [i, { line, quantity, amount, cost }] of parts.entries()) {
    await insertFact(tx, 'order_line', {
      external_source: '',
      external_id: `${number}#${i + 1}`,
      order_no: number,
      line_no: i + 1,
      // Whoever sold the line also bears its return.
      seller_id: line.seller_id,
      customer_id: line.customer_id,
      product_id: line.product_id,
      quantity,
      price: line.price,
      discount: line.discount,
      amount,
      currency: line.currency,
      cost,
    })
  }
  await refuseTooMuchBack(tx, head.external_id)
  await syncOrderSales(tx)
  tx.describe({ order: number, of: head.external_id })
  return { id, version: 1, changeId: tx.changeId }
}

/** What came back of an order without lines: part of its amount. */
async function wholeBack(tx: WriteTx, head: Head, amount: number | undefined): Promise<number> {
  if (amount === undefined) throw returnsNothing()
  const left = (head.amount ?? 0) - (await amountReturned(tx, head.external_id))
  if (amount <= left) return amount
  throw new Refusal({
    code: 'order.returns_too_much',
    message: `No more than ${fromMinor(Math.max(0, left), head.currency)} ${head.currency} is left of this order.`,
    field: 'amount',
    next: 'Give a smaller amount.',
    status: 422,
  })
}

/** The lines that came back, each with its part of amount and cost. */
async function partsOf(
  tx: WriteTx,
  head: Head,
  lines: readonly LineRow[],
  given: readonly { id: string; quantity: number }[],
) {
  if (given.length === 0) throw returnsNothing()
  if (new Set(given.map(({ id }) => id)).size < given.length) throw unknownLine()
  for (const { id, quantity } of given) {
    const line = lines.find((one) => one.id === id)
    if (!line) throw unknownLine()
    if (line.kind === 'return') throw returnOfReturn()
    if (quantity > line.quantity) throw tooMuch(line)
  }
  const parts = await partsBack(tx, head.external_id, given)
  return given.flatMap(({ id, quantity }) => {
    const line = lines.find((one) => one.id === id)
    const part = parts.find((one) => one.id === id)
    return line && part ? [{ line, quantity, amount: part.amount, cost: part.cost }] : []
  })
}

function returnsNothing(): Refusal {
  return new Refusal({
    code: 'order.returns_nothing',
    message: 'It is not said what came back.',
    field: 'lines',
    next: 'Give quantities of its lines, or the amount where the order has none.',
    status: 422,
  })
}

function returnOfReturn(): Refusal {
  return new Refusal({
    code: 'order.is_return',
    message: 'This is a return itself, and does not come back.',
    next: 'Remove it if it was entered by mistake.',
    status: 422,
  })
}

function tooMuch(line: LineRow): Refusal {
  return new Refusal({
    code: 'order.returns_too_much',
    message: `Of “${line.product_name ?? '-'}” this line has only ${line.quantity}.`,
    field: 'lines',
    next: 'Give a smaller quantity.',
    status: 422,
  })
}
