// Period by period: what is likely, between what, and what baseline, open deals and people say.
import { useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { forecastTexts } from '../texts.ts'
import { useAmounts } from './amounts.ts'
import type { Forecast } from './forecast-screen.tsx'

type Row = Forecast['rows'][number]

export function ForecastPeriods({ data }: { data: Forecast }) {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const setSearch = useSetSearch()
  const { short, full, range } = useAmounts(data)
  const explain = (row: Row) => setSearch({ 'forecast-why': row.period })
  const columns: Column<Row>[] = [
    {
      id: 'period',
      head: t('period'),
      main: true,
      cell: (row) => (
        <>
          {format.period(row)}
          {row.soFar !== null && (
            <span className="forecast-so-far">{t('so_far', { amount: short(row.soFar) })}</span>
          )}
        </>
      ),
    },
    {
      id: 'likely',
      head: t('likely'),
      align: 'right',
      keep: true,
      cell: (row) => (
        <button
          type="button"
          className="forecast-ask"
          title={full(row.mean)}
          aria-label={`${short(row.mean)}. ${t('explain', { period: format.period(row) })}`}
          onClick={(event) => {
            event.stopPropagation()
            explain(row)
          }}
        >
          {short(row.mean)}
        </button>
      ),
    },
    {
      id: 'in_80',
      head: t('in_80'),
      align: 'right',
      keep: true,
      cell: (row) => range(row.low80, row.high80),
    },
    { id: 'in_95', head: t('in_95'), align: 'right', cell: (row) => range(row.low95, row.high95) },
    { id: 'series', head: t('series'), align: 'right', cell: (row) => short(row.series?.mean) },
    { id: 'baseline', head: t('baseline'), align: 'right', cell: (row) => short(row.naive) },
    {
      id: 'open_deals',
      head: t('open_deals'),
      align: 'right',
      cell: (row) => short(row.pipeline?.mean),
    },
    { id: 'both', head: t('both'), align: 'right', cell: (row) => short(row.combination?.mean) },
  ]
  const shown = columns.filter(({ id }) => {
    if (id === 'baseline') return data.rows.some(({ naive }) => naive !== null)
    if (id === 'open_deals') return data.pipeline !== null
    // What is shown first already is not told beside.
    if (id === 'series') return data.rows.some(({ method }) => method === 'combination')
    if (id === 'both')
      return data.rows.some(({ method, combination }) => combination && method !== 'combination')
    return true
  })
  const both = data.rows.filter(({ method }) => method === 'combination')
  const note = [
    t('periods_note'),
    ...(both.length === 0
      ? []
      : [t(both.length === data.rows.length ? 'periods_both' : 'periods_both_partly')]),
  ].join(' ')
  return (
    <Section title={t('periods')} note={note}>
      <DataTable
        caption={t('periods')}
        rows={data.rows}
        columns={shown}
        rowId={(row) => row.period}
        rowLabel={(row) => format.period(row)}
        onOpen={explain}
        {...(data.total && data.rows.length > 1
          ? {
              foot: {
                period: t('total'),
                likely: short(data.total.mean),
                in_80: range(data.total.low80, data.total.high80),
                in_95: range(data.total.low95, data.total.high95),
              },
            }
          : {})}
      />
    </Section>
  )
}
