// What results show in the browser: overview, rows, and the drawer that answers “why?”.
import type { FeatureWeb } from '../../../web/screens.ts'
import { resultsCommands } from '../commands.ts'

export const resultsWeb: FeatureWeb = {
  screens: [
    {
      path: 'overview',
      asOf: true,
      title: { en: 'Overview', de: 'Überblick' },
      load: () => import('./overview-screen.tsx').then((m) => m.OverviewScreen),
      nav: { group: 'results', order: 10, keys: 'g o', bar: true },
    },
    {
      path: 'rows',
      asOf: true,
      title: { en: 'Rows behind a figure', de: 'Zeilen hinter einer Zahl' },
      load: () => import('./rows-screen.tsx').then((m) => m.RowsScreen),
    },
  ],
  drawers: { why: () => import('./why-drawer.tsx').then((m) => m.WhyDrawer) },
  commands: resultsCommands,
  home: 'overview',
}
