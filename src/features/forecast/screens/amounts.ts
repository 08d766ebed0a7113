// Amounts of a forecast in words: short in tables, in full on hover and in the table beside a chart.
import type { Unit } from '../../../basics/figure.ts'
import { dash } from '../../../web/format.ts'
import { useFormat } from '../../../web/language.ts'

export interface Amounts {
  short: (value: number | null | undefined) => string
  full: (value: number) => string
  range: (low: number, high: number) => string
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
    range: (low, high) => `${short(low)}\u2009–\u2009${short(high)}`,
  }
}
