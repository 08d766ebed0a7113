// What the start page hands to the shell; it is what one begins with.
import type { FeatureWeb } from '../../../web/screens.ts'

export const todayWeb: FeatureWeb = {
  screens: [
    {
      path: 'today',
      title: { en: 'Today', de: 'Heute' },
      load: () => import('./today-screen.tsx').then((m) => m.TodayScreen),
      nav: { group: 'results', order: 5, keys: 'g h', bar: true },
    },
  ],
  commands: [
    {
      id: 'today.feed',
      label: { en: 'Set up the calendar feed', de: 'Kalenderadresse einrichten' },
      group: 'do',
      run: (here) => here.go('today', { feed: '1' }),
    },
  ],
  home: 'today',
}
