// Entering what came back of an order.
import { split } from '../../basics/money.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertFact } from '../../platform/database/facts.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import {
  freeNumber,
  type Head,
  headOf,
  type Line,
  lineFields,
  loneLine,
  needsNumber,
  type Return,
  refuseOthers,
  unknownLine,
  type Written,
} from './order-parts.ts'
import { type LineRow, linesOf, returnedSoFar } from './store.ts'
import { syncOrderSales } from './store-sales.ts'

/** A return is an order of its own, with lines like those that came back. */
export async function returnOrder(ctx: Ctx, tx: WriteTx, input: Return): Promise<Written> {
  if (await loneLine(tx, input.id)) throw needsNumber('id')
  const { head } = await headOf(ctx, tx, input.id, undefined, {})
  if (head.kind === 'return') throw returnOfReturn()
  const lines = await linesOf(tx, [{ number: head.external_id, id: input.id }])
  const asked = new Map<string, number>()
  for (const { id, quantity } of input.lines) asked.set(id, (asked.get(id) ?? 0) + quantity)
  const returned = await returnedSoFar(tx, head.external_id)
  const parts: { line: LineRow; part: Line }[] = []
  for (const [id, quantity] of asked) {
    const line = lines.find((one) => one.id === id)
    if (!line) throw unknownLine()
    if (line.kind === 'return') throw returnOfReturn()
    // Returns name the product they bring back; two lines of one product share what has come back.
    const alike = lines.filter((one) => one.product_id === line.product_id)
    const sold = alike.reduce((sum, one) => sum + one.quantity, 0)
    const before = returned.get(line.product_id ?? '-') ?? 0
    const now = alike.reduce((sum, one) => sum + (asked.get(one.id) ?? 0), 0)
    if (quantity > line.quantity || now + before > sold) throw tooMuch(line, sold, before)
    parts.push({ line, part: partOf(line, quantity) })
  }
  const number = await freeNumber(tx, input.number, `${head.external_id}-R`)
  const back: Head = {
    ...head,
    external_source: '',
    external_id: number,
    kind: 'return',
    return_of: head.external_id,
    on_day: input.on,
    amount: null,
  }
  await refuseOthers(ctx, tx, back)
  const id = await insertFact(tx, 'order_head', { ...back })
  for (const [i, { line, part }] of parts.entries()) {
    await insertFact(tx, 'order_line', {
      external_source: '',
      external_id: `${number}#${i + 1}`,
      order_no: number,
      line_no: i + 1,
      // Whoever sold the line also bears its return.
      seller_id: line.seller_id,
      customer_id: line.customer_id,
      ...(await lineFields(tx, part, line.currency)),
    })
  }
  await syncOrderSales(tx)
  tx.describe({ order: number, of: head.external_id })
  return { id, version: 1, changeId: tx.changeId }
}

/** The part of a line that comes back, with its part of amount and cost. */
function partOf(line: LineRow, quantity: number): Line {
  const { price, discount } = line
  const share = (value: number) =>
    quantity === line.quantity ? value : split(value, [quantity, line.quantity - quantity])[0]
  return {
    product: line.product_id === null ? null : { id: line.product_id },
    quantity,
    price,
    discount,
    amount: share(line.amount),
    cost: line.cost === null ? null : share(line.cost),
  }
}

function returnOfReturn(): Refusal {
  return new Refusal({
    code: 'order.is_return',
    message: 'This is a return itself, and does not come back.',
    next: 'Remove it if it was entered by mistake.',
    status: 422,
  })
}

function tooMuch(line: LineRow, sold: number, before: number): Refusal {
  return new Refusal({
    code: 'order.returns_too_much',
    message: `Of “${line.product_name ?? '-'}” ${sold} were sold and ${before} have come back already.`,
    field: 'lines',
    next: 'Give a smaller quantity.',
    status: 422,
  })
}
