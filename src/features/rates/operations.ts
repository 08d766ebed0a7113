// What can be done with rates: each write values deals and sales anew in the same change.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { closeFact, currentFact, insertFact, replaceFact } from '../../platform/database/facts.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { changedSince, notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { settingsOf } from '../team/door.ts'
import type { ratesContract } from './contract.ts'
import { listGaps, listRates, rateOn } from './store.ts'
import { revalueReached } from './store-revalue.ts'

interface RateFields {
  currency: string
  on_day: string
  rate: number
}

export const ratesOperations: Implements<typeof ratesContract, Ctx> = {
  'rates.list': (ctx, { cursor, limit, ...filter }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['text', 'day', 'id'])
      const after = place && {
        currency: String(place[0]),
        day: String(place[1]),
        id: String(place[2]),
      }
      const rows = await listRates(tx, filter, after, limit + 1)
      return pageOfRows(rows, limit, (row) => [row.currency, row.day, row.id])
    }),
  'rates.missing': async (ctx) => ({ rows: await ctx.read((tx) => listGaps(tx)) }),
  'rates.set': (ctx, { currency, day, rate }) =>
    ctx.write(
      async (tx) => {
        const { baseCurrency } = await settingsOf(tx)
        if (currency === baseCurrency) {
          throw new Refusal({
            code: 'rate.of_base',
            message: `${currency} is the base currency; a rate says what other currencies are worth in it.`,
            field: 'currency',
            next: 'Choose another currency.',
            status: 422,
          })
        }
        await refuseTwin(tx, currency, day)
        const id = await insertFact(tx, 'rate', { currency, on_day: day, rate })
        const revalued = await revalueReached(tx)
        tx.describe({ currency, day, rate, revalued })
        return { id, version: 1, changeId: tx.changeId }
      },
      { long: true },
    ),
  'rates.edit': (ctx, { id, version, day, rate }) =>
    ctx.write(
      async (tx) => {
        const { before, found } = await currentRate(tx, id)
        if (version !== undefined && version !== found) {
          throw changedSince({ version: found, fields: { ...before } }, { day, rate })
        }
        const after = { ...before, on_day: day ?? before.on_day, rate: rate ?? before.rate }
        if (after.on_day !== before.on_day) await refuseTwin(tx, before.currency, after.on_day)
        const same = after.on_day === before.on_day && after.rate === before.rate
        const next = same ? found : await replaceFact(tx, 'rate', id, { ...after }, found)
        const revalued = await revalueReached(tx)
        tx.describe({ currency: before.currency, day: after.on_day, rate: after.rate, revalued })
        return { id, version: next, changeId: tx.changeId }
      },
      { long: true },
    ),
  'rates.remove': (ctx, { id, version }) =>
    ctx.write(
      async (tx) => {
        const { before } = await currentRate(tx, id)
        const closed = await closeFact(tx, 'rate', id, version)
        const revalued = await revalueReached(tx)
        tx.describe({ currency: before.currency, day: before.on_day, rate: before.rate, revalued })
        return { id, version: closed.version, changeId: tx.changeId }
      },
      { long: true },
    ),
}

async function currentRate(tx: Tx, id: string): Promise<{ before: RateFields; found: number }> {
  const current = await currentFact(tx, 'rate', id)
  if (!current) throw notFound('rate')
  return { before: current.fields as unknown as RateFields, found: current.version }
}

async function refuseTwin(tx: Tx, currency: string, day: string): Promise<void> {
  if (!(await rateOn(tx, currency, day))) return
  throw new Refusal({
    code: 'rate.exists',
    message: `There is already a rate of ${currency} for ${day}.`,
    field: 'day',
    next: 'Correct that one, or choose another day.',
  })
}
