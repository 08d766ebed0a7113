// Revenue by month of the sale, as it was known on both days, and which changes made the difference.
import type { Answer } from '../../../web/client.ts'
import { dash } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { useChangeWords } from '../../team/screens/change-row.tsx'
import { betweenTexts } from '../texts-between.ts'
import { monthAt } from './between-days.ts'
import './between.css'

type Between = Answer<'trust.between'>
type Month = Between['months'][number]

export function BetweenMonths(props: { data: Between; today: string }) {
  const { data, today } = props
  const t = useTexts(betweenTexts)
  const format = useFormat()
  const full = (minor: number) => format.money(minor, data.currency, { digits: 'full' })
  const signed = (minor: number) => <Effect minor={minor} currency={data.currency} />
  const known = (day: string) =>
    day === today ? t('column_now') : t('column_on', { date: format.date(day) })
  const columns: Column<Month>[] = [
    {
      id: 'month',
      head: t('column_month'),
      main: true,
      width: '150px',
      cell: (row) => format.period({ id: row.month, from: row.from, until: row.until }),
    },
    {
      id: 'earlier',
      head: known(data.earlier.day),
      align: 'right',
      cell: (row) => full(row.earlier),
    },
    { id: 'later', head: known(data.later.day), align: 'right', cell: (row) => full(row.later) },
    {
      id: 'difference',
      head: t('column_difference'),
      align: 'right',
      keep: true,
      cell: (row) => signed(row.difference),
    },
    {
      id: 'because',
      head: t('column_because'),
      width: '40%',
      cell: (row) => <Because month={row} currency={data.currency} />,
    },
  ]
  const { revenue } = data
  return (
    <Section
      title={t('months')}
      note={data.months.length === 0 ? t('months_none') : t('months_note')}
    >
      {data.months.length > 0 && (
        <DataTable
          caption={t('months')}
          rows={data.months}
          columns={columns}
          rowId={(row) => row.month}
          rowLabel={(row) => format.period({ id: row.month, from: row.from, until: row.until })}
          groups={(row) =>
            t(`group_${monthAt(row, data.earlier.day)}`, { date: format.date(data.earlier.day) })
          }
          foot={{
            month: t('total'),
            earlier: full(revenue.earlier),
            later: full(revenue.later),
            difference: signed(revenue.difference),
          }}
        />
      )}
    </Section>
  )
}

function Because(props: { month: Month; currency: string }) {
  const { month, currency } = props
  const t = useTexts(betweenTexts)
  const say = useChangeWords()
  const { others } = month
  return (
    <ul className="between-because">
      {month.because.map((reason) => {
        const { words, about } = say(reason)
        return (
          <li key={reason.changeId}>
            <span>
              {words} {about !== '' && <b>{about}</b>}
            </span>
            <Effect minor={reason.effect} currency={currency} />
          </li>
        )
      })}
      {others.changes > 0 && (
        <li>
          <span>{t('others', { count: others.changes })}</span>
          <Effect minor={others.effect} currency={currency} />
        </li>
      )}
    </ul>
  )
}

/** An amount with its sign; more is good. Nothing is a dash. */
export function Effect(props: { minor: number; currency: string }) {
  const { minor, currency } = props
  const format = useFormat()
  if (minor === 0) return <span className="k-muted">{dash}</span>
  return (
    <span className="between-effect" data-meaning={minor > 0 ? 'good' : 'bad'}>
      {format.money(minor, currency, { digits: 'full', signed: true })}
    </span>
  )
}
