// The first sentence of the overview and what it rests on; it says no more than the figures do.
import type { Figure } from '../../../basics/figure.ts'
import type { Period, PeriodKind } from '../../../basics/period.ts'
import type { DimensionId } from '../contract.ts'
import { type Cause, causeOf, decompose, type Side } from './changed.ts'
import { type Writer, writer } from './words.ts'

/** Revenue of one cell in both periods. */
export interface CellChange {
  dimension: DimensionId
  /** Undefined: facts that belong to no cell; they are never named as a place. */
  name: string | undefined
  before: Side
  now: Side
}

export interface Findings {
  lang: 'en' | 'de'
  currency: string
  period: Period
  /** Revenue now and in the period before; a value is absent when it cannot be told. */
  revenue: { now: Figure; before: Figure }
  /** Sales now and before, over everything. */
  whole: { before: Side; now: Side }
  changes: readonly CellChange[]
  /** The period is not over; the one before is cut to as many days. */
  running: boolean
  /** First day of the records; undefined when there are none. */
  recordsFrom: string | undefined
  /** First day of the period before. */
  beforeFrom: string
  repeatShare: Figure
  /** Known customers who bought. */
  buyers: number
  /** Sales without a rate to the base currency: counted, not summed. */
  unrated: number
  satisfaction: Figure
}

/** The one before, by kind of period: nominative, dative, genitive. */
const beforeWords: Readonly<Record<PeriodKind, { en: string; dative: string; genitive: string }>> =
  {
    day: { en: 'the day before', dative: 'dem Vortag', genitive: 'des Vortags' },
    week: { en: 'the previous week', dative: 'der Vorwoche', genitive: 'der Vorwoche' },
    month: { en: 'the previous month', dative: 'dem Vormonat', genitive: 'des Vormonats' },
    quarter: { en: 'the previous quarter', dative: 'dem Vorquartal', genitive: 'des Vorquartals' },
    year: { en: 'the previous year', dative: 'dem Vorjahr', genitive: 'des Vorjahrs' },
    'fiscal-quarter': {
      en: 'the previous quarter',
      dative: 'dem Vorquartal',
      genitive: 'des Vorquartals',
    },
    'fiscal-year': {
      en: 'the previous fiscal year',
      dative: 'dem vorigen Geschäftsjahr',
      genitive: 'des vorigen Geschäftsjahrs',
    },
    custom: {
      en: 'the period before',
      dative: 'dem Zeitraum davor',
      genitive: 'des Zeitraums davor',
    },
  }

/** The finding in one sentence: revenue, its difference, and where the largest part of it lies. */
export function findingOf(given: Findings): string {
  const { lang, currency, period, revenue, running, whole } = given
  const w = writer(lang)
  const de = lang === 'de'
  const now = revenue.now.value
  if (now === undefined) return revenue.now.missing?.text ?? ''
  if (whole.now.sales === 0 && now === 0) {
    return de ? `Kein Verkauf im Zeitraum ${w.period(period)}.` : `No sales in ${w.period(period)}.`
  }
  const soFar = running ? (de ? ' bisher' : ' so far') : ''
  const amount = w.shortMoney(now, currency)
  const start = de ? `Der Umsatz beträgt${soFar} ${amount}` : `Revenue is ${amount}${soFar}`
  const before = revenue.before.value
  if (before === undefined || before <= 0 || !wholeBefore(given)) return `${start}.`
  const relative = now / before - 1
  const there = comparedWith(given)
  if (Math.abs(relative) < 0.005) {
    return de
      ? `${start}, etwa so viel wie ${there.like}.`
      : `${start}, about the same as ${there.like}.`
  }
  const size = w.rate(Math.abs(relative), Math.abs(relative) < 0.03 ? 1 : 0)
  const direction = relative > 0 ? (de ? 'über' : 'above') : de ? 'unter' : 'below'
  const because = reason(given, w)
  return `${start}, ${size} ${direction} ${there.than}${because}.`
}

/** Whether the records reach back over the whole period before. */
function wholeBefore({ recordsFrom, beforeFrom }: Findings): boolean {
  return recordsFrom !== undefined && recordsFrom <= beforeFrom
}

function comparedWith({ lang, period, running }: Findings): { than: string; like: string } {
  const words = beforeWords[period.kind]
  if (lang === 'en') {
    const text = running ? `the same days of ${words.en}` : words.en
    return { than: text, like: text }
  }
  if (running) {
    return {
      than: `den gleichen Tagen ${words.genitive}`,
      like: `in den gleichen Tagen ${words.genitive}`,
    }
  }
  return { than: words.dative, like: `in ${words.dative}`.replace(/^in dem /, 'im ') }
}

const causeWords: Readonly<
  Record<Cause, Readonly<Record<'up' | 'down', { en: string; de: string }>>>
> = {
  count: {
    up: { en: 'more sales', de: 'mehr Verkäufe' },
    down: { en: 'fewer sales', de: 'weniger Verkäufe' },
  },
  average: {
    up: { en: 'larger sales', de: 'größere Verkäufe' },
    down: { en: 'smaller sales', de: 'kleinere Verkäufe' },
  },
  both: {
    up: { en: 'more and larger sales', de: 'mehr und größere Verkäufe' },
    down: { en: 'fewer and smaller sales', de: 'weniger und kleinere Verkäufe' },
  },
  returns: {
    up: { en: 'less came back', de: 'weniger Rückgaben' },
    down: { en: 'more came back', de: 'mehr Rückgaben' },
  },
}

