// An order in the terms of its form, and back into the input of the operations.
import type { Answer } from '../../../web/client.ts'
import { nameReference } from '../../../web/names.ts'

export type Order = Answer<'orders.get'>
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

/** A line known by its amount alone has the price that gives it. */
function priceOf(line: Order['rows'][number], digits: number): number {
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

export function inputOfOrder(values: OrderValues, known?: Order) {
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
        quantity: line.quantity ?? 1,
        price: decimal(line.price ?? 0),
        discount: line.discount ?? null,
      }
    }),
  }
}

/** What a line comes to, as shown while it is typed; the server's amount is the one that counts. */
export function lineTotal(line: LineValues, digits: number): number {
  const exact = (line.price ?? 0) * (line.quantity ?? 1) * (1 - (line.discount ?? 0))
  return Math.round(exact * 10 ** digits)
}
