// One team: the finding, numbers · quality · loyalty, the board of its members, who was in it when.
import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { ScreenLink, useParams, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { ArchiveButton } from '../../../web/ui/archive-button.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { AttainmentSection } from '../../quota/screens/attainment-section.tsx'
import { BoardSection } from '../../results/screens/board-section.tsx'
import { teamTexts } from '../texts.ts'
import { PositionsSection } from './positions-section.tsx'
import { HistorySection } from './record-history.tsx'
import { Found, ResultsPage } from './results-page.tsx'
import { Memberships } from './team-memberships.tsx'
import { useMayManage } from './team-rights.ts'
import { whereOfTeam } from './team-scope.ts'
import './team.css'

type Team = Answer<'teams.get'>

export function TeamScreen() {
  const { id = '' } = useParams()
  const query = useOperation('teams.get', { id })
  return (
    <Found kind="team" id={id} query={query}>
      {(team) => <TeamPage key={id} team={team} />}
    </Found>
  )
}

function TeamPage({ team }: { team: Team }) {
  const t = useTexts(teamTexts)
  const about = useMemo(() => whereOfTeam({ id: team.id, kind: team.kind }), [team.id, team.kind])
  return (
    <ResultsPage
      kind="team"
      record={team}
      about={about}
      place={[
        t(`kind_${team.kind}`),
        team.parent?.name,
        team.lead === null ? undefined : `${t('lead')}: ${team.lead.name}`,
      ]}
      actions={<TeamActions team={team} />}
      more={(chosen) => <BoardSection chosen={chosen} fixed="seller" />}
    >
      <AttainmentSection teamId={team.id} />
      <PositionsSection teamId={team.id} />
      <TeamPeople team={team} />
    </ResultsPage>
  )
}

function TeamActions(props: { team: Team }) {
  const { team } = props
  const t = useTexts(teamTexts)
  const setSearch = useSetSearch()
  if (!useMayManage()) return null
  return (
    <>
      <Button variant="default" onClick={() => setSearch({ team_form: team.id })}>
        {t('edit')}
      </Button>
      <ArchiveButton operation="teams.set-state" record={team} />
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
