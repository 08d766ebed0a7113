// Pinned views on the overview: each as a figure or a few bars, with a link to the whole.
import { ScreenLink } from '../../../web/address.tsx'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Figure } from '../../../web/ui/figure.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { exploreTexts } from '../texts-explore.ts'
import { crossInput } from './cross-input.ts'
import { cellValue } from './filter-chip.tsx'
import { readQuestion, viewInAddress } from './question.ts'
import { readSelection } from './selection.ts'
import { type MetricFacts, useNames } from './use-question.ts'
import { askOf } from './use-selection.ts'
import type { View } from './views-drawer.tsx'
import './cards.css'
import './explore.css'

/** Tiles on the overview; more than these nobody takes in. */
const tilesMost = 8
const barsMost = 5

export function PinnedViews() {
  const t = useTexts(exploreTexts)
  const views = useOperation('views.list', {}).data?.rows.filter(({ pinned }) => pinned) ?? []
  const metrics = useOperation('results.metrics', {}, { enabled: views.length > 0 }).data?.rows
  if (views.length === 0 || metrics === undefined) return null
  return (
    <Section title={t('pinned')}>
      <ul className="explore-pinned">
        {views.slice(0, tilesMost).map((view) => (
          <li key={view.id}>
            <h3>
              <ScreenLink to="explore" search={viewInAddress(view.question)}>
                {view.name}
              </ScreenLink>
            </h3>
            <Tile view={view} metrics={metrics} />
          </li>
        ))}
      </ul>
      {views.length > tilesMost && (
        <p className="k-section-note">{t('pinned_more', { count: views.length - tilesMost })}</p>
      )}
    </Section>
  )
}

function Tile({ view, metrics }: { view: View; metrics: readonly MetricFacts[] }) {
  const { question } = readQuestion(view.question, metrics)
  const { period, asOf, where } = readSelection(view.question)
  const input = {
    where,
    ...(period === undefined ? {} : { period }),
    ...(asOf === undefined ? {} : { asOf }),
  }
  if (question.form === 'funnel') return <FunnelTile input={input} />
  if (question.form === 'cohorts')
    return <CohortsTile input={{ ...input, grain: question.grain }} />
  return <CrossTile asking={{ question, chosen: { input } }} />
}

type SelectionInput = Parameters<typeof crossInput>[0]['chosen']['input']

function FunnelTile({ input }: { input: SelectionInput }) {
  const t = useTexts(exploreTexts)
  const lang = useLanguage()
  const funnel = useOperation('results.funnel', { ...input, lang })
  return (
    <Answered query={funnel} shape="panel">
      {({ winRate }) => (
        <>
          <Figure figure={winRate} name={t('funnel_win_rate')} size="big" interval="beside" />
          <p className="cards-note">{t('funnel_win_rate')}</p>
        </>
      )}
    </Answered>
  )
}

function CohortsTile({
  input,
}: {
  input: SelectionInput & { grain: 'month' | 'quarter' | 'year' }
}) {
  const t = useTexts(exploreTexts)
  const lang = useLanguage()
  const format = useFormat()
  const cohorts = useOperation('results.cohorts', { ...input, lang })
  return (
    <Answered query={cohorts} shape="panel">
      {({ rows }) => (
        <>
          <span className="k-figure k-figure-big">
            {format.count(rows.reduce((sum, { customers }) => sum + customers, 0))}
          </span>
          <p className="cards-note">
            {t('cohorts_plain', { grain: t(`grain_of_${input.grain}`) })}
          </p>
        </>
      )}
    </Answered>
  )
}

function CrossTile({ asking }: { asking: Parameters<typeof crossInput>[0] }) {
  const t = useTexts(exploreTexts)
  const names = useNames()
  const format = useFormat()
  const lang = useLanguage()
  const { question, chosen } = asking
  const cross = useOperation('results.cross', {
    ...crossInput(asking, lang),
    limit: barsMost,
    columns: 1,
  })
  const [metric = 'revenue'] = question.metrics
  const [by] = question.by
  return (
    <Answered query={cross} shape="panel">
      {(answer) => {
        const ask = askOf(chosen.input.where, answer.period.id)
        const note = `${names.metric(metric)} · ${format.period(answer.period)}`
        if (by === undefined) {
          return (
            <>
              <Figure
                figure={answer.total[metric]?.now ?? {}}
                name={names.metric(metric)}
                why={ask(metric)}
                size="big"
                interval="beside"
              />
              <p className="cards-note">{note}</p>
            </>
          )
        }
        const largest = Math.max(
          0,
          ...answer.rows.map(({ figures }) => figures[metric]?.now.value ?? 0),
        )
        return (
          <>
            <ul className="explore-mini">
              {answer.rows.map(({ cell, label, figures }) => {
                const figure = figures[metric]?.now ?? {}
                const part = largest > 0 ? Math.max(0, (figure.value ?? 0) / largest) : 0
                return (
                  <li key={cellValue(cell)}>
                    <span className="explore-mini-name">
                      <i style={{ inlineSize: `${part * 100}%` }} />
                      {label}
                    </span>
                    <Figure
                      figure={figure}
                      name={`${label}, ${names.metric(metric)}`}
                      why={ask(metric, { [by]: [cellValue(cell)] })}
                    />
                  </li>
                )
              })}
            </ul>
            <p className="cards-note">
              {note}
              {answer.rowCount > answer.rows.length &&
                ` · ${t('more_bars', { shown: answer.rows.length, count: answer.rowCount })}`}
            </p>
          </>
        )
      }}
    </Answered>
  )
}
