// What the finishing of all metrics shares: shapes, missing figures, shares with interval, recurring sentences.
import type { Figure, Missing } from '../../../basics/figure.ts'
import type { Estimate } from '../../../methods/estimate.ts'
import { wilson } from '../../../methods/proportion-ci.ts'
import type { Language, Metric } from './metric.ts'
import type { Counted } from './pieces.ts'
import type { Writer } from './words.ts'

interface Part {
  label: string
  figure: Figure
}

interface Explanation {
  /** The formula with its numbers. */
  text: string
  parts: Part[]
  /** Interval and method in one sentence. */
  method: string | null
  /** What is not in the figure, and why; one sentence each. */
  leftOut: string[]
}

/** A value with the words for it; the words are put together only when somebody asks. */
export interface Explained {
  figure: Figure
  explain(): Explanation
}

export interface Setting {
  /** Base currency of the organisation. */
  currency: string
  lang: Language
}

export interface Given extends Setting {
  metric: Metric
  w: Writer
  /** English and German; the language asked for is taken. */
  say: (en: string, de: string) => string
}

export type Finisher = (counted: Counted, given: Given) => Explained

export const money = (value: number, n: number, currency: string): Figure => ({
  value,
  n,
  currency,
  unit: 'money',
})
export const count = (value: number, n = value): Figure => ({ value, n, unit: 'count' })

export function missing(
  given: Given,
  code: Missing['code'],
  text: string,
  extra: { more?: number; n?: number } = {},
): Figure {
  return {
    unit: given.metric.unit,
    ...(extra.n === undefined ? {} : { n: extra.n }),
    missing: { code, text, ...(extra.more === undefined ? {} : { more: extra.more }) },
  }
}

/** Sentences with a count in front, kept only where the count is not 0. */
export function counts(...entries: readonly (readonly [number, string])[]): string[] {
  return entries.filter(([n]) => n > 0).map(([, text]) => text)
}

export const plural = (n: number, one: string, many: string) => (n === 1 ? one : many)

/** “3 sales” in the language asked for. */
export function sales({ w, say }: Given, n: number): string {
  return `${w.count(n)} ${say(plural(n, 'sale', 'sales'), plural(n, 'Verkauf', 'Verkäufe'))}`
}

export function deals({ w, say }: Given, n: number): string {
  const de = plural(n, 'Verkaufschance', 'Verkaufschancen')
  return `${w.count(n)} ${say(plural(n, 'deal', 'deals'), de)}`
}

export function withoutRate(given: Given, n: number): readonly [number, string] {
  const { say } = given
  return [
    n,
    say(
      `${sales(given, n)} in a currency without a rate: listed, not summed.`,
      `${sales(given, n)} in einer Währung ohne Kurs: aufgeführt, nicht summiert.`,
    ),
  ]
}

export function anonymous(given: Given, n: number): readonly [number, string] {
  const { say } = given
  return [
    n,
    say(
      `${sales(given, n)} without a customer ${plural(n, 'does', 'do')} not count here.`,
      `${sales(given, n)} ohne Kundenangabe ${plural(n, 'zählt', 'zählen')} hier nicht.`,
    ),
  ]
}

/** A share of k of n with the Wilson interval, or the sentence why there is none. */
export function share(
  k: number,
  n: number,
  given: Given,
  none: string,
): { figure: Figure; method: string | null } {
  const { w, say, metric } = given
  if (n < metric.minimum) {
    return {
      figure: missing(given, 'not_enough_data', none, { n, more: metric.minimum - n }),
      method: null,
    }
  }
  const estimate = wilson(k, n)
  return {
    figure: { unit: 'rate', n, ...limits(estimate) },
    method: say(
      `Wilson interval, 95 %: between ${w.rate(estimate.low ?? 0)} and ${w.rate(estimate.high ?? 1)}, n = ${w.count(n)}.`,
      `Wilson-Intervall, 95 %: zwischen ${w.rate(estimate.low ?? 0)} und ${w.rate(estimate.high ?? 1)}, n = ${w.count(n)}.`,
    ),
  }
}

/** Money is kept in whole minor units, so means of it are rounded. */
export function limits(
  { value, low, high }: Estimate,
  round = (number: number) => number,
): Pick<Figure, 'value' | 'low' | 'high'> {
  return {
    ...(value === undefined ? {} : { value: round(value) }),
    ...(low === undefined || high === undefined ? {} : { low: round(low), high: round(high) }),
  }
}
