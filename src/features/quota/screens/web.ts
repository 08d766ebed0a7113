// What quotas hand to the shell: attainment, allocation, and the drawer of one quota.
import type { FeatureWeb } from '../../../web/screens.ts'

export const quotaWeb: FeatureWeb = {
  screens: [
    {
      path: 'quotas',
      asOf: true,
      title: { en: 'Quotas', de: 'Zielvorgaben' },
      load: () => import('./quotas-screen.tsx').then((m) => m.QuotasScreen),
      nav: { group: 'planning', order: 20, keys: 'g j' },
    },
    {
      path: 'quotas/allocate',
      title: { en: 'Allocate a number', de: 'Zahl verteilen' },
      load: () => import('./allocate-screen.tsx').then((m) => m.AllocateScreen),
    },
  ],
  drawers: {
    quota: () => import('./quota-drawer.tsx').then((m) => m.QuotaDrawer),
  },
  commands: [
    {
      id: 'quotas.set',
      label: { en: 'Set a quota', de: 'Zielvorgabe setzen' },
      group: 'do',
      run: (here) => here.go('quotas', { set: '1' }),
    },
    {
      id: 'quotas.allocate',
      label: { en: 'Allocate a number', de: 'Zahl verteilen' },
      group: 'do',
      run: (here) => here.go('quotas/allocate'),
    },
  ],
}
