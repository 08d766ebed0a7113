// What one version of a deal changed against the one before, as people read it.

/** Stored column → name in the contract; the others mean nothing to a reader. */
const shown = {
  external_id: 'externalId',
  seller_id: 'seller',
  customer_id: 'customer',
  product_id: 'product',
  stage_id: 'stage',
  outcome: 'outcome',
  lost_reason_id: 'lostReason',
  opened_on: 'openedOn',
  closed_on: 'closedOn',
  quantity: 'quantity',
  amount: 'amount',
  currency: 'currency',
} as const

type Content = Readonly<Record<string, unknown>>
type Value = string | number | null

/** Fields that differ: before and after, with names in the place of ids. */
export function changedFields(
  before: Content | null,
  after: Content,
  names: ReadonlyMap<string, string>,
): Record<string, [Value, Value]> {
  const read = (content: Content | null, column: string): Value => {
    const value = content?.[column] ?? null
    if (column === 'external_id' && content?.external_source === 'content') return null
    if (typeof value === 'string')
      return column.endsWith('_id') ? (names.get(value) ?? value) : value
    return typeof value === 'number' ? value : null
  }
  const changed: Record<string, [Value, Value]> = {}
  for (const [column, name] of Object.entries(shown)) {
    if ((before?.[column] ?? null) === (after[column] ?? null)) continue
    const pair: [Value, Value] = [read(before, column), read(after, column)]
    if (pair[0] !== pair[1]) changed[name] = pair
  }
  return changed
}
