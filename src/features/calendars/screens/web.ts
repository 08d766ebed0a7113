// What calendars hand to the shell: the page of working days, and the way to a day off.
import type { FeatureWeb } from '../../../web/screens.ts'

export const calendarsWeb: FeatureWeb = {
  screens: [
    {
      path: 'working-days',
      title: { en: 'Working days', de: 'Arbeitstage' },
      load: () => import('./working-days-screen.tsx').then((m) => m.WorkingDaysScreen),
      nav: { group: 'planning', order: 40, keys: 'g y' },
    },
  ],
  commands: [
    {
      id: 'calendars.day-off',
      label: { en: 'Enter a day off', de: 'Freien Tag eintragen' },
      group: 'do',
      run: (here) => here.go('working-days', { off: 'new' }),
    },
    {
      id: 'calendars.set',
      label: {
        en: 'Set country, weekdays and hours',
        de: 'Land, Wochentage und Zeiten festlegen',
      },
      group: 'do',
      run: (here) => here.go('working-days', { calendar: '1' }),
    },
  ],
}
