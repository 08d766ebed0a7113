// Why a figure changed between two periods: what the change is made of, where it lies, and whether it is normal.
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { ChipMenu } from '../../../web/ui/chip.tsx'
import { Page, Split } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { resultsTexts } from '../texts.ts'
import { changesTexts } from '../texts-changes.ts'
import { dividedBy, divisibleIds, divisibleNamed } from './divisible.ts'
import { PeriodChip } from './period-chip.tsx'
import { filterDimensions } from './selection.ts'
import { SelectionChips } from './selection-chips.tsx'
import { useSelection } from './use-selection.ts'
import { ChangeCells } from './why-changed-cells.tsx'
import { ChangeSteps, OrdinaryMonths } from './why-changed-charts.tsx'
import { ChangePlaces } from './why-changed-places.tsx'

export type Changes = Answer<'results.changes'>
export function WhyChangedScreen() {
  const t = useTexts(changesTexts)
  const words = useTexts(resultsTexts)
  const lang = useLanguage()
  const search = useSearch()
  const setSearch = useSetSearch()
  const chosen = useSelection()
  const metric = divisibleNamed(search.metric ?? 'revenue')
  const metrics = useOperation('results.metrics', {}).data?.rows
  const offered = metrics?.find(({ id }) => id === metric)?.dimensions
  const dimensions = filterDimensions.filter((one) => offered?.includes(one))
  const divided = dividedBy(search.by, offered)
  const by = divided?.by ?? 'seller'
  const input = {
    metric: metric ?? 'revenue',
    by,
    against: search.against ?? 'previous',
    lang,
    ...chosen.input,
  }
  const ready = { enabled: metric !== undefined && divided !== undefined }
  // Sentence and table do not wait for the places, which are looked for along every dimension.
  const changes = useOperation('results.changes', { ...input, places: false }, ready)
  const places = useOperation('results.changes', input, ready)
  const { data } = changes
  const dimensionNamed = (name: string | undefined) => {
    const known = filterDimensions.find((one) => one === name)
    return known && words(`dimension_${known}`)
  }
  if (metric === undefined) {
    return (
      <Page finding={t('title')}>
        <Empty
          kind="nothing-for-filter"
          title={t('unknown_metric')}
          text={t('unknown_metric_text')}
          action={{ label: t('show_revenue'), run: () => setSearch({ metric: undefined }) }}
        />
      </Page>
    )
  }
  return (
    <Page
      finding={data?.finding ?? t('title')}
      note={data?.note}
      chips={
        <SelectionChips chosen={chosen} period={data?.period}>
          <PeriodChip
            label={words('against')}
            shown={data?.against}
            all={words('against_previous')}
            also={[{ value: 'year-ago', label: words('against_year-ago') }]}
            onChoose={(against) => setSearch({ against })}
          />
          <ChipMenu
            label={t('metric')}
            value={metric}
            options={divisibleIds.map((id) => ({ value: id, label: words(`metric_${id}`) }))}
            onChoose={(value) => setSearch({ metric: value, by: search.by && by })}
          />
          <ChipMenu
            label={t('by')}
            value={by}
            options={dimensions.map((one) => ({ value: one, label: words(`dimension_${one}`) }))}
            onChoose={(value) => setSearch({ by: value })}
          />
        </SelectionChips>
      }
    >
      {divided?.mended && (
        <p className="k-section-note" role="status">
          {t('not_by', {
            given: dimensionNamed(search.by) ?? (search.by ?? '').slice(0, 60),
            metric: words(`metric_${metric}`),
            by: words(`dimension_${by}`),
          })}
        </p>
      )}
      <Answered query={changes} shape="page">
        {(answer) => (
          <div className="results-stack">
            {answer.whole === undefined ? (
              <Undivided data={answer} />
            ) : (
              <Split
                main={<ChangeSteps data={answer} by={by} />}
                side={
                  <Answered query={places} shape="panel">
                    {(found) => <ChangePlaces data={found} chosen={chosen} />}
                  </Answered>
                }
              />
            )}
            <ChangeCells data={answer} by={by} chosen={chosen} />
            <OrdinaryMonths data={answer} />
          </div>
        )}
      </Answered>
    </Page>
  )
}

/** Why there is nothing to divide: which side has no value, in its own words. */
function Undivided({ data }: { data: Changes }) {
  const format = useFormat()
  const reasons = [
    { period: data.against, figure: data.before },
    { period: data.period, figure: data.now },
  ].flatMap(({ period, figure }) =>
    figure.missing ? [{ name: format.period(period), text: figure.missing.text }] : [],
  )
  return (
    <ul className="results-plain-list">
      {reasons.map(({ name, text }) => (
        <li key={name}>
          {name}: {text}
        </li>
      ))}
    </ul>
  )
}
