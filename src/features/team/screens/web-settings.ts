// What settings, changes and the first start hand to the shell.
import type { FeatureWeb } from '../../../web/screens.ts'

export const teamSettingsWeb: FeatureWeb = {
  screens: [
    {
      path: 'start',
      title: { en: 'First start', de: 'Erste Schritte' },
      load: () => import('./start-screen.tsx').then((m) => m.StartScreen),
    },
    {
      path: 'changes',
      title: { en: 'Changes', de: 'Änderungen' },
      load: () => import('./changes-screen.tsx').then((m) => m.ChangesScreen),
      nav: { group: 'data', order: 30, keys: 'g .' },
    },
    {
      path: 'settings',
      title: { en: 'Settings', de: 'Einstellungen' },
      load: () => import('./settings-screen.tsx').then((m) => m.SettingsScreen),
      nav: { group: 'data', order: 40, keys: 'g ,' },
    },
  ],
}
