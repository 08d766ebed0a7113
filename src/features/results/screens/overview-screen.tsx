// The overview: numbers, quality and loyalty of everyone, a team or oneself, and who and what changed them.
import { useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { Page } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { AttainmentSection } from '../../quota/screens/attainment-section.tsx'
import { resultsTexts } from '../texts.ts'
import { BoardSection } from './board-section.tsx'
import { holdsNothing, OverviewBody } from './overview-body.tsx'
import type { Overview } from './overview-sides.tsx'
import { PinnedViews } from './pinned-views.tsx'
import { NothingHere, NothingYet } from './results-states.tsx'
import { SelectionChips } from './selection-chips.tsx'
import { useSelection } from './use-selection.ts'

export function OverviewScreen() {
  const t = useTexts(resultsTexts)
  const lang = useLanguage()
  const chosen = useSelection()
  const facts = useOrganisation().data
  const empty = facts !== undefined && facts.counts.deals === 0 && facts.dataFrom === null
  const overview = useOperation('results.overview', { ...chosen.input, lang }, { enabled: !empty })
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
            <AttainmentSection />
            <PinnedViews />
            <BoardSection chosen={chosen} />
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
