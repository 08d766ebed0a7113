// Metrics that are a quotient of what adds up: both their sides, so that their course can be followed, drawn and divided.
import type { MetricId } from '../contract.ts'
import type { Counted } from './pieces.ts'

type Take = (counted: Counted) => number

interface Quotient {
  /** `shares`: the top counts some of what the bottom counts, one by one. */
  of: 'shares' | 'means'
  top: Take
  bottom: Take
  /** Observations, where the bottom does not count them. */
  n?: Take
}

type QuotientId = Extract<
  MetricId,
  | 'win-rate'
  | 'average-deal'
  | 'discount'
  | 'returns-share'
  | 'repeat-share'
  | 'activities-per-win'
  | 'satisfaction'
  | 'nps'
  | 'complaint-rate'
>

/** Medians, stocks, and what counts each customer once are none of these. */
export const quotients: Readonly<Record<QuotientId, Quotient>> = {
  'win-rate': {
    of: 'shares',
    top: (c) => c.get('won'),
    bottom: (c) => c.get('won') + c.get('lost'),
  },
  'average-deal': {
    of: 'means',
    top: (c) => c.get('wonBase'),
    bottom: (c) => c.get('wonRated'),
  },
  discount: {
    of: 'means',
    top: (c) => c.get('list') - c.get('listedBase'),
    bottom: (c) => c.get('list'),
    n: (c) => c.get('listed'),
  },
  'returns-share': {
    of: 'means',
    top: (c) => -c.get('returnBase'),
    bottom: (c) => c.get('soldBase'),
    n: (c) => c.get('sold'),
  },
  'repeat-share': {
    of: 'means',
    top: (c) => c.get('repeatBase'),
    bottom: (c) => c.get('valuedBase'),
    n: (c) => c.get('valued'),
  },
  'activities-per-win': {
    of: 'means',
    top: (c) => c.get('activities'),
    bottom: (c) => c.get('won'),
  },
  satisfaction: {
    of: 'shares',
    top: (c) => c.get('satisfied'),
    bottom: (c) => c.get('answers'),
  },
  nps: {
    of: 'means',
    top: (c) => 100 * (c.get('promoters') - c.get('detractors')),
    bottom: (c) => c.get('recommendations'),
  },
  'complaint-rate': {
    of: 'means',
    top: (c) => c.get('complaints'),
    bottom: (c) => c.get('watched'),
  },
}

/** How a metric is a quotient; undefined where it is none. */
export function quotientBy(id: MetricId): Quotient | undefined {
  const all: Readonly<Partial<Record<MetricId, Quotient>>> = quotients
  return all[id]
}

export interface Sides {
  top: number
  bottom: number
  n: number
}

export function sidesOf({ top, bottom, n = bottom }: Quotient, counted: Counted): Sides {
  return { top: top(counted), bottom: bottom(counted), n: n(counted) }
}
