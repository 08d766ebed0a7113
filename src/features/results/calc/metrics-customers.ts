// Metrics of customers and their loyalty.
import type { Metric } from './metric.ts'
import { revenue } from './metrics-sales.ts'

export const customers: Metric = {
  ...revenue,
  id: 'customers',
  name: { en: 'Customers', de: 'Kunden' },
  sentence: {
    en: 'How many known customers bought in this period.',
    de: 'Wie viele bekannte Kunden in diesem Zeitraum gekauft haben.',
  },
  unit: 'count',
  side: 'loyalty',
  pieces: ['buyers', 'buyerAnonymous'],
  rows: { from: 'sale', when: 'purchase' },
  additive: false,
}

export const newCustomers: Metric = {
  ...revenue,
  id: 'new-customers',
  name: { en: 'New customers', de: 'Neukunden' },
  sentence: {
    en: 'Customers whose first purchase ever lies in this period.',
    de: 'Kunden, deren allererster Kauf in diesem Zeitraum liegt.',
  },
  unit: 'count',
  side: 'loyalty',
  pieces: ['rows', 'firsts', 'anonymous'],
  rows: { from: 'sale', when: 'first' },
}

export const repeatShare: Metric = {
  ...revenue,
  id: 'repeat-share',
  name: { en: 'Repeat share', de: 'Stammkundenanteil' },
  sentence: {
    en: 'The share of sales revenue that came from customers who had bought on an earlier day.',
    de: 'Anteil des Verkaufsumsatzes mit Kunden, die schon an einem früheren Tag gekauft hatten.',
  },
  unit: 'rate',
  side: 'loyalty',
  minimum: 1,
  pieces: ['valued', 'valuedBase', 'repeatBase', 'anonymous', 'unrated', 'returns'],
  rows: { from: 'sale', when: 'valued' },
  additive: false,
}

export const repurchaseRate: Metric = {
  ...repeatShare,
  id: 'repurchase-rate',
  name: { en: 'Bought again', de: 'Wiederkaufrate' },
  sentence: {
    en: 'Of the customers who bought in this period, the share that did so on two or more days.',
    de: 'Anteil der Kunden dieses Zeitraums, die an mindestens zwei Tagen gekauft haben.',
  },
  interval: 'Wilson score, 95 %',
  pieces: ['buyers', 'rebuyers', 'buyerAnonymous'],
  rows: { from: 'sale', when: 'purchase' },
}

export const retention: Metric = {
  ...repurchaseRate,
  id: 'retention',
  name: { en: 'Retention in the first year', de: 'Kundenbindung im ersten Jahr' },
  sentence: {
    en: 'Of the customers whose first purchase lies in this period, the share that bought again within 365 days. Those whose 365 days are not over yet do not count.',
    de: 'Anteil der Kunden mit erstem Kauf in diesem Zeitraum, die innerhalb von 365 Tagen erneut kauften. Wessen 365 Tage noch nicht um sind, zählt noch nicht.',
  },
  pieces: ['rows', 'firstsWatched', 'firstsBack', 'firstsUnwatched', 'anonymous'],
  rows: { from: 'sale', when: 'first-watched' },
}
