// Amounts of quotas in words: money in its currency's short form or whole, what is counted as a number.
import { useFormat } from '../../../web/language.ts'

interface Counted {
  unit?: 'money' | 'count'
  currency: string | null
}

/** Short, for cells and cards. */
export function useQuotaAmount({ currency }: Counted): (value: number) => string {
  const format = useFormat()
  return (value) =>
    currency === null ? format.compact(value) : format.compactMoney(value, currency)
}

/** With every digit, for forms, formulas and the grid. */
export function useExactAmount({ currency }: Counted): (value: number) => string {
  const format = useFormat()
  return (value) =>
    currency === null ? format.count(value) : format.money(value, currency, { currency: true })
}
