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
      path: 'explore',
      asOf: true,
      title: { en: 'Explore', de: 'Auswerten' },
      load: () => import('./explore-screen.tsx').then((m) => m.ExploreScreen),
      nav: { group: 'results', order: 15, keys: 'g x' },
    },
    {
      path: 'why-changed',
      asOf: true,
      title: { en: 'Why it changed', de: 'Warum verändert' },
      load: () => import('./why-changed-screen.tsx').then((m) => m.WhyChangedScreen),
      nav: { group: 'results', order: 17, keys: 'g w' },
    },
    {
      path: 'rows',
      asOf: true,
      title: { en: 'Rows behind a figure', de: 'Zeilen hinter einer Zahl' },
      load: () => import('./rows-screen.tsx').then((m) => m.RowsScreen),
    },
    {
      path: 'products/$id/card',
      asOf: true,
      title: { en: 'Card of a product', de: 'Steckbrief eines Produkts' },
      load: () => import('./product-card-screen.tsx').then((m) => m.ProductCardScreen),
    },
    {
      path: 'segments',
      asOf: true,
      title: { en: 'Segments', de: 'Segmente' },
      load: () => import('./segments-screen.tsx').then((m) => m.SegmentsScreen),
      nav: { group: 'customers', order: 40, keys: 'g m' },
    },
  ],
  drawers: {
    why: () => import('./why-drawer.tsx').then((m) => m.WhyDrawer),
    views: () => import('./views-drawer.tsx').then((m) => m.ViewsDrawer),
  },
  commands: resultsCommands,
}
