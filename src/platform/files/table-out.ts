// What a table is made of that goes out as a file: typed columns, and rows a few hundred at a time.
import { fromMinor } from '../../basics/money.ts'

/**
 * `rate` is 0–1; `date` is `YYYY-MM-DD`. Numbers and rates are finite; amounts name their currency,
 * because rows of one column may be in several.
 */
export type CellKind = 'text' | 'number' | 'rate' | 'date' | 'money'

export interface OutColumn {
  header: string
  kind: CellKind
}

export interface Amount {
  /** In minor units. */
  amount: number
  currency: string
}

export type OutCell = string | number | Amount | null
export type OutRow = readonly OutCell[]

/** Rows as they come from the database: never all of them at once. */
export type OutRows = AsyncIterable<readonly OutRow[]> | Iterable<readonly OutRow[]>

/** Plain decimal text of a cell of numbers, or undefined when it is none. */
export function decimalText(cell: OutCell): string | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? plainNumber(cell) : undefined
  if (typeof cell === 'object' && cell !== null) return fromMinor(cell.amount, cell.currency)
  return undefined
}

function plainNumber(value: number): string {
  const text = String(value === 0 ? 0 : value)
  if (!text.includes('e')) return text
  const places = Math.max(0, -Number(text.split('e')[1])) + 17
  return value.toFixed(Math.min(100, places)).replace(/\.?0+$/, '')
}
