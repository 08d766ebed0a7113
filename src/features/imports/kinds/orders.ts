// Orders: heads, whole lines, or lines that belong to a head by the order's number.

import { minorDigits } from '../../../basics/money.ts'
import {
  countOrderHeads,
  countOrderLines,
  importHeadsOfLines,
  importOrderHeads,
  importOrderLines,
  isOfLines,
  orderAmountMax,
  syncOrderSales,
} from '../../orders/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { amount, contentKey, mention, type Placed, type Placing, text } from '../placed-row.ts'
import type { KindWork } from './kind.ts'
import { makeMentionedParties } from './parties.ts'

const orderWork: Pick<KindWork, 'known' | 'count' | 'store'> = {
  known: 'number',
  count: (tx, { batchId, present }) =>
    isOfLines(present)
      ? countOrderLines(tx, batchId, present)
      : countOrderHeads(tx, batchId, present),
  store: async (tx, { batchId, present, follow }) => {
    let written = await makeMentionedParties(tx, batchId)
    const counts = isOfLines(present)
      ? await importOrderLines(tx, batchId, present)
      : await importOrderHeads(tx, batchId, present)
    if (isOfLines(present)) written += await importHeadsOfLines(tx, batchId, present)
    await follow()
    if (counts.added + counts.updated > 0) written += await syncOrderSales(tx)
    return { counts, written }
  },
}

export const orders: KindWork = {
  ...orderWork,
  place: (row, placing) =>
    isOfLines({ has: (field) => field in row.values })
      ? placeWholeLine(row, placing)
      : placeHead(row, placing),
}

export const orderLines: KindWork = { ...orderWork, place: placeLine }

/** A return by its sign, whatever is said of it; amounts and quantities are kept without the sign. */
function kindOf(row: TypedRow): 'sale' | 'return' | null {
  const negative = (field: string) => (amount(row, field) ?? 0) < 0
  const back =
    amount(row, 'amount') === null
      ? negative('quantity') !== negative('price')
      : negative('quantity') || negative('amount')
  if (back) return 'return'
  const said = text(row, 'kind')
  return said === 'sale' || said === 'return' ? said : null
}

const unsigned = (value: number | null) => (value === null ? null : Math.abs(value))

function parties(row: TypedRow, placing: Placing) {
  return {
    seller: mention(row, 'seller', 'seller', placing),
    customer: mention(row, 'customer', 'customer', placing),
    opened_on: text(row, 'ordered_on'),
    currency: text(row, 'currency'),
    amount: unsigned(amount(row, 'amount')),
  }
}

function placeHead(row: TypedRow, placing: Placing): Placed {
  const number = text(row, 'order_no')
  if (number === null && amount(row, 'amount') === null)
    return { fault: 'order.needs_number', field: 'order_no' }
  return {
    row: {
      ...(number === null
        ? { external_source: 'content', external_id: contentKey(row) }
        : { external_source: '', external_id: number }),
      ...parties(row, placing),
      fields: { kind: kindOf(row), deal: text(row, 'deal') },
    },
  }
}

/**
 * A line is known again by order and line number, else by order, product and how many of them there are
 * before it, else by all it says.
 */
function lineKey(row: TypedRow): { external_source: string; external_id: string } {
  const [order, line, product] = [
    text(row, 'order_no'),
    amount(row, 'line_no'),
    text(row, 'product'),
  ]
  if (order === null) return { external_source: 'content', external_id: contentKey(row) }
  if (line !== null) return { external_source: '', external_id: `${order}#${line}` }
  const which = product === null ? contentKey(row) : `${product.toLowerCase()}:1`
  return { external_source: 'line', external_id: `${order}#${which}` }
}

function placeLine(row: TypedRow, placing: Placing): Placed {
  const [sum, price] = [amount(row, 'amount'), amount(row, 'price')]
  if (sum === null && price === null) return { fault: 'order.needs_amount', field: 'amount' }
  // The exact amount is worked out where it is stored; here only what cannot be kept is kept out.
  const units = Math.abs((price ?? 0) * (amount(row, 'quantity') ?? 1))
  if (units * 10 ** minorDigits(text(row, 'currency') ?? placing.baseCurrency) > orderAmountMax)
    return { fault: 'order.too_large', field: 'price' }
  return {
    row: {
      ...lineKey(row),
      ...parties(row, placing),
      order_no: text(row, 'order_no'),
      line_no: amount(row, 'line_no'),
      product: mention(row, 'product', 'product', placing),
      quantity: unsigned(amount(row, 'quantity')),
      price: unsigned(price),
      discount: amount(row, 'discount'),
      amount2: unsigned(amount(row, 'cost')),
      fields: { kind: kindOf(row), deal: text(row, 'deal') },
    },
  }
}

/** A line that brings its order along. */
function placeWholeLine(row: TypedRow, placing: Placing): Placed {
  const order = text(row, 'order_no')
  if (order !== null) placing.mention('order', order, order)
  return placeLine(row, placing)
}
