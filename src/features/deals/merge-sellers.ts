// Two sellers who are one: a deal on which both had a share is sold by one seller with both shares.
import { mergeRecords } from '../../platform/database/merge.ts'
import type { Fields } from '../../platform/database/records.ts'
import type { RecordTable } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { syncSales } from './store-sales.ts'
import { dealsOfBoth, passShare } from './store-shares.ts'

/** As {@link mergeRecords}; the sales of deals that the two shared follow. */
export async function mergeWithShares(
  tx: WriteTx,
  table: RecordTable,
  loser: string,
  winner: string,
  fields: Fields = {},
): Promise<number> {
  const shared = table === 'seller' ? await dealsOfBoth(tx, loser, winner) : []
  for (const dealId of shared) await passShare(tx, dealId, loser, winner)
  const moved = await mergeRecords(tx, table, loser, winner, fields)
  if (shared.length > 0) await syncSales(tx, shared)
  return moved + shared.length
}
