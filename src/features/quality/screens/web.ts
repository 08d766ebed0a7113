// What quality hands to the shell: the page of checks and the page of one check.
import type { FeatureWeb } from '../../../web/screens.ts'

export const qualityWeb: FeatureWeb = {
  screens: [
    {
      path: 'quality',
      title: { en: 'Data quality', de: 'Datenqualität' },
      load: () => import('./quality-screen.tsx').then((m) => m.QualityScreen),
      nav: { group: 'data', order: 25, keys: 'g q' },
    },
    {
      path: 'quality/$check',
      title: { en: 'Check of the data', de: 'Prüfung der Daten' },
      load: () => import('./check-screen.tsx').then((m) => m.CheckScreen),
    },
  ],
  commands: [
    {
      id: 'quality.duplicates',
      label: { en: 'Find duplicate customers', de: 'Doppelte Kunden finden' },
      group: 'do',
      run: (here) => here.go('quality/duplicate-customers'),
    },
  ],
}
