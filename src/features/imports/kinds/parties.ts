// Sellers, customers and products that rows mention and nobody knows yet.
import type { WriteTx } from '../../../platform/database/with-org.ts'
import { makeMentionedCustomers } from '../../customers/door.ts'
import { makeMentionedProducts } from '../../products/door.ts'
import { makeMentionedSellers } from '../../team/door.ts'

export async function makeMentionedParties(tx: WriteTx, batchId: string): Promise<number> {
  let written = await makeMentionedSellers(tx, batchId)
  written += await makeMentionedCustomers(tx, batchId)
  return written + (await makeMentionedProducts(tx, batchId))
}
