// What can be done with deals, their stages and lost reasons.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { bulkEditDeals } from './bulk-edit.ts'
import type { dealsContract } from './contract.ts'
import { fromRow } from './deal-view.ts'
import { boardOperations } from './operations-board.ts'
import {
  type DealRow,
  dealById,
  entriesOf,
  listClosed,
  listLostReasons,
  listOpen,
  listStages,
  lostReason,
  openDay,
  stageById,
  stageNamed,
} from './store.ts'
import { dealReach } from './store-reach.ts'
import { sharesOf } from './store-shares.ts'
import { createDeal, editDeal, moveDeal, removeDeal, setSellers } from './write-deal.ts'

type Contract = typeof dealsContract

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
  'lost-reasons.list': async (ctx, { state }) => {
    const rows = await ctx.read((tx) => listLostReasons(tx, state))
    return { rows: rows.map(({ name_key: _, ...row }) => row) }
  },
  'lost-reasons.create': (ctx, { name }) =>
    ctx.write(async (tx) => {
      await refuseReasonTwin(tx, name)
      tx.describe({ name })
      const id = await insertRecord(tx, 'lost_reason', { name, name_key: nameKey(name) })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'lost-reasons.edit': (ctx, { id, version, name }) =>
    ctx.write(async (tx) => {
      const before = await lostReason(tx, { id })
      if (!before) throw notFound('lost_reason')
      if (nameKey(name) !== before.name_key) await refuseReasonTwin(tx, name)
      tx.describe({ name })
      const fields = { name, name_key: nameKey(name) }
      const next = await updateRecord(tx, 'lost_reason', id, fields, version)
      return { id, version: next, changeId: tx.changeId }
    }),
  'lost-reasons.set-state': (ctx, { id, version, state }) =>
    ctx.write(async (tx) => {
      const before = await lostReason(tx, { id })
      if (!before) throw notFound('lost_reason')
      tx.describe({ name: before.name, state })
      const next = await updateRecord(tx, 'lost_reason', id, { state }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
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
      return {
        ...fromRow(row),
        baseAmount: row.base_amount,
        sellers: sellersOf(row, await sharesOf(tx, id)),
        entries: wayOf(row, await entriesOf(tx, id)),
      }
    }),
  'deals.create': (ctx, input) => ctx.write((tx) => createDeal(ctx, tx, input)),
  'deals.edit': (ctx, { id, version, ...input }) =>
    ctx.write((tx) => editDeal(ctx, tx, id, version, input)),
  'deals.move': (ctx, input) => ctx.write((tx) => moveDeal(ctx, tx, input)),
  'deals.set-sellers': (ctx, input) => ctx.write((tx) => setSellers(ctx, tx, input)),
  'deals.bulk-edit': bulkEditDeals,
  'deals.remove': (ctx, { id, version }) => ctx.write((tx) => removeDeal(ctx, tx, id, version)),
  ...boardOperations,
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

/** The owner first. */
function sellersOf(row: DealRow, shares: Awaited<ReturnType<typeof sharesOf>>) {
  const all = shares.map((one) => ({
    seller: { id: one.seller_id, name: one.seller_name },
    share: one.share,
  }))
  if (all.length > 0) {
    const owner = all.filter((one) => one.seller.id === row.seller_id)
    return [...owner, ...all.filter((one) => one.seller.id !== row.seller_id)]
  }
  if (row.seller_id === null) return []
  return [{ seller: { id: row.seller_id, name: row.seller_name ?? '' }, share: 1 }]
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

async function refuseReasonTwin(tx: WriteTx, name: string): Promise<void> {
  if (!(await lostReason(tx, { name }))) return
  throw new Refusal({
    code: 'lost_reason.exists',
    message: `There is already a reason “${name}”.`,
    field: 'name',
    next: 'Give it another name, or bring that one back if it is archived.',
  })
}
