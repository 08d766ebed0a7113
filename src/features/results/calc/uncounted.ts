// The sentence about sales on record that do not count, because the other source does on their days.
import { plural, type Setting } from './finish-words.ts'
import type { Counted } from './pieces.ts'
import { writer } from './words.ts'

/** Undefined when there are none. `source`: where these sales come from. */
export function uncountedSales(
  source: 'deals' | 'orders',
  counted: Counted,
  { currency, lang }: Setting,
): string | undefined {
  const rows = counted.get('rows')
  if (rows === 0) return undefined
  const w = writer(lang)
  const [n, amount] = [w.count(rows), w.money(counted.get('base'), currency)]
  if (lang === 'de') {
    const verb = plural(rows, 'zählt', 'zählen')
    return source === 'orders'
      ? `${n} ${plural(rows, 'Verkauf', 'Verkäufe')} aus Aufträgen (${amount}) ${verb} nicht: In dieser Zeit zählen Verkaufschancen.`
      : `${n} ${plural(rows, 'Verkauf', 'Verkäufe')} aus Verkaufschancen (${amount}) ${verb} nicht: In dieser Zeit zählen Aufträge.`
  }
  const verb = plural(rows, 'does', 'do')
  return `${n} ${plural(rows, 'sale', 'sales')} from ${source} (${amount}) ${verb} not count: in this time ${source === 'orders' ? 'deals' : 'orders'} do.`
}
