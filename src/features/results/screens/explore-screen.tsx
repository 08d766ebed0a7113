// Any metrics by one or two dimensions, as table, bars, line, funnel or cohorts; the whole question stands in the address.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import type { Exported } from '../../../web/ui/export-menu.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered, Loading } from '../../../web/ui/states.tsx'
import { exploreTexts } from '../texts-explore.ts'
import { boughtAgain, CohortGrid, CohortGroups } from './cohort-grid.tsx'
import { CrossChart } from './cross-chart.tsx'
import { crossInput } from './cross-input.ts'
import { CrossTable } from './cross-table.tsx'
import { FunnelGroups, FunnelView } from './funnel-view.tsx'
import type { ShownPeriod } from './period-chip.tsx'
import { QuestionBar } from './question-bar.tsx'
import { NothingHere } from './results-states.tsx'
import { SelectionChips } from './selection-chips.tsx'
import { TotalFigures } from './total-figures.tsx'
import { type Asking, groupedBy, useNames, useQuestion } from './use-question.ts'
import './explore.css'
import './cards.css'

export function ExploreScreen() {
  const t = useTexts(exploreTexts)
  const asking = useQuestion()
  if (asking === undefined) {
    return (
      <Page finding={t('title')}>
        <Loading shape="page" />
      </Page>
    )
  }
  const { form } = asking.question
  if (form === 'funnel') return <ExploreFunnel asking={asking} />
  if (form === 'cohorts') return <ExploreCohorts asking={asking} />
  return <ExploreCross asking={asking} />
}

/** Rows at first; further ones are asked for. */
const rowsAtFirst = 200
const rowsMost = 5000

function ExploreCross({ asking }: { asking: Asking }) {
  const { question } = asking
  const t = useTexts(exploreTexts)
  const lang = useLanguage()
  const [limit, setLimit] = useState(rowsAtFirst)
  const input = crossInput(asking, lang)
  const cross = useOperation('results.cross', { ...input, limit })
  const { data } = cross
  const noteOf = useNote()
  const more =
    data !== undefined && data.rows.length < data.rowCount && limit < rowsMost
      ? () => setLimit(Math.min(rowsMost, limit * 4))
      : undefined
  return (
    <ExplorePage
      asking={asking}
      finding={data?.finding ?? t('title')}
      note={
        data &&
        `${noteOf(
          data.scope.flatMap(({ cells }) => cells),
          data.period,
        )} ${data.note}`
      }
      period={data?.period}
      exports={{ table: 'cross', filter: input }}
    >
      <Answered query={cross}>
        {(answer) =>
          question.by.length === 0 ? (
            <TotalFigures answer={answer} asking={asking} />
          ) : answer.rows.length === 0 ? (
            <NothingHere chosen={asking.chosen} period={answer.period} />
          ) : question.form === 'table' ? (
            <CrossTable answer={answer} asking={asking} stale={cross.isStale} more={more} />
          ) : (
            <CrossChart answer={answer} asking={asking} />
          )
        }
      </Answered>
      {question.by.length === 2 && question.metrics.length > 1 && question.form === 'table' && (
        <OneMetric asking={asking} />
      )}
    </ExplorePage>
  )
}

function OneMetric({ asking }: { asking: Asking }) {
  const t = useTexts(exploreTexts)
  const names = useNames()
  const [first] = asking.question.metrics
  if (first === undefined) return null
  return <p className="k-section-note">{t('one_metric', { metric: names.metric(first) })}</p>
}

function ExploreFunnel({ asking }: { asking: Asking }) {
  const t = useTexts(exploreTexts)
  const lang = useLanguage()
  const format = useFormat()
  const by = groupedBy(asking, 'funnel')
  const names = useNames()
  const input = { ...asking.chosen.input, ...(by === undefined ? {} : { by }) }
  const funnel = useOperation('results.funnel', { ...input, lang })
  const { data } = funnel
  const count = (value: number) => format.count(value)
  return (
    <ExplorePage
      asking={asking}
      finding={
        data === undefined
          ? t('title')
          : data.opened === 0
            ? t('funnel_none')
            : t('funnel_finding', {
                opened: count(data.opened),
                won: count(data.won),
                lost: count(data.lost),
                open: count(data.open),
              })
      }
      note={
        data &&
        t('funnel_note', {
          period: data.period.byDefault ? t('everything') : format.period(data.period),
        })
      }
      period={data?.period}
      exports={{ table: 'funnel', filter: input }}
      all
    >
      <Answered query={funnel}>
        {(answer) =>
          answer.opened === 0 ? null : (
            <div className="explore-stack">
              <FunnelView funnel={answer} where={asking.chosen.where} />
              {by !== undefined && (
                <FunnelGroups
                  funnel={answer}
                  where={asking.chosen.where}
                  by={by}
                  name={names.dimension(by)}
                />
              )}
            </div>
          )
        }
      </Answered>
    </ExplorePage>
  )
}

