// Which results belong to a team: those of its own members; of an office, all below it; of the company, all.
import type { Where } from '../../results/screens/selection.ts'
import type { Team } from './team-tree.ts'

export function whereOfTeam(team: Pick<Team, 'id' | 'kind'>): Where {
  switch (team.kind) {
    case 'company':
      return {}
    case 'office':
      return { office: [team.id] }
    case 'team':
      return { team: [team.id] }
  }
}
