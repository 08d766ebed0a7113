// Activities: planned ones and done ones, known by number, else by all they say.
import {
  activityFault,
  countActivities,
  importActivities,
  makeContactsOfActivities,
} from '../../activities/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { contentKey, mention, type Placed, type Placing, text } from '../placed-row.ts'
import type { KindWork } from './kind.ts'
import { makeMentionedParties } from './parties.ts'

export const activities: KindWork = {
  place: placeActivity,
  known: 'number',
  count: (tx, { batchId, present }) => countActivities(tx, batchId, present),
  store: async (tx, { batchId, present }) => {
    let written = await makeMentionedParties(tx, batchId)
    written += await makeContactsOfActivities(tx, batchId)
    return { counts: await importActivities(tx, batchId, present), written }
  },
}

/** What was done later than today is told by the other program; only a day is needed here. */
const anyDay = '9999-12-31'

function placeActivity(row: TypedRow, placing: Placing): Placed {
  const [dueOn, doneOn] = [text(row, 'due_on'), text(row, 'done_on')]
  const fault = activityFault({ dueOn, doneOn }, anyDay)
  if (fault) return { fault, field: 'due_on' }
  const kind = text(row, 'kind') ?? 'task'
  const number = text(row, 'external_id')
  return {
    row: {
      ...(number === null
        ? { external_source: 'content', external_id: contentKey(row) }
        : { external_source: '', external_id: number }),
      name: (text(row, 'subject') ?? kind).slice(0, 200),
      seller: mention(row, 'seller', 'seller', placing),
      customer: mention(row, 'customer', 'customer', placing),
      contact: mention(row, 'contact', 'contact', placing),
      opened_on: dueOn,
      closed_on: doneOn,
      fields: {
        kind,
        note: text(row, 'note')?.slice(0, 5_000) ?? null,
        outcome: text(row, 'outcome')?.slice(0, 200) ?? null,
        deal: text(row, 'deal'),
      },
    },
  }
}
