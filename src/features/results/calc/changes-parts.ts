// What each part of a change means, in the words of its metric: “because more of the deals were won, seller by seller”.
import type { DimensionId } from '../contract.ts'
import type { ChangeParts, DivisibleId } from './changes.ts'
import type { Language } from './metric.ts'

export type PartName = Exclude<keyof ChangeParts, 'total'>
type UpDown = readonly [up: string, down: string]

/** One and many in English; many after a preposition with the dative in German. */
const cellWords: Readonly<Record<DimensionId, readonly [one: string, many: string, de: string]>> = {
  seller: ['seller', 'sellers', 'Verkäufern'],
  team: ['team', 'teams', 'Teams'],
  manager: ['manager', 'managers', 'Leitungen'],
  office: ['office', 'offices', 'Niederlassungen'],
  product: ['product', 'products', 'Produkten'],
  family: ['product family', 'product families', 'Produktfamilien'],
  customer: ['customer', 'customers', 'Kunden'],
  region: ['region', 'regions', 'Regionen'],
  country: ['country', 'countries', 'Ländern'],
  industry: ['industry', 'industries', 'Branchen'],
  size: ['customer size', 'customer sizes', 'Kundengrößen'],
  source: ['source', 'sources', 'Herkünften'],
  stage: ['stage', 'stages', 'Phasen'],
  'lost-reason': ['reason', 'reasons', 'Gründen'],
  currency: ['currency', 'currencies', 'Währungen'],
  day: ['day', 'days', 'Tagen'],
  week: ['week', 'weeks', 'Wochen'],
  month: ['month', 'months', 'Monaten'],
  quarter: ['quarter', 'quarters', 'Quartalen'],
  year: ['year', 'years', 'Jahren'],
  'fiscal-quarter': ['fiscal quarter', 'fiscal quarters', 'Geschäftsquartalen'],
  'fiscal-year': ['fiscal year', 'fiscal years', 'Geschäftsjahren'],
}

interface MetricWords {
  /** Each cell did better or worse; follows “because” and “weil … bei den einzelnen Verkäufern”. */
  own: Readonly<Record<Language, UpDown>>
  /** Cells with more or less of it; follows “towards sellers with” and “zu Verkäufern mit”. */
  kind: Readonly<Record<Language, UpDown>>
}

/** Only metrics that have parts. */
const metricWords: Readonly<Partial<Record<DivisibleId, MetricWords>>> = {
  revenue: {
    own: {
      en: ['the average sale was larger', 'the average sale was smaller'],
      de: ['der durchschnittliche Verkauf größer war', 'der durchschnittliche Verkauf kleiner war'],
    },
    kind: {
      en: ['larger sales', 'smaller sales'],
      de: ['größeren Verkäufen', 'kleineren Verkäufen'],
    },
  },
  'win-rate': {
    own: {
      en: ['more of the deals were won', 'fewer of the deals were won'],
      de: [
        'ein größerer Teil der Verkaufschancen gewonnen wurde',
        'ein kleinerer Teil der Verkaufschancen gewonnen wurde',
      ],
    },
    kind: {
      en: ['a higher win rate', 'a lower win rate'],
      de: ['höherer Abschlussquote', 'niedrigerer Abschlussquote'],
    },
  },
  'average-deal': {
    own: {
      en: ['the average deal was larger', 'the average deal was smaller'],
      de: [
        'der durchschnittliche Abschluss größer war',
        'der durchschnittliche Abschluss kleiner war',
      ],
    },
    kind: {
      en: ['larger deals', 'smaller deals'],
      de: ['größeren Abschlüssen', 'kleineren Abschlüssen'],
    },
  },
  discount: {
    own: {
      en: ['more discount was given', 'less discount was given'],
      de: ['mehr Rabatt gewährt wurde', 'weniger Rabatt gewährt wurde'],
    },
    kind: {
      en: ['higher discounts', 'lower discounts'],
      de: ['höheren Rabatten', 'niedrigeren Rabatten'],
    },
  },
  'returns-share': {
    own: {
      en: ['more was returned', 'less was returned'],
      de: ['mehr zurückgegeben wurde', 'weniger zurückgegeben wurde'],
    },
    kind: {
      en: ['more returns', 'fewer returns'],
      de: ['mehr Rückgaben', 'weniger Rückgaben'],
    },
  },
  'repeat-share': {
    own: {
      en: ['more came from repeat customers', 'less came from repeat customers'],
      de: ['mehr von Stammkunden kam', 'weniger von Stammkunden kam'],
    },
    kind: {
      en: ['more repeat business', 'less repeat business'],
      de: ['mehr Stammkunden', 'weniger Stammkunden'],
    },
  },
}

const volume = {
  en: ['because there were more sales', 'because there were fewer sales'],
  de: ['weil es mehr Verkäufe gab', 'weil es weniger Verkäufe gab'],
} as const
const returns = {
  en: ['because less was returned', 'because more was returned'],
  de: ['weil weniger zurückkam', 'weil mehr zurückkam'],
} as const

/** Why a part of the change is there; `up`: it raised the metric. */
export function becauseOf(
  metric: DivisibleId,
  part: PartName,
  up: boolean,
  by: DimensionId,
  lang: Language,
): string {
  const side = up ? 0 : 1
  const [one, many, germanMany] = cellWords[by]
  if (part === 'byVolume') return volume[lang][side]
  if (part === 'byReturns') return returns[lang][side]
  const words = metricWords[metric]
  if (!words) return ''
  if (part === 'byRate') {
    const own = words.own[lang][side]
    return lang === 'de'
      ? `weil bei den einzelnen ${germanMany} ${own}`
      : `because ${own}, ${one} by ${one}`
  }
  const kind = words.kind[lang][side]
  return lang === 'de'
    ? `weil sich das Gewicht zu ${germanMany} mit ${kind} verschoben hat`
    : `because the weight moved towards ${many} with ${kind}`
}
