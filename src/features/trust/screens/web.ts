// What trust hands to the shell: the page on which the data proves itself and leaves and enters whole.
import type { FeatureWeb } from '../../../web/screens.ts'

export const trustWeb: FeatureWeb = {
  screens: [
    {
      path: 'trust',
      title: { en: 'Proof and export', de: 'Nachweis und Export' },
      load: () => import('./trust-screen.tsx').then((m) => m.TrustScreen),
      nav: { group: 'data', order: 35, keys: 'g v' },
    },
  ],
  commands: [
    {
      id: 'trust.check',
      label: { en: 'Check the books', de: 'Bücher prüfen' },
      group: 'do',
      run: (here) => here.go('trust'),
    },
    {
      id: 'trust.export',
      label: { en: 'Export everything', de: 'Alles exportieren' },
      group: 'do',
      run: (here) => here.go('trust'),
    },
  ],
}
