// What later features may use of quotas: to make a goal of one, to pay by attainment, to take files in.
import type { Day } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { MetricId } from '../results/contract.ts'
import { readNarrowing } from './calc/quota-key.ts'
import { quotaById } from './store.ts'
import { withinOf } from './subject.ts'

export { attainmentOf } from './calc/attainment.ts'
export { periodOf as quotaPeriodOf } from './calc/import-row.ts'
export { countImportedQuotas, importQuotas } from './store-import.ts'
export { quotaMetric } from './subject.ts'

/** A quota as something to be reached. */
export interface QuotaTarget {
  id: string
  holder: { kind: 'seller' | 'team'; id: string; name: string }
  metric: MetricId
  where: Record<string, string[]>
  from: Day
  until: Day
  /** Minor units of the base currency, or a number. */
  amount: number
  approved: boolean
}

/** One quota within the reach of who asks; undefined when there is none. */
export async function quotaTarget(ctx: Ctx, tx: Tx, id: string): Promise<QuotaTarget | undefined> {
  const row = await quotaById(tx, id, await withinOf(ctx, tx))
  if (row?.kind !== 'quota') return undefined
  return {
    id: row.id,
    holder: {
      kind: row.seller_id === null ? 'team' : 'seller',
      id: row.holder_id,
      name: row.holder_name,
    },
    metric: row.metric as MetricId,
    where: readNarrowing(row.narrowing),
    from: row.valid_from,
    until: row.valid_until,
    amount: row.amount,
    approved: row.state === 'approved',
  }
}
