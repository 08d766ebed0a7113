// Which fields the winner of a merge ends up with: its own, the loser's where it has none, or as chosen.

export type Mergeable = 'customer' | 'contact' | 'product' | 'seller'
export type Side = 'winner' | 'loser'
export type Columns = Readonly<Record<string, unknown>>

/** Fields as a person chooses them, with the columns that only mean something together. */
export const mergeFields: Readonly<Record<Mergeable, Readonly<Record<string, readonly string[]>>>> =
  {
    customer: {
      name: ['name', 'name_key'],
      country: ['country'],
      region: ['region'],
      city: ['city'],
      industry: ['industry'],
      employees: ['employees', 'size'],
      source: ['source'],
      traits: ['traits'],
    },
    contact: {
      name: ['name', 'name_key'],
      customer: ['customer_id'],
      jobTitle: ['job_title'],
      email: ['email'],
      phone: ['phone'],
      traits: ['traits'],
    },
    product: {
      name: ['name', 'name_key'],
      family: ['family'],
      prices: ['list_price', 'cost', 'currency'],
      traits: ['traits'],
    },
    seller: {
      name: ['name', 'name_key'],
      email: ['email'],
      hiredOn: ['hired_on'],
      leftOn: ['left_on'],
      traits: ['traits'],
    },
  }

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/** Whose value a field has unless somebody chooses: the winner's, or the loser's where it has none. */
export function sideOf(columns: readonly string[], winner: Columns, loser: Columns): Side {
  const empty = (side: Columns) => columns.every((name) => isEmpty(side[name]))
  return empty(winner) && !empty(loser) ? 'loser' : 'winner'
}

/** Whether the two say something different, so that there is a choice. */
export function differs(columns: readonly string[], winner: Columns, loser: Columns): boolean {
  return columns
    .filter((name) => name !== 'name_key')
    .some((name) => !isEmpty(loser[name]) && plain(winner[name]) !== plain(loser[name]))
}

function plain(value: unknown): string {
  if (isEmpty(value)) return ''
  return typeof value === 'object' && value !== null
    ? JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : String(value)
}

/** Name of the first chosen field that this kind of record does not have. */
export function unknownField(
  entity: Mergeable,
  take: Readonly<Record<string, Side>>,
): string | undefined {
  return Object.keys(take).find((field) => !Object.hasOwn(mergeFields[entity], field))
}

/** The columns of the winner that become others. Further columns (traits) of both are kept. */
export function takenOver(
  entity: Mergeable,
  winner: Columns,
  loser: Columns,
  take: Readonly<Record<string, Side>>,
): Record<string, unknown> {
  const changed: Record<string, unknown> = {}
  for (const [field, columns] of Object.entries(mergeFields[entity])) {
    const side = take[field] ?? sideOf(columns, winner, loser)
    if (field === 'traits') {
      const [under, over] = side === 'winner' ? [loser, winner] : [winner, loser]
      const both = { ...(under.traits ?? {}), ...(over.traits ?? {}) }
      if (plain(both) !== plain(winner.traits)) changed.traits = both
      continue
    }
    if (side === 'loser') {
      for (const name of columns) changed[name] = loser[name] ?? null
    } else if (field === 'prices' && winner.currency === loser.currency) {
      // Of the same currency, a list price or cost that only the loser has completes the other.
      for (const name of columns)
        if (isEmpty(winner[name]) && !isEmpty(loser[name])) changed[name] = loser[name]
    }
  }
  if (winner.state === 'archived' && loser.state === 'active') changed.state = 'active'
  return changed
}
