// What the rates feature hands to the shell.
import type { FeatureWeb } from '../../../web/screens.ts'

export const ratesWeb: FeatureWeb = {
  screens: [
    {
      path: 'rates',
      title: { en: 'Rates', de: 'Kurse' },
      load: () => import('./rates-screen.tsx').then((m) => m.RatesScreen),
      nav: { group: 'data', order: 15 },
    },
  ],
  commands: [
    {
      id: 'rates.new',
      label: { en: 'Enter rate', de: 'Kurs eintragen' },
      group: 'do',
      run: (here) => here.go('rates', { new: '1' }),
    },
  ],
}
