// Entering, changing and removing one case.
import type { InputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { closeFact, currentFact, insertFact, replaceFact } from '../../platform/database/facts.ts'
import { changedSince, notFound } from '../../platform/database/records.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { findOrMakeCustomer } from '../customers/door.ts'
import { findOrMakeProduct } from '../products/door.ts'
import { findOrMakeSeller, withinReach } from '../team/door.ts'
import { type CaseFault, type CaseState, caseFault, stateOf, stateOfStatus } from './calc/status.ts'
import type { casesContract } from './contract.ts'
import { type CaseKind, cases } from './store.ts'

type Input = Omit<InputOf<(typeof casesContract)['cases.edit']>, 'id' | 'version'>
type NewInput = InputOf<(typeof casesContract)['cases.create']>
type Written = { id: string; version: number; changeId: string }

interface CaseFields {
  on_day: string
  kind: CaseKind
  status: string | null
  state: CaseState
  closed_on: string | null
  channel: string | null
  customer_id: string | null
  seller_id: string | null
  product_id: string | null
}

export async function createCase(ctx: Ctx, tx: WriteTx, input: NewInput): Promise<Written> {
  const externalId = input.externalId || null
  if (externalId !== null && (await cases.numbered(tx, externalId))) {
    throw new Refusal({
      code: 'case.exists',
      message: `There is already a case with the number ${externalId}.`,
      field: 'externalId',
      next: 'Open that one, or give this one another number.',
    })
  }
  // Whoever sells and names nobody means themselves.
  const own = ctx.who.sellerId === null ? null : { id: ctx.who.sellerId }
  const empty: CaseFields = {
    on_day: input.day,
    kind: 'complaint',
    status: null,
    state: 'open',
    closed_on: null,
    channel: null,
    customer_id: null,
    seller_id: null,
    product_id: null,
  }
  const fields = await mergeFields(tx, empty, {
    ...input,
    seller: input.seller === undefined ? own : input.seller,
    state: stateOf({
      state: input.state,
      status: input.status || null,
      closedOn: input.closedOn ?? null,
    }),
  })
  await refuseOthers(ctx, tx, fields)
  const row = { ...fields, external_source: '', external_id: externalId }
  const id = await insertFact(tx, 'customer_case', row)
  tx.describe({ case: externalId ?? id })
  return { id, version: 1, changeId: tx.changeId }
}

export async function editCase(
  ctx: Ctx,
  tx: WriteTx,
  id: string,
  version: number | undefined,
  input: Input,
): Promise<Written> {
  const current = await currentFact(tx, 'customer_case', id)
  if (!current) throw notFound('customer_case')
  if (version !== undefined && version !== current.version) throw changedSince(current, input)
  const before = current.fields as unknown as CaseFields
  await refuseOthers(ctx, tx, before)
  const after = await mergeFields(tx, before, input)
  await refuseOthers(ctx, tx, after)
  tx.describe({ case: numberOf(current.fields) ?? id })
  const names = Object.keys(after) as (keyof CaseFields)[]
  if (names.every((name) => after[name] === before[name]))
    return { id, version: current.version, changeId: tx.changeId }
  const next = await replaceFact(tx, 'customer_case', id, { ...after }, current.version)
  return { id, version: next, changeId: tx.changeId }
}

export async function removeCase(
  ctx: Ctx,
  tx: WriteTx,
  id: string,
  version: number | undefined,
): Promise<Written> {
  const current = await currentFact(tx, 'customer_case', id)
  if (!current) throw notFound('customer_case')
  await refuseOthers(ctx, tx, current.fields as unknown as CaseFields)
  await closeFact(tx, 'customer_case', id, version)
  tx.describe({ case: numberOf(current.fields) ?? id })
  return { id, version: current.version, changeId: tx.changeId }
}

const numberOf = ({ external_source, external_id }: Record<string, unknown>) =>
  external_source === 'content' ? undefined : (external_id ?? undefined)

async function mergeFields(tx: WriteTx, before: CaseFields, input: Input): Promise<CaseFields> {
  const keep = <T>(given: T | undefined, was: T): T => (given === undefined ? was : given)
  const closedOn = keep(input.closedOn, before.closed_on)
  // What is said counts, then a new closing day, then a new status.
  const told = input.status ? stateOfStatus(input.status) : undefined
  const state = input.state ?? (input.closedOn ? 'closed' : told) ?? before.state
  // A case opened again has no closing day any more.
  const reopened = state === 'open' && input.closedOn === undefined
  const merged: CaseFields = {
    on_day: input.day ?? before.on_day,
    kind: input.kind ?? before.kind,
    status: keep(input.status, before.status) || null,
    state,
    closed_on: reopened ? null : closedOn,
    channel: keep(input.channel, before.channel) || null,
    customer_id: await refer(before.customer_id, input.customer, (which) =>
      findOrMakeCustomer(tx, which),
    ),
    seller_id: await refer(
      before.seller_id,
      input.seller,
      async (which) => (await findOrMakeSeller(tx, which)).id,
    ),
    product_id: await refer(before.product_id, input.product, (which) =>
      findOrMakeProduct(tx, which),
    ),
  }
  const fault = caseFault({
    day: merged.on_day,
    closedOn: merged.closed_on,
    state: merged.state,
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

async function refuseOthers(
  ctx: Ctx,
  tx: Tx,
  { seller_id: sellerId, on_day: day }: Pick<CaseFields, 'seller_id' | 'on_day'>,
): Promise<void> {
  if (await withinReach(ctx, tx, { sellerId, day })) return
  throw new Refusal({
    code: 'case.not_yours',
    message: 'This case belongs to somebody outside what you may change.',
    field: 'seller',
    next: 'Ask the person or the manager of the team.',
    status: 403,
  })
}

const sentences: Record<CaseFault, string> = {
  'case.backwards': 'The case would be closed before it came.',
  'case.open_has_day': 'An open case has no closing day.',
}

function refusalOf(fault: CaseFault): Refusal {
  return new Refusal({
    code: fault,
    message: sentences[fault],
    field: 'closedOn',
    next: 'Correct it and save again.',
    status: 422,
  })
}
