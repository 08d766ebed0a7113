// Metrics of what sellers do.
import { common, type Metric } from './metric.ts'
import { revenue } from './metrics-sales.ts'

/** An activity is about a customer, not about a product, and has no currency. */
const ofActivities = common.filter(
  (dimension) => dimension !== 'currency' && dimension !== 'product' && dimension !== 'family',
)

export const activities: Metric = {
  ...revenue,
  id: 'activities',
  name: { en: 'Activities', de: 'Aktivitäten' },
  sentence: {
    en: 'Calls, mails, meetings, visits and messages that were done in this period.',
    de: 'Anrufe, E-Mails, Besprechungen, Besuche und Nachrichten, die in diesem Zeitraum erledigt wurden.',
  },
  unit: 'count',
  good: 'neither',
  dimensions: ofActivities,
  pieces: ['activities', 'tasks'],
  rows: { from: 'activity', when: 'contact' },
}

export const activitiesPerWin: Metric = {
  ...activities,
  id: 'activities-per-win',
  name: { en: 'Activities per win', de: 'Aktivitäten je Abschluss' },
  sentence: {
    en: 'How many activities were done in this period for each deal that was won in it.',
    de: 'Wie viele Aktivitäten in diesem Zeitraum auf jede darin gewonnene Verkaufschance kamen.',
  },
  minimum: 1,
  pieces: ['activities', 'won'],
  additive: false,
}
