// Metrics of what customers say.
import { policy } from '../../../methods/policy.ts'
import { common, type Metric } from './metric.ts'
import { repeatShare } from './metrics-customers.ts'

/** Answers and cases have no currency. */
const withoutCurrency = common.filter((dimension) => dimension !== 'currency')

export const satisfaction: Metric = {
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

export const nps: Metric = {
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

export const complaintRate: Metric = {
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
