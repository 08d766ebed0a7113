// What sellers and teams show in the browser: their pages, and their forms as drawers.
import { asOfIn } from '../../../web/as-of.ts'
import type { Command } from '../../../web/commands.ts'
import type { FeatureWeb } from '../../../web/screens.ts'

const commands: readonly Command[] = [
  {
    id: 'sellers.add',
    label: { en: 'Add seller', de: 'Person im Vertrieb hinzufügen' },
    group: 'do',
    when: (here) => asOfIn(here.search) === undefined,
    run: (here) => here.go('sellers', { seller_form: 'new' }),
  },
  {
    id: 'teams.add',
    label: { en: 'Add team', de: 'Team hinzufügen' },
    group: 'do',
    when: (here) => asOfIn(here.search) === undefined,
    run: (here) => here.go('teams', { team_form: 'new' }),
  },
  {
    id: 'positions.add',
    label: { en: 'Add position', de: 'Stelle hinzufügen' },
    group: 'do',
    when: (here) => asOfIn(here.search) === undefined,
    run: (here) => here.go('teams', { position: 'new' }),
  },
]

export const teamWeb: FeatureWeb = {
  screens: [
    {
      path: 'sellers',
      asOf: true,
      title: { en: 'Sellers', de: 'Vertrieb' },
      load: () => import('./sellers-screen.tsx').then((m) => m.SellersScreen),
      nav: { group: 'results', order: 20, keys: 'g s', count: 'sellers' },
    },
    {
      path: 'sellers/$id',
      asOf: true,
      title: { en: 'Seller', de: 'Person im Vertrieb' },
      load: () => import('./seller-screen.tsx').then((m) => m.SellerScreen),
    },
    {
      path: 'teams',
      asOf: true,
      title: { en: 'Teams', de: 'Teams' },
      load: () => import('./teams-screen.tsx').then((m) => m.TeamsScreen),
      nav: { group: 'results', order: 30, keys: 'g t', count: 'teams' },
    },
    {
      path: 'teams/$id',
      asOf: true,
      title: { en: 'Team', de: 'Team' },
      load: () => import('./team-screen.tsx').then((m) => m.TeamScreen),
    },
  ],
  drawers: {
    history: () => import('./history-drawer.tsx').then((m) => m.HistoryDrawer),
    seller_form: () => import('./seller-drawer.tsx').then((m) => m.SellerDrawer),
    team_form: () => import('./team-drawer.tsx').then((m) => m.TeamDrawer),
    position: () => import('./position-drawer.tsx').then((m) => m.PositionDrawer),
    membership: () => import('./team-membership-drawer.tsx').then((m) => m.MembershipDrawer),
  },
  commands,
}
