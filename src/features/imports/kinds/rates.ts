// Exchange rates: each values what it reaches anew.
import { countRates, importRates, revalueReached } from '../../rates/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { amount, type Placed, type Placing, text } from '../placed-row.ts'
import type { KindWork } from './kind.ts'

export const rates: KindWork = {
  place: placeRate,
  known: 'number',
  count: (tx, { batchId }) => countRates(tx, batchId),
  store: async (tx, { batchId, follow }) => {
    const counts = await importRates(tx, batchId)
    await follow()
    return { counts, written: await revalueReached(tx) }
  },
}

/** Currency and day are what a rate is known by. */
function placeRate(row: TypedRow, placing: Placing): Placed {
  const [currency, day] = [text(row, 'currency'), text(row, 'on_day')]
  if (currency === null || currency === placing.baseCurrency)
    return { fault: 'rate.of_base', field: 'currency' }
  return {
    row: {
      external_id: `${currency} ${day}`,
      currency,
      opened_on: day,
      price: amount(row, 'rate'),
    },
  }
}
