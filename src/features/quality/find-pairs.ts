// Near-duplicates of an organisation, without those of which somebody said that they are different.
import { setImmediate } from 'node:timers/promises'
import type { Tx } from '../../platform/database/with-org.ts'
import type { Mergeable } from './calc/merge-fields.ts'
import { type Named, type Pair, pairSteps } from './calc/pairs.ts'
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
    const pairs = (await compared(names, entity)).filter(
      ({ a, b }) => !different.has(pairKey(a.id, b.id)),
    )
    return { pairs, of: names.length }
  })
}

/** Hundreds of thousands of names take seconds: in between, the server answers others. */
async function compared(names: readonly Named[], entity: Mergeable): Promise<Pair[]> {
  const steps = pairSteps(names, { people: entity === 'seller' || entity === 'contact' })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await setImmediate()
  }
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}
