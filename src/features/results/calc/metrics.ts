// The metrics, each defined once: what it counts, in which unit, along which dimensions.
import type { Unit } from '../../../basics/figure.ts'
import { policy } from '../../../methods/policy.ts'
import type { DimensionId, MetricId } from '../contract.ts'
import type { Condition, FactSet, PieceId } from './pieces.ts'

export type Language = 'en' | 'de'
export type Words = Readonly<Record<Language, string>>

export interface Metric {
  id: MetricId
  name: Words
  /** What it says, as the first line of its explanation. */
  sentence: Words
  unit: Unit
  side: 'numbers' | 'quality' | 'loyalty'
  /** Which direction is good by the meaning of the metric. */
  good: 'up' | 'down' | 'neither'
  dimensions: readonly DimensionId[]
  /** Name of the interval, for the list of metrics. */
  interval: string | null
  /** Observations below which there is no value. */
  minimum: number
  /** False until the feature that measures it exists. */
  measured: boolean
  pieces: readonly PieceId[]
  /** The facts behind the figure; null when nothing is measured. */
  rows: { from: Exclude<FactSet, 'buyer' | 'cycle'>; when: Condition } | null
  /** Whether the cells of a dimension add up to the whole. */
  additive: boolean
}

const common: readonly DimensionId[] = [
  'seller',
  'team',
  'manager',
  'office',
  'product',
  'family',
  'customer',
  'region',
  'country',
  'industry',
  'size',
  'source',
  'currency',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscal-quarter',
  'fiscal-year',
]

const revenue: Metric = {
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

const margin: Metric = {
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

const units: Metric = {
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

const dealsWon: Metric = {
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

const dealsLost: Metric = {
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

const winRate: Metric = {
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

const pipeline: Metric = {
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

const averageDeal: Metric = {
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

const salesCycle: Metric = {
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

const newCustomers: Metric = {
  ...revenue,
  id: 'new-customers',
  name: { en: 'New customers', de: 'Neue Kunden' },
  sentence: {
    en: 'Customers whose first purchase ever lies in this period.',
    de: 'Kunden, deren allererster Kauf in diesem Zeitraum liegt.',
  },
  unit: 'count',
  side: 'loyalty',
  pieces: ['firsts', 'anonymous'],
  rows: { from: 'sale', when: 'first' },
}

const repeatShare: Metric = {
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

const repurchaseRate: Metric = {
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

/** Answers and cases have no currency. */
const withoutCurrency = common.filter((dimension) => dimension !== 'currency')

const satisfaction: Metric = {
  ...repeatShare,
  id: 'satisfaction',
  name: { en: 'Satisfaction', de: 'Kundenzufriedenheit' },
  sentence: {
    en: 'The share of satisfied answers: those in the upper quarter of their scale, 4 and 5 of 1 to 5.',
    de: 'Anteil zufriedener Antworten: im oberen Viertel ihrer Skala, also 4 und 5 von 1 bis 5.',
  },
  side: 'quality',
  dimensions: withoutCurrency,
  interval: 'Wilson score, 95 %',
  minimum: policy.surveys.answers,
  pieces: ['answers', 'satisfied', 'otherScale', 'satisfaction', 'satisfactionDeviations'],
  rows: { from: 'answer', when: 'satisfaction' },
}

const nps: Metric = {
  ...satisfaction,
  id: 'nps',
  name: { en: 'Recommendation (NPS)', de: 'Weiterempfehlung (NPS)' },
  sentence: {
    en: 'Share of promoters (9 and 10 of 0 to 10) less share of detractors (0 to 6), in points from −100 to 100.',
    de: 'Anteil der Empfehlenden (9 und 10 von 0 bis 10) abzüglich des Anteils der Kritischen (0 bis 6), in Punkten von −100 bis 100.',
  },
  unit: 'score',
  interval: 'normal, 95 %',
  pieces: ['recommendations', 'promoters', 'detractors'],
  rows: { from: 'answer', when: 'nps' },
}

const complaintRate: Metric = {
  ...satisfaction,
  id: 'complaint-rate',
  name: { en: 'Complaint rate', de: 'Reklamationsquote' },
  sentence: {
    en: 'Complaints per sale, over the sales since the first complaint on record.',
    de: 'Reklamationen je Verkauf, über die Verkäufe seit der ersten erfassten Reklamation.',
  },
  good: 'down',
  interval: 'exact Poisson, 95 %',
  minimum: 1,
  pieces: ['complaints', 'watched', 'unwatched'],
  rows: { from: 'case', when: 'complaint' },
}

export const metrics: Readonly<Record<MetricId, Metric>> = {
  revenue,
  margin,
  units,
  'deals-won': dealsWon,
  'deals-lost': dealsLost,
  'win-rate': winRate,
  pipeline,
  'average-deal': averageDeal,
  'sales-cycle': salesCycle,
  'new-customers': newCustomers,
  'repeat-share': repeatShare,
  'repurchase-rate': repurchaseRate,
  satisfaction,
  nps,
  'complaint-rate': complaintRate,
}

export const dimensionNames: Readonly<Record<DimensionId, Words>> = {
  seller: { en: 'Seller', de: 'Verkäufer/in' },
  team: { en: 'Team', de: 'Team' },
  manager: { en: 'Manager', de: 'Leitung' },
  office: { en: 'Office', de: 'Niederlassung' },
  product: { en: 'Product', de: 'Produkt' },
  family: { en: 'Family', de: 'Produktfamilie' },
  customer: { en: 'Customer', de: 'Kunde' },
  region: { en: 'Region', de: 'Region' },
  country: { en: 'Country', de: 'Land' },
  industry: { en: 'Industry', de: 'Branche' },
  size: { en: 'Size', de: 'Größe' },
  source: { en: 'Source', de: 'Herkunft' },
  stage: { en: 'Stage', de: 'Phase' },
  'lost-reason': { en: 'Reason for loss', de: 'Verlustgrund' },
  currency: { en: 'Currency', de: 'Währung' },
  day: { en: 'Day', de: 'Tag' },
  week: { en: 'Week', de: 'Woche' },
  month: { en: 'Month', de: 'Monat' },
  quarter: { en: 'Quarter', de: 'Quartal' },
  year: { en: 'Year', de: 'Jahr' },
  'fiscal-quarter': { en: 'Fiscal quarter', de: 'Geschäftsquartal' },
  'fiscal-year': { en: 'Fiscal year', de: 'Geschäftsjahr' },
}
