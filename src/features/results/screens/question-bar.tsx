// Where a question is built: metrics, by what, shown how, compared with what; all by keyboard.
import { Checkbox } from '@mantine/core'
import { useTexts } from '../../../web/language.ts'
import { ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { ChipPopover } from '../../../web/ui/chip-popover.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import type { MetricId } from '../contract.ts'
import { exploreTexts } from '../texts-explore.ts'
import { AddFilter, FilterChip } from './filter-chip.tsx'
import { comparisons, formFits, forms, grains, metricsMost } from './question.ts'
import { filterDimensions } from './selection.ts'
import { type Asking, groupedBy, groupings, useNames } from './use-question.ts'

export function QuestionBar({ asking }: { asking: Asking }) {
  const { question, ask } = asking
  const t = useTexts(exploreTexts)
  const crossed = question.form !== 'funnel' && question.form !== 'cohorts'
  return (
    <div className="explore-bar k-no-print">
      <Pills
        label={t('form')}
        value={question.form}
        options={forms
          .filter((form) => form === question.form || formFits(form, question.by))
          .map((form) => ({ value: form, label: t(`form_${form}`) }))}
        onChange={(form) => ask({ form })}
      />
      {crossed && <CrossedChips asking={asking} />}
      {(question.form === 'funnel' || question.form === 'cohorts') && (
        <Chips>
          <GroupChip asking={asking} form={question.form} />
        </Chips>
      )}
      {question.form === 'cohorts' && (
        <Pills
          label={t('grain')}
          value={question.grain}
          options={grains.map((grain) => ({ value: grain, label: t(`grain_${grain}`) }))}
          onChange={(grain) => ask({ grain })}
        />
      )}
      {crossed && question.compare === 'others' && <Others asking={asking} />}
    </div>
  )
}

function CrossedChips({ asking }: { asking: Asking }) {
  const { question, ask } = asking
  const t = useTexts(exploreTexts)
  const compare = question.compare
  return (
    <Chips>
      <MetricsChip asking={asking} />
      <DimensionChip asking={asking} place={0} />
      {question.by.length > 0 && <DimensionChip asking={asking} place={1} />}
      {question.by.length === 2 && (
        <button
          type="button"
          className="k-link"
          onClick={() => ask({ by: question.by.toReversed() })}
        >
          {t('swap')}
        </button>
      )}
      <ChipMenu
        label={compare === undefined ? t('compare_add') : t('compare')}
        value={compare}
        said={{ offer: t('compare_add'), clear: t('compare_clear') }}
        options={comparisons.map((value) => ({ value, label: t(`compare_${value}`) }))}
        onChoose={(value) => {
          const chosen = comparisons.find((one) => one === value)
          if (chosen) ask({ compare: chosen })
        }}
        onClear={() => ask({ compare: undefined, others: {} })}
      />
    </Chips>
  )
}

/** Filters that take the place of those above, for the other side of the comparison. */
function Others({ asking }: { asking: Asking }) {
  const { question, ask } = asking
  const t = useTexts(exploreTexts)
  const { others } = question
  const set = filterDimensions.filter((one) => (others[one]?.length ?? 0) > 0)
  const empty = set.length === 0
  return (
    <fieldset className="explore-others">
      <legend>{t('others')}</legend>
      <div className="k-chips">
        {set.map((dimension) => (
          <FilterChip
            key={dimension}
            dimension={dimension}
            cells={others[dimension] ?? []}
            onChange={(cells) => ask({ others: { ...others, [dimension]: cells } })}
          />
        ))}
        <AddFilter
          dimensions={filterDimensions}
          where={others}
          onChange={(more) => ask({ others: { ...others, ...more } })}
        />
        {empty && <span className="k-muted">{t('others_choose')}</span>}
      </div>
    </fieldset>
  )
}

function MetricsChip({ asking }: { asking: Asking }) {
  const { question, metrics, ask } = asking
  const t = useTexts(exploreTexts)
  const names = useNames()
  const [first] = question.metrics
  const further = question.metrics.length - 1
  const name = first === undefined ? '' : names.metric(first)
  const toggle = (id: MetricId) => {
    const next = question.metrics.includes(id)
      ? question.metrics.filter((one) => one !== id)
      : [...question.metrics, id]
    if (next.length > 0 && next.length <= metricsMost) ask({ metrics: next })
  }
  return (
    <ChipPopover
      label={t('metrics')}
      value={further > 0 ? t('metrics_more', { name, count: further }) : name}
      choose={t('metrics_choose')}
    >
      {() => (
        <>
          <div className="explore-metrics">
            {(['numbers', 'quality', 'loyalty'] as const).map((side) => (
              <fieldset key={side}>
                <legend>{t(`side_${side}`)}</legend>
                {metrics
                  .filter((metric) => metric.side === side)
                  .map(({ id, dimensions }) => (
                    <Checkbox
                      key={id}
                      label={names.metric(id)}
                      checked={question.metrics.includes(id)}
                      disabled={
                        // Beside the first only what can be told by the same; the last one stays.
                        (id !== first && question.by.some((one) => !dimensions.includes(one))) ||
                        (question.metrics.length === 1 && id === first)
                      }
                      onChange={() => toggle(id)}
                    />
                  ))}
              </fieldset>
            ))}
          </div>
          <p className="results-pop-none">{t('metrics_hint')}</p>
        </>
      )}
    </ChipPopover>
  )
}

/** What funnel or cohorts are told by, beside the whole. */
function GroupChip({ asking, form }: { asking: Asking; form: 'funnel' | 'cohorts' }) {
  const t = useTexts(exploreTexts)
  const names = useNames()
  const value = groupedBy(asking, form)
  const allowed = groupings(asking, form)
  return (
    <ChipMenu
      label={value === undefined ? t('by_add') : t('by')}
      value={value}
      said={{
        offer: t('by_offer'),
        clear: t('by_clear', { name: value === undefined ? '' : names.dimension(value) }),
      }}
      options={allowed.map((one) => ({ value: one as string, label: names.dimension(one) }))}
      onChoose={(chosen) => {
        const dimension = allowed.find((one) => one === chosen)
        if (dimension) asking.ask({ by: [dimension, ...asking.question.by.slice(1)] })
      }}
      onClear={() => asking.ask({ by: [] })}
    />
  )
}

function DimensionChip({ asking, place }: { asking: Asking; place: 0 | 1 }) {
  const { question, metrics, ask } = asking
  const t = useTexts(exploreTexts)
  const names = useNames()
  const value = question.by[place]
  const allowed = metrics.find(({ id }) => id === question.metrics[0])?.dimensions ?? []
  const options = allowed
    .filter((one) => one === value || !question.by.includes(one))
    .map((one) => ({ value: one as string, label: names.dimension(one) }))
  const label = place === 0 ? t('by') : t('and')
  return (
    <ChipMenu
      label={value === undefined ? (place === 0 ? t('by_add') : t('and_add')) : label}
      value={value}
      said={{
        offer: t(place === 0 ? 'by_offer' : 'and_offer'),
        clear: t('by_clear', { name: value === undefined ? '' : names.dimension(value) }),
      }}
      options={options}
      onChoose={(chosen) => {
        const dimension = allowed.find((one) => one === chosen)
        if (dimension === undefined) return
        ask({
          by:
            place === 0
              ? [dimension, ...question.by.slice(1)]
              : [...question.by.slice(0, 1), dimension],
        })
      }}
      onClear={() => ask({ by: question.by.filter((_, at) => at !== place) })}
    />
  )
}
