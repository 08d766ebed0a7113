// A stored deal as answers show it.
import type { OutputOf } from '../../basics/contract.ts'
import type { dealsContract } from './contract.ts'
import type { DealRow } from './store.ts'

type Deal = OutputOf<(typeof dealsContract)['deals.list']>['rows'][number]

export function fromRow(row: DealRow): Deal {
  const named = (id: string | null, name: string | null) =>
    id === null ? null : { id, name: name ?? '' }
  return {
    id: row.id,
    version: row.version,
    externalId: row.external_id,
    seller: named(row.seller_id, row.seller_name),
    customer: named(row.customer_id, row.customer_name),
    product: named(row.product_id, row.product_name),
    stage: { id: row.stage_id, name: row.stage_name ?? '' },
    outcome: row.outcome,
    lostReason: named(row.lost_reason_id, row.lost_reason_name),
    openedOn: row.opened_on,
    closedOn: row.closed_on,
    quantity: row.quantity,
    amount: row.amount,
    currency: row.currency,
  }
}
