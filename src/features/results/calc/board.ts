// Who is ahead, who is behind, and who cannot be told apart; and win rates drawn towards the whole.
import type { Figure } from '../../../basics/figure.ts'
import { betaBinomialMle } from '../../../methods/empirical-bayes.ts'
import {
  type Band,
  rankBands,
  rankIntervalsHolm,
  rankIntervalsWinrate,
} from '../../../methods/fair-ranking.ts'
import { policy } from '../../../methods/policy.ts'
import type { Language } from './metric.ts'
import type { Counted } from './pieces.ts'
import { writer } from './words.ts'

export type BoardMetric = 'win-rate' | 'average-deal' | 'revenue'

/** Least number of deals before a mean is compared with another one. */
const dealsForMean = 10

export interface Bands {
  /** By position; null where too little is known of a row. */
  groups: (Band | null)[]
  grouped: boolean
  /** Why there are no groups. */
  note: string | null
}

/** Groups rows by one metric, holding the error of the whole list at 5 % (Holm). */
export function bandsOf(rows: readonly Counted[], on: BoardMetric, lang: Language): Bands {
  const compared = rows.flatMap((row, position) => (comparable(row, on) ? [{ row, position }] : []))
  const groups = rows.map((): Band | null => null)
  if (compared.length < policy.rankIntervals.units) {
    return { groups, grouped: false, note: tooFew(compared.length, on, lang) }
  }
  const ranking =
    on === 'win-rate'
      ? rankIntervalsWinrate(
          compared.map(({ row }) => ({
            successes: row.get('won'),
            trials: row.get('won') + row.get('lost'),
          })),
        )
      : rankIntervalsHolm(compared.map(({ row }) => estimateOf(row, on)))
  const { status, bands } = rankBands(ranking)
  if (status !== 'ok') return { groups, grouped: false, note: tooFew(compared.length, on, lang) }
  compared.forEach(({ position }, i) => {
    groups[position] = bands[i] ?? null
  })
  return { groups, grouped: true, note: null }
}

function comparable(row: Counted, on: BoardMetric): boolean {
  if (on === 'win-rate') return row.get('won') + row.get('lost') > 0
  if (on === 'average-deal') return row.get('wonRated') >= dealsForMean
  return row.get('rows') > row.get('unrated')
}

/**
 * Mean deal with its standard error; or revenue, seen as a random number of sales of random size:
 * its variance is then estimated by the sum of squares (compound Poisson).
 */
function estimateOf(
  row: Counted,
  on: 'average-deal' | 'revenue',
): { estimate: number; se: number } {
  if (on === 'revenue') return { estimate: row.get('base'), se: Math.sqrt(row.get('squares')) }
  const n = row.get('wonRated')
  return { estimate: row.get('wonBase') / n, se: Math.sqrt(row.get('wonDeviations') / (n - 1) / n) }
}

function tooFew(found: number, on: BoardMetric, lang: Language): string {
  const w = writer(lang)
  const needed = policy.rankIntervals.units
  const of = {
    'win-rate': { en: 'closed deals', de: 'abgeschlossenen Verkaufschancen' },
    'average-deal': {
      en: `${dealsForMean} or more deals won`,
      de: `mindestens ${dealsForMean} gewonnenen Verkaufschancen`,
    },
    revenue: { en: 'sales', de: 'Verkäufen' },
  }[on][lang]
  return lang === 'de'
    ? `Noch keine Gruppen: Dafür braucht es mindestens ${needed} Zeilen mit ${of}, bisher ${found === 1 ? 'ist' : 'sind'} es ${w.count(found)}.`
    : `No groups yet: at least ${needed} rows with ${of} are needed, so far there ${found === 1 ? 'is' : 'are'} ${w.count(found)}.`
}

/** Win rates shrunken towards the whole by a beta-binomial model; with too little data, why not. */
export function shrunkenRates(rows: readonly Counted[], lang: Language): Figure[] {
  const records = rows.map((row) => ({
    successes: row.get('won'),
    trials: row.get('won') + row.get('lost'),
  }))
  const fit = betaBinomialMle(records)
  const { unitsWithTrials, trials } = policy.shrunkenRates
  const text =
    lang === 'de'
      ? `Noch nicht genug Daten: nötig sind ${unitsWithTrials} Zeilen mit zusammen ${trials} abgeschlossenen Verkaufschancen.`
      : `Not enough data yet: ${unitsWithTrials} rows with ${trials} closed deals between them are needed.`
  return rows.map((_, i): Figure => {
    const unit = fit.units[i]
    if (!unit) return { unit: 'rate', missing: { code: 'not_enough_data', text } }
    return { value: unit.value, low: unit.low, high: unit.high, n: unit.n, unit: 'rate' }
  })
}
