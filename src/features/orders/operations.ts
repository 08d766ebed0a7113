// What can be done with orders and with the source of revenue.
import type { Implements, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { ordersContract } from './contract.ts'
import { contractsOperations } from './operations-contracts.ts'
import { type LineRow, linesOf, listOrders, type OrderRow, orderById, orderDay } from './store.ts'
import { orderReach } from './store-reach.ts'
import { headNumbered, returnsOf } from './store-returns.ts'
import { listRevenueSources } from './store-revenue-source.ts'
import { createOrder, editOrder, removeOrder } from './write-order.ts'
import { returnOrder } from './write-return.ts'

type Contract = typeof ordersContract
type Order = OutputOf<Contract['orders.list']>['rows'][number]

export const ordersOperations: Implements<Contract, Ctx> = {
  'orders.list': (ctx, { cursor, limit, withLines, ...filter }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['day', 'id'])
      const after = place && { day: String(place[0]), id: String(place[1]) }
      const rows = await listOrders(tx, filter, orderReach(ctx), after, limit + 1)
      const page = pageOfRows(rows, limit, (row) => [orderDay(row), row.id])
      if (!withLines) return { ...page, rows: page.rows.map(fromRow) }
      const lines = Map.groupBy(await linesOf(tx, page.rows), (line) => line.order_no ?? line.id)
      return {
        ...page,
        rows: page.rows.map((row) => ({
          ...fromRow(row),
          rows: (lines.get(row.number ?? row.id) ?? []).map((line) => lineOf(line, row.kind)),
        })),
      }
    }),
  'orders.get': (ctx, { id }) =>
    ctx.read(async (tx) => {
      const row = await orderById(tx, id, orderReach(ctx))
      if (!row) throw notFound('order')
      const lines = await linesOf(tx, [row])
      return {
        ...fromRow(row),
        related: await relatedTo(tx, row),
        rows: lines.map((line) => lineOf(line, row.kind)),
      }
    }),
  'orders.create': (ctx, input) => ctx.write((tx) => createOrder(ctx, tx, input)),
  'orders.edit': (ctx, { id, version, ...input }) =>
    ctx.write((tx) => editOrder(ctx, tx, id, version, input)),
  'orders.remove': (ctx, { id, version }) => ctx.write((tx) => removeOrder(ctx, tx, id, version)),
  'orders.return': (ctx, input) => ctx.write((tx) => returnOrder(ctx, tx, input)),

  ...contractsOperations,

  'revenue-source.list': async (ctx) => {
    const rows = await ctx.read((tx) => listRevenueSources(tx))
    return {
      rows: rows.map(({ id, version, source, valid_from: from }) => ({
        id,
        version,
        source,
        from,
      })),
    }
  },
  'revenue-source.set': (ctx, { source, from = '0001-01-01' }) =>
    ctx.write(async (tx) => {
      if (!from.endsWith('-01')) {
        throw new Refusal({
          code: 'revenue_source.not_first',
          message: 'What counts can only change with the first of a month.',
          field: 'from',
          next: 'Choose the first day of a month.',
          status: 422,
        })
      }
      tx.describe({ source, from })
      const there = (await listRevenueSources(tx)).find((row) => row.valid_from === from)
      if (there) {
        const version = await updateRecord(tx, 'revenue_source', there.id, { source })
        return { id: there.id, version, changeId: tx.changeId }
      }
      const id = await insertRecord(tx, 'revenue_source', { source, valid_from: from })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'revenue-source.remove': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const there = (await listRevenueSources(tx)).find((row) => row.id === id)
      if (!there) throw notFound('revenue_source')
      tx.describe({ source: there.source, from: there.valid_from })
      const next = await updateRecord(tx, 'revenue_source', id, { state: 'removed' }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
}

/** Returns of an order, or the order of a return. */
async function relatedTo(tx: Tx, { number, return_of: returnOf }: OrderRow) {
  if (number === null) return []
  const original = returnOf === null ? undefined : await headNumbered(tx, returnOf)
  return original ? [original] : returnsOf(tx, number)
}

function named(id: string | null, name: string | null) {
  return id === null ? null : { id, name: name ?? '' }
}

function lineOf(line: LineRow, kind: Order['kind']): NonNullable<Order['rows']>[number] {
  return {
    id: line.id,
    lineNo: line.line_no,
    product: named(line.product_id, line.product_name),
    seller: named(line.seller_id, line.seller_name),
    kind: line.kind ?? kind,
    quantity: line.quantity,
    price: line.price,
    discount: line.discount,
    amount: line.amount,
    cost: line.cost,
  }
}

function fromRow(row: OrderRow): Order {
  return {
    id: row.id,
    version: row.version,
    number: row.number,
    kind: row.kind,
    on: row.on_day,
    seller: named(row.seller_id, row.seller_name),
    sellers: row.sellers,
    customer: named(row.customer_id, row.customer_name),
    deal: row.deal_id === null ? null : { id: row.deal_id, number: row.deal_number },
    returnOf: row.return_of,
    lines: row.line_count,
    amount: row.amount,
    currency: row.currency,
  }
}