/** Dimensions in the order in which a place is looked for. */
const places: readonly DimensionId[] = ['office', 'team', 'family', 'product', 'seller']
/** A cell is named when it carries at least this part of the difference. */
const shareNamed = 0.4

/** “: fewer sales in Central”, or nothing where no part stands out. */
function reason(given: Findings, w: Writer): string {
  const total = decompose(given.whole.before, given.whole.now)
  const direction = total.total > 0 ? 'up' : 'down'
  for (const dimension of places) {
    const cells = given.changes.filter((change) => change.dimension === dimension)
    if (cells.length < 2) continue
    const largest = cells
      .map((cell) => ({ cell, difference: decompose(cell.before, cell.now) }))
      .filter(({ difference }) => difference.total * total.total > 0)
      .sort((a, b) => Math.abs(b.difference.total) - Math.abs(a.difference.total))[0]
    const name = largest?.cell.name
    const cause = largest && causeOf(largest.difference)
    if (!largest || !cause || name === undefined) continue
    if (Math.abs(largest.difference.total) < shareNamed * Math.abs(total.total)) continue
    return `: ${causeWords[cause][direction][w.lang]} ${placeText(dimension, name, w.lang)}`
  }
  const cause = causeOf(total)
  return cause ? `: ${causeWords[cause][direction][w.lang]}` : ''
}

function placeText(dimension: DimensionId, name: string, lang: 'en' | 'de'): string {
  if (dimension === 'office' || dimension === 'team') return `in ${name}`
  if (lang === 'de') return `bei ${name}`
  return dimension === 'seller' ? `by ${name}` : `of ${name}`
}

/** What the finding rests on, and what it does not say; short sentences. */
export function noteOf(given: Findings): string {
  const { lang, whole, buyers, repeatShare, satisfaction, unrated, running, recordsFrom, period } =
    given
  const w = writer(lang)
  const de = lang === 'de'
  const n = whole.now.sales
  const sentences: string[] = []
  if (n > 0) {
    const sales = de ? (n === 1 ? 'Verkauf' : 'Verkäufen') : n === 1 ? 'sale' : 'sales'
    const customers = de ? 'Kunden' : buyers === 1 ? 'customer' : 'customers'
    const to = buyers > 0 ? `${de ? ' an ' : ' to '}${w.count(buyers)} ${customers}` : ''
    sentences.push(de ? `Aus ${w.count(n)} ${sales}${to}.` : `From ${w.count(n)} ${sales}${to}.`)
  }
  if (repeatShare.value !== undefined) {
    const share = w.rate(repeatShare.value, 0)
    sentences.push(
      de
        ? `${share} des Umsatzes kamen von Kunden, die schon zuvor gekauft hatten.`
        : `${share} of sales came from customers who had bought before.`,
    )
  }
  if (unrated > 0) {
    sentences.push(
      de
        ? `${w.count(unrated)} ${unrated === 1 ? 'Verkauf ist' : 'Verkäufe sind'} ohne Wechselkurs und nicht enthalten.`
        : `${w.count(unrated)} ${unrated === 1 ? 'sale has' : 'sales have'} no exchange rate and ${unrated === 1 ? 'is' : 'are'} not included.`,
    )
  }
  if (running) {
    sentences.push(
      de
        ? `Der Zeitraum ${w.period(period)} läuft noch; verglichen wird mit ebenso vielen Tagen.`
        : `${w.period(period)} is not over; it is compared with as many days.`,
    )
  }
  if (recordsFrom !== undefined && !wholeBefore(given)) {
    const there = beforeWords[period.kind]
    sentences.push(
      de
        ? `Die Aufzeichnungen beginnen am ${w.date(recordsFrom)}, zu spät für einen Vergleich mit ${there.dative}.`
        : `Records begin on ${w.date(recordsFrom)}, too late for a comparison with ${there.en}.`,
    )
  }
  if (satisfaction.missing?.code === 'not_measured') {
    sentences.push(
      de ? 'Zufriedenheit ist noch nicht erfasst.' : 'Satisfaction is not measured yet.',
    )
  }
  return sentences.join(' ')
}

export interface TrendBucket {
  period: Period
  revenue: number
  current: boolean
}

/** Title of the trend: the strongest bucket, where there are enough to speak of one. */
export function trendFindingOf(
  buckets: readonly TrendBucket[],
  lang: 'en' | 'de',
  currency: string,
): string {
  const w = writer(lang)
  const de = lang === 'de'
  const ordered = [...buckets].sort((a, b) => b.revenue - a.revenue)
  const [best, second] = ordered
  if (
    buckets.length < 3 ||
    !best ||
    !second ||
    best.revenue <= 0 ||
    best.revenue === second.revenue
  ) {
    return de ? 'Umsatz im Zeitverlauf' : 'Revenue over time'
  }
  const name = w.period(best.period)
  const amount = w.shortMoney(best.revenue, currency)
  return de ? `Am stärksten: ${name} mit ${amount}` : `Strongest: ${name} with ${amount}`
}
