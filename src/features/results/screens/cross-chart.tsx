// A crossed question drawn: bars for what was counted, dots with intervals for what was measured, lines over time.
import type { Figure as FigureShape } from '../../../basics/figure.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { Chart } from '../../../web/ui/chart.tsx'
import type { ChartData, Series } from '../../../web/ui/chart-data.ts'
import { exploreTexts } from '../texts-explore.ts'
import type { Crossed } from './cross-table.tsx'
import { isTime } from './question.ts'
import { type Asking, type MetricFacts, useNames } from './use-question.ts'

/** Names below each other that are still read. */
const barsMost = 20
/** Small charts side by side. */
const chartsMost = 6

interface Drawn {
  label: string
  figure: FigureShape
  before: FigureShape | null
}

export function CrossChart({ answer, asking }: { answer: Crossed; asking: Asking }) {
  const { question, metrics } = asking
  const t = useTexts(exploreTexts)
  const names = useNames()
  const format = useFormat()
  const draw = useDrawing(answer, asking)
  const [by, second] = question.by
  const [first = 'revenue'] = question.metrics
  const metric = metrics.find(({ id }) => id === first)
  if (by === undefined || metric === undefined) return null
  const time = isTime(by)
  const rows = inOrder(answer, time).slice(0, time ? undefined : barsMost)
  const note = [
    unitText(metric, answer, t),
    ...(question.metrics.length > 1 ? [t('first_metric', { metric: names.metric(first) })] : []),
    ...(!time && answer.rowCount > barsMost
      ? [t('more_bars', { shown: barsMost, count: answer.rowCount })]
      : []),
    ...(answer.compared === null
      ? []
      : second !== undefined || measured(metric)
        ? [t('not_compared')]
        : [
            t('chart_before', {
              name: answer.compared.name ?? format.period(answer.compared.period),
            }),
          ]),
  ].join(' · ')
  if (second === undefined) {
    const drawn = rows.map((row): Drawn => {
      const compared = row.figures[first]
      return {
        label: row.label,
        figure: compared?.now ?? {},
        before: measured(metric) ? null : (compared?.before ?? null),
      }
    })
    return (
      <Chart
        finding={t('chart_by', { metric: names.metric(first), dimension: names.dimension(by) })}
        note={note}
        categoryLabel={names.dimension(by)}
        {...draw(metric, drawn, time)}
      />
    )
  }
  const charts = answer.columns.slice(0, chartsMost)
  return (
    <>
      <div className="explore-charts">
        {charts.map((column, place) => (
          <Chart
            key={column.label}
            finding={column.label}
            note={note}
            categoryLabel={names.dimension(by)}
            {...draw(
              metric,
              rows.map(({ label, cells }) => ({ label, figure: cells[place] ?? {}, before: null })),
              time,
              scaleOf(answer),
            )}
          />
        ))}
      </div>
      {answer.columnCount > charts.length && (
        <p className="k-section-note">
          {t('more_charts', { shown: charts.length, count: answer.columnCount })}
        </p>
      )}
    </>
  )
}

/** Over time as time goes, whatever the table is sorted by. */
function inOrder(answer: Crossed, time: boolean): Crossed['rows'] {
  if (!time) return answer.rows
  const key = ({ cell }: Crossed['rows'][number]) => (typeof cell === 'string' ? cell : '\uffff')
  return answer.rows.toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
}

/** Small charts share one scale, with ends on round numbers; bars begin at zero. */
function scaleOf(answer: Crossed): { from: number; until: number } | undefined {
  const ends = answer.rows.flatMap(({ cells }) =>
    cells
      .slice(0, chartsMost)
      .flatMap((figure) => [figure?.low ?? figure?.value, figure?.high ?? figure?.value])
      .filter((end) => end !== undefined),
  )
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  if (ends.length === 0 || high <= 0) return undefined
  const step = 10 ** Math.floor(Math.log10(high)) / 2
  return { from: Math.floor(low / step) * step, until: Math.ceil(high / step) * step }
}

const measured = (metric: MetricFacts) => metric.interval !== null

function unitText(
  metric: MetricFacts,
  answer: Crossed,
  t: ReturnType<typeof useTexts<typeof exploreTexts>>,
): string {
  const unit = t(`unit_${metric.unit}`, { currency: answer.currency })
  return measured(metric) ? t('chart_unit', { unit }) : unit
}

function useDrawing(answer: Crossed, asking: Asking) {
  const format = useFormat()
  const t = useTexts(exploreTexts)
  const names = useNames()
  const { question } = asking
  const { currency } = answer
  return (
    metric: MetricFacts,
    drawn: readonly Drawn[],
    time: boolean,
    scale?: { from: number; until: number },
  ): ChartData & { height: number } => {
    const value = (figure: FigureShape | null) => figure?.value ?? null
    const main: Series = {
      name: names.metric(metric.id),
      values: drawn.map(({ figure }) => value(figure)),
      side: metric.side,
      ...(measured(metric)
        ? {
            low: drawn.map(({ figure }) => figure.low ?? null),
            high: drawn.map(({ figure }) => figure.high ?? null),
          }
        : {}),
    }
    const before = drawn.some((one) => one.before !== null)
    const series: Series[] = before
      ? [
          main,
          {
            name: t('before'),
            values: drawn.map((one) => value(one.before)),
            side: metric.side,
            dashed: true,
            current: () => false,
          },
        ]
      : [main]
    const flat = !time
    const kind = question.form === 'line' ? 'lines' : measured(metric) ? 'dots' : 'bars'
    const whole = answer.total[metric.id]?.now.value
    return {
      kind,
      categories: drawn.map(({ label }) => label),
      series,
      flat,
      format: (number) =>
        metric.unit === 'money'
          ? format.money(number, currency, { digits: 'whole' })
          : metric.unit === 'rate'
            ? format.rate(number, 1)
            : metric.unit === 'days'
              ? format.days(number)
              : format.number(number),
      axisFormat: (number) =>
        metric.unit === 'money'
          ? format.compactMoney(number, currency)
          : metric.unit === 'rate'
            ? format.rate(number)
            : format.compact(number),
      ...scale,
      ...(measured(metric) && whole !== undefined && scale === undefined
        ? { whole: { value: whole, label: t('total') } }
        : {}),
      height: flat ? Math.max(120, drawn.length * (before ? 38 : 26) + 48) : 260,
    }
  }
}
