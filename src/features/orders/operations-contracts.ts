// What can be done with contracts.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import {
  type Fields,
  insertRecord,
  notFound,
  updateRecord,
} from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { findOrMakeCustomer } from '../customers/door.ts'
import { findOrMakeProduct } from '../products/door.ts'
import { findOrMakeSeller, settingsOf, today } from '../team/door.ts'
import type { ordersContract } from './contract.ts'
import {
  type ContractRow,
  contractById,
  contractNumbered,
  endDay,
  listContracts,
} from './store-contracts.ts'

type Contract = typeof ordersContract
type Operations = Pick<Contract, Extract<keyof Contract, `contracts.${string}`>>
type Row = OutputOf<Contract['contracts.get']>
type Input = Omit<InputOf<Contract['contracts.edit']>, 'id' | 'version'>

export const contractsOperations: Implements<Operations, Ctx> = {
  'contracts.list': (ctx, { cursor, limit, ...filter }) =>
    ctx.read(async (tx) => {
      const { zone } = await settingsOf(tx)
      const place = readCursor(cursor, ['day', 'id'])
      const after = place && { day: String(place[0]), id: String(place[1]) }
      const rows = await listContracts(tx, filter, today(ctx.clock, zone), after, limit + 1)
      const page = pageOfRows(rows, limit, (row) => [endDay(row), row.id])
      return { ...page, rows: page.rows.map(fromRow) }
    }),
  'contracts.get': async (ctx, { id }) => {
    const row = await ctx.read((tx) => contractById(tx, id))
    if (!row) throw notFound('contract')
    return fromRow(row)
  },
  'contracts.create': (ctx, input) =>
    ctx.write(async (tx) => {
      await refuseTwin(tx, input.number)
      refuseBackwards(input.from, input.until ?? null)
      tx.describe({ name: input.name })
      const id = await insertRecord(tx, 'contract', await toFields(tx, input))
      return { id, version: 1, changeId: tx.changeId }
    }),
  'contracts.edit': (ctx, { id, version, ...input }) =>
    ctx.write(async (tx) => {
      const before = await contractById(tx, id)
      if (!before) throw notFound('contract')
      await refuseTwin(tx, input.number, id)
      refuseBackwards(
        input.from ?? before.valid_from,
        input.until === undefined ? before.valid_until : input.until,
      )
      tx.describe({ name: input.name ?? before.name })
      const next = await updateRecord(
        tx,
        'contract',
        id,
        await toFields(tx, input, before),
        version,
      )
      return { id, version: next, changeId: tx.changeId }
    }),
  'contracts.set-state': (ctx, { id, version, state }) =>
    ctx.write(async (tx) => {
      const before = await contractById(tx, id)
      if (!before) throw notFound('contract')
      tx.describe({ name: before.name, state })
      const next = await updateRecord(tx, 'contract', id, { state }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
}

/** A contract without a number keeps the key by which its row of a file is known again. */
function numberFields(number: string | null | undefined, before?: ContractRow): Fields {
  if (number) return { external_source: '', external_id: number }
  return number === undefined || before?.number === null ? {} : { external_id: null }
}

async function toFields(tx: WriteTx, input: Input, before?: ContractRow): Promise<Fields> {
  const refer = async <T>(given: T | null | undefined, find: (which: T) => Promise<string>) =>
    given === undefined ? undefined : given === null ? null : find(given)
  const { baseCurrency } = await settingsOf(tx)
  const amount = input.amount === undefined ? (before?.amount ?? null) : input.amount
  // Whoever names no currency means the one there is, or that of the organisation.
  const currency =
    input.currency ?? (amount === null ? input.currency : (before?.currency ?? baseCurrency))
  return {
    ...(input.name === undefined ? {} : { name: input.name, name_key: nameKey(input.name) }),
    ...numberFields(input.number, before),
    customer_id: await refer(input.customer, (which) => findOrMakeCustomer(tx, which)),
    product_id: await refer(input.product, (which) => findOrMakeProduct(tx, which)),
    seller_id: await refer(input.seller, async (which) => (await findOrMakeSeller(tx, which)).id),
    valid_from: input.from,
    valid_until: input.until,
    renewal: input.renewal,
    notice_days: input.noticeDays,
    amount: input.amount,
    currency,
    every: input.every,
  }
}

function fromRow(row: ContractRow): Row {
  const named = (id: string | null, name: string | null) =>
    id === null ? null : { id, name: name ?? '' }
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    name: row.name,
    number: row.number,
    customer: named(row.customer_id, row.customer_name),
    product: named(row.product_id, row.product_name),
    seller: named(row.seller_id, row.seller_name),
    from: row.valid_from,
    until: row.valid_until,
    renewal: row.renewal,
    noticeDays: row.notice_days,
    amount: row.amount,
    currency: row.currency,
    every: row.every,
  }
}

async function refuseTwin(
  tx: WriteTx,
  number: string | null | undefined,
  not?: string,
): Promise<void> {
  if (!number || !(await contractNumbered(tx, number, not))) return
  throw new Refusal({
    code: 'contract.exists',
    message: `There is already a contract with the number ${number}.`,
    field: 'number',
    next: 'Open that one, or give this one another number.',
  })
}

function refuseBackwards(from: string, until: string | null): void {
  if (until === null || from < until) return
  throw new Refusal({
    code: 'contract.backwards',
    message: 'The contract would end before it begins.',
    field: 'until',
    next: 'Correct one of the two days.',
    status: 422,
  })
}
