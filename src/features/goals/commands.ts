// What the palette can do with goals.
import type { Command } from '../../web/commands.ts'

export const goalsCommands: readonly Command[] = [
  {
    id: 'goals.new',
    label: { en: 'Set a goal', de: 'Ziel setzen' },
    group: 'do',
    run: (here) => here.change({ goal_new: '1' }),
  },
  {
    id: 'goals.board',
    label: { en: 'Board of goals', de: 'Tafel der Ziele' },
    keys: 'g l',
    group: 'go',
    run: (here) => here.go('goals/board'),
  },
  {
    id: 'goals.week',
    label: { en: 'Week of the goals as text', de: 'Woche der Ziele als Text' },
    group: 'do',
    run: (here) => here.change({ goals_week: '1' }),
  },
]
