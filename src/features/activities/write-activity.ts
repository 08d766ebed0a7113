// Planning, noting, changing and completing one activity.
import type { InputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { findOrMakeCustomer } from '../customers/door.ts'
import { dealInReach } from '../deals/door.ts'
import { findOrMakeSeller, todayIn, withinReach } from '../team/door.ts'
import { type ActivityFault, activityFault } from './calc/rules.ts'
import type { activitiesContract } from './contract.ts'
import { type ActivityRow, activityById, contactById } from './store.ts'

type Contract = typeof activitiesContract
type Input = Omit<InputOf<Contract['activities.edit']>, 'id' | 'version'>
type Written = { id: string; version: number; changeId: string }

interface ActivityFields {
  kind: ActivityRow['kind']
  subject: string
  note: string | null
  due_on: string | null
  done_on: string | null
  outcome: string | null
  seller_id: string | null
  customer_id: string | null
  contact_id: string | null
  deal_id: string | null
}

export async function createActivity(
  ctx: Ctx,
  tx: WriteTx,
  input: InputOf<Contract['activities.create']>,
): Promise<Written> {
  const day = await todayIn(ctx, tx)
  // Whoever sells and names nobody means themselves.
  const own = ctx.who.sellerId === null ? null : { id: ctx.who.sellerId }
  const fields = await mergeFields(ctx, tx, undefined, {
    ...input,
    seller: input.seller === undefined ? own : input.seller,
  })
  refuseFault(fields, day)
  await refuseOthers(ctx, tx, fields, day)
  tx.describe({ name: fields.subject })
  const id = await insertRecord(tx, 'activity', { ...fields })
  return { id, version: 1, changeId: tx.changeId }
}

export async function editActivity(
  ctx: Ctx,
  tx: WriteTx,
  { id, version, ...input }: InputOf<Contract['activities.edit']>,
): Promise<Written> {
  const day = await todayIn(ctx, tx)
  const before = await ownActivity(ctx, tx, id, day)
  const fields = await mergeFields(ctx, tx, before, input)
  refuseFault(fields, day)
  await refuseOthers(ctx, tx, fields, day)
  tx.describe({ name: fields.subject })
  const next = await updateRecord(tx, 'activity', id, { ...fields }, version)
  return { id, version: next, changeId: tx.changeId }
}

/** Done today unless said; the next one is planned in the same change, for the same customer and deal. */
export async function completeActivity(
  ctx: Ctx,
  tx: WriteTx,
  { id, version, doneOn, outcome, note, next }: InputOf<Contract['activities.complete']>,
): Promise<Written & { nextId?: string }> {
  const day = await todayIn(ctx, tx)
  const before = await ownActivity(ctx, tx, id, day)
  const done = doneOn ?? day
  refuseFault({ due_on: before.due_on, done_on: done }, day)
  tx.describe({ name: before.subject })
  const written = await updateRecord(
    tx,
    'activity',
    id,
    {
      done_on: done,
      ...(outcome === undefined ? {} : { outcome: outcome || null }),
      ...(note === undefined ? {} : { note: note || null }),
    },
    version,
  )
  const answer = { id, version: written, changeId: tx.changeId }
  if (!next) return answer
  const nextId = await insertRecord(tx, 'activity', {
    kind: next.kind,
    subject: next.subject,
    due_on: next.dueOn,
    seller_id: before.seller_id,
    customer_id: before.customer_id,
    contact_id: before.contact_id,
    deal_id: before.deal_id,
  })
  return { ...answer, nextId }
}

export async function removeActivity(
  ctx: Ctx,
  tx: WriteTx,
  { id, version }: InputOf<Contract['activities.remove']>,
): Promise<Written> {
  const before = await ownActivity(ctx, tx, id, await todayIn(ctx, tx))
  tx.describe({ name: before.subject })
  const next = await updateRecord(tx, 'activity', id, { state: 'removed' }, version)
  return { id, version: next, changeId: tx.changeId }
}

async function ownActivity(ctx: Ctx, tx: WriteTx, id: string, day: string): Promise<ActivityRow> {
  const row = await activityById(tx, id)
  if (!row) throw notFound('activity')
  await refuseOthers(ctx, tx, row, day)
  return row
}

async function mergeFields(
  ctx: Ctx,
  tx: WriteTx,
  before: ActivityRow | undefined,
  input: Input,
): Promise<ActivityFields> {
  const keep = <T>(given: T | undefined, was: T): T => (given === undefined ? was : given)
  const seller = input.seller && (await findOrMakeSeller(tx, input.seller)).id
  const customer = input.customer && (await findOrMakeCustomer(tx, input.customer))
  const fields: ActivityFields = {
    kind: input.kind ?? before?.kind ?? 'task',
    subject: input.subject ?? before?.subject ?? '',
    note: keep(input.note, before?.note ?? null) || null,
    due_on: keep(input.dueOn, before?.due_on ?? null),
    done_on: keep(input.doneOn, before?.done_on ?? null),
    outcome: keep(input.outcome, before?.outcome ?? null) || null,
    seller_id: keep(seller, before?.seller_id ?? null),
    customer_id: keep(customer, before?.customer_id ?? null),
    contact_id: keep(input.contactId, before?.contact_id ?? null),
    deal_id: keep(input.dealId, before?.deal_id ?? null),
  }
  // Whoever names a contact or a deal need not say whose it is.
  if (input.contactId) {
    const contact = await contactById(tx, input.contactId)
    if (!contact) throw notFound('contact')
    fields.customer_id ??= contact.customer_id
  }
  if (input.dealId) {
    const deal = await dealInReach(ctx, tx, input.dealId)
    if (!deal) throw notFound('deal')
    fields.customer_id ??= deal.customerId
    if (input.seller === undefined || before === undefined) fields.seller_id ??= deal.sellerId
  }
  return fields
}

async function refuseOthers(
  ctx: Ctx,
  tx: WriteTx,
  activity: Pick<ActivityFields, 'seller_id' | 'done_on'>,
  day: string,
): Promise<void> {
  const { seller_id: sellerId, done_on: doneOn } = activity
  if (await withinReach(ctx, tx, { sellerId, day: doneOn ?? day })) return
  throw new Refusal({
    code: 'activity.not_yours',
    message: 'This activity belongs to somebody outside what you may change.',
    field: 'seller',
    next: 'Ask the person or the manager of the team.',
    status: 403,
  })
}

const sentences: Record<ActivityFault, { message: string; field: string }> = {
  'activity.needs_day': {
    message: 'An activity needs the day it is due, or the day it was done.',
    field: 'dueOn',
  },
  'activity.done_later': {
    message: 'What is done cannot have been done after today.',
    field: 'doneOn',
  },
}

function refuseFault(fields: Pick<ActivityFields, 'due_on' | 'done_on'>, day: string): void {
  const fault = activityFault({ dueOn: fields.due_on, doneOn: fields.done_on }, day)
  if (!fault) return
  throw new Refusal({
    code: fault,
    ...sentences[fault],
    next: 'Correct it and save again.',
    status: 422,
  })
}
