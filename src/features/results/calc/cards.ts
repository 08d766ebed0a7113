// What cards of products and segments say: shares with intervals, who buys more, and when it is too early to tell.
import type { Figure } from '../../../basics/figure.ts'
import { policy } from '../../../methods/policy.ts'
import { wilson } from '../../../methods/proportion-ci.ts'
import { limits } from './finish-words.ts'
import type { Language } from './metric.ts'
import { writer } from './words.ts'

/** Groups smaller than this are shown, and marked. */
export const smallGroup = 5
/** Least number of buying customers on both sides before their baskets are compared. */
export const comparedFrom = 10

export const isSmall = (n: number): boolean => n < smallGroup

/** A share of k of n with its 95 % interval. */
export function shareOf(k: number, n: number, lang: Language): Figure {
  if (n === 0) {
    const text = lang === 'de' ? 'Dafür gibt es noch nichts.' : 'There is nothing to go by yet.'
    return { unit: 'rate', n, missing: { code: 'not_enough_data', text } }
  }
  return { unit: 'rate', n, ...limits(wilson(k, n)) }
}

/** How much of `whole` is left over; missing where there is no whole. */
export function rest(part: number, whole: number, n: number, text: string): Figure {
  if (n === 0 || whole <= 0) return { unit: 'rate', missing: { code: 'not_measured', text } }
  return { unit: 'rate', value: (whole - part) / whole, n }
}

/** Mean of something counted over its bearers. */
export function perHead(total: number, heads: number, lang: Language): Figure {
  if (heads === 0) return { ...shareOf(0, 0, lang), unit: 'count' }
  return { unit: 'count', value: total / heads, n: heads }
}

/**
 * Whether two shares differ by more than chance: their intervals, widened for the number of
 * comparisons made (Bonferroni), do not touch. That asks for more than a test of the difference would.
 */
export function differ(
  a: { k: number; n: number },
  b: { k: number; n: number },
  comparisons = 1,
): boolean {
  if (a.n === 0 || b.n === 0) return false
  const confidence = 1 - (1 - policy.confidence) / Math.max(1, comparisons)
  const [left, right] = [wilson(a.k, a.n, confidence), wilson(b.k, b.n, confidence)]
  const [lower, upper] = a.k / a.n < b.k / b.n ? [left, right] : [right, left]
  return (lower.high ?? 1) < (upper.low ?? 0)
}

/** How many of the customers looked at, and of the others, buy a product. */
export interface Bought<Product> {
  product: Product
  buyers: number
  others: number
}

export interface Standing<Product> {
  product: Product
  buyers: number
  share: Figure
  others: Figure
  differs: boolean
}

export interface Standings<Product> {
  rows: Standing<Product>[]
  /** Why there are no rows. */
  note: string | null
}

/** What the customers looked at buy as well, the most frequent first; small baskets say nothing. */
export function boughtWith<Product>(
  products: readonly Bought<Product>[],
  counts: { buyers: number; others: number },
  lang: Language,
): Standings<Product> {
  if (counts.buyers < smallGroup) return { rows: [], note: tooFew(counts.buyers, smallGroup, lang) }
  const rows = products
    .filter(({ buyers }) => buyers >= smallGroup)
    .sort((a, b) => b.buyers - a.buyers)
    .map((row) => standing(row, counts, products.length, lang))
  const none =
    lang === 'de'
      ? `Kein anderes Produkt kaufen mindestens ${smallGroup} seiner Kunden.`
      : `No other product is bought by ${smallGroup} or more of its customers.`
  return { rows, note: rows.length === 0 ? none : null }
}

/** What the others buy more often than the customers looked at, by the size of the gap. */
export function notBoughtYet<Product>(
  products: readonly Bought<Product>[],
  counts: { buyers: number; others: number },
  lang: Language,
): Standings<Product> {
  for (const n of [counts.buyers, counts.others]) {
    if (n < comparedFrom) return { rows: [], note: tooFew(n, comparedFrom, lang) }
  }
  const rows = products
    .map((row) => standing(row, counts, products.length, lang))
    .filter(({ differs, share, others }) => differs && (share.value ?? 0) < (others.value ?? 0))
    .sort((a, b) => gap(b) - gap(a))
  const none =
    lang === 'de'
      ? 'Kein Produkt kaufen andere nachweislich häufiger.'
      : 'There is no product that others demonstrably buy more often.'
  return { rows, note: rows.length === 0 ? none : null }
}

const gap = ({ share, others }: { share: Figure; others: Figure }) =>
  (others.value ?? 0) - (share.value ?? 0)

function standing<Product>(
  { product, buyers, others }: Bought<Product>,
  counts: { buyers: number; others: number },
  comparisons: number,
  lang: Language,
): Standing<Product> {
  return {
    product,
    buyers,
    share: shareOf(buyers, counts.buyers, lang),
    others: shareOf(others, counts.others, lang),
    differs: differ({ k: buyers, n: counts.buyers }, { k: others, n: counts.others }, comparisons),
  }
}

function tooFew(found: number, needed: number, lang: Language): string {
  const w = writer(lang)
  return lang === 'de'
    ? `Noch nicht genug: nötig sind ${needed} kaufende Kunden auf jeder Seite, bisher ${found === 1 ? 'ist' : 'sind'} es ${w.count(found)}.`
    : `Not enough yet: ${needed} buying customers on each side are needed, so far there ${found === 1 ? 'is' : 'are'} ${w.count(found)}.`
}
