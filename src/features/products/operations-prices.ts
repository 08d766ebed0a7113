// What can be done with prices that hold for a time.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { pricesContract } from './contract-prices.ts'
import { productById } from './store.ts'
import { lockPricesOf, overlapping, type PriceRow, priceById, pricesOf } from './store-prices.ts'

/** Stands for "until further notice". */
const noEnd = '9999-12-31'

export const pricesOperations: Implements<typeof pricesContract, Ctx> = {
  'prices.list': (ctx, { productId }) =>
    ctx.read(async (tx) => {
      if (!(await productById(tx, productId))) throw notFound('product')
      return { rows: (await pricesOf(tx, productId)).map(fromRow) }
    }),
  'prices.create': (ctx, { productId, currency, from, ...input }) =>
    ctx.write(async (tx) => {
      const product = await productById(tx, productId)
      if (!product) throw notFound('product')
      await lockPricesOf(tx, productId)
      const wanted = {
        product_id: productId,
        currency,
        list_price: input.listPrice ?? null,
        cost: input.cost ?? null,
        valid_from: from,
        valid_until: input.until ?? noEnd,
      }
      await refuse(tx, wanted)
      tx.describe({ name: product.name, currency, from })
      const id = await insertRecord(tx, 'price', wanted)
      return { id, version: 1, changeId: tx.changeId }
    }),
  'prices.edit': (ctx, { id, version, listPrice, cost, from, until }) =>
    ctx.write(async (tx) => {
      const found = await priceById(tx, id)
      if (!found) throw notFound('price')
      await lockPricesOf(tx, found.product_id)
      const before = await priceById(tx, id)
      if (!before) throw notFound('price')
      const { product, id: _, version: __, ...fields } = before
      const wanted = {
        ...fields,
        ...(listPrice === undefined ? {} : { list_price: listPrice }),
        ...(cost === undefined ? {} : { cost }),
        ...(from === undefined ? {} : { valid_from: from }),
        ...(until === undefined ? {} : { valid_until: until ?? noEnd }),
      }
      await refuse(tx, wanted, id)
      tx.describe({ name: product, currency: wanted.currency, from: wanted.valid_from })
      const next = await updateRecord(tx, 'price', id, wanted, version)
      return { id, version: next, changeId: tx.changeId }
    }),
  'prices.remove': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const before = await priceById(tx, id)
      if (!before) throw notFound('price')
      tx.describe({ name: before.product, currency: before.currency, from: before.valid_from })
      const next = await updateRecord(tx, 'price', id, { state: 'removed' }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
}

function fromRow(row: PriceRow) {
  return {
    id: row.id,
    version: row.version,
    productId: row.product_id,
    currency: row.currency,
    listPrice: row.list_price,
    cost: row.cost,
    from: row.valid_from,
    until: row.valid_until === noEnd ? null : row.valid_until,
  }
}

/** 2025-07-01 → 1.7.2025 */
const inGerman = (day: string) => day.split('-').map(Number).reverse().join('.')

type Wanted = Omit<PriceRow, 'id' | 'version' | 'product'>

async function refuse(tx: Tx, wanted: Wanted, not?: string): Promise<void> {
  if (wanted.list_price === null && wanted.cost === null) {
    throw new Refusal({
      code: 'price.empty',
      message: 'A price needs a list price or a cost.',
      field: 'listPrice',
      next: 'Enter one of the two.',
      status: 422,
    })
  }
  const [from, until] = [wanted.valid_from, wanted.valid_until]
  if (from >= until) {
    throw new Refusal({
      code: 'price.backwards',
      message: 'A price ends after the day it begins.',
      field: 'until',
      next: 'Name the first day on which it no longer holds.',
      status: 422,
    })
  }
  const other = await overlapping(tx, {
    productId: wanted.product_id,
    currency: wanted.currency,
    from,
    until,
    ...(not === undefined ? {} : { not }),
  })
  if (!other) return
  const open = other.valid_until === noEnd
  throw new Refusal({
    code: 'price.overlaps',
    message: `Another ${other.currency} price holds from ${other.valid_from}${open ? ' on' : ` until ${other.valid_until}`}.`,
    field: 'from',
    next: 'End that one first, or choose other days.',
    particulars: {
      other: fromRow(other),
      text: {
        de: `Ein anderer Preis in ${other.currency} gilt ${open ? `ab ${inGerman(other.valid_from)}` : `vom ${inGerman(other.valid_from)} bis vor dem ${inGerman(other.valid_until)}`}.`,
      },
    },
  })
}
