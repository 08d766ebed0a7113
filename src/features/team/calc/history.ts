// How a stored change of fields reads: names of the contract, and records by their name.

/** Column → [before, after], as history keeps it. */
export type FieldChanges = Record<string, [unknown, unknown]>
export type Content = Readonly<Record<string, unknown>>

/** Columns that hold the id of a record or deal, with the table and the name under which they are shown. */
const references = {
  contact_id: { table: 'contact', shown: 'contact' },
  customer_id: { table: 'customer', shown: 'customer' },
  deal_id: { table: 'deal', shown: 'deal' },
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
const hidden = new Set([
  'name_key',
  'external_source',
  'base_amount',
  'owner_id',
  'series_id',
  'question',
])
/** Columns that hold the parts of a fact, each with references of its own. */
export const partColumns = new Set(['sellers', 'lines'])

export const isReference = (column: string): column is ReferenceColumn => column in references

/** Ids to be looked up, by table. */
export function referencesIn(changes: readonly FieldChanges[]): Map<ReferencedTable, Set<string>> {
  const found = new Map<ReferencedTable, Set<string>>()
  const take = (column: string, value: unknown) => {
    if (partColumns.has(column)) for (const part of partsIn(value)) takeAll(part)
    if (!isReference(column) || typeof value !== 'string') return
    const { table } = references[column]
    found.set(table, (found.get(table) ?? new Set()).add(value))
  }
  const takeAll = (content: Content) => {
    for (const [column, value] of Object.entries(content)) take(column, value)
  }
  for (const fields of changes) {
    for (const [column, pair] of Object.entries(fields)) for (const one of pair) take(column, one)
  }
  return found
}

/** The fields under the names of the contract; an id becomes the record's name where it is known. */
export function fieldsForReading(
  fields: FieldChanges,
  names: ReadonlyMap<string, string>,
): Record<string, [unknown, unknown]> {
  const shown: Record<string, [unknown, unknown]> = {}
  for (const [column, pair] of Object.entries(fields)) {
    if (hidden.has(column)) continue
    if (column === 'traits' && pair.every((one) => one === null || typeof one === 'object')) {
      Object.assign(shown, traitsForReading(asContent(pair[0]), asContent(pair[1])))
      continue
    }
    const [before, after] = pair.map((value, side) =>
      // By a key made from the row's content an import knows it again; nobody else does.
      column === 'external_id' && fields.external_source?.[side] === 'content'
        ? null
        : valueForReading(column, value, names),
    )
    if (column !== 'external_id' || before !== null || after !== null)
      shown[shownName(column)] = [before, after]
  }
  return shown
}

/** Each column that came with the record under its own name. */
function traitsForReading(before: Content, after: Content): FieldChanges {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries(
    [...keys]
      .filter((key) => (before[key] ?? '') !== (after[key] ?? ''))
      .map((key) => [`traits.${key}`, [before[key] ?? null, after[key] ?? null]]),
  )
}

function valueForReading(
  column: string,
  value: unknown,
  names: ReadonlyMap<string, string>,
): unknown {
  if (partColumns.has(column)) {
    const parts = partsIn(value).map((part) =>
      Object.fromEntries(
        Object.entries(part)
          .filter(([name, one]) => name !== 'id' && one !== null)
          .map(([name, one]) => [shownName(name), valueForReading(name, one, names)]),
      ),
    )
    return parts.length === 0 ? null : parts
  }
  if (isReference(column)) return typeof value === 'string' ? (names.get(value) ?? value) : null
  return value ?? null
}

export const partsIn = (value: unknown): readonly Content[] =>
  Array.isArray(value) ? (value as readonly Content[]) : []
export const asContent = (value: unknown): Content => (value ?? {}) as Content

/** What a column is called in contracts. */
export function shownName(column: string): string {
  if (isReference(column)) return references[column].shown
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Columns that differ, in the order in which they stand. */
export function changesBetween(
  before: Content | undefined,
  after: Content | undefined,
): FieldChanges {
  const columns = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  const changed: FieldChanges = {}
  for (const column of columns) {
    const pair: [unknown, unknown] = [before?.[column] ?? null, after?.[column] ?? null]
    if (comparable(column, pair[0]) !== comparable(column, pair[1])) changed[column] = pair
  }
  return changed
}

/** Parts are the same when they say the same, whatever their ids and places. */
function comparable(column: string, value: unknown): string {
  if (!partColumns.has(column)) return canonical(value)
  return JSON.stringify(
    partsIn(value)
      .map(({ id: _, line_no: __, ...part }) => canonical(part))
      .sort(),
  )
}

function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
