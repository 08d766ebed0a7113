// One team: the finding, numbers · quality · loyalty, the board of its members, who was in it when.
import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { ScreenLink, useParams, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered, Empty, Failed, Loading } from '../../../web/ui/states.tsx'
import { BoardSection } from '../../results/screens/board-section.tsx'
import { holdsNothing, OverviewBody } from '../../results/screens/overview-body.tsx'
import { NothingHere } from '../../results/screens/results-states.tsx'
import { SelectionChips } from '../../results/screens/selection-chips.tsx'
import { useSelection } from '../../results/screens/use-selection.ts'
import { teamTexts } from '../texts.ts'
import { HistorySection } from './record-history.tsx'
import { useSetState } from './seller-state.ts'
import { Memberships } from './team-memberships.tsx'
import { useMayManage } from './team-rights.ts'
import { whereOfTeam } from './team-scope.ts'
import './team.css'

type Team = Answer<'teams.get'>

export function TeamScreen() {
  const t = useTexts(teamTexts)
  const { id = '' } = useParams()
  const team = useOperation('teams.get', { id })
  if (team.data?.id === id) return <TeamPage key={id} team={team.data} />
  if (team.problem === undefined) {
    return (
      <Page finding={t('teams')}>
        <Loading shape="page" />
      </Page>
    )
  }
  return (
    <Page finding={t(team.problem.status === 404 ? 'team_missing' : 'teams')}>
      {team.problem.status === 404 ? (
        <p>
          {t('team_missing_text')} <ScreenLink to="teams">{t('to_teams')}</ScreenLink>
        </p>
      ) : (
        <Failed problem={team.problem} retry={team.retry} />
      )}
    </Page>
  )
}

function TeamPage(props: { team: Team }) {
  const { team } = props
  const t = useTexts(teamTexts)
  const lang = useLanguage()
  const about = useMemo(() => whereOfTeam({ id: team.id, kind: team.kind }), [team.id, team.kind])
  const chosen = useSelection(about)
  const overview = useOperation('results.overview', { ...chosen.input, lang })
  const { data } = overview
  const empty = data !== undefined && holdsNothing(data)
  const place = [
    t(`kind_${team.kind}`),
    team.parent?.name,
    team.lead === null ? undefined : `${t('lead')}: ${team.lead.name}`,
  ].filter((part) => part !== undefined)
  return (
    <Page
      finding={
        data === undefined || empty
          ? team.name
          : t('seller_finding', { name: team.name, finding: data.finding })
      }
      note={
        <>
          {team.state === 'archived' ? t('is_archived') : place.join(' · ')}
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
          about={['team', 'office']}
          withoutScope
        />
      }
      actions={<TeamActions team={team} />}
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
              title={t('team_nothing', { name: team.name })}
              text={t('team_nothing_text')}
            />
          )
        }}
      >
        {(answer) => (
          <div className="results-stack">
            <OverviewBody data={answer} chosen={chosen} />
            <BoardSection chosen={chosen} fixed="seller" />
          </div>
        )}
      </Answered>
      <TeamPeople team={team} />
    </Page>
  )
}

function TeamActions(props: { team: Team }) {
  const { team } = props
  const t = useTexts(teamTexts)
  const setSearch = useSetSearch()
  const state = useSetState('team')
  if (!useMayManage()) return null
  return (
    <>
      <Button variant="default" onClick={() => setSearch({ team_form: team.id })}>
        {t('edit')}
      </Button>
      <Button variant="default" loading={state.busy} onClick={() => state.toggle(team)}>
        {t(team.state === 'active' ? 'archive' : 'bring_back')}
      </Button>
    </>
  )
}

/** Everybody who is or was in the team, the teams below, and how the record came about. */
function TeamPeople(props: { team: Team }) {
  const { team } = props
  const t = useTexts(teamTexts)
  const setSearch = useSetSearch()
  const mayManage = useMayManage()
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  const below = teams.filter((one) => one.parent?.id === team.id)
  const button = (label: string, search: Record<string, string>) => (
    <Button variant="default" size="compact-sm" onClick={() => setSearch(search)}>
      {label}
    </Button>
  )
  return (
    <>
      <Section
        title={t('members_then')}
        note={t('memberships_note')}
        actions={
          mayManage && (
            <>
              {button(t('members_add'), { membership: `member:${team.id}` })}
              {button(t('set_lead'), { membership: `lead:${team.id}` })}
            </>
          )
        }
      >
        {team.memberships.length === 0 ? (
          <p className="k-section-note">{t('memberships_none_here')}</p>
        ) : (
          <Memberships rows={team.memberships} of="team" />
        )}
      </Section>
      {(below.length > 0 || (mayManage && team.kind !== 'team')) && (
        <Section
          title={t('below')}
          actions={mayManage && button(t('team_add_below'), { team_form: `below:${team.id}` })}
        >
          <ul className="team-below">
            {below.map((one) => (
              <li key={one.id}>
                <ScreenLink to={`teams/${one.id}`}>{one.name}</ScreenLink>{' '}
                <span className="k-muted">{t(`kind_${one.kind}`)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <HistorySection entity="team" id={team.id} />
    </>
  )
}
