// What activities hand to the shell.
import type { FeatureWeb } from '../../../web/screens.ts'

export const activitiesWeb: FeatureWeb = {
  screens: [
    {
      path: 'activities',
      title: { en: 'Activities', de: 'Aktivitäten' },
      load: () => import('./activities-screen.tsx').then((m) => m.ActivitiesScreen),
      nav: { group: 'results', order: 45, keys: 'g a' },
    },
  ],
  drawers: {
    activity_new: () => import('./activity-form.tsx').then((m) => m.NewActivityDrawer),
  },
  commands: [
    {
      id: 'activities.plan',
      label: { en: 'Plan an activity', de: 'Aktivität planen' },
      keys: 'a',
      group: 'do',
      run: (here) => here.change({ activity_new: 'plan' }),
    },
    {
      id: 'activities.log',
      label: { en: 'Note an activity as done', de: 'Aktivität als erledigt vermerken' },
      group: 'do',
      run: (here) => here.change({ activity_new: 'log' }),
    },
  ],
}
