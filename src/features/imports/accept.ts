// Accepted suggestions: two names that mean the same record, or an agreed spelling of a value.
import { updateRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { mergeWithShares } from '../deals/door.ts'
import type { ImportKind } from './contract.ts'
import type { Accepted } from './store.ts'
import { type NamedTable, recordNamed, writeAlias } from './store-alias.ts'

const tables: Readonly<Record<string, NamedTable>> = {
  sellers: 'seller',
  customers: 'customer',
  products: 'product',
  teams: 'team',
  people: 'person',
}
const plain: Readonly<Record<string, 'industry' | 'country'>> = {
  industries: 'industry',
  countries: 'country',
}

/** Kinds of suggestions that can be accepted. */
export function canAccept(kind: string): boolean {
  return Object.hasOwn(tables, kind) || Object.hasOwn(plain, kind)
}

/**
 * Before the rows are stored: where both names already have a record, the two become one. Where only
 * the misspelt one has, it takes the right name, so that rows that mention the right name find it;
 * unless the file's own rows are these records: then the row itself brings the name along.
 */
export async function joinAccepted(
  tx: WriteTx,
  kind: ImportKind,
  accepted: readonly Accepted[],
): Promise<number> {
  let written = 0
  for (const one of accepted) {
    const table = tables[one.kind]
    if (!table) continue
    const [wrong, right] = [
      await recordNamed(tx, table, nameKey(one.value)),
      await recordNamed(tx, table, nameKey(one.like)),
    ]
    if (wrong && right && wrong !== right) {
      written += 1 + (await mergeWithShares(tx, table, wrong, right))
    } else if (wrong && !right && one.kind !== kind) {
      await updateRecord(tx, table, wrong, { name: one.like, name_key: nameKey(one.like) })
      written += 1
    }
  }
  return written
}

/** After the rows are stored: the name without a record is remembered, so that a re-import finds the other's. */
export async function rememberAccepted(
  tx: WriteTx,
  accepted: readonly Accepted[],
): Promise<number> {
  let written = 0
  for (const one of accepted) {
    const [value, like] = [nameKey(one.value), nameKey(one.like)]
    const spelling = plain[one.kind]
    const table = tables[one.kind]
    if (spelling) written += (await writeAlias(tx, spelling, value, { value: one.like })) ? 1 : 0
    if (!table) continue
    const [byValue, byLike] = [
      await recordNamed(tx, table, value),
      await recordNamed(tx, table, like),
    ]
    const id = byValue ?? byLike
    if (!id || (byValue && byLike)) continue
    written += (await writeAlias(tx, table, byValue ? like : value, { entity_id: id })) ? 1 : 0
  }
  return written
}
