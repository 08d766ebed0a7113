// How good forecasts and calls were: held against what came, beside the baseline.
import { Button } from '@mantine/core'
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { dash } from '../../../web/format.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { type Pages, usePages } from '../../../web/pages.ts'
import { useOperation } from '../../../web/queries.ts'
import { ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { forecastTexts } from '../texts.ts'
import { useAmounts } from './amounts.ts'
import { WhoseChip } from './forecast-chips.tsx'
import { useScopeName } from './forecast-screen.tsx'
import { forecastMetrics } from './question.ts'
import './forecast.css'

type Grades = Answer<'forecast.grades'>

export function GradesScreen() {
  const t = useTexts(forecastTexts)
  const lang = useLanguage()
  const go = useGo()
  const search = useSearch()
  const setSearch = useSetSearch()
  const metric = forecastMetrics.find((one) => one === search.metric) ?? 'revenue'
  const { team, seller } = search
  const whose = team !== undefined ? { team } : seller !== undefined ? { seller } : {}
  const grades = useOperation('forecast.grades', { metric, ...whose, lang })
  const all = team === undefined && seller === undefined
  const scopes = usePages('forecast.scope-grades', { metric, limit: 100 }, { enabled: all })
  const scope = useScopeName()(grades.data?.scope)
  const { data } = grades
  return (
    <Page
      finding={data?.finding ?? t('grades_title')}
      note={t('grades_note', { metric: t(`metric_${metric}`), scope })}
      exports={{
        table: 'forecast-grades',
        filter: { metric, ...whose },
        also: { table: 'forecast-callers', label: t('people') },
      }}
      chips={
        <Chips>
          <ChipMenu
            label={t('metric')}
            value={metric}
            options={forecastMetrics.map((value) => ({ value, label: t(`metric_${value}`) }))}
            onChoose={(value) => setSearch({ metric: value })}
          />
          <WhoseChip team={team} seller={seller} />
        </Chips>
      }
      actions={
        <Button variant="default" onClick={() => go('forecast', { metric })}>
          {t('to_forecast')}
        </Button>
      }
    >
      <Answered
        query={grades}
        shape="page"
        empty={({ summary, people, missing }) =>
          summary === null && people.length === 0 && (!all || isEmpty(scopes)) ? (
            <Empty
              kind="nothing-yet"
              title={t('grades_none')}
              text={
                missing?.text === undefined
                  ? t('grades_none_text')
                  : `${missing.text} ${t('grades_none_text')}`
              }
              action={{ label: t('to_forecast'), run: () => go('forecast', { metric }) }}
            />
          ) : undefined
        }
      >
        {(answer) => (
          <div className="forecast-stack">
            <Summary data={answer} />
            {answer.rows.length > 0 && <Graded data={answer} />}
            {all && !isEmpty(scopes) && <Scopes data={answer} list={scopes} />}
            {answer.people.length > 0 && <People data={answer} />}
          </div>
        )}
      </Answered>
    </Page>
  )
}

function Summary({ data }: { data: Grades }) {
  const t = useTexts(forecastTexts)
  const { short } = useAmounts(data)
  const { summary } = data
  if (summary === null) return null
  const { bias, nearer } = summary
  const way = bias === 0 ? 'bias_none' : bias > 0 ? 'bias_high' : 'bias_low'
  const facts = [
    { label: t('error_mean'), value: short(summary.mae) },
    ...(summary.naiveMae === null
      ? []
      : [{ label: t('baseline_mean'), value: short(summary.naiveMae) }]),
    { label: t('bias'), value: `${short(Math.abs(bias))} ${t(way)}` },
    { label: t('inside_80'), value: t('of', summary.coverage80) },
    { label: t('inside_95'), value: t('of', summary.coverage95) },
    ...(nearer === null ? [] : [{ label: t('nearer'), value: t('of', nearer) }]),
  ]
  return (
    <dl className="forecast-facts">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

type Row = Grades['rows'][number]

function Graded({ data }: { data: Grades }) {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const scopeName = useScopeName()
  const { short, range } = useAmounts(data)
  const columns: Column<Row>[] = [
    { id: 'period', head: t('period'), main: true, cell: (row) => format.period(row) },
    {
      id: 'made',
      head: t('made_on'),
      cell: (row) => (
        <>
          {format.shortDateYear(row.madeOn)}
          {row.asIf && <span className="k-muted"> · {t('as_if')}</span>}
        </>
      ),
    },
    { id: 'whose', head: t('whose'), cell: (row) => scopeName(row.scope) },
    {
      id: 'forecast',
      head: t('forecast'),
      align: 'right',
      keep: true,
      cell: (row) => short(row.mean),
    },
    { id: 'in_80', head: t('in_80'), align: 'right', cell: (row) => range(row.low80, row.high80) },
    { id: 'came', head: t('came'), align: 'right', keep: true, cell: (row) => short(row.actual) },
    { id: 'error', head: t('error'), align: 'right', cell: (row) => short(Math.abs(row.error)) },
    {
      id: 'baseline',
      head: t('off_baseline'),
      align: 'right',
      cell: (row) => (row.naiveError === null ? dash : short(Math.abs(row.naiveError))),
    },
    { id: 'inside', head: t('inside_80'), cell: (row) => t(row.inside80 ? 'yes' : 'no') },
  ]
  return (
    <Section
      title={t('graded')}
      note={t('graded_note', { count: data.graded, waiting: format.count(data.waiting) })}
    >
      <DataTable
        caption={t('graded')}
        rows={data.rows}
        columns={columns}
        rowId={(row) => `${row.forecastId} ${row.period}`}
        rowLabel={(row) => format.period(row)}
      />
    </Section>
  )
}

type ScopeList = Pages<'forecast.scope-grades'>
type Scope = ScopeList['rows'][number]

function isEmpty({ query, rows }: ScopeList): boolean {
  return query.data !== undefined && rows.length === 0
}

/** Teams and sellers, each against its own: forecasts of many are no sum of theirs. */
function Scopes({ data, list }: { data: Grades; list: ScopeList }) {
  const t = useTexts(forecastTexts)
  const format = useFormat()
  const setSearch = useSetSearch()
  const scopeName = useScopeName()
  const { short } = useAmounts(data)
  const columns: Column<Scope>[] = [
    { id: 'whose', head: t('whose'), main: true, cell: ({ scope }) => scopeName(scope) },
    {
      id: 'graded',
      head: t('graded'),
      align: 'right',
      cell: ({ graded }) => format.count(graded),
    },
    { id: 'off', head: t('off'), align: 'right', keep: true, cell: ({ mae }) => short(mae) },
    {
      id: 'share',
      head: t('off_share'),
      align: 'right',
      cell: ({ wape }) => (wape === null ? dash : format.rate(wape)),
    },
    {
      id: 'baseline',
      head: t('off_baseline'),
      align: 'right',
      cell: ({ naiveMae }) => short(naiveMae),
    },
    { id: 'bias', head: t('bias'), align: 'right', keep: true, cell: ({ bias }) => short(bias) },
    {
      id: 'inside',
      head: t('inside_80'),
      align: 'right',
      cell: ({ coverage80 }) => t('of', coverage80),
    },
  ]
  return (
    <Section title={t('scopes')} note={t('scopes_note')}>
      <Answered query={list.query}>
        {() => (
          <DataTable
            caption={t('scopes')}
            rows={list.rows}
            columns={columns}
            rowId={({ scope }) => `${scope.kind} ${scope.of?.id}`}
            rowLabel={({ scope }) => scopeName(scope)}
            onOpen={({ scope }) =>
              setSearch({ team: undefined, seller: undefined, [scope.kind]: scope.of?.id })
            }
            {...(list.more.next ? { more: list.more } : {})}
          />
        )}
      </Answered>
    </Section>
  )
}

type Person = Grades['people'][number]

function People({ data }: { data: Grades }) {
  const t = useTexts(forecastTexts)
  const { short } = useAmounts(data)
  const columns: Column<Person>[] = [
    { id: 'person', head: t('person'), main: true, cell: ({ person }) => person.name },
    { id: 'calls', head: t('calls_count'), align: 'right', cell: ({ calls }) => String(calls) },
    { id: 'bias', head: t('bias'), align: 'right', keep: true, cell: ({ bias }) => short(bias) },
    { id: 'off', head: t('off'), align: 'right', cell: ({ mae }) => short(mae) },
    {
      id: 'kept',
      head: t('kept_calls'),
      align: 'right',
      keep: true,
      cell: ({ kept }) => t('of', kept),
    },
  ]
  return (
    <Section title={t('people')} note={t('people_note')}>
      <DataTable
        caption={t('people')}
        rows={data.people}
        columns={columns}
        rowId={({ person }) => person.id}
        rowLabel={({ person }) => person.name}
      />
    </Section>
  )
}
