// A difference against what is compared with: coloured only where chance does not explain it.
import { useFormat, useTexts } from '../../../web/language.ts'
import type { MetricId } from '../contract.ts'
import { exploreTexts } from '../texts-explore.ts'
import type { Crossed } from './cross-table.tsx'
import type { MetricFacts } from './use-question.ts'

export interface DifferenceTextProps {
  compared: NonNullable<Crossed['total'][MetricId]>
  metric: MetricId
  metrics: readonly MetricFacts[]
  /** What it is compared with: that one segment is larger than another is neither good nor bad. */
  against: NonNullable<Crossed['compared']>['kind']
}

export function DifferenceText(props: DifferenceTextProps) {
  const { compared, metric, metrics, against } = props
  const t = useTexts(exploreTexts)
  const format = useFormat()
  const { now, before, differs } = compared
  if (now.value === undefined || before?.value === undefined)
    return <span className="k-muted">–</span>
  const change = now.value - before.value
  const good = metrics.find(({ id }) => id === metric)?.good ?? 'neither'
  const meaning =
    !differs || change === 0 || good === 'neither' || against === 'others'
      ? 'none'
      : change > 0 === (good === 'up')
        ? 'good'
        : 'bad'
  const text =
    now.unit === 'rate'
      ? format.points(change)
      : (now.unit === 'money' || now.unit === 'count') && before.value > 0
        ? format.relative(change / before.value)
        : now.unit === 'money'
          ? format.money(change, now.currency ?? '', { digits: 'whole', signed: true })
          : format.signed(change, 1)
  const was = `${t('before')}: ${format.figure(before).text}`
  return (
    <span className="explore-difference" title={was}>
      <span className="results-difference" data-meaning={meaning}>
        {text}
      </span>
      <span className="explore-was">
        {format.figure(before).text}
        {differs === false && change !== 0 && <span className="k-hidden"> {t('unclear')}</span>}
      </span>
      {differs === false && change !== 0 && (
        <span className="explore-unclear" title={t('unclear')} aria-hidden="true">
          ≈
        </span>
      )}
    </span>
  )
}
