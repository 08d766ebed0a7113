// Contracts that end or renew themselves soon, as entries of the start page.
import type { EntriesAsked, Entry } from '../../basics/entry.ts'
import { addDays } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { settingsOf } from '../team/door.ts'
import { type EndingRow, listEnding } from './store-waiting.ts'

/** So long before the end, or before the last day of notice, a contract is mentioned. */
const daysAhead = { end: 60, notice: 30 }
const timesAYear = { month: 12, quarter: 4, year: 1, once: 1 } as const

export async function contractEntries(
  tx: Tx,
  { today, sellerId, limit }: EntriesAsked,
): Promise<Entry[]> {
  const { baseCurrency } = await settingsOf(tx)
  const rows = await listEnding(tx, {
    today,
    sellerId,
    limit,
    endsUntil: addDays(today, daysAhead.end),
    noticeUntil: addDays(today, daysAhead.notice),
  })
  return rows.map((row) => entryOf(row, baseCurrency))
}

function entryOf(row: EndingRow, baseCurrency: string): Entry {
  const renews = row.renewal === 'automatic'
  const yearly =
    row.amount !== null && row.currency === baseCurrency
      ? row.amount * timesAYear[row.every]
      : undefined
  return {
    key: `contract:${row.id}`,
    kind: renews ? 'contract-notice' : 'contract-ending',
    values: { name: row.name, customer: row.customer, ends: row.valid_until },
    link: { path: 'contracts', search: { open: row.id } },
    due: renews ? row.notice_on : row.valid_until,
    // What renews itself is not lost by doing nothing.
    stake:
      renews || yearly === undefined ? null : { amount: yearly, loss: { by: 'end', chance: 1 } },
    deed: row.customer_id ? { do: 'plan-step', dealId: null, customerId: row.customer_id } : null,
  }
}
