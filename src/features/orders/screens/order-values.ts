// An order in the terms of its form, and back into the input of the operations.
import type { Answer } from '../../../web/client.ts'
import { nameReference } from '../../../web/names.ts'

export type Order = Answer<'orders.get'>
type OrderLine = Order['rows'][number]
export type OrderRow = Answer<'orders.list'>['rows'][number]

export interface LineValues {
  /** Tells lines of the form apart, also those that are not saved yet. */
  key: string
  id: string | undefined
  product: string
  quantity: number | undefined
  /** Price of one unit; may have more places than the currency. */
  price: number | undefined
  /** 0 to 1. */
  discount: number | undefined
}

export interface OrderValues {
  number: string
  on: string | undefined
  customer: string
  seller: string
  lines: LineValues[]
}

export function emptyLine(key: string): LineValues {
  return { key, id: undefined, product: '', quantity: 1, price: undefined, discount: undefined }
}

export function newOrder(today: string, seller: string): OrderValues {
  return { number: '', on: today, customer: '', seller, lines: [emptyLine('0')] }
}

/** Decimal places of a number as it is written. */
export const decimalsOf = (value: number | string) => (String(value).split('.')[1] ?? '').length

/** A line known by its amount alone has the price that gives it. */
function priceOf(line: OrderLine, digits: number): number {
  if (line.price !== null) return Number(line.price)
  return line.amount / 10 ** digits / (line.quantity || 1)
}

export function valuesOfOrder(order: Order, digits: number): OrderValues {
  return {
    number: order.number ?? '',
    on: order.on ?? undefined,
    customer: order.customer?.name ?? '',
    seller: order.seller?.name ?? '',
    lines: order.rows.map((line) => ({
      key: line.id,
      id: line.id,
      product: line.product?.name ?? '',
      quantity: line.quantity,
      price: priceOf(line, digits),
      discount: line.discount ?? undefined,
    })),
  }
}

/** A number as the digits the operation takes, never with an exponent. */
const decimal = (value: number) => value.toFixed(6).replace(/\.?0+$/, '')

/**
 * What the form does not show stays as it is: a line whose figures nobody touched keeps its amount and
 * cost, and one sold in another quantity keeps the cost of a unit.
 */
function amountsOf(line: LineValues, before: OrderLine | undefined, digits: number) {
  const quantity = line.quantity ?? 1
  const discount = line.discount ?? null
  const sameProduct = before !== undefined && line.product === (before.product?.name ?? '')
  const cost =
    sameProduct && before.cost !== null && before.quantity > 0
      ? Math.round((before.cost * quantity) / before.quantity)
      : null
  const untouched =
    before !== undefined &&
    quantity === before.quantity &&
    discount === before.discount &&
    line.price === priceOf(before, digits)
  if (untouched) return { quantity, discount, price: before.price, amount: before.amount, cost }
  return { quantity, discount, price: decimal(line.price ?? 0), cost }
}

export function inputOfOrder(values: OrderValues, digits: number, known?: Order) {
  const { on } = values
  if (on === undefined) return undefined
  return {
    on,
    customer: nameReference(values.customer, known?.customer),
    seller: nameReference(values.seller, known?.seller),
    lines: values.lines.map((line) => {
      const before = known?.rows.find((row) => row.id === line.id)
      return {
        ...(line.id === undefined ? {} : { id: line.id }),
        product: nameReference(line.product, before?.product),
        ...amountsOf(line, before, digits),
      }
    }),
  }
}

/** What a line comes to, as shown while it is typed; the server's amount is the one that counts. */
export function lineTotal(line: LineValues, digits: number): number {
  const exact = (line.price ?? 0) * (line.quantity ?? 1) * (1 - (line.discount ?? 0))
  return Math.round(exact * 10 ** digits)
}
