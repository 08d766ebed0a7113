// The overview: numbers, quality and loyalty of everyone, a team or oneself, and who and what changed them.
import { lazyRouteComponent } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Loading } from '../../../web/ui/states.tsx'
import { resultsTexts } from '../texts.ts'
import { holdsNothing, OverviewBody } from './overview-body.tsx'
import type { Overview } from './overview-sides.tsx'
import { NothingHere, NothingYet } from './results-states.tsx'
import { SelectionChips } from './selection-chips.tsx'
import { useSelection } from './use-selection.ts'

// What stands below the figures comes while they are being counted; they do not wait for it.
const AttainmentSection = lazyRouteComponent(
  () => import('../../quota/screens/attainment-section.tsx'),
  'AttainmentSection',
)
const PinnedViews = lazyRouteComponent(() => import('./pinned-views.tsx'), 'PinnedViews')
const BoardSection = lazyRouteComponent(() => import('./board-section.tsx'), 'BoardSection')

export function OverviewScreen() {
  const t = useTexts(resultsTexts)
  const lang = useLanguage()
  const chosen = useSelection()
  const facts = useOrganisation().data
  const empty = facts !== undefined && facts.counts.deals === 0 && facts.dataFrom === null
  const overview = useOperation('results.overview', { ...chosen.input, lang }, { enabled: !empty })
  useEffect(() => {
    // After the question for the figures is on its way.
    const timer = setTimeout(() => {
      for (const part of [AttainmentSection, PinnedViews, BoardSection]) void part.preload?.()
    })
    return () => clearTimeout(timer)
  }, [])
  if (empty) {
    return (
      <Page finding={t('nothing_yet')} note={t('nothing_yet_note')}>
        <NothingYet />
      </Page>
    )
  }
  const { data } = overview
  return (
    <Page
      finding={data?.finding ?? t('overview')}
      note={data?.note}
      exports={{ table: 'overview', filter: { ...chosen.input } }}
      chips={<SelectionChips chosen={chosen} period={shownPeriod(data)} compared={data} />}
    >
      <Answered
        query={overview}
        shape="page"
        empty={(answer) =>
          holdsNothing(answer) ? <NothingHere chosen={chosen} period={answer.period} /> : undefined
        }
      >
        {(answer) => (
          <div className="results-stack">
            <OverviewBody data={answer} chosen={chosen} />
            <Suspense fallback={<Loading />}>
              <AttainmentSection />
              <PinnedViews />
              <BoardSection chosen={chosen} />
            </Suspense>
          </div>
        )}
      </Answered>
    </Page>
  )
}

/** A period that holds nothing is not called the last with data. */
function shownPeriod(data: Overview | undefined): Overview['period'] | undefined {
  if (data === undefined || !holdsNothing(data)) return data?.period
  return { ...data.period, byDefault: false }
}
