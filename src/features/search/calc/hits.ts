// What was found, in the order in which it is shown.
import { type SearchKind, searchKinds } from '../contract.ts'

export interface Hit {
  kind: SearchKind
  id: string
  name: string
  rank: number
  state?: 'active' | 'archived' | undefined
}

export interface HitGroup<One extends Hit> {
  kind: SearchKind
  rows: One[]
  more: boolean
}

/** Archived after active, then the nearer to what was typed, then by name. */
function byNearness(a: Hit, b: Hit): number {
  return (
    Number(a.state === 'archived') - Number(b.state === 'archived') ||
    a.rank - b.rank ||
    order(a.name, b.name) ||
    order(a.id, b.id)
  )
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Whether a group holds something active that is called exactly as was typed. */
const hasWhole = (group: HitGroup<Hit>) =>
  group.rows.some((one) => one.rank === 0 && one.state !== 'archived')

/** By kind, each record once; a kind that holds the very name or number goes before the others. */
export function groupHits<One extends Hit>(hits: readonly One[], limit: number): HitGroup<One>[] {
  const groups = searchKinds.flatMap((kind) => {
    const seen = new Set<string>()
    const rows = hits
      .filter((one) => one.kind === kind)
      .sort(byNearness)
      .filter((one) => !seen.has(one.id) && seen.add(one.id))
    return rows.length === 0
      ? []
      : [{ kind, rows: rows.slice(0, limit), more: rows.length > limit }]
  })
  return [...groups.filter(hasWhole), ...groups.filter((group) => !hasWhole(group))]
}
