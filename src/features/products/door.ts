// What other features may ask of products.
import { recordsNamed } from '../../platform/database/record-names.ts'
import { insertRecord, notFound } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { lockName } from '../team/door.ts'
import { productById } from './store.ts'

export { countProducts, importProducts, makeMentionedProducts } from './store-import.ts'

/** The product with this id or, by name or alias, the one so called; one that nobody knows is made. */
export async function findOrMakeProduct(
  tx: WriteTx,
  which: { id: string } | { name: string },
): Promise<string> {
  if ('id' in which) {
    if (!(await productById(tx, which.id))) throw notFound('product')
    return which.id
  }
  await lockName(tx, 'product', nameKey(which.name))
  // Of several that are called so it is the oldest.
  const [found] = await recordsNamed(tx, 'product', which.name)
  if (found) return found.id
  return insertRecord(tx, 'product', {
    name: which.name,
    name_key: nameKey(which.name),
    traits: {},
  })
}
