// Metrics that a quota can be set for, and by what each can be narrowed.
import { useLanguage } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import type { MetricId } from '../../results/contract.ts'
import { type FilterDimension, filterDimensions } from '../../results/screens/selection.ts'

export interface QuotaMetric {
  value: MetricId
  label: string
  unit: 'money' | 'count'
  filters: readonly FilterDimension[]
}

/** Who carries a quota is said by the quota itself. */
const holders: readonly FilterDimension[] = ['seller', 'team', 'manager', 'office']

/** What is reached by more of it, in money or by number. */
export function useQuotaMetrics(): QuotaMetric[] {
  const lang = useLanguage()
  const rows = useOperation('results.metrics', {}).data?.rows ?? []
  return rows.flatMap(({ id, name, unit, good, measured, dimensions }) =>
    (unit === 'money' || unit === 'count') &&
    good === 'up' &&
    measured &&
    dimensions.includes('seller')
      ? [
          {
            value: id,
            label: name[lang],
            unit,
            filters: filterDimensions.filter(
              (one) => !holders.includes(one) && dimensions.includes(one),
            ),
          },
        ]
      : [],
  )
}
