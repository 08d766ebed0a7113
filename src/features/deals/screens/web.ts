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
      path: 'deals/$id',
      title: { en: 'Deal', de: 'Verkaufschance' },
      load: () => import('./deal-screen.tsx').then((m) => m.DealScreen),
    },
  ],
  commands: [
    {
      id: 'deals.new',
      label: { en: 'Enter deal', de: 'Verkaufschance erfassen' },
      keys: 'n',
      group: 'do',
      run: (here) => here.go('deals', { new: '1' }),
    },
  ],
}
