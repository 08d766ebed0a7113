// Deals: open, won or lost; each won one is a sale.
import {
  countDeals,
  dealFault,
  importDeals,
  makeMentionedDealRecords,
  syncSales,
} from '../../deals/door.ts'
import { linkOrdersToDeals } from '../../orders/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import {
  amount,
  contentKey,
  mention,
  mentionName,
  type Placed,
  type Placing,
  text,
} from '../placed-row.ts'
import type { KindWork } from './kind.ts'
import { makeMentionedParties } from './parties.ts'

export const deals: KindWork = {
  place: placeDeal,
  known: 'number',
  count: (tx, { batchId, present }) => countDeals(tx, batchId, withClosing(present)),
  store: async (tx, { batchId, present, follow }) => {
    let written = await makeMentionedParties(tx, batchId)
    written += await makeMentionedDealRecords(tx, batchId)
    const counts = await importDeals(tx, batchId, withClosing(present))
    await follow()
    if (counts.added + counts.updated > 0) {
      written += await syncSales(tx)
      written += await linkOrdersToDeals(tx)
    }
    return { counts, written }
  },
  nothingElse: true,
}

/** A close date that may be the expected one gives the closing day of deals that are closed. */
function withClosing(present: ReadonlySet<string>): ReadonlySet<string> {
  return present.has('closes_on') ? new Set([...present, 'closed_on']) : present
}

const endedStage = { won: 'Won', lost: 'Lost' } as const

function placeDeal(row: TypedRow, placing: Placing): Placed {
  // Programs that keep the outcome apart from the stage: the outcome is the stage it ended in.
  const said = text(row, 'outcome')
  const ended = said === 'won' || said === 'lost' ? endedStage[said] : undefined
  const stage = ended ?? text(row, 'stage') ?? ''
  const outcome = placing.stageOutcome(stage)
  const closeDate = outcome === 'open' ? null : text(row, 'closes_on')
  const deal = {
    outcome,
    openedOn: text(row, 'opened_on'),
    closedOn: text(row, 'closed_on') ?? closeDate,
    amount: amount(row, 'amount'),
  }
  const fault = dealFault(deal)
  if (fault) return { fault, field: fault === 'deal.won_needs_amount' ? 'amount' : 'closed_on' }
  const externalId = text(row, 'external_id')
  return {
    row: {
      ...(externalId === null
        ? { external_source: 'content', external_id: contentKey(row) }
        : { external_source: '', external_id: externalId }),
      seller: mention(row, 'seller', 'seller', placing),
      customer: mention(row, 'customer', 'customer', placing),
      product: mention(row, 'product', 'product', placing),
      stage: mentionName(stage, 'stage', placing, outcome),
      lost_reason: outcome === 'lost' ? mention(row, 'lost_reason', 'lost_reason', placing) : null,
      opened_on: deal.openedOn,
      closed_on: deal.closedOn,
      amount: deal.amount,
      currency: text(row, 'currency'),
      quantity: amount(row, 'quantity'),
    },
  }
}
