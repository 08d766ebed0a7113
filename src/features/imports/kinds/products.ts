// Products with price and cost.
import { fillSalePrices } from '../../deals/door.ts'
import { countProducts, importProducts } from '../../products/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { amount, named, type PlacedRow, type Placing, text } from '../placed-row.ts'
import type { KindWork } from './kind.ts'

export const products: KindWork = {
  place: (row, placing) => ({ row: placeProduct(row, placing) }),
  known: 'product',
  count: (tx, { batchId, present }) => countProducts(tx, batchId, present),
  store: async (tx, { batchId, present, follow }) => {
    const counts = await importProducts(tx, batchId, present)
    await follow()
    return { counts, written: await fillSalePrices(tx, batchId) }
  },
}

function placeProduct(row: TypedRow, placing: Placing): PlacedRow {
  const { saidToBe, ...record } = named(row, placing)
  return {
    ...record,
    product: saidToBe,
    amount: amount(row, 'list_price'),
    amount2: amount(row, 'cost'),
    currency: text(row, 'currency'),
    fields: { family: text(row, 'family'), traits: row.traits ?? {} },
  }
}
