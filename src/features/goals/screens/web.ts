// What goals hand to the shell: list, page, board, and the drawers for setting one and checking in.
import type { FeatureWeb } from '../../../web/screens.ts'
import { goalsCommands } from '../commands.ts'

export const goalsWeb: FeatureWeb = {
  screens: [
    {
      path: 'goals',
      title: { en: 'Goals', de: 'Ziele' },
      load: () => import('./goals-screen.tsx').then((m) => m.GoalsScreen),
      nav: { group: 'planning', order: 10, keys: 'g g' },
    },
    {
      path: 'goals/board',
      title: { en: 'Board of goals', de: 'Tafel der Ziele' },
      load: () => import('./goals-board-screen.tsx').then((m) => m.GoalsBoardScreen),
    },
    {
      path: 'goals/$id',
      title: { en: 'Goal', de: 'Ziel' },
      load: () => import('./goal-screen.tsx').then((m) => m.GoalScreen),
    },
  ],
  drawers: {
    goal_new: () => import('./goal-form.tsx').then((m) => m.NewGoalDrawer),
    check_in: () => import('./check-in-drawer.tsx').then((m) => m.CheckInDrawer),
    goals_week: () => import('./week-drawer.tsx').then((m) => m.WeekDrawer),
  },
  commands: goalsCommands,
}
