// Near-duplicates of an organisation, without those of which somebody said that they are different.
import type { Tx } from '../../platform/database/with-org.ts'
import type { Mergeable } from './calc/merge-fields.ts'
import { findPairs, type Pair } from './calc/pairs.ts'
import { keptPerRevision } from './kept.ts'
import { differentPairs } from './store-different.ts'
import { namesOf } from './store-pairs.ts'

export interface Compared {
  pairs: readonly Pair[]
  of: number
}

export function pairsOf(tx: Tx, entity: Mergeable): Promise<Compared> {
  return keptPerRevision(tx, `pairs ${entity}`, async () => {
    const names = await namesOf(tx, entity)
    const different = await differentPairs(tx, entity)
    const found = findPairs(names, { people: entity === 'seller' || entity === 'contact' })
    const pairs = found.filter(({ a, b }) => !different.has(pairKey(a.id, b.id)))
    return { pairs, of: names.length }
  })
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}
