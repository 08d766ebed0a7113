// What takes long to find out is kept as long as nothing is written: answers by the organisation's revision.
import type { Tx } from '../../platform/database/with-org.ts'
import { revisionNow } from './store-pairs.ts'

const kept = new Map<string, { revision: number; answer: unknown }>()
const keptMost = 200

/** The answer under this name, worked out anew only after a change of the organisation. */
export async function keptPerRevision<Answer>(
  tx: Tx,
  name: string,
  workOut: () => Promise<Answer>,
): Promise<Answer> {
  const place = `${tx.orgId} ${name}`
  const revision = await revisionNow(tx)
  const known = kept.get(place)
  if (known?.revision === revision) return known.answer as Answer
  const answer = await workOut()
  kept.delete(place)
  kept.set(place, { revision, answer })
  for (const oldest of kept.keys()) {
    if (kept.size <= keptMost) break
    kept.delete(oldest)
  }
  return answer
}
