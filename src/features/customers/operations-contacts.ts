// What can be done with contacts: list, read, add, change, archive.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import {
  type Fields,
  insertRecord,
  notFound,
  updateRecord,
} from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { checkTraits } from './check-traits.ts'
import type { contactsContract } from './contract-contacts.ts'
import { findOrMakeCustomer } from './find-customer.ts'
import {
  type ContactRow,
  contactById,
  contactLike,
  customerNames,
  listContacts,
} from './store-contacts.ts'

type Contract = typeof contactsContract
type Contact = OutputOf<Contract['contacts.get']>
type Row = ContactRow & { external_source: string }

export const contactsOperations: Implements<Contract, Ctx> = {
  'contacts.list': (ctx, { cursor, limit, count, ...filter }) =>
    ctx.read(async (tx) => {
      const found = await listContacts(tx, filter, { cursor, limit, count })
      return { ...found, rows: await shown(tx, found.rows) }
    }),
  'contacts.get': (ctx, { id }) =>
    ctx.read(async (tx) => {
      const row = await contactById(tx, id)
      const [contact] = await shown(tx, row ? [row] : [])
      if (!contact) throw notFound('contact')
      return contact
    }),
  'contacts.create': (ctx, input) =>
    ctx.write(async (tx) => {
      const fields = await toFields(tx, input)
      const customerId = (fields.customer_id ?? null) as string | null
      await refuseTwin(tx, {
        named: { name: input.name, customerId },
        externalId: input.externalId,
      })
      await checkTraits(tx, 'contact', input.traits)
      tx.describe({ name: input.name })
      const id = await insertRecord(tx, 'contact', { traits: {}, ...fields })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'contacts.edit': (ctx, { id, version, ...input }) =>
    ctx.write(async (tx) => {
      const before = await contactById(tx, id)
      if (!before) throw notFound('contact')
      const fields = await toFields(tx, input)
      const name = input.name ?? before.name
      const customerId = (
        fields.customer_id === undefined ? before.customer_id : fields.customer_id
      ) as string | null
      const moved = nameKey(name) !== before.name_key || customerId !== before.customer_id
      await refuseTwin(tx, {
        named: moved ? { name, customerId } : undefined,
        externalId: input.externalId,
        not: id,
      })
      await checkTraits(tx, 'contact', input.traits, before.traits)
      tx.describe({ name })
      const next = await updateRecord(tx, 'contact', id, fields, version)
      return { id, version: next, changeId: tx.changeId }
    }),
  'contacts.set-state': (ctx, { id, version, state }) =>
    ctx.write(async (tx) => {
      const before = await contactById(tx, id)
      if (!before) throw notFound('contact')
      tx.describe({ name: before.name, state })
      const next = await updateRecord(tx, 'contact', id, { state }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
}

type Input = Partial<Omit<InputOf<Contract['contacts.edit']>, 'id' | 'version'>>

async function toFields(tx: WriteTx, input: Input): Promise<Fields> {
  const { name, externalId, customer, jobTitle, email, phone, traits } = input
  const orNull = (text: string | null) => text || null
  return {
    ...(name === undefined ? {} : { name, name_key: nameKey(name) }),
    // A number given by hand is the number; how an import had recognised the contact no longer counts.
    ...(externalId === undefined ? {} : { external_source: '', external_id: orNull(externalId) }),
    ...(customer === undefined
      ? {}
      : { customer_id: customer === null ? null : await findOrMakeCustomer(tx, customer) }),
    ...(jobTitle === undefined ? {} : { job_title: orNull(jobTitle) }),
    ...(email === undefined ? {} : { email: orNull(email) }),
    ...(phone === undefined ? {} : { phone: orNull(phone) }),
    ...(traits === undefined ? {} : { traits }),
  }
}

async function shown(tx: Tx, rows: readonly Row[]): Promise<Contact[]> {
  const names = await customerNames(
    tx,
    rows.map((row) => row.customer_id),
  )
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    state: row.state,
    name: row.name,
    externalId: row.external_source === '' ? row.external_id : null,
    customer:
      row.customer_id === null
        ? null
        : { id: row.customer_id, name: names.get(row.customer_id) ?? '' },
    jobTitle: row.job_title,
    email: row.email,
    phone: row.phone,
    traits: row.traits,
  }))
}

async function refuseTwin(tx: Tx, like: Parameters<typeof contactLike>[1]): Promise<void> {
  if (!(await contactLike(tx, like))) return
  throw new Refusal({
    code: 'contact.exists',
    message: 'There is already a contact with this number, or with this name at this customer.',
    field: 'name',
    next: 'Open that one, or tell the two apart by their names.',
  })
}
