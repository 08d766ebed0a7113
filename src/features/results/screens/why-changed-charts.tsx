// The change as a waterfall, and the months with the limits of normal variation.
import type { Figure } from '../../../basics/figure.ts'
import type { Format } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { Chart } from '../../../web/ui/chart.tsx'
import { useNarrow } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { resultsTexts } from '../texts.ts'
import { changesTexts } from '../texts-changes.ts'
import { cellName } from './filter-chip.tsx'
import type { FilterDimension } from './selection.ts'
import { type Step, waterfall } from './waterfall.ts'
import type { Changes } from './why-changed-screen.tsx'

const parts = ['byVolume', 'byRate', 'byMix', 'byReturns'] as const
/** Cells with a bar of their own, where the change has no parts. */
const barsMost = 6

/** In full; a rate with one digit, as its parts are. */
function writeValue(format: Format, data: Changes): (value: number) => string {
  const { unit = 'count' } = data.now
  if (unit === 'money') {
    return (value) => format.money(value, data.currency, { digits: 'whole' })
  }
  return unit === 'rate' ? (value) => format.rate(value, 1) : (value) => format.number(value, 0)
}

function writeShort(format: Format, data: Changes): (value: number) => string {
  const { unit = 'count' } = data.now
  if (unit === 'money') return (value) => format.compactMoney(value, data.currency)
  return unit === 'rate' ? (value) => format.rate(value, 1) : (value) => format.compact(value)
}

export function ChangeSteps(props: { data: Changes; by: FilterDimension }) {
  const { data, by } = props
  const t = useTexts(changesTexts)
  const words = useTexts(resultsTexts)
  const format = useFormat()
  const narrow = useNarrow()
  const none = words('none_given', { dimension: words(`dimension_${by}`) })
  const [before, now] = [format.period(data.against), format.period(data.period)]
  const bars = waterfall({ ...data.before, name: before }, stepsOf(data, none, t), now)
  const name = words(`metric_${data.metric}`)
  // Names of cells are long; the few parts of a change stand beside each other where there is room.
  const flat = narrow || bars.categories.length > 6
  const last = bars.categories.length - 1
  return (
    <Chart
      finding={t('from_what')}
      note={t('from_what_note', { name, before, now })}
      kind="bars"
      flat={flat}
      height={flat ? 44 + 34 * bars.categories.length : 260}
      categories={bars.categories}
      series={[
        {
          name,
          values: bars.values,
          spans: bars.spans,
          current: (index) => index === 0 || index === last,
        },
      ]}
      format={writeValue(format, data)}
      axisFormat={writeShort(format, data)}
      categoryLabel={t('step')}
    />
  )
}

function stepsOf(
  data: Changes,
  none: string,
  t: (key: (typeof parts)[number] | 'rest', values?: { count: number }) => string,
): Step[] {
  const made = parts.flatMap((part): Step[] => {
    const change = data.whole?.[part]
    return change === undefined ? [] : [{ name: t(part), change }]
  })
  if (made.length > 0) return made
  const largest = data.cells.slice(0, barsMost)
  const count = data.cells.length - largest.length + (data.rest?.count ?? 0)
  const sum = (figures: readonly Figure[]) => figures.reduce((all, { value = 0 }) => all + value, 0)
  const left = (data.whole?.total.value ?? 0) - sum(largest.map(({ total }) => total))
  const rest: Step[] =
    count === 0
      ? []
      : [{ name: t('rest', { count }), change: { ...data.whole?.total, value: left } }]
  return [
    ...largest.map(({ cell, total }) => ({ name: cellName(cell, none), change: total })),
    ...rest,
  ]
}

export function OrdinaryMonths({ data }: { data: Changes }) {
  const { ordinary } = data
  const t = useTexts(changesTexts)
  const words = useTexts(resultsTexts)
  const format = useFormat()
  if (ordinary.months.length === 0) {
    return (
      <Section title={t('ordinary')} note={ordinary.text}>
        <p className="results-pop-none">{t('no_months')}</p>
      </Section>
    )
  }
  const write = writeValue(format, data)
  const signals = ordinary.months.map(({ verdict }) => verdict === 'signal')
  const { low, high, mean } = ordinary
  const constant = (value: number) => ordinary.months.map(() => value)
  return (
    <Section title={t('ordinary')}>
      <Chart
        finding={ordinary.text}
        note={
          low === undefined
            ? words(`metric_${data.metric}`)
            : `${t('ordinary_note')}${signals.includes(true) ? t('signal_note') : ''}`
        }
        kind="lines"
        // The mark stands with the name too, so that the table says it as well.
        categories={ordinary.months.map(
          ({ id }, index) =>
            `${signals[index] ? '◆ ' : ''}${format.shortMonth(id)} ${id.slice(2, 4)}`,
        )}
        series={[
          {
            name: words(`metric_${data.metric}`),
            values: ordinary.months.map(({ figure }) => figure.value ?? null),
            marked: (index) => signals[index] ?? false,
            ...(low === undefined || high === undefined
              ? {}
              : { low: constant(low), high: constant(high) }),
          },
        ]}
        {...(mean === undefined
          ? {}
          : { whole: { value: mean, label: t('mean', { value: write(mean) }) } })}
        format={write}
        axisFormat={writeShort(format, data)}
        categoryLabel={t('month')}
      />
    </Section>
  )
}
