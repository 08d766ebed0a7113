// What trust hands to the shell: the page on which the data proves itself, and what changed between two days.
import type { FeatureWeb } from '../../../web/screens.ts'

export const trustWeb: FeatureWeb = {
  screens: [
    {
      path: 'trust',
      title: { en: 'Proof and export', de: 'Nachweis und Export' },
      load: () => import('./trust-screen.tsx').then((m) => m.TrustScreen),
      nav: { group: 'data', order: 35, keys: 'g f' },
    },
    {
      path: 'changes/between',
      asOf: true,
      title: {
        en: 'What changed between two dates',
        de: 'Was sich zwischen zwei Tagen geändert hat',
      },
      load: () => import('./between-screen.tsx').then((m) => m.BetweenScreen),
    },
  ],
  commands: [
    {
      id: 'trust.between',
      label: {
        en: 'What changed between two dates',
        de: 'Was sich zwischen zwei Tagen geändert hat',
      },
      group: 'go',
      run: (here) => here.go('changes/between'),
    },
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
