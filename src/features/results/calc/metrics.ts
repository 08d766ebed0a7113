// The metrics, each defined once, and the names of dimensions.
import { foldWord } from '../../../basics/fold.ts'
import { type DimensionId, dimensionIds, type MetricId, metricIds } from '../contract.ts'
import type { Metric, Words } from './metric.ts'
import { activities, activitiesPerWin } from './metrics-activities.ts'
import {
  customers,
  newCustomers,
  repeatShare,
  repurchaseRate,
  retention,
} from './metrics-customers.ts'
import {
  averageDeal,
  dealsLost,
  dealsOpened,
  dealsWon,
  pipeline,
  salesCycle,
  timeInStage,
  velocity,
  weightedPipeline,
  winRate,
} from './metrics-deals.ts'
import { complaintRate, nps, satisfaction } from './metrics-quality.ts'
import { discount, margin, returnsShare, revenue, units } from './metrics-sales.ts'

export const metrics: Readonly<Record<MetricId, Metric>> = {
  revenue,
  margin,
  units,
  discount,
  'deals-opened': dealsOpened,
  'deals-won': dealsWon,
  'deals-lost': dealsLost,
  'win-rate': winRate,
  pipeline,
  'weighted-pipeline': weightedPipeline,
  'average-deal': averageDeal,
  'sales-cycle': salesCycle,
  'time-in-stage': timeInStage,
  velocity,
  activities,
  'activities-per-win': activitiesPerWin,
  customers,
  'new-customers': newCustomers,
  'repeat-share': repeatShare,
  'repurchase-rate': repurchaseRate,
  retention,
  'returns-share': returnsShare,
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

/** The metric that a word means: its id, or its name in either language. */
export function metricMeant(word: string): MetricId | undefined {
  return metricIds.find((id) => isCalled(word, id, metrics[id].name))
}

/** The dimension that a word means: its id, or its name in either language. */
export function dimensionMeant(word: string): DimensionId | undefined {
  return dimensionIds.find((id) => isCalled(word, id, dimensionNames[id]))
}

function isCalled(word: string, id: string, { en, de }: Words): boolean {
  return [id, en, de].some((one) => foldWord(one) === foldWord(word))
}
