// What can be done with activities: list, plan, note, change, complete, take away, hand over.
import type { Implements, OutputOf } from '../../basics/contract.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import type { activitiesContract } from './contract.ts'
import { handOver } from './hand-over.ts'
import { type ActivityRow, activityReach, listDone, listPlanned } from './store.ts'
import { completeActivity, createActivity, editActivity, removeActivity } from './write-activity.ts'

type Contract = typeof activitiesContract
type Activity = OutputOf<Contract['activities.list']>['rows'][number]

export const activitiesOperations: Implements<Contract, Ctx> = {
  'activities.list': (ctx, { cursor, limit, is, ...filter }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['text', 'day', 'id'])
      const after = place && { day: String(place[1]), id: String(place[2]) }
      const reach = await activityReach(ctx, tx)
      const inDone = place?.[0] === 'done'
      const rows: ActivityRow[] = []
      if (is !== 'done' && !inDone) {
        rows.push(...(await listPlanned(tx, { filter, reach, after, limit: limit + 1 })))
      }
      if (is !== 'planned' && filter.dueUntil === undefined && rows.length <= limit) {
        const from = inDone ? after : undefined
        const rest = limit + 1 - rows.length
        rows.push(...(await listDone(tx, { filter, reach, after: from, limit: rest })))
      }
      const page = pageOfRows(rows, limit, (row) =>
        row.done_on === null ? ['planned', row.due_on, row.id] : ['done', row.done_on, row.id],
      )
      return { ...page, rows: page.rows.map(fromRow) }
    }),
  'activities.create': (ctx, input) => ctx.write((tx) => createActivity(ctx, tx, input)),
  'activities.edit': (ctx, input) => ctx.write((tx) => editActivity(ctx, tx, input)),
  'activities.complete': (ctx, input) => ctx.write((tx) => completeActivity(ctx, tx, input)),
  'activities.remove': (ctx, input) => ctx.write((tx) => removeActivity(ctx, tx, input)),
  'deals.hand-over': (ctx, input) => handOver(ctx, input),
}

function fromRow(row: ActivityRow): Activity {
  const named = (id: string | null, name: string | null) =>
    id === null ? null : { id, name: name ?? '' }
  return {
    id: row.id,
    version: row.version,
    kind: row.kind,
    subject: row.subject,
    note: row.note,
    dueOn: row.due_on,
    doneOn: row.done_on,
    outcome: row.outcome,
    seller: named(row.seller_id, row.seller_name),
    customer: named(row.customer_id, row.customer_name),
    contact: named(row.contact_id, row.contact_name),
    deal: named(row.deal_id, row.deal_name),
  }
}
