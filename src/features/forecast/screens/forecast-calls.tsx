// What people commit to for the periods of the forecast, beside it; the own call is set and changed here.
import { Button } from '@mantine/core'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { forecastTexts } from '../texts.ts'
import { useAmounts } from './amounts.ts'
import { CallForm } from './call-form.tsx'
import { type Forecast, useScopeName } from './forecast-screen.tsx'
import type { ForecastQuestion } from './question.ts'

export type Call = Answer<'forecast.calls'>['rows'][number]

export function ForecastCalls({ data, question }: { data: Forecast; question: ForecastQuestion }) {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const scopeName = useScopeName()
  const { short } = useAmounts(data)
  const { metric, team, seller } = question
  const [first, last] = [data.rows[0], data.rows.at(-1)]
  const whose = team !== undefined ? { team } : seller !== undefined ? { seller } : {}
  const calls = useOperation(
    'forecast.calls',
    { metric, ...whose, ...(first && last ? { from: first.from, until: last.until } : {}) },
    { enabled: first !== undefined },
  )
  const roles = useOrganisation().data?.me.roles ?? []
  const mayCall = roles.some((role) => role !== 'auditor') && question.asOf === undefined
  const columns: Column<Call>[] = [
    { id: 'period', head: t('period'), main: true, cell: (call) => format.period(call) },
    {
      id: 'person',
      head: t('person'),
      cell: (call) => (call.mine ? t('you', { name: call.by.name }) : call.by.name),
    },
    { id: 'whose', head: t('whose'), cell: (call) => scopeName(call.scope) },
    {
      id: 'commit',
      head: t('commit'),
      align: 'right',
      keep: true,
      cell: (call) => short(call.commit),
    },
    { id: 'best', head: t('best'), align: 'right', keep: true, cell: (call) => short(call.best) },
  ]
  const open = (call: Call) => setSearch(call.mine ? { call: call.id } : {})
  const edited = calls.data?.rows.find((call) => call.mine && call.id === search.call)
  return (
    <Section
      title={t('calls')}
      note={t('calls_note')}
      actions={
        mayCall && (
          <Button variant="default" onClick={() => setSearch({ call: 'new' })}>
            {t('call_new')}
          </Button>
        )
      }
    >
      <Answered
        query={calls}
        empty={(answer) =>
          answer.rows.length === 0 ? <p className="k-muted">{t('calls_none')}</p> : undefined
        }
      >
        {(answer) => (
          <DataTable
            caption={t('calls')}
            rows={answer.rows}
            columns={columns}
            rowId={(call) => call.id}
            rowLabel={(call) => `${call.by.name}, ${format.period(call)}`}
            onOpen={open}
          />
        )}
      </Answered>
      {mayCall && (search.call === 'new' || edited) && (
        <CallForm
          call={edited}
          data={data}
          question={question}
          close={() => setSearch({ call: undefined })}
        />
      )}
    </Section>
  )
}
