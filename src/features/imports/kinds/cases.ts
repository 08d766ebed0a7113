// Complaints, concerns and disputes: open or closed by the words the other system has for it.
import type { Tx } from '../../../platform/database/with-org.ts'
import {
  caseFault,
  countCases,
  importCases,
  stagedStatuses,
  stateOf,
  stateOfStatus,
} from '../../cases/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { type Note, note } from '../calc/questions.ts'
import { contentKey, mention, type Placed, type Placing, text } from '../placed-row.ts'
import type { KindWork } from './kind.ts'
import { makeMentionedParties } from './parties.ts'

/** Status words looked at, and named in the note. */
const [statusesRead, statusesNamed] = [1_000, 5]

export const cases: KindWork = {
  place: placeCase,
  known: 'number',
  count: (tx, { batchId, present }) => countCases(tx, batchId, present),
  store: async (tx, { batchId, present, follow }) => {
    const written = await makeMentionedParties(tx, batchId)
    const counts = await importCases(tx, batchId, present)
    await follow()
    return { counts, written }
  },
  notes: unknownStatuses,
}

function placeCase(row: TypedRow, placing: Placing): Placed {
  const [day, closedOn, status] = [text(row, 'on_day'), text(row, 'closed_on'), text(row, 'status')]
  const state = stateOf({ status, closedOn })
  const fault = caseFault({ day: day ?? '', closedOn, state })
  if (fault) return { fault, field: 'closed_on' }
  const externalId = text(row, 'external_id')
  return {
    row: {
      ...(externalId === null
        ? { external_source: 'content', external_id: contentKey(row) }
        : { external_source: '', external_id: externalId }),
      seller: mention(row, 'seller', 'seller', placing),
      customer: mention(row, 'customer', 'customer', placing),
      product: mention(row, 'product', 'product', placing),
      opened_on: day,
      closed_on: closedOn,
      fields: { kind: text(row, 'kind'), status, state, channel: text(row, 'channel') },
    },
  }
}

/** Status words that say neither open nor closed: such cases are taken for open ones. */
async function unknownStatuses(tx: Tx, batchId: string): Promise<Note[]> {
  const found = await stagedStatuses(tx, batchId, statusesRead)
  const unknown = found.filter(({ status }) => stateOfStatus(status) === undefined)
  if (unknown.length === 0) return []
  const named = unknown.slice(0, statusesNamed).map(({ status }) => status)
  return [
    note('statuses_unknown', {
      words: named.join(', '),
      rows: unknown.reduce((sum, { rows }) => sum + rows, 0),
    }),
  ]
}
