// Numbers, quality and loyalty of an overview answer, each figure with its question.
import type { Figure } from '../../../basics/figure.ts'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { Change, type ChangeProps } from '../../../web/ui/change.tsx'
import { type SideOf, type SideRow, ThreeSides } from '../../../web/ui/three-sides.tsx'
import type { MetricId } from '../contract.ts'
import { resultsTexts } from '../texts.ts'
import type { Against } from './selection.ts'
import { useBucketName } from './trend.tsx'
import type { AskOf } from './use-selection.ts'

export type Overview = Answer<'results.overview'>

const unknown: Figure = { missing: { code: 'not_measured', text: '' } }

const quality = ['satisfaction', 'nps', 'complaint-rate'] as const

/** Whether the intervals of two figures have nothing in common: only then is the change more than chance. */
function lieApart({ now, before }: { now: Figure; before: Figure }): boolean {
  if (now.low === undefined || now.high === undefined) return false
  if (before.low === undefined || before.high === undefined) return false
  return now.low > before.high || now.high < before.low
}

export interface OverviewSidesProps {
  data: Overview
  against: Against
  ask: AskOf
}

export function OverviewSides(props: OverviewSidesProps) {
  const { data, against, ask } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const other = format.period(against === 'previous' ? data.previous : data.yearAgo)
  const compared = (metric: MetricId) => {
    const figures = data.figures[metric]
    const now = figures?.now ?? unknown
    return { now, before: (against === 'previous' ? figures?.before : figures?.yearAgo) ?? unknown }
  }
  const change = (
    metric: MetricId,
    style: Pick<ChangeProps, 'as' | 'good' | 'against' | 'certain'>,
  ) => <Change {...compared(metric)} {...style} />
  const row = (metric: MetricId, aside?: SideRow['aside']): SideRow => ({
    label: t(`metric_${metric}`),
    figure: compared(metric).now,
    why: ask(metric),
    ...(aside === undefined ? {} : { aside }),
  })
  const head = (metric: MetricId, note?: string): SideOf['head'] => ({
    name: t(`metric_${metric}`),
    figure: compared(metric).now,
    why: ask(metric),
    ...(note === undefined || compared(metric).now.value === undefined ? {} : { note }),
  })
  const { buckets } = data.trend
  const bucketName = useBucketName(data.trend)
  const course = (name: string) =>
    t('trend_of', {
      name,
      from: bucketName(buckets[0]?.id ?? ''),
      until: bucketName(buckets.at(-1)?.id ?? ''),
    })
  const revenue = compared('revenue')
  const nothingBefore = revenue.now.value !== undefined && revenue.before.value === 0
  const measured = quality.some((metric) => compared(metric).now.missing?.code !== 'not_measured')
  const apart = (metric: MetricId) => lieApart(compared(metric))
  const sides: SideOf[] = [
    {
      side: 'numbers',
      head: head('revenue'),
      change: nothingBefore ? (
        <span>{t('nothing_to_compare', { period: other })}</span>
      ) : (
        change('revenue', { against: other })
      ),
      trend: buckets.map((bucket) => bucket.revenue.value ?? null),
      trendLabel: course(t('metric_revenue')),
      rows: [
        row('deals-won', change('deals-won', { as: 'absolute' })),
        row('win-rate'),
        row('average-deal', change('average-deal', { as: 'relative' })),
        row('pipeline', change('pipeline', { as: 'relative', good: 'neither' })),
      ],
    },
    {
      side: 'quality',
      head: head('satisfaction'),
      ...(measured
        ? { change: change('satisfaction', { against: other, certain: apart('satisfaction') }) }
        : { text: t('quality_text') }),
      rows: quality.map((metric) => row(metric)),
    },
    {
      side: 'loyalty',
      head: head('repeat-share', t('repeat_note')),
      trend: buckets.map((bucket) => bucket.repeatShare.value ?? null),
      trendLabel: course(t('metric_repeat-share')),
      rows: [
        row('new-customers', change('new-customers', { as: 'absolute' })),
        row('repurchase-rate'),
      ],
    },
  ]
  return <ThreeSides sides={sides} />
}
