// All facts behind a figure: paged, and as a file.
import { Button } from '@mantine/core'
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { useOperation } from '../../../web/queries.ts'
import { Chip } from '../../../web/ui/chip.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { useAskWhy } from '../../../web/ui/figure.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import type { MetricId } from '../contract.ts'
import { resultsTexts } from '../texts.ts'
import { useFactColumns, useFactName } from './fact-columns.tsx'
import { NothingHere } from './results-states.tsx'
import { isEver, type RowsInput, readRows, rowDimensions } from './selection.ts'
import { SelectionChips } from './selection-chips.tsx'
import { useNames } from './use-question.ts'
import { askOf, useSelection } from './use-selection.ts'
import { metricNamed } from './why-drawer.tsx'

export function RowsScreen() {
  const t = useTexts(resultsTexts)
  const go = useGo()
  const metric = metricNamed(useSearch().metric)
  if (metric === undefined) {
    return (
      <Page finding={t('rows_title')}>
        <Empty
          kind="nothing-yet"
          title={t('rows_no_metric')}
          text={t('rows_no_metric_text')}
          action={{ label: t('to_overview'), run: () => go('overview') }}
        />
      </Page>
    )
  }
  return <Rows metric={metric} />
}

const narrowsRows = (dimension: string) => (rowDimensions as readonly string[]).includes(dimension)

function Rows(props: { metric: MetricId }) {
  const { metric } = props
  const t = useTexts(resultsTexts)
  const format = useFormat()
  const lang = useLanguage()
  const chosen = useSelection()
  const askWhy = useAskWhy()
  const columns = useFactColumns(metric)
  const nameOf = useFactName()
  const search = useSearch()
  const setSearch = useSetSearch()
  const names = useNames()
  const { where, ...cohort } = readRows(search)
  const input: RowsInput = {
    metric,
    ...chosen.input,
    where: { ...chosen.where, ...where },
    ...cohort,
  }
  const why = useOperation('results.why', { ...input, lang })
  const facts = usePages('results.rows', { ...input, limit: 100 })
  const { data } = why
  const period = data?.period
  return (
    <Page
      finding={
        data
          ? t('rows_finding', {
              name: data.name,
              value: format.figure(data.figure, data.figure.unit === 'rate' ? { digits: 1 } : {})
                .text,
            })
          : t('rows_title')
      }
      note={
        data &&
        t('rows_note', {
          rows: t('rows_count', { count: data.total }),
          period: isEver(data.period) ? t('ever') : format.range(data.period),
        })
      }
      chips={
        <SelectionChips
          chosen={chosen}
          period={period && isEver(period) ? undefined : period}
          {...(period && isEver(period) ? { all: t('ever') } : {})}
        >
          {data?.cohort && (
            <Chip
              label=""
              value={data.cohort}
              onClear={() => setSearch({ cohort: undefined, reached: undefined })}
            />
          )}
          {data?.scope.map(({ dimension, cells }) =>
            narrowsRows(dimension) ? (
              <Chip
                key={dimension}
                label={names.dimension(dimension)}
                value={format.list(cells)}
                onClear={() => setSearch({ [dimension]: undefined })}
              />
            ) : null,
          )}
        </SelectionChips>
      }
      exports={{ table: 'facts', filter: { ...input } }}
      actions={
        <Button
          variant="default"
          onClick={() =>
            askWhy(
              askOf(input.where, period && isEver(period) ? undefined : period?.id)(
                metric,
                {},
                cohort,
              ),
            )
          }
        >
          {t('rows_back')}
        </Button>
      }
    >
      <Answered
        query={facts.query}
        empty={() =>
          facts.rows.length === 0 && period ? (
            <NothingHere chosen={chosen} period={period} />
          ) : undefined
        }
      >
        {() => (
          <DataTable
            caption={t('rows_title')}
            rows={facts.rows}
            columns={columns}
            rowId={(fact) => `${fact.kind} ${fact.id}`}
            rowLabel={nameOf}
            rowLink={(fact) => (fact.dealId === null ? undefined : { to: `deals/${fact.dealId}` })}
            more={facts.more}
            stale={facts.query.isStale}
          />
        )}
      </Answered>
    </Page>
  )
}
