// The course of revenue as a chart whose title is its finding.
import { useFormat, useTexts } from '../../../web/language.ts'
import { Chart } from '../../../web/ui/chart.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { resultsTexts } from '../texts.ts'
import type { Overview } from './overview-sides.tsx'

export function Trend(props: { data: Overview }) {
  const { trend, currency } = props.data
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const name = useBucketName(trend)
  if (trend.buckets.every((bucket) => bucket.revenue.value === undefined)) {
    return <Section title={t('metric_revenue')} note={t('trend_none')} />
  }
  return (
    <Chart
      finding={trend.finding}
      note={t(`trend_revenue_${trend.grain}`, { currency })}
      kind="bars"
      categories={trend.buckets.map((bucket) => name(bucket.id))}
      series={[
        {
          name: t('metric_revenue'),
          values: trend.buckets.map((bucket) => bucket.revenue.value ?? null),
          current: (index) => trend.buckets[index]?.current ?? false,
        },
      ]}
      format={(value) => format.money(value, currency, { digits: 'whole' })}
      axisFormat={(value) => format.compactMoney(value, currency)}
      categoryLabel={t(`bucket_${trend.grain}`)}
    />
  )
}

/** Names no longer than needed: the year stands with a month only where a month comes twice. */
export function useBucketName(trend: Overview['trend']): (id: string) => string {
  const format = useFormat()
  if (trend.grain === 'year') return (id) => id
  if (trend.grain === 'day') return (id) => format.shortDate(id)
  const repeated = trend.buckets.length > 12
  return (id) => (repeated ? `${format.shortMonth(id)} ${id.slice(2, 4)}` : format.shortMonth(id))
}
