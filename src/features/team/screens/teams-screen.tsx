// The teams: the tree with the results of each.
import { Button } from '@mantine/core'
import type { Figure as FigureShape } from '../../../basics/figure.ts'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { dash } from '../../../web/format.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Figure } from '../../../web/ui/figure.tsx'
import { Page, Panel, Section } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { cellValue } from '../../results/screens/filter-chip.tsx'
import { timeInAddress } from '../../results/screens/selection.ts'
import { SelectionChips } from '../../results/screens/selection-chips.tsx'
import { askOf, type Chosen, useSelection } from '../../results/screens/use-selection.ts'
import { resultsTexts } from '../../results/texts.ts'
import { teamTexts } from '../texts.ts'
import { PositionsSection } from './positions-section.tsx'
import { useMayManage } from './team-rights.ts'
import { whereOfTeam } from './team-scope.ts'
import { inTreeOrder, membersBelow, type PlacedTeam, type Team } from './team-tree.ts'
import './team.css'

const metrics = ['revenue', 'deals-won', 'win-rate', 'average-deal'] as const
type Metric = (typeof metrics)[number]

export function TeamsScreen() {
  const t = useTexts(teamTexts)
  const chosen = useSelection()
  const setSearch = useSetSearch()
  const mayManage = useMayManage()
  const teams = useOperation('teams.list', {})
  const figures = useTeamFigures(chosen)
  const add = () => setSearch({ team_form: 'new' })
  const finding = useFinding(teams.data?.rows)
  if (teams.data?.rows.length === 0) {
    return (
      <Page finding={t('teams_finding_none')}>
        <Panel>
          <Empty
            kind="nothing-yet"
            title={t('team_first_title')}
            text={t('team_first_text')}
            {...(mayManage ? { action: { label: t('team_add'), run: add } } : {})}
          />
        </Panel>
      </Page>
    )
  }
  return (
    <Page
      finding={finding}
      note={t('teams_note')}
      exports={{ table: 'teams', filter: {} }}
      chips={
        <SelectionChips
          chosen={chosen}
          period={figures.period}
          about={['team', 'office', 'manager']}
          withoutScope
        />
      }
      actions={mayManage && <Button onClick={add}>{t('team_add')}</Button>}
    >
      <Answered query={teams}>
        {(data) => <TeamTree teams={data.rows} figures={figures} chosen={chosen} />}
      </Answered>
      <PositionsSection />
      <ArchivedTeams />
    </Page>
  )
}

function useFinding(teams: readonly Team[] | undefined): string {
  const t = useTexts(teamTexts)
  const sellers = useOrganisation().data?.counts.sellers ?? 0
  if (teams === undefined) return t('teams')
  const count = teams.filter((team) => team.kind === 'team').length
  const offices = teams.filter((team) => team.kind === 'office').length
  if (offices === 0) return t('teams_finding', { count })
  return t('teams_finding_where', {
    teams: t('teams_finding', { count }),
    offices: t('offices', { count: offices }),
    sellers: t('sellers_count', { count: sellers }),
  })
}

interface TeamFigures {
  period: { id: string; from: string; until: string; byDefault: boolean } | undefined
  stale: boolean
  of: (team: Team, metric: Metric) => FigureShape | undefined
}

/** Three questions answer the whole tree: by team, by office, and in all. */
function useTeamFigures(chosen: Chosen): TeamFigures {
  const lang = useLanguage()
  const ask = { metric: [...metrics], lang, ...chosen.input }
  const byTeam = useOperation('results.figures', { ...ask, by: ['team'] })
  const byOffice = useOperation('results.figures', { ...ask, by: ['office'] })
  const whole = useOperation('results.figures', ask)
  const rowOf = (answer: typeof byTeam, dimension: 'team' | 'office', id: string) =>
    answer.data?.rows.find((row) => cellValue((row[dimension] ?? null) as never) === id)
  return {
    period: whole.data?.period,
    stale: byTeam.isStale || byOffice.isStale || whole.isStale,
    of: (team, metric) => {
      const row =
        team.kind === 'company'
          ? whole.data?.rows[0]
          : rowOf(team.kind === 'office' ? byOffice : byTeam, team.kind, team.id)
      const figure = row?.[metric]
      return typeof figure === 'object' && figure !== null ? (figure as FigureShape) : undefined
    },
  }
}

function TeamTree(props: { teams: readonly Team[]; figures: TeamFigures; chosen: Chosen }) {
  const { teams, figures, chosen } = props
  const t = useTexts(teamTexts)
  const results = useTexts(resultsTexts)
  const format = useFormat()
  const ask = askOf(chosen.where, figures.period?.id)
  const time = timeInAddress(useSearch())
  const figure = (metric: Metric): Column<PlacedTeam> => ({
    id: metric,
    head: results(`metric_${metric}`),
    align: 'right',
    keep: metric === 'revenue' || metric === 'win-rate',
    cell: (team) => {
      const shown = figures.of(team, metric)
      if (!shown) return <span className="k-muted">{dash}</span>
      return (
        <Figure
          figure={shown}
          name={`${team.name}, ${results(`metric_${metric}`)}`}
          why={ask(metric, whereOfTeam(team))}
          interval={metric === 'win-rate' ? 'beside' : 'none'}
        />
      )
    },
  })
  return (
    <DataTable
      caption={t('teams')}
      rows={inTreeOrder(teams)}
      columns={[
        {
          id: 'name',
          head: t('name'),
          main: true,
          cell: (team) => (
            <span
              className="team-branch"
              data-kind={team.kind}
              data-depth={Math.min(team.depth, 4)}
            >
              {team.name}
            </span>
          ),
        },
        { id: 'lead', head: t('lead'), cell: (team) => team.lead?.name ?? dash },
        {
          id: 'members',
          head: t('members'),
          align: 'right',
          cell: (team) => format.count(membersBelow(teams, team.id)),
        },
        figure('revenue'),
        figure('deals-won'),
        figure('average-deal'),
        figure('win-rate'),
      ]}
      rowId={(team) => team.id}
      rowLabel={(team) => team.name}
      rowLink={(team) => ({ to: `teams/${team.id}`, search: time })}
      stale={figures.stale}
    />
  )
}

function ArchivedTeams() {
  const t = useTexts(teamTexts)
  const archived = useOperation('teams.list', { state: 'archived' }).data?.rows ?? []
  if (archived.length === 0) return null
  return (
    <Section title={t('archived')}>
      <DataTable
        caption={t('archived')}
        rows={archived}
        columns={[
          { id: 'name', head: t('name'), main: true, cell: (team) => team.name },
          { id: 'kind', head: t('team_kind'), keep: true, cell: (team) => t(`kind_${team.kind}`) },
        ]}
        rowId={(team) => team.id}
        rowLabel={(team) => team.name}
        rowLink={(team) => ({ to: `teams/${team.id}` })}
      />
    </Section>
  )
}
