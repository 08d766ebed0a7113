// What can be done with deals, their stages and lost reasons.
import type { Implements, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import type { dealsContract } from './contract.ts'
import {
  type DealRow,
  dealById,
  entriesOf,
  listClosed,
  listLostReasons,
  listOpen,
  listStages,
  openDay,
  stageById,
  stageNamed,
} from './store.ts'
import { dealReach } from './store-reach.ts'
import { createDeal, editDeal, removeDeal } from './write-deal.ts'

type Contract = typeof dealsContract
type Deal = OutputOf<Contract['deals.list']>['rows'][number]

export const dealsOperations: Implements<Contract, Ctx> = {
  'stages.list': async (ctx) => {
    const rows = await ctx.read((tx) => listStages(tx))
    return { rows: rows.map(({ name_key: _, ...row }) => row) }
  },
  'stages.create': (ctx, input) =>
    ctx.write(async (tx) => {
      await refuseStageTwin(tx, input.name)
      tx.describe({ name: input.name })
      const id = await insertRecord(tx, 'stage', { ...input, name_key: nameKey(input.name) })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'stages.edit': (ctx, { id, version, ...input }) =>
    ctx.write(async (tx) => {
      const before = await stageById(tx, id)
      if (!before) throw notFound('stage')
      if (input.name !== undefined && nameKey(input.name) !== before.name_key)
        await refuseStageTwin(tx, input.name)
      tx.describe({ name: input.name ?? before.name })
      const key = input.name === undefined ? {} : { name_key: nameKey(input.name) }
      const next = await updateRecord(tx, 'stage', id, { ...input, ...key }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
  'lost-reasons.list': async (ctx) => ({ rows: await ctx.read((tx) => listLostReasons(tx)) }),
  'deals.list': (ctx, { cursor, limit, ...filter }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['text', 'day', 'id'])
      const after = place && { day: String(place[1]), id: String(place[2]) }
      const reach = await dealReach(ctx, tx)
      const inClosed = place?.[0] === 'closed'
      const wantsOpen = !inClosed && filter.outcome !== 'won' && filter.outcome !== 'lost'
      const rows = wantsOpen ? await listOpen(tx, filter, reach, after, limit + 1) : []
      if (rows.length <= limit && filter.outcome !== 'open') {
        const from = inClosed ? after : undefined
        rows.push(...(await listClosed(tx, filter, reach, from, limit + 1 - rows.length)))
      }
      const page = pageOfRows(rows, limit, (row) =>
        row.closed_on === null ? ['open', openDay(row), row.id] : ['closed', row.closed_on, row.id],
      )
      return { ...page, rows: page.rows.map(fromRow) }
    }),
  'deals.get': (ctx, { id }) =>
    ctx.read(async (tx) => {
      const row = await dealById(tx, id, await dealReach(ctx, tx))
      if (!row) throw notFound('deal')
      return { ...fromRow(row), entries: wayOf(row, await entriesOf(tx, id)) }
    }),
  'deals.create': (ctx, input) => ctx.write((tx) => createDeal(ctx, tx, input)),
  'deals.edit': (ctx, { id, version, ...input }) =>
    ctx.write((tx) => editDeal(ctx, tx, id, version, input)),
  'deals.remove': (ctx, { id, version }) => ctx.write((tx) => removeDeal(ctx, tx, id, version)),
}

/** Recorded steps; where the first or the last one is only known from the deal itself, that one too. */
function wayOf(row: DealRow, entries: Awaited<ReturnType<typeof entriesOf>>) {
  const steps = entries.map((entry) => ({
    stage: { id: entry.stage_id, name: entry.stage_name },
    on: entry.entered_on,
  }))
  const stage = { id: row.stage_id, name: row.stage_name ?? '' }
  if (row.closed_on !== null) return [...steps, { stage, on: row.closed_on }]
  if (steps.length === 0 && row.opened_on !== null) return [{ stage, on: row.opened_on }]
  return steps
}

function fromRow(row: DealRow): Deal {
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

async function refuseStageTwin(tx: WriteTx, name: string): Promise<void> {
  if (!(await stageNamed(tx, name))) return
  throw new Refusal({
    code: 'stage.exists',
    message: `There is already a stage “${name}”.`,
    field: 'name',
    next: 'Give it another name.',
  })
}
