// The page of a seller or a team: the finding, numbers · quality · loyalty for the chosen period, then the record.
import type { ReactNode } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { type Asked, useOperation } from '../../../web/queries.ts'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty, Failed, Loading } from '../../../web/ui/states.tsx'
import { holdsNothing, OverviewBody } from '../../results/screens/overview-body.tsx'
import { NothingHere } from '../../results/screens/results-states.tsx'
import { SelectionChips } from '../../results/screens/selection-chips.tsx'
import { useSelection } from '../../results/screens/use-selection.ts'
import { teamTexts } from '../texts.ts'

type Chosen = ReturnType<typeof useSelection>

interface ResultsPageProps {
  kind: 'seller' | 'team'
  record: { name: string; state: 'active' | 'archived' }
  /** Whose results; the same object as long as it is the same record. */
  about: Parameters<typeof useSelection>[0]
  /** Where it stands: team, office, lead. */
  place: readonly (string | undefined)[]
  actions: ReactNode
  /** Below the overview, about the same selection. */
  more: (chosen: Chosen) => ReactNode
  /** The record itself. */
  children: ReactNode
}

export function ResultsPage(props: ResultsPageProps) {
  const { kind, record, about, place, actions, more, children } = props
  const t = useTexts(teamTexts)
  const lang = useLanguage()
  const chosen = useSelection(about)
  const overview = useOperation('results.overview', { ...chosen.input, lang })
  const { data } = overview
  const empty = data !== undefined && holdsNothing(data)
  const { name } = record
  return (
    <Page
      finding={
        data === undefined || empty ? name : t('seller_finding', { name, finding: data.finding })
      }
      note={
        <>
          {record.state === 'archived'
            ? t('is_archived')
            : place.filter((part) => part !== undefined).join(' · ')}
          {!empty && data && (
            <>
              <br />
              {data.note}
            </>
          )}
        </>
      }
      chips={
        <SelectionChips
          chosen={chosen}
          period={data?.period}
          compared={data}
          about={kind === 'seller' ? ['seller'] : ['team', 'office']}
          withoutScope
        />
      }
      exports={{ table: 'overview', filter: { ...chosen.input } }}
      actions={actions}
    >
      <Answered
        query={overview}
        shape="page"
        empty={(answer) => {
          if (!holdsNothing(answer)) return undefined
          if (!answer.period.byDefault || chosen.filtered) {
            return <NothingHere chosen={chosen} period={answer.period} />
          }
          return (
            <Empty
              kind="nothing-yet"
              title={t(`${kind}_nothing`, { name })}
              text={t(`${kind}_nothing_text`)}
            />
          )
        }}
      >
        {(answer) => (
          <div className="results-stack">
            <OverviewBody data={answer} chosen={chosen} />
            {more(chosen)}
          </div>
        )}
      </Answered>
      {children}
    </Page>
  )
}

interface FoundProps<T> {
  kind: 'seller' | 'team'
  id: string
  query: Asked<T>
  children: (record: T) => ReactNode
}

/** The record of this address once it is there; until then, and where there is none, a page that says so. */
export function Found<T extends { id: string }>({ kind, id, query, children }: FoundProps<T>) {
  const t = useTexts(teamTexts)
  const { data, problem, retry } = query
  if (data?.id === id) return children(data)
  const list = `${kind}s` as const
  const missing = problem?.status === 404
  return (
    <Page finding={t(missing ? `${kind}_missing` : list)}>
      {problem === undefined ? (
        <Loading shape="page" />
      ) : missing ? (
        <p>
          {t(`${kind}_missing_text`)} <ScreenLink to={list}>{t(`to_${list}`)}</ScreenLink>
        </p>
      ) : (
        <Failed problem={problem} retry={retry} />
      )}
    </Page>
  )
}
