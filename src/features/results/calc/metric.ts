// What a metric is: names, unit, direction, pieces, the facts behind it, and along what it can be asked.
import type { Unit } from '../../../basics/figure.ts'
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

/** Dimensions of whatever has a seller, a customer, a product and a day. */
export const common: readonly DimensionId[] = [
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
