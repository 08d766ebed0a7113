// What the surveys feature hands to the shell.
import type { FeatureWeb } from '../../../web/screens.ts'

export const surveysWeb: FeatureWeb = {
  screens: [
    {
      path: 'surveys',
      title: { en: 'Survey answers', de: 'Umfrageantworten' },
      load: () => import('./surveys-screen.tsx').then((m) => m.SurveysScreen),
      nav: { group: 'customers', order: 60, keys: 'g u' },
    },
  ],
  commands: [
    {
      id: 'surveys.new',
      label: { en: 'Enter survey answer', de: 'Umfrageantwort erfassen' },
      group: 'do',
      run: (here) => here.go('surveys', { new: '1' }),
    },
  ],
}
