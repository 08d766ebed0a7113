// Contacts: known by number, else by name and customer.
import { createHash } from 'node:crypto'
import { nameKey } from '../../../platform/database/tables.ts'
import { countContacts, importContacts, makeMentionedCustomers } from '../../customers/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { mention, type Placed, type Placing, text } from '../placed-row.ts'
import type { KindWork } from './kind.ts'

export const contacts: KindWork = {
  place: placeContact,
  known: 'number',
  count: (tx, { batchId, present }) => countContacts(tx, batchId, present),
  store: async (tx, { batchId, present }) => {
    const written = await makeMentionedCustomers(tx, batchId)
    return { counts: await importContacts(tx, batchId, present), written }
  },
}

function placeContact(row: TypedRow, placing: Placing): Placed {
  const parts = [text(row, 'first_name'), text(row, 'last_name')].filter((part) => part !== null)
  const name = text(row, 'name') ?? parts.join(' ')
  if (name === '') return { fault: 'contact.needs_name', field: 'name' }
  const customer = mention(row, 'customer', 'customer', placing)
  const externalId = text(row, 'external_id')
  return {
    row: {
      ...(externalId === null
        ? { external_source: 'name', external_id: nameAtCustomer(nameKey(name), customer) }
        : { external_source: '', external_id: externalId }),
      name,
      name_key: nameKey(name),
      customer,
      fields: {
        traits: row.traits ?? {},
        job_title: text(row, 'job_title'),
        email: text(row, 'email'),
        phone: text(row, 'phone'),
      },
    },
  }
}

/** Two people of one name work for different customers; at the same one they need numbers. */
function nameAtCustomer(key: string, customer: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify([key, customer]))
    .digest('hex')
}
