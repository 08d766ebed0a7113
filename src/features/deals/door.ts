// What other features may ask of deals.
import { insertRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { firstStages } from './calc/stages.ts'

export { type DealFault, dealFault, type Outcome } from './calc/rules.ts'
export { countDeals, importDeals, makeMentionedDealRecords, stageOutcomes } from './store-import.ts'
export { fillSalePrices, revalue, syncSales } from './store-sales.ts'

/** The stages that a new organisation begins with, in its language. */
export async function seedStages(tx: WriteTx, language: 'en' | 'de'): Promise<void> {
  for (const stage of firstStages(language)) {
    await insertRecord(tx, 'stage', { ...stage, name_key: nameKey(stage.name) })
  }
}
