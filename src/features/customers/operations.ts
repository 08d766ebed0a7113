// What can be done with customers: list, read, add, change, archive, one by one and many alike.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { applyBulkEdit, type BulkEdit, previewBulkEdit } from '../../platform/database/bulk-edit.ts'
import { type Like, recordLike } from '../../platform/database/record-names.ts'
import {
  type Fields,
  insertRecord,
  notFound,
  updateRecord,
} from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { sizeOf } from './calc/size.ts'
import { checkTraits } from './check-traits.ts'
import type { customersContract } from './contract.ts'
import { contactsOperations } from './operations-contacts.ts'
import { listsOperations } from './operations-lists.ts'
import { notesOperations } from './operations-notes.ts'
import { type CustomerRow, customerById, customersThatFit, listCustomers } from './store.ts'

type Contract = typeof customersContract
type Customer = OutputOf<Contract['customers.get']>

export const customersOperations: Implements<Contract, Ctx> = {
  ...contactsOperations,
  ...notesOperations,
  ...listsOperations,
  'customers.list': async (ctx, input) => {
    const { cursor, limit, count, ...filter } = input
    const page = await ctx.read((tx) => listCustomers(tx, filter, { cursor, limit, count }))
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
      await checkTraits(tx, 'customer', input.traits)
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
      await checkTraits(tx, 'customer', input.traits, before.traits)
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
  'customers.bulk-edit': (ctx, input) => {
    if (input.preview) return ctx.read((tx) => previewBulkEdit(tx, bulkOf(tx, input)))
    return ctx.write(
      async (tx) => {
        const edited = await applyBulkEdit(tx, bulkOf(tx, input))
        tx.describe({ count: edited.changed, fields: Object.keys(input.set) })
        return edited
      },
      { long: true },
    )
  },
}

function bulkOf(tx: Tx, { ids, filter, set }: InputOf<Contract['customers.bulk-edit']>): BulkEdit {
  return {
    table: 'customer',
    ids,
    fit: filter && customersThatFit(tx, filter),
    set: Object.fromEntries(
      Object.entries(set).map(([name, value]) => [name, value === '' ? null : value]),
    ),
  }
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

async function refuseTwin(tx: Tx, like: Like): Promise<void> {
  if (!(await recordLike(tx, 'customer', like))) return
  throw new Refusal({
    code: 'customer.exists',
    message: 'There is already a customer with this name or number.',
    field: 'name',
    next: 'Open that one, or tell the two apart by their names.',
  })
}
