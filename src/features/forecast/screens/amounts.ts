// Amounts of a forecast in words: short in tables, in full on hover and in the table beside a chart.
import type { Unit } from '../../../basics/figure.ts'
import { dash } from '../../../web/format.ts'
import { useFormat } from '../../../web/language.ts'

export interface Amounts {
  short: (value: number | null | undefined) => string
  full: (value: number) => string
  /** With the currency behind it. */
  exact: (value: number) => string
  /** A mean error: small counts are told to one place. */
  error: (value: number) => string
  range: (low: number, high: number) => string
}

/** “1.52–1.74 M”: what both ends end with is said once. */
function between(low: string, high: string): string {
  const ending = /[\s\u00a0\u202f]\D+$/.exec(high)?.[0]
  const first = ending && low.endsWith(ending) ? low.slice(0, -ending.length) : low
  return `${first}\u2013${high}`
}

export function useAmounts({ unit, currency }: { unit: Unit; currency: string }): Amounts {
  const format = useFormat()
  const money = unit === 'money'
  const short = (value: number) =>
    money ? format.compactMoney(Math.round(value), currency) : format.compact(Math.round(value))
  return {
    short: (value) => (value === null || value === undefined ? dash : short(value)),
    full: (value) =>
      money
        ? format.money(Math.round(value), currency, { digits: 'whole' })
        : format.number(Math.round(value)),
    exact: (value) =>
      money
        ? format.money(Math.round(value), currency, { digits: 'whole', currency: true })
        : format.number(Math.round(value)),
    error: (value) => (money || value >= 10 ? short(value) : format.number(value, 1)),
    range: (low, high) => between(short(low), short(high)),
  }
}
