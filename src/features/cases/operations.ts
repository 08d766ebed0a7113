// What can be done with cases: list, read, enter, change, remove.
import type { Implements, OutputOf } from '../../basics/contract.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { notFound } from '../../platform/database/records.ts'
import { reachCondition } from '../team/door.ts'
import type { casesContract } from './contract.ts'
import { type CaseRow, cases } from './store.ts'
import { createCase, editCase, removeCase } from './write-case.ts'

type Contract = typeof casesContract
type Case = OutputOf<Contract['cases.get']>

const reachOf = (ctx: Ctx) => reachCondition(ctx, { seller: 'f.seller_id', day: 'f.on_day' })

export const casesOperations: Implements<Contract, Ctx> = {
  'cases.list': (ctx, { cursor, limit, count, ...filter }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['day', 'id'])
      const after = place && { day: String(place[0]), id: String(place[1]) }
      const rows = await cases.list(tx, filter, reachOf(ctx), after, limit + 1)
      const page = pageOfRows(rows, limit, (row) => [row.on_day, row.id])
      const total =
        count && !place
          ? { total: page.next ? await cases.count(tx, filter, reachOf(ctx)) : rows.length }
          : {}
      return { ...page, ...total, rows: page.rows.map(fromRow) }
    }),
  'cases.get': (ctx, { id }) =>
    ctx.read(async (tx) => {
      const row = await cases.byId(tx, id, reachOf(ctx))
      if (!row) throw notFound('customer_case')
      return fromRow(row)
    }),
  'cases.create': (ctx, input) => ctx.write((tx) => createCase(ctx, tx, input)),
  'cases.edit': (ctx, { id, version, ...input }) =>
    ctx.write((tx) => editCase(ctx, tx, id, version, input)),
  'cases.remove': (ctx, { id, version }) => ctx.write((tx) => removeCase(ctx, tx, id, version)),
}

function fromRow(row: CaseRow): Case {
  const named = (id: string | null, name: string | null) =>
    id === null ? null : { id, name: name ?? '' }
  return {
    id: row.id,
    version: row.version,
    externalId: row.external_id,
    day: row.on_day,
    kind: row.kind,
    status: row.status,
    state: row.state,
    closedOn: row.closed_on,
    channel: row.channel,
    customer: named(row.customer_id, row.customer_name),
    seller: named(row.seller_id, row.seller_name),
    product: named(row.product_id, row.product_name),
  }
}
