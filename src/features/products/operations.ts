// What can be done with products: list, read, add, change, archive, one by one and many alike.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { applyBulkEdit, type BulkEdit, previewBulkEdit } from '../../platform/database/bulk-edit.ts'
import { type Like, recordLike } from '../../platform/database/record-names.ts'
import {
  type Fields,
  insertRecord,
  notFound,
  updateRecord,
} from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { checkTraits } from '../customers/door.ts'
import type { productsContract } from './contract.ts'
import { pricesOperations } from './operations-prices.ts'
import { listProducts, type ProductRow, productById, productsThatFit } from './store.ts'

type Contract = typeof productsContract
type Product = OutputOf<Contract['products.get']>

export const productsOperations: Implements<Contract, Ctx> = {
  ...pricesOperations,
  'products.list': async (ctx, input) => {
    const { cursor, limit, count, ...filter } = input
    const page = await ctx.read((tx) => listProducts(tx, filter, { cursor, limit, count }))
    return { ...page, rows: page.rows.map(fromRow) }
  },
  'products.get': async (ctx, { id }) => {
    const row = await ctx.read((tx) => productById(tx, id))
    if (!row) throw notFound('product')
    return fromRow(row)
  },
  'products.create': (ctx, input) =>
    ctx.write(async (tx) => {
      await refuseTwin(tx, { name: input.name, externalId: input.externalId })
      refusePriceWithoutCurrency(input)
      await checkTraits(tx, 'product', input.traits)
      tx.describe({ name: input.name })
      const id = await insertRecord(tx, 'product', { traits: {}, ...toFields(input) })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'products.edit': (ctx, { id, version, ...input }) =>
    ctx.write(async (tx) => {
      const before = await productById(tx, id)
      if (!before) throw notFound('product')
      const renamed = input.name !== undefined && nameKey(input.name) !== before.name_key
      await refuseTwin(tx, {
        name: renamed ? input.name : undefined,
        externalId: input.externalId,
        not: id,
      })
      refusePriceWithoutCurrency({
        listPrice: input.listPrice === undefined ? before.list_price : input.listPrice,
        cost: input.cost === undefined ? before.cost : input.cost,
        currency: input.currency === undefined ? before.currency : input.currency,
      })
      await checkTraits(tx, 'product', input.traits, before.traits)
      tx.describe({ name: input.name ?? before.name })
      const next = await updateRecord(tx, 'product', id, toFields(input), version)
      return { id, version: next, changeId: tx.changeId }
    }),
  'products.set-state': (ctx, { id, version, state }) =>
    ctx.write(async (tx) => {
      const before = await productById(tx, id)
      if (!before) throw notFound('product')
      tx.describe({ name: before.name, state })
      const next = await updateRecord(tx, 'product', id, { state }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
  'products.bulk-edit': (ctx, input) => {
    if (input.preview) return ctx.read((tx) => previewBulkEdit(tx, bulkOf(input)))
    return ctx.write(
      async (tx) => {
        const edited = await applyBulkEdit(tx, bulkOf(input))
        tx.describe({ count: edited.changed, fields: Object.keys(input.set) })
        return edited
      },
      { long: true },
    )
  },
}

function bulkOf({ ids, filter, set }: InputOf<Contract['products.bulk-edit']>): BulkEdit {
  return {
    table: 'product',
    ids,
    fit: filter && productsThatFit(filter),
    set: Object.fromEntries(
      Object.entries(set).map(([name, value]) => [name, value === '' ? null : value]),
    ),
  }
}

type Input = Partial<Omit<InputOf<Contract['products.edit']>, 'id' | 'version'>>

function toFields({ externalId, listPrice, ...input }: Input): Fields {
  return {
    ...input,
    ...(input.name === undefined ? {} : { name_key: nameKey(input.name) }),
    ...(externalId === undefined ? {} : { external_id: externalId || null }),
    ...(listPrice === undefined ? {} : { list_price: listPrice }),
  }
}

function fromRow({
  external_id: externalId,
  list_price: listPrice,
  name_key: _,
  ...row
}: ProductRow): Product {
  return { ...row, externalId, listPrice }
}

function refusePriceWithoutCurrency(input: Pick<Input, 'listPrice' | 'cost' | 'currency'>): void {
  if (input.currency || ((input.listPrice ?? null) === null && (input.cost ?? null) === null))
    return
  throw new Refusal({
    code: 'product.price_needs_currency',
    message: 'A price or cost needs a currency.',
    field: 'currency',
    next: 'Choose the currency of the price.',
    status: 422,
  })
}

async function refuseTwin(tx: Tx, like: Like): Promise<void> {
  if (!(await recordLike(tx, 'product', like))) return
  throw new Refusal({
    code: 'product.exists',
    message: 'There is already a product with this name or number.',
    field: 'name',
    next: 'Open that one, or tell the two apart by their names.',
  })
}
