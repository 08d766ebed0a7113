// What the deals feature hands to the shell.
import type { FeatureWeb } from '../../../web/screens.ts'

export const dealsWeb: FeatureWeb = {
  screens: [
    {
      path: 'deals',
      title: { en: 'Deals', de: 'Verkaufschancen' },
      load: () => import('./deals-screen.tsx').then((m) => m.DealsScreen),
      nav: {
        group: 'results',
        order: 40,
        keys: 'g d',
        bar: true,
        short: { en: 'Deals', de: 'Chancen' },
        count: 'openDeals',
      },
    },
    {
      path: 'deals/board',
      title: { en: 'Board', de: 'Tafel' },
      load: () => import('./board-screen.tsx').then((m) => m.BoardScreen),
    },
    {
      path: 'deals/$id',
      title: { en: 'Deal', de: 'Verkaufschance' },
      load: () => import('./deal-screen.tsx').then((m) => m.DealScreen),
    },
  ],
  drawers: {
    deal_new: () => import('./quick-entry.tsx').then((m) => m.QuickEntry),
    hand_over: () => import('./hand-over-drawer.tsx').then((m) => m.HandOverDrawer),
  },
  commands: [
    {
      id: 'deals.board',
      label: { en: 'Board of open deals', de: 'Tafel der offenen Verkaufschancen' },
      keys: 'g b',
      group: 'go',
      run: (here) => here.go('deals/board'),
    },
    {
      id: 'deals.new',
      label: { en: 'Enter deal', de: 'Verkaufschance erfassen' },
      keys: 'n',
      group: 'do',
      run: (here) => here.change({ deal_new: '1' }),
    },
  ],
}
