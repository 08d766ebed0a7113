// Contracts with their time, renewal and amount.
import { countContracts, importContracts } from '../../orders/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import {
  amount,
  contentKey,
  mention,
  named,
  type Placed,
  type Placing,
  text,
} from '../placed-row.ts'
import type { KindWork } from './kind.ts'
import { makeMentionedParties } from './parties.ts'

export const contracts: KindWork = {
  place: placeContract,
  known: 'number',
  count: (tx, { batchId, present }) => countContracts(tx, batchId, present),
  store: async (tx, { batchId, present }) => {
    const written = await makeMentionedParties(tx, batchId)
    return { counts: await importContracts(tx, batchId, present), written }
  },
}

function placeContract(row: TypedRow, placing: Placing): Placed {
  const { saidToBe: _, external_id: number, ...record } = named(row, placing)
  const [from, until] = [text(row, 'valid_from'), text(row, 'valid_until')]
  if (from !== null && until !== null && until <= from)
    return { fault: 'contract.backwards', field: 'valid_until' }
  return {
    row: {
      ...record,
      ...(number
        ? { external_source: '', external_id: number }
        : { external_source: 'content', external_id: contentKey(row) }),
      seller: mention(row, 'seller', 'seller', placing),
      customer: mention(row, 'customer', 'customer', placing),
      product: mention(row, 'product', 'product', placing),
      opened_on: from,
      closed_on: until,
      amount: amount(row, 'amount'),
      currency: text(row, 'currency'),
      fields: {
        renewal: text(row, 'renewal'),
        every: text(row, 'every'),
        notice_days: amount(row, 'notice_days'),
      },
    },
  }
}
