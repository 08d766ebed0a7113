// Near-duplicates of an organisation, found once per revision: comparing all names takes seconds.
import type { Tx } from '../../platform/database/with-org.ts'
import type { Mergeable } from './calc/merge-fields.ts'
import { findPairs, type Pair } from './calc/pairs.ts'
import { namesOf, revisionNow } from './store-pairs.ts'

export interface Compared {
  pairs: readonly Pair[]
  of: number
}

const kept = new Map<string, Compared & { revision: number }>()
const keptMost = 40

export async function pairsOf(tx: Tx, entity: Mergeable): Promise<Compared> {
  const place = `${tx.orgId} ${entity}`
  const revision = await revisionNow(tx)
  const known = kept.get(place)
  if (known?.revision === revision) return known
  const names = await namesOf(tx, entity)
  const pairs = findPairs(names, { people: entity === 'seller' || entity === 'contact' })
  const found = { revision, pairs, of: names.length }
  kept.delete(place)
  kept.set(place, found)
  for (const oldest of kept.keys()) {
    if (kept.size <= keptMost) break
    kept.delete(oldest)
  }
  return found
}
