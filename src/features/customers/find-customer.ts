// Finds the customer that somebody means by an id or a name, or makes one.
import { Refusal } from '../../basics/refusal.ts'
import { recordsNamed } from '../../platform/database/record-names.ts'
import { insertRecord, notFound } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { lockName } from '../team/door.ts'
import { customerById } from './store.ts'

/**
 * The customer with this id or, by name or alias, the one so called; one that nobody knows is made.
 * Refuses `customer.not_found` and `customer.ambiguous`.
 */
export async function findOrMakeCustomer(
  tx: WriteTx,
  which: { id: string } | { name: string },
): Promise<string> {
  if ('id' in which) {
    if (!(await customerById(tx, which.id))) throw notFound('customer')
    return which.id
  }
  await lockName(tx, 'customer', nameKey(which.name))
  const [found, second] = await recordsNamed(tx, 'customer', which.name)
  if (second) {
    throw new Refusal({
      code: 'customer.ambiguous',
      message: `Several customers are called “${which.name}”.`,
      field: 'customer',
      next: 'Choose one of them from the list.',
      status: 422,
    })
  }
  if (found) return found.id
  return insertRecord(tx, 'customer', {
    name: which.name,
    name_key: nameKey(which.name),
    traits: {},
  })
}
