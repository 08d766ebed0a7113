// How a stored change of fields reads: names of the contract, and records by their name.

/** Column → [before, after], as history keeps it. */
export type FieldChanges = Record<string, [unknown, unknown]>

/** Columns that hold the id of a record, with the table and the name under which they are shown. */
const references = {
  contact_id: { table: 'contact', shown: 'contact' },
  customer_id: { table: 'customer', shown: 'customer' },
  lost_reason_id: { table: 'lost_reason', shown: 'lostReason' },
  parent_id: { table: 'team', shown: 'parent' },
  person_id: { table: 'person', shown: 'person' },
  product_id: { table: 'product', shown: 'product' },
  seller_id: { table: 'seller', shown: 'seller' },
  stage_id: { table: 'stage', shown: 'stage' },
  team_id: { table: 'team', shown: 'team' },
} as const
type ReferenceColumn = keyof typeof references
export type ReferencedTable = (typeof references)[ReferenceColumn]['table']

/** Columns derived from others or of no meaning to a reader. */
const hidden = new Set(['name_key', 'external_source', 'base_amount'])

const isReference = (column: string): column is ReferenceColumn => column in references

/** Ids to be looked up, by table. */
export function referencesIn(changes: readonly FieldChanges[]): Map<ReferencedTable, Set<string>> {
  const found = new Map<ReferencedTable, Set<string>>()
  for (const fields of changes) {
    for (const [column, pair] of Object.entries(fields)) {
      if (!isReference(column)) continue
      const { table } = references[column]
      const ids = found.get(table) ?? new Set()
      for (const id of pair) if (typeof id === 'string') ids.add(id)
      found.set(table, ids)
    }
  }
  return found
}

/** The fields under the names of the contract; an id becomes the record's name where it is known. */
export function fieldsForReading(
  fields: FieldChanges,
  names: ReadonlyMap<string, string>,
): Record<string, [unknown, unknown]> {
  const shown: Record<string, [unknown, unknown]> = {}
  for (const [column, [before, after]] of Object.entries(fields)) {
    if (hidden.has(column)) continue
    if (isReference(column)) {
      const named = (id: unknown) => (typeof id === 'string' ? (names.get(id) ?? id) : null)
      shown[references[column].shown] = [named(before), named(after)]
    } else {
      shown[asContractName(column)] = [before ?? null, after ?? null]
    }
  }
  return shown
}

function asContractName(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
