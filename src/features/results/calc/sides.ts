// Metrics that are a quotient of what adds up over days: both their sides, so that their course can be followed and drawn.
import type { MetricId } from '../contract.ts'
import type { Counted } from './pieces.ts'

export interface Sides {
  top: number
  bottom: number
}

interface Quotient {
  /** `shares`: the top counts some of what the bottom counts, one by one. */
  of: 'shares' | 'means'
  sides: (counted: Counted) => Sides
}

/** Medians, stocks, and what counts each customer once are none of these. */
export const quotients: Readonly<Partial<Record<MetricId, Quotient>>> = {
  'win-rate': {
    of: 'shares',
    sides: (c) => ({ top: c.get('won'), bottom: c.get('won') + c.get('lost') }),
  },
  'average-deal': {
    of: 'means',
    sides: (c) => ({ top: c.get('wonBase'), bottom: c.get('wonRated') }),
  },
  discount: {
    of: 'means',
    sides: (c) => ({ top: c.get('list') - c.get('listedBase'), bottom: c.get('list') }),
  },
  'returns-share': {
    of: 'means',
    sides: (c) => ({ top: -c.get('returnBase'), bottom: c.get('soldBase') }),
  },
  'repeat-share': {
    of: 'means',
    sides: (c) => ({ top: c.get('repeatBase'), bottom: c.get('valuedBase') }),
  },
  'activities-per-win': {
    of: 'means',
    sides: (c) => ({ top: c.get('activities'), bottom: c.get('won') }),
  },
  satisfaction: {
    of: 'shares',
    sides: (c) => ({ top: c.get('satisfied'), bottom: c.get('answers') }),
  },
  nps: {
    of: 'means',
    sides: (c) => ({
      top: 100 * (c.get('promoters') - c.get('detractors')),
      bottom: c.get('recommendations'),
    }),
  },
  'complaint-rate': {
    of: 'means',
    sides: (c) => ({ top: c.get('complaints'), bottom: c.get('watched') }),
  },
}
