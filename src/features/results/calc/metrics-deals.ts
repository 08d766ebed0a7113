// Metrics of deals, open and closed.
import { common, type Metric } from './metric.ts'
import { revenue } from './metrics-sales.ts'

export const dealsWon: Metric = {
  ...revenue,
  id: 'deals-won',
  name: { en: 'Deals won', de: 'Gewonnene Verkaufschancen' },
  sentence: {
    en: 'Deals that were closed as won in this period.',
    de: 'Verkaufschancen, die in diesem Zeitraum gewonnen wurden.',
  },
  unit: 'count',
  pieces: ['won'],
  rows: { from: 'closed', when: 'won' },
}

export const dealsOpened: Metric = {
  ...dealsWon,
  id: 'deals-opened',
  name: { en: 'Deals opened', de: 'Eröffnete Verkaufschancen' },
  sentence: {
    en: 'Deals that were opened in this period, whatever became of them.',
    de: 'Verkaufschancen, die in diesem Zeitraum eröffnet wurden, was auch aus ihnen wurde.',
  },
  pieces: ['opened'],
  rows: { from: 'opened', when: 'any' },
}

export const dealsLost: Metric = {
  ...dealsWon,
  id: 'deals-lost',
  name: { en: 'Deals lost', de: 'Verlorene Verkaufschancen' },
  sentence: {
    en: 'Deals that were closed as lost in this period.',
    de: 'Verkaufschancen, die in diesem Zeitraum verloren wurden.',
  },
  good: 'down',
  dimensions: [...common, 'lost-reason'],
  pieces: ['lost'],
  rows: { from: 'closed', when: 'lost' },
}

export const winRate: Metric = {
  ...revenue,
  id: 'win-rate',
  name: { en: 'Win rate', de: 'Abschlussquote' },
  sentence: {
    en: 'Of the deals that were closed in this period, the share that was won.',
    de: 'Anteil der gewonnenen an allen in diesem Zeitraum abgeschlossenen Verkaufschancen.',
  },
  unit: 'rate',
  interval: 'Wilson score, 95 %',
  minimum: 1,
  pieces: ['won', 'lost'],
  rows: { from: 'closed', when: 'any' },
  additive: false,
}

export const pipeline: Metric = {
  ...revenue,
  id: 'pipeline',
  name: { en: 'Pipeline', de: 'Pipeline' },
  sentence: {
    en: 'The amounts of all deals that were open at the end of this period, in the base currency.',
    de: 'Die Beträge aller am Ende dieses Zeitraums offenen Verkaufschancen, in der Basiswährung.',
  },
  dimensions: [...common, 'stage'],
  minimum: 1,
  pieces: [
    'open',
    'openRated',
    'openUnrated',
    'openBase',
    'openWithoutAmount',
    'openUndated',
    'openClosedSince',
  ],
  rows: { from: 'open', when: 'any' },
}

export const averageDeal: Metric = {
  ...revenue,
  id: 'average-deal',
  name: { en: 'Average deal', de: 'Durchschnittlicher Abschluss' },
  sentence: {
    en: 'The mean amount of the deals won in this period, in the base currency.',
    de: 'Der mittlere Betrag der in diesem Zeitraum gewonnenen Verkaufschancen, in der Basiswährung.',
  },
  interval: 'Student t, 95 %',
  minimum: 2,
  pieces: ['won', 'wonRated', 'wonUnrated', 'wonBase', 'wonDeviations'],
  rows: { from: 'closed', when: 'won-rated' },
  additive: false,
}

export const salesCycle: Metric = {
  ...revenue,
  id: 'sales-cycle',
  name: { en: 'Sales cycle', de: 'Verkaufszyklus' },
  sentence: {
    en: 'Days from opening to winning: half of the deals won in this period took longer, half less.',
    de: 'Tage von der Eröffnung bis zum Gewinn: Die Hälfte der in diesem Zeitraum gewonnenen Verkaufschancen dauerte länger, die Hälfte kürzer.',
  },
  unit: 'days',
  good: 'down',
  interval: 'order statistics, at least 95 %',
  // With fewer than six values no pair of them encloses the median with 95 % confidence.
  minimum: 6,
  pieces: ['won', 'wonUndated', 'cycle'],
  rows: { from: 'closed', when: 'won-dated' },
  additive: false,
}

export const timeInStage: Metric = {
  ...salesCycle,
  id: 'time-in-stage',
  name: { en: 'Time in stage', de: 'Verweildauer in der Phase' },
  sentence: {
    en: 'Days deals spent in a stage before they left it, of the stages left in this period: half took longer, half less. Where a deal still is does not count yet.',
    de: 'Tage, die Verkaufschancen in einer Phase blieben, bevor sie sie in diesem Zeitraum verließen: die Hälfte länger, die Hälfte kürzer. Wo eine Verkaufschance noch steht, zählt noch nicht.',
  },
  dimensions: [...common, 'stage'],
  pieces: ['stays'],
  rows: { from: 'stay', when: 'any' },
}

export const weightedPipeline: Metric = {
  ...pipeline,
  id: 'weighted-pipeline',
  name: { en: 'Weighted pipeline', de: 'Gewichtete Pipeline' },
  sentence: {
    en: 'The open deals at the end of this period, each with its amount times the chance that deals had that came as far.',
    de: 'Die am Ende dieses Zeitraums offenen Verkaufschancen, jede mit ihrem Betrag mal der Chance derer, die so weit kamen.',
  },
  pieces: [
    'open',
    'openRated',
    'openUnrated',
    'openBase',
    'openWeighted',
    'openChanced',
    'openWithoutAmount',
  ],
  rows: { from: 'open', when: 'any' },
}

export const velocity: Metric = {
  ...averageDeal,
  id: 'velocity',
  name: { en: 'Sales velocity', de: 'Verkaufsgeschwindigkeit' },
  sentence: {
    en: 'What comes in per day at this pace: open deals × win rate × average deal ÷ mean days to win.',
    de: 'Was bei diesem Tempo je Tag hereinkommt: offene Verkaufschancen × Abschlussquote × durchschnittlicher Abschluss ÷ mittlere Tage bis zum Gewinn.',
  },
  interval: null,
  pieces: ['open', 'won', 'lost', 'wonRated', 'wonBase', 'wonUndated', 'cycle'],
  rows: { from: 'closed', when: 'won' },
}
