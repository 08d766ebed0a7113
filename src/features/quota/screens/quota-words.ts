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
  const said = useSaidAmount()
  return (amount) => said({ amount, currency })
}

/** As it was said: in its own currency. */
export function useSaidAmount(): (quota: { amount: number; currency: string | null }) => string {
  const format = useFormat()
  return ({ amount, currency }) =>
    currency === null ? format.count(amount) : format.money(amount, currency, { currency: true })
}
