// Metrics of sales and returns.
import { common, type Metric } from './metric.ts'

export const revenue: Metric = {
  id: 'revenue',
  name: { en: 'Revenue', de: 'Umsatz' },
  sentence: {
    en: 'What was sold in this period, less what came back, in the base currency.',
    de: 'Was in diesem Zeitraum verkauft wurde, abzüglich der Rückgaben, in der Basiswährung.',
  },
  unit: 'money',
  side: 'numbers',
  good: 'up',
  dimensions: common,
  interval: null,
  minimum: 0,
  measured: true,
  pieces: ['rows', 'unrated', 'sold', 'returns', 'base', 'returnBase'],
  rows: { from: 'sale', when: 'any' },
  additive: true,
}

export const margin: Metric = {
  ...revenue,
  id: 'margin',
  name: { en: 'Margin', de: 'Deckungsbeitrag' },
  sentence: {
    en: 'Revenue less cost, over the sales whose cost is known.',
    de: 'Umsatz abzüglich Kosten, über alle Verkäufe mit bekannten Kosten.',
  },
  pieces: ['rows', 'unrated', 'costed', 'costBase', 'cost'],
  rows: { from: 'sale', when: 'costed' },
}

export const units: Metric = {
  ...revenue,
  id: 'units',
  name: { en: 'Units', de: 'Absatzmenge' },
  sentence: {
    en: 'How many pieces were sold in this period, less those that came back.',
    de: 'Wie viele Stück in diesem Zeitraum verkauft wurden, abzüglich der Rückgaben.',
  },
  unit: 'count',
  pieces: ['rows', 'returns', 'quantity'],
}

export const discount: Metric = {
  ...revenue,
  id: 'discount',
  name: { en: 'Discount', de: 'Rabatt' },
  sentence: {
    en: 'How far below list price was sold in this period, over the sales whose list price is known.',
    de: 'Wie weit unter Listenpreis in diesem Zeitraum verkauft wurde, über alle Verkäufe mit bekanntem Listenpreis.',
  },
  unit: 'rate',
  good: 'down',
  minimum: 1,
  pieces: ['sold', 'listed', 'listedBase', 'list'],
  rows: { from: 'sale', when: 'listed' },
  additive: false,
}

export const returnsShare: Metric = {
  ...revenue,
  id: 'returns-share',
  name: { en: 'Returned', de: 'Retourenquote' },
  sentence: {
    en: 'What came back in this period, as a share of what was sold in it.',
    de: 'Was in diesem Zeitraum zurückkam, als Anteil des darin Verkauften.',
  },
  unit: 'rate',
  side: 'quality',
  good: 'down',
  minimum: 1,
  pieces: ['sold', 'soldBase', 'returns', 'returnBase', 'unrated'],
  rows: { from: 'sale', when: 'rated' },
  additive: false,
}
