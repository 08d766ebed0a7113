// The allocation on the screen as its operation takes it, and what writing it would do.
import { useEffect, useState } from 'react'
import { useChange } from '../../../web/queries.ts'
import type { Plan } from './allocate-screen.tsx'

type Counts = Record<'added' | 'changed' | 'same', number>

export function useAllocationPreview(plan: Plan, parts: readonly number[], approve: boolean) {
  const ask = useChange('quotas.allocate')
  const [preview, setPreview] = useState<Counts | undefined>()
  const where = Object.fromEntries(
    plan.filters.map(({ dimension, cells }) => [dimension, cells.map(({ id }) => id)]),
  )
  const given = {
    metric: plan.metric,
    where,
    period: plan.period.id,
    total: plan.total,
    approve,
    parts: plan.rows.map(({ holder }, i) => ({
      [holder.kind]: holder.id,
      amount: parts[i] ?? 0,
    })),
    ...(plan.team === null ? {} : { team: plan.team.id }),
  }
  // Asked once, when the drawer opens: the parts behind it cannot change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    void ask
      .run({ ...given, preview: true })
      .then(({ added, changed, same }) => setPreview({ added, changed, same }))
      .catch(() => undefined)
  }, [])
  return { given, preview, problem: ask.problem }
}
