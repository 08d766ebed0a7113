// From counted pieces to a figure and to its explanation: one computation, told in numbers and in words.
import type { MetricId } from '../contract.ts'
import { activities, activitiesPerWin } from './finish-activities.ts'
import {
  averageDeal,
  closedDeals,
  dealsOpened,
  salesCycle,
  timeInStage,
  winRate,
} from './finish-deals.ts'
import {
  customers,
  newCustomers,
  repeatShare,
  repurchaseRate,
  retention,
} from './finish-loyalty.ts'
import { pipeline, velocity, weightedPipeline } from './finish-pipeline.ts'
import { complaintRate, nps, satisfaction } from './finish-quality.ts'
import { discount, margin, returnsShare, revenue, units } from './finish-sales.ts'
import type { Explained, Finisher, Setting } from './finish-words.ts'
import { metrics } from './metrics.ts'
import type { Counted } from './pieces.ts'
import { writer } from './words.ts'

/** Turns what was counted for one cell into the figure of a metric, with its explanation. */
export function finish(id: MetricId, counted: Counted, setting: Setting): Explained {
  const { lang } = setting
  return finishers[id](counted, {
    ...setting,
    metric: metrics[id],
    w: writer(lang),
    say: (en, de) => (lang === 'de' ? de : en),
  })
}

const finishers: Readonly<Record<MetricId, Finisher>> = {
  revenue,
  margin,
  units,
  discount,
  'returns-share': returnsShare,
  'deals-opened': dealsOpened,
  'deals-won': closedDeals('won'),
  'deals-lost': closedDeals('lost'),
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
  satisfaction,
  nps,
  'complaint-rate': complaintRate,
}
