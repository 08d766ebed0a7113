// What the palette can do with results: explain the main figures, compare with a year ago, list the sales.
import type { Command } from '../../web/commands.ts'
import { whyValue } from '../../web/why.ts'

export const resultsCommands: readonly Command[] = [
  {
    id: 'results.why-revenue',
    label: { en: 'Explain revenue', de: 'Umsatz erklären' },
    group: 'do',
    run: (here) => here.go('overview', { why: whyValue({ metric: 'revenue' }) }),
  },
  {
    id: 'results.why-win-rate',
    label: { en: 'Explain win rate', de: 'Abschlussquote erklären' },
    group: 'do',
    run: (here) => here.go('overview', { why: whyValue({ metric: 'win-rate' }) }),
  },
  {
    id: 'results.year-ago',
    label: { en: 'Compare results with a year ago', de: 'Ergebnisse mit dem Vorjahr vergleichen' },
    group: 'do',
    run: (here) => here.go('overview', { against: 'year-ago' }),
  },
  {
    id: 'results.sales',
    label: {
      en: 'List the sales of the last period',
      de: 'Verkäufe des letzten Zeitraums auflisten',
    },
    group: 'do',
    run: (here) => here.go('rows', { metric: 'revenue' }),
  },
]
