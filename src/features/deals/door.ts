// What other features may ask of deals.
import type { Ctx } from '../../platform/context.ts'
import { insertRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { firstStages } from './calc/stages.ts'
import { dealById } from './store.ts'
import { dealReach } from './store-reach.ts'

export { type DealFault, dealFault, type Outcome } from './calc/rules.ts'
export { mergeWithShares } from './merge-sellers.ts'
export { countDeals, importDeals, makeMentionedDealRecords, stageOutcomes } from './store-import.ts'
export { dealReach } from './store-reach.ts'
export { fillSalePrices, revalue, syncSales } from './store-sales.ts'
export { passShare } from './store-shares.ts'
export { dealEntries, lossByDays, waitingDeals } from './waiting.ts'

/** The stages that a new organisation begins with, in its language. */
export async function seedStages(tx: WriteTx, language: 'en' | 'de'): Promise<void> {
  for (const stage of firstStages(language)) {
    await insertRecord(tx, 'stage', { ...stage, name_key: nameKey(stage.name) })
  }
}

/** Seller and customer of a deal within reach of who asks; undefined when there is none. */
export async function dealInReach(
  ctx: Ctx,
  tx: Tx,
  id: string,
): Promise<{ sellerId: string | null; customerId: string | null } | undefined> {
  const row = await dealById(tx, id, await dealReach(ctx, tx))
  return row && { sellerId: row.seller_id, customerId: row.customer_id }
}
