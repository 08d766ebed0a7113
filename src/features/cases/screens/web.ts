// What the cases feature hands to the shell.
import type { FeatureWeb } from '../../../web/screens.ts'

export const casesWeb: FeatureWeb = {
  screens: [
    {
      path: 'cases',
      title: { en: 'Cases', de: 'Vorgänge' },
      load: () => import('./cases-screen.tsx').then((m) => m.CasesScreen),
      nav: { group: 'customers', order: 70, keys: 'g v' },
    },
  ],
  commands: [
    {
      id: 'cases.new',
      label: { en: 'Enter case', de: 'Vorgang erfassen' },
      group: 'do',
      run: (here) => here.go('cases', { new: '1' }),
    },
  ],
}
