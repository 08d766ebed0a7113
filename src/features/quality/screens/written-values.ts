// The columns of one field of a record as words: amounts with their currency, further columns by name.
import type { Format } from '../../../web/format.ts'

type Values = Readonly<Record<string, string | number | null>>

/** Columns that belong to others and say nothing alone: the size follows from the employees. */
const derived = new Set(['size'])

export function writtenValues(values: Values, format: Format): string[] {
  const { currency } = values
  return Object.entries(values)
    .filter(([name]) => !derived.has(name) && name !== 'currency')
    .map(([name, value]) => {
      if (value === null || value === '') return ''
      if ((name === 'list_price' || name === 'cost') && typeof currency === 'string')
        return format.money(Number(value), currency, { currency: true })
      if (name.endsWith('_on')) return format.date(String(value))
      return typeof value === 'number' ? format.count(value) : value
    })
}
