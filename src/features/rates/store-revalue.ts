// What a rate reaches is valued anew in the same change, whoever wrote the rate: a person, a file or an undo.
import { sql } from 'kysely'
import { addDays } from '../../basics/period.ts'
import { lockRates, rateDaysMax } from '../../platform/database/base-amount.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { revalue } from '../deals/door.ts'
import { syncOrderSales } from '../orders/door.ts'

/** After rates were put in or closed by this change; returns how many deals and sales got another value. */
export async function revalueReached(tx: WriteTx): Promise<number> {
  const written = await tx.rows<{ currency: string; first: string; last: string }>(sql`
    SELECT currency, min(on_day) AS first, max(on_day) AS last FROM (
      SELECT currency, on_day FROM rate WHERE org_id = ${tx.orgId} AND change_in = ${tx.changeId}
      UNION ALL SELECT currency, on_day FROM rate WHERE org_id = ${tx.orgId} AND change_out = ${tx.changeId}
    ) r GROUP BY currency ORDER BY currency COLLATE "C"`)
  const days = written.flatMap(({ first, last }) => [first, last]).sort()
  const [from, last] = [days[0], days.at(-1)]
  if (from === undefined || last === undefined) return 0
  // Amounts entered meanwhile are seen from here on, and those to come wait for these rates.
  await lockRates(tx, 'write')
  // One pass for all currencies: several would close and write the same deals' sales again and again.
  const currencies = written.map(({ currency }) => currency)
  return revalue(tx, currencies, { from, until: addDays(last, rateDaysMax + 1) })
}

/** After a change was taken back: sales follow their orders, amounts the rates that hold now. */
export async function followUndo(tx: WriteTx): Promise<void> {
  await syncOrderSales(tx)
  await revalueReached(tx)
}
