// Entering, changing and removing one deal, with its sale and its way through the stages.
import type { InputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { baseAmountOn } from '../../platform/database/base-amount.ts'
import { closeFact, currentFact, insertFact, replaceFact } from '../../platform/database/facts.ts'
import { changedSince, insertRecord, notFound } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { findOrMakeCustomer } from '../customers/door.ts'
import { findOrMakeProduct } from '../products/door.ts'
import { findOrMakeSeller, settingsOf, today, withinReach } from '../team/door.ts'
import { type DealFault, dealFault, faultField, type Outcome } from './calc/rules.ts'
import { type ShareFault, shareFault } from './calc/shares.ts'
import type { dealsContract } from './contract.ts'
import { dealNumbered, entriesOf, lostReason, stageById } from './store.ts'
import { syncSales } from './store-sales.ts'
import { alignShares, sharesOf, writeShares } from './store-shares.ts'

type Input = Omit<InputOf<(typeof dealsContract)['deals.edit']>, 'id' | 'version'>
type NewInput = InputOf<(typeof dealsContract)['deals.create']>
type SellersInput = InputOf<(typeof dealsContract)['deals.set-sellers']>
type MoveInput = InputOf<(typeof dealsContract)['deals.move']>
type Written = { id: string; version: number; changeId: string }

/** The columns of a deal that a person can set, with `base_amount`, which follows from them. */
interface DealFields {
  seller_id: string | null
  customer_id: string | null
  product_id: string | null
  stage_id: string
  outcome: Outcome
  lost_reason_id: string | null
  opened_on: string | null
  closed_on: string | null
  quantity: number
  amount: number | null
  currency: string
  base_amount: number | null
}

export async function createDeal(ctx: Ctx, tx: WriteTx, input: NewInput): Promise<Written> {
  const { zone, baseCurrency } = await settingsOf(tx)
  const day = today(ctx.clock, zone)
  const externalId = input.externalId || null
  if (externalId !== null && (await dealNumbered(tx, externalId))) {
    throw new Refusal({
      code: 'deal.exists',
      message: `There is already a deal with the number ${externalId}.`,
      field: 'externalId',
      next: 'Open that one, or give this one another number.',
    })
  }
  // Whoever sells and names nobody means themselves.
  const own = ctx.who.sellerId === null ? null : { id: ctx.who.sellerId }
  const deal = await mergeFields(
    tx,
    {
      seller_id: null,
      customer_id: null,
      product_id: null,
      stage_id: input.stageId,
      outcome: 'open',
      lost_reason_id: null,
      opened_on: null,
      closed_on: null,
      quantity: 1,
      amount: null,
      currency: baseCurrency,
      base_amount: null,
    },
    { ...input, seller: input.seller === undefined ? own : input.seller },
    baseCurrency,
  )
  await refuseOthers(ctx, tx, deal, day)
  const id = await insertFact(tx, 'deal', { ...deal, external_source: '', external_id: externalId })
  await syncSales(tx, [id])
  tx.describe({ deal: externalId ?? id })
  return { id, version: 1, changeId: tx.changeId }
}

export async function editDeal(
  ctx: Ctx,
  tx: WriteTx,
  id: string,
  version: number | undefined,
  input: Input,
): Promise<Written> {
  const current = await currentFact(tx, 'deal', id)
  if (!current) throw notFound('deal')
  if (version !== undefined && version !== current.version) throw changedSince(current, input)
  const { zone, baseCurrency } = await settingsOf(tx)
  const day = today(ctx.clock, zone)
  const before = current.fields as unknown as DealFields
  await refuseOthers(ctx, tx, before, day)
  const after = await mergeFields(tx, before, input, baseCurrency)
  await refuseOthers(ctx, tx, after, day)
  tx.describe({ deal: current.fields.external_id ?? id })
  const names = Object.keys(after) as (keyof DealFields)[]
  if (names.every((name) => after[name] === before[name]))
    return { id, version: current.version, changeId: tx.changeId }
  const next = await replaceFact(tx, 'deal', id, { ...after }, current.version)
  if (after.stage_id !== before.stage_id) await recordStep(tx, id, before, after, day)
  if (after.seller_id !== before.seller_id) await alignShares(tx, [id])
  await syncSales(tx, [id])
  return { id, version: next, changeId: tx.changeId }
}

export async function removeDeal(
  ctx: Ctx,
  tx: WriteTx,
  id: string,
  version: number | undefined,
): Promise<Written> {
  const current = await currentFact(tx, 'deal', id)
  if (!current) throw notFound('deal')
  const { zone } = await settingsOf(tx)
  await refuseOthers(ctx, tx, current.fields as unknown as DealFields, today(ctx.clock, zone))
  await closeFact(tx, 'deal', id, version)
  for (const entry of await entriesOf(tx, id)) await closeFact(tx, 'stage_entry', entry.id)
  for (const share of await sharesOf(tx, id)) await closeFact(tx, 'deal_seller', share.id)
  await syncSales(tx, [id])
  tx.describe({ deal: current.fields.external_id ?? id })
  return { id, version: current.version, changeId: tx.changeId }
}

/** A move to a closed stage without a day closes the deal today; one that was closed keeps its day. */
export async function moveDeal(ctx: Ctx, tx: WriteTx, input: MoveInput): Promise<Written> {
  const { id, version, stageId, lostReason: reason, closedOn } = input
  const stage = await stageById(tx, stageId)
  if (!stage) throw notFound('stage')
  const current = await currentFact(tx, 'deal', id)
  if (!current) throw notFound('deal')
  const { zone } = await settingsOf(tx)
  const closing = stage.outcome !== 'open' && current.fields.closed_on === null
  return editDeal(ctx, tx, id, version, {
    stageId,
    ...(reason === undefined ? {} : { lostReason: reason }),
    ...(closedOn === undefined
      ? closing
        ? { closedOn: today(ctx.clock, zone) }
        : {}
      : { closedOn }),
  })
}

/** Who sold the deal with which share; the sales follow. Always a new version, so that it is told who said so. */
export async function setSellers(ctx: Ctx, tx: WriteTx, input: SellersInput): Promise<Written> {
  const current = await currentFact(tx, 'deal', input.id)
  if (!current) throw notFound('deal')
  if (input.version !== undefined && input.version !== current.version)
    throw changedSince(current, {})
  const { zone } = await settingsOf(tx)
  const day = today(ctx.clock, zone)
  const before = current.fields as unknown as DealFields
  await refuseOthers(ctx, tx, before, day)
  const owner = (await findOrMakeSeller(tx, input.owner)).id
  const shares: { seller: string; share: number }[] = []
  for (const one of input.sellers) {
    shares.push({ seller: (await findOrMakeSeller(tx, one.seller)).id, share: one.share })
  }
  const fault = shareFault(owner, shares)
  if (fault) throw refusalOfShares(fault)
  await refuseOthers(ctx, tx, { ...before, seller_id: owner }, day)
  const next = await replaceFact(tx, 'deal', input.id, { seller_id: owner }, current.version)
  await writeShares(tx, input.id, shares)
  await syncSales(tx, [input.id])
  tx.describe({ deal: current.fields.external_id ?? input.id, sellers: shares.length })
  return { id: input.id, version: next, changeId: tx.changeId }
}

async function mergeFields(
  tx: WriteTx,
  before: DealFields,
  input: Input,
  baseCurrency: string,
): Promise<DealFields> {
  const stage = await stageById(tx, input.stageId ?? before.stage_id)
  if (!stage) throw notFound('stage')
  const { outcome } = stage
  const keep = <T>(given: T | undefined, was: T): T => (given === undefined ? was : given)
  const amount = keep(input.amount, before.amount)
  const currency = input.currency ?? before.currency
  const merged: DealFields = {
    seller_id: await refer(
      before.seller_id,
      input.seller,
      async (which) => (await findOrMakeSeller(tx, which)).id,
    ),
    customer_id: await refer(before.customer_id, input.customer, (which) =>
      findOrMakeCustomer(tx, which),
    ),
    product_id: await refer(before.product_id, input.product, (which) =>
      findOrMakeProduct(tx, which),
    ),
    stage_id: stage.id,
    outcome,
    lost_reason_id:
      outcome === 'lost'
        ? await refer(before.lost_reason_id, input.lostReason, (which) =>
            findOrMakeLostReason(tx, which),
          )
        : null,
    opened_on: keep(input.openedOn, before.opened_on),
    // A deal opened again has no closing day any more.
    closed_on: outcome === 'open' ? null : keep(input.closedOn, before.closed_on),
    quantity: input.quantity ?? before.quantity,
    amount,
    currency,
    base_amount: null,
  }
  merged.base_amount = await baseAmountOn(tx, {
    amount,
    currency,
    day: merged.closed_on ?? merged.opened_on,
    baseCurrency,
  })
  const fault = dealFault({
    outcome,
    openedOn: merged.opened_on,
    closedOn: merged.closed_on,
    amount,
  })
  if (fault) throw refusalOf(fault)
  return merged
}

async function refer<T>(
  before: string | null,
  given: T | null | undefined,
  find: (which: T) => Promise<string>,
): Promise<string | null> {
  if (given === undefined) return before
  return given === null ? null : find(given)
}

async function findOrMakeLostReason(
  tx: WriteTx,
  which: { id: string } | { name: string },
): Promise<string> {
  const found = await lostReason(tx, which)
  if (found) return found.id
  if ('id' in which) throw notFound('lost_reason')
  return insertRecord(tx, 'lost_reason', { name: which.name, name_key: nameKey(which.name) })
}

/**
 * A step from one open stage to another is recorded with its day, and with the first step the stage
 * the deal began in; the closing step stands on the deal itself.
 */
async function recordStep(
  tx: WriteTx,
  id: string,
  before: DealFields,
  after: DealFields,
  day: string,
): Promise<void> {
  const entries = await entriesOf(tx, id)
  if (
    entries.length === 0 &&
    before.outcome === 'open' &&
    before.opened_on !== null &&
    before.opened_on <= day
  ) {
    await insertFact(tx, 'stage_entry', {
      deal_id: id,
      stage_id: before.stage_id,
      entered_on: before.opened_on,
    })
  }
  if (after.outcome === 'open') {
    await insertFact(tx, 'stage_entry', { deal_id: id, stage_id: after.stage_id, entered_on: day })
  }
}

async function refuseOthers(
  ctx: Ctx,
  tx: WriteTx,
  deal: Pick<DealFields, 'seller_id' | 'closed_on'>,
  day: string,
): Promise<void> {
  if (await withinReach(ctx, tx, { sellerId: deal.seller_id, day: deal.closed_on ?? day })) return
  throw new Refusal({
    code: 'deal.not_yours',
    message: 'This deal belongs to somebody outside what you may change.',
    field: 'seller',
    next: 'Ask the person or the manager of the team.',
    status: 403,
  })
}

const sentences: Record<DealFault, string> = {
  'deal.closed_needs_day': 'A won or lost deal needs the day on which it was closed.',
  'deal.open_has_day': 'An open deal has no closing day.',
  'deal.backwards': 'The deal would be closed before it was opened.',
  'deal.won_needs_amount': 'A won deal needs an amount.',
}

function refusalOf(fault: DealFault): Refusal {
  return new Refusal({
    code: fault,
    message: sentences[fault],
    field: faultField[fault],
    next: 'Correct it and save again.',
    status: 422,
  })
}

const shareSentences: Record<ShareFault, string> = {
  'deal.shares_not_whole': 'The shares of the sellers do not add up to exactly 100 %.',
  'deal.seller_twice': 'The same seller stands there twice.',
  'deal.owner_without_share': 'The owner of the deal is not among its sellers.',
}

function refusalOfShares(fault: ShareFault): Refusal {
  return new Refusal({
    code: fault,
    message: shareSentences[fault],
    field: 'sellers',
    next: 'Correct it and save again.',
    status: 422,
  })
}
