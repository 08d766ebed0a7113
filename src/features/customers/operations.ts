// What can be done with customers: list, read, add, change, archive.
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
import type { Tx } from '../../platform/database/with-org.ts'
import { sizeOf } from './calc/size.ts'
import type { customersContract } from './contract.ts'
import { type CustomerRow, customerById, customerLike, listCustomers } from './store.ts'

type Contract = typeof customersContract
type Customer = OutputOf<Contract['customers.get']>

export const customersOperations: Implements<Contract, Ctx> = {
  'customers.list': async (ctx, input) => {
    const { cursor, ...filter } = input
    const place = readCursor(cursor, ['text', 'id'])
    const after = place && { nameKey: String(place[0]), id: String(place[1]) }
    const rows = await ctx.read((tx) => listCustomers(tx, { ...filter, after }))
    const page = pageOfRows(rows, input.limit, (row) => [row.name_key, row.id])
    return { ...page, rows: page.rows.map(fromRow) }
  },
  'customers.get': async (ctx, { id }) => {
    const row = await ctx.read((tx) => customerById(tx, id))
    if (!row) throw notFound('customer')
    return fromRow(row)
  },
  'customers.create': (ctx, input) =>
    ctx.write(async (tx) => {
      await refuseTwin(tx, { name: input.name, externalId: input.externalId })
      tx.describe({ name: input.name })
      const id = await insertRecord(tx, 'customer', { traits: {}, ...toFields(input) })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'customers.edit': (ctx, { id, version, ...input }) =>
    ctx.write(async (tx) => {
      const before = await customerById(tx, id)
      if (!before) throw notFound('customer')
      const renamed = input.name !== undefined && nameKey(input.name) !== before.name_key
      await refuseTwin(tx, {
        name: renamed ? input.name : undefined,
        externalId: input.externalId,
        not: id,
      })
      tx.describe({ name: input.name ?? before.name })
      const next = await updateRecord(tx, 'customer', id, toFields(input), version)
      return { id, version: next, changeId: tx.changeId }
    }),
  'customers.set-state': (ctx, { id, version, state }) =>
    ctx.write(async (tx) => {
      const before = await customerById(tx, id)
      if (!before) throw notFound('customer')
      tx.describe({ name: before.name, state })
      const next = await updateRecord(tx, 'customer', id, { state }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
}

type Input = Partial<Omit<InputOf<Contract['customers.edit']>, 'id' | 'version'>>

function toFields({ externalId, ...input }: Input): Fields {
  return {
    ...input,
    ...(input.name === undefined ? {} : { name_key: nameKey(input.name) }),
    ...(externalId === undefined ? {} : { external_id: externalId || null }),
    ...(input.employees === undefined ? {} : { size: sizeOf(input.employees) }),
  }
}

function fromRow({ external_id: externalId, name_key: _, ...row }: CustomerRow): Customer {
  return { ...row, externalId }
}

async function refuseTwin(tx: Tx, like: Parameters<typeof customerLike>[1]): Promise<void> {
  if (!(await customerLike(tx, like))) return
  throw new Refusal({
    code: 'customer.exists',
    message: 'There is already a customer with this name or number.',
    field: 'name',
    next: 'Open that one, or tell the two apart by their names.',
  })
}