function ExploreCohorts({ asking }: { asking: Asking }) {
  const t = useTexts(exploreTexts)
  const lang = useLanguage()
  const { question, chosen } = asking
  const by = groupedBy(asking, 'cohorts')
  const names = useNames()
  const input = {
    grain: question.grain,
    ...chosen.input,
    ...(by === undefined ? {} : { by }),
  }
  const cohorts = useOperation('results.cohorts', { ...input, lang })
  const { data } = cohorts
  const format = useFormat()
  const grain = t(`grain_of_${question.grain}`)
  const again = boughtAgain(data ?? { rows: [] })
  return (
    <ExplorePage
      asking={asking}
      finding={
        data === undefined
          ? t('title')
          : data.rows.length === 0
            ? t('cohorts_none')
            : again.count > 0
              ? t('cohorts_finding', {
                  share: format.rate(again.share),
                  count: format.count(again.count),
                  grain,
                })
              : t('cohorts_plain', { grain })
      }
      note={
        data &&
        [
          t('cohorts_note', { grains: t(`grains_of_${question.grain}`) }),
          ...(data.anonymous > 0 ? [t('cohorts_anonymous', { count: data.anonymous })] : []),
        ].join(' ')
      }
      period={data?.period}
      exports={{ table: 'cohorts', filter: input }}
      all
    >
      <Answered query={cohorts}>
        {(answer) =>
          answer.rows.length === 0 ? null : (
            <div className="explore-stack">
              {by !== undefined && (
                <Section
                  title={t('groups', { name: names.dimension(by) })}
                  note={t('cohorts_groups_note')}
                >
                  <CohortGroups
                    cohorts={answer}
                    where={chosen.where}
                    by={by}
                    name={names.dimension(by)}
                  />
                </Section>
              )}
              <CohortGrid cohorts={answer} where={chosen.where} />
            </div>
          )
        }
      </Answered>
    </ExplorePage>
  )
}

interface ExplorePageProps {
  asking: Asking
  finding: string
  note: string | undefined
  period: ShownPeriod | undefined
  exports: Exported
  /** Without a choice of period everything on record is shown. */
  all?: boolean
  children: React.ReactNode
}

function ExplorePage(props: ExplorePageProps) {
  const { asking, finding, note, period, exports, all, children } = props
  const t = useTexts(exploreTexts)
  const setSearch = useSetSearch()
  return (
    <Page
      finding={finding}
      note={note}
      exports={exports}
      chips={
        <SelectionChips
          chosen={asking.chosen}
          period={period}
          {...(all ? { all: t('everything') } : {})}
        />
      }
      actions={
        <Button variant="default" onClick={() => setSearch({ views: '1' })}>
          {t('views')}
        </Button>
      }
    >
      <QuestionBar asking={asking} />
      <MendedNote asking={asking} />
      {children}
    </Page>
  )
}

/** What of the address could not be asked. */
function MendedNote({ asking }: { asking: Asking }) {
  const t = useTexts(exploreTexts)
  const names = useNames()
  if (asking.mended.length === 0) return null
  const dimensions: readonly string[] = asking.metrics.flatMap(({ dimensions }) => dimensions)
  return (
    <div className="explore-mended" role="status">
      <p>{t('mended')}</p>
      <ul>
        {asking.mended.map(({ what, given, metric }) => (
          <li key={`${what} ${given} ${metric ?? ''}`}>
            {t(`mended_${what}`, {
              given: dimensions.includes(given)
                ? names.dimension(given as (typeof asking.metrics)[number]['dimensions'][number])
                : given.slice(0, 60),
              metric: metric === undefined ? '' : names.metric(metric),
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Whose, when, and as known when. */
function useNote(): (scope: readonly string[], period: ShownPeriod) => string {
  const t = useTexts(exploreTexts)
  const format = useFormat()
  const { asOf } = useSearch()
  return (scope, period) =>
    t('note', {
      scope: scope.length === 0 ? '' : scope.map((one) => (one === '-' ? '–' : one)).join(', '),
      period: format.period(period),
      known: asOf === undefined ? t('known_now') : t('known_on', { day: format.date(asOf) }),
    }).replace(/^ · /, '')
}
