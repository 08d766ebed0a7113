// The past as a line, what is likely as a dashed line in its band, what the open deals say beside it.
import { useFormat, useTexts } from '../../../web/language.ts'
import { Chart } from '../../../web/ui/chart.tsx'
import type { Series } from '../../../web/ui/chart-data.ts'
import { forecastTexts } from '../texts.ts'
import { useAmounts } from './amounts.ts'
import type { Forecast } from './forecast-screen.tsx'

/** Past periods that are still told apart. */
const pastMost = 30

export function ForecastChart({ data }: { data: Forecast }) {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const { full, short } = useAmounts(data)
  const past = data.history.slice(-pastMost)
  const last = past.at(-1)
  const none = past.slice(0, -1).map(() => null)
  // The dashed line begins where the other one ends.
  const from = (of: (row: Forecast['rows'][number]) => number) => [
    ...none,
    ...(last ? [last.value] : []),
    ...data.rows.map(of),
  ]
  const series: Series[] = [
    {
      name: t('actual'),
      values: [...past.map(({ value }) => value), ...data.rows.map(() => null)],
    },
    {
      name: t('forecast'),
      dashed: true,
      values: from(({ mean }) => mean),
      low: from(({ low80 }) => low80),
      high: from(({ high80 }) => high80),
    },
  ]
  if (data.rows.some(({ pipeline, method }) => pipeline && method !== 'pipeline')) {
    series.push({
      name: t('open_deals'),
      side: 'quality',
      dashed: true,
      values: [...past.map(() => null), ...data.rows.map(({ pipeline }) => pipeline?.mean ?? null)],
    })
  }
  const unit =
    data.unit === 'money' ? t('unit_money', { currency: data.currency }) : t('unit_count')
  return (
    <Chart
      kind="lines"
      finding={t('chart_title')}
      note={t('chart_note', { unit })}
      categoryLabel={t('period')}
      categories={[...past, ...data.rows].map((one) => format.period(one))}
      series={past.length === 0 ? series.slice(1) : series}
      format={full}
      axisFormat={short}
      labelled={[past.length + data.rows.length - 1]}
      height={280}
    />
  )
}
