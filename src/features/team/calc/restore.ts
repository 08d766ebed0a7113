// What it takes to bring a record back to an earlier state: which fields an edit of it can set, under
// which names, and which of them only come back together.
import {
  asContent,
  type Content,
  type FieldChanges,
  fieldsForReading,
  isReference,
  partsIn,
  shownName,
} from './history.ts'

/** How a record is edited by hand. */
export interface Way {
  /** The operation that edits it. */
  edit: string
  /** The operation that archives it and brings it back. */
  setState?: string
  /** Name in history → name in the input of the edit. */
  fields: Readonly<Record<string, string>>
  /** Sets of fields that mean something only together. */
  together?: Readonly<Record<string, string>>
  /** Fields that follow from others. */
  follows?: readonly string[]
}

export type Entity = keyof typeof ways
export type Stays = 'refers_to_removed' | 'field_gone' | 'not_editable'

const same = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]))
const joined = (word: string, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, word]))

export const ways = {
  seller: {
    edit: 'sellers.edit',
    setState: 'sellers.set-state',
    fields: same('name', 'email', 'externalId', 'hiredOn', 'leftOn'),
  },
  team: {
    edit: 'teams.edit',
    setState: 'teams.set-state',
    fields: { ...same('name', 'kind'), parent: 'parentId' },
  },
  position: {
    edit: 'positions.edit',
    setState: 'positions.set-state',
    fields: { name: 'name', team: 'teamId' },
  },
  customer: {
    edit: 'customers.edit',
    setState: 'customers.set-state',
    fields: same(
      'name',
      'externalId',
      'country',
      'region',
      'city',
      'industry',
      'employees',
      'source',
      'traits',
    ),
    follows: ['size'],
  },
  contact: {
    edit: 'contacts.edit',
    setState: 'contacts.set-state',
    fields: same('name', 'externalId', 'customer', 'jobTitle', 'email', 'phone', 'traits'),
  },
  product: {
    edit: 'products.edit',
    setState: 'products.set-state',
    fields: same('name', 'externalId', 'family', 'currency', 'listPrice', 'cost', 'traits'),
    together: joined('price', 'currency', 'listPrice', 'cost'),
  },
  price: {
    edit: 'prices.edit',
    fields: { ...same('listPrice', 'cost'), validFrom: 'from', validUntil: 'until' },
    together: joined('valid', 'validFrom', 'validUntil'),
  },
  contract: {
    edit: 'contracts.edit',
    setState: 'contracts.set-state',
    fields: {
      ...same('name', 'customer', 'product', 'seller', 'renewal', 'noticeDays'),
      ...same('amount', 'currency', 'every'),
      externalId: 'number',
      validFrom: 'from',
      validUntil: 'until',
    },
    together: {
      ...joined('price', 'amount', 'currency'),
      ...joined('valid', 'validFrom', 'validUntil'),
    },
  },
  activity: {
    edit: 'activities.edit',
    fields: {
      ...same('kind', 'subject', 'note', 'dueOn', 'doneOn', 'outcome', 'seller', 'customer'),
      contact: 'contactId',
      deal: 'dealId',
    },
    together: joined('when', 'dueOn', 'doneOn'),
  },
  stage: { edit: 'stages.edit', fields: same('name', 'position') },
  deal: {
    edit: 'deals.edit',
    fields: {
      ...same('seller', 'customer', 'product', 'lostReason', 'openedOn', 'closedOn'),
      ...same('quantity', 'amount', 'currency'),
      stage: 'stageId',
      sellers: 'sellers',
    },
    together: {
      ...joined('stage', 'stage', 'lostReason', 'closedOn'),
      ...joined('price', 'amount', 'currency'),
      ...joined('sellers', 'seller', 'sellers'),
    },
    follows: ['outcome'],
  },
  order: {
    edit: 'orders.edit',
    fields: {
      ...same('seller', 'customer', 'kind', 'currency', 'lines'),
      onDay: 'on',
      deal: 'dealId',
    },
    together: joined('price', 'currency', 'lines'),
  },
  case: {
    edit: 'cases.edit',
    fields: {
      ...same('kind', 'status', 'state', 'closedOn', 'channel', 'customer', 'seller', 'product'),
      onDay: 'day',
    },
    together: joined('closed', 'status', 'state', 'closedOn'),
  },
  // What it measures and whose it is are settled when it is set.
  goal: {
    edit: 'goals.edit',
    fields: {
      ...same('name', 'target', 'why', 'reward', 'repeats', 'milestones', 'steps'),
      ...same('missedBecause', 'shared'),
      fromOn: 'from',
      untilOn: 'until',
    },
    together: {
      ...joined('days', 'fromOn', 'untilOn'),
      ...joined('aim', 'target', 'steps', 'milestones'),
    },
  },
} as const satisfies Record<string, Way>

export interface Difference {
  /** As history tells it. */
  name: string
  now: unknown
  was: unknown
  together?: string
  stays?: Stays
}

/** Inputs that no edit takes away, however the record began. */
const neverEmpty = new Set([
  'name',
  'on',
  'kind',
  'subject',
  'stageId',
  'day',
  'from',
  'quantity',
  'target',
])

export interface Known {
  /** Names of records, by id. */
  names: ReadonlyMap<string, string>
  /** Ids of records that are there. */
  there: ReadonlySet<string>
  /** Keys of own fields that are no longer in use. */
  keysGone: ReadonlySet<string>
}

/** What a restore would change, field by field, and what of it cannot come back and why. */
export function differencesOf(way: Way, changes: FieldChanges, known: Known): Difference[] {
  const found: Difference[] = []
  for (const [column, pair] of Object.entries(changes)) {
    const told = Object.entries(
      fieldsForReading({ [column]: pair, ...sourceOf(changes, column) }, known.names),
    )
    for (const [name, [now, was]] of told) {
      if (way.follows?.includes(name)) continue
      const together = way.together?.[name]
      const stays = whyItStays(way, name, { column, now: pair[0], was: pair[1] }, known)
      found.push({
        name,
        now,
        was,
        ...(together === undefined ? {} : { together }),
        ...(stays === undefined ? {} : { stays }),
      })
    }
  }
  return found
}

const sourceOf = (changes: FieldChanges, column: string): FieldChanges =>
  column === 'external_id' && changes.external_source
    ? { external_source: changes.external_source }
    : {}

function whyItStays(
  way: Way,
  name: string,
  { column, now, was }: { column: string; now: unknown; was: unknown },
  known: Known,
): Stays | undefined {
  const isGone = (value: unknown) => typeof value === 'string' && !known.there.has(value)
  if (column === 'state' && way.setState !== undefined) return undefined
  if (column === 'traits') {
    if (!('traits' in way.fields)) return 'not_editable'
    return known.keysGone.has(name.slice('traits.'.length)) ? 'field_gone' : undefined
  }
  const input = way.fields[name]
  if (input === undefined || (was === null && neverEmpty.has(input))) return 'not_editable'
  if (isReference(column)) return isGone(was) ? 'refers_to_removed' : undefined
  if (column === 'lines' && !canComeBack(partsIn(now), partsIn(was))) return 'not_editable'
  const parts = partsIn(was)
  return parts.some((part) => isGone(part.product_id ?? null) || isGone(part.seller_id ?? null))
    ? 'refers_to_removed'
    : undefined
}

/** A line that came with a seller, customer, day or kind of its own only comes back while it is there. */
function canComeBack(now: readonly Content[], was: readonly Content[]): boolean {
  const own = ['seller_id', 'customer_id', 'on_day', 'kind'] as const
  return (
    was.length > 0 &&
    was.every((line) => {
      const there = now.find((one) => one.id === line.id)
      return own.every((column) => (line[column] ?? null) === (there?.[column] ?? null))
    })
  )
}

/** The fields that come back, with all that only come back with them. */
export function chosenOf(
  differences: readonly Difference[],
  wanted: readonly string[] | undefined,
): Difference[] {
  const free = differences.filter((one) => one.stays === undefined)
  if (!wanted) return free
  const words = new Set(
    free.filter(({ name }) => wanted.includes(name)).flatMap(({ together }) => together ?? []),
  )
  return free.filter(
    ({ name, together }) => wanted.includes(name) || (together && words.has(together)),
  )
}

export interface Restoring {
  /** Input of the edit; empty: nothing to edit. */
  edit: Record<string, unknown>
  /** Sellers of a deal with their shares, owner included. */
  sellers?: { owner: { id: string }; sellers: { seller: { id: string }; share: number }[] }
  state?: string
}

/** What the operations of the record are given, so that the chosen fields are as they were. */
export function inputsOf(
  way: Way,
  { now, was }: { now: Content; was: Content },
  chosen: readonly Difference[],
): Restoring {
  const names = new Set(chosen.map(({ name }) => name))
  const restoring: Restoring = { edit: {} }
  const traits = traitsOf(now, was, names)
  if (traits) restoring.edit.traits = traits
  for (const [column, value] of Object.entries(was)) {
    const name = shownName(column)
    if (!names.has(name)) continue
    const input = way.fields[name]
    if (column === 'state' && input === undefined) restoring.state = String(value)
    else if (column === 'sellers') restoring.sellers = sellersInput(was)
    else if (column === 'lines') restoring.edit.lines = linesInput(now, was)
    else if (input !== undefined) restoring.edit[input] = inputValue(column, input, value)
  }
  return restoring
}

function inputValue(column: string, input: string, value: unknown): unknown {
  if (value === null || !isReference(column) || input.endsWith('Id')) return value
  return { id: value }
}

function traitsOf(
  now: Content,
  was: Content,
  names: ReadonlySet<string>,
): Record<string, unknown> | undefined {
  const keys = [...names].filter((name) => name.startsWith('traits.')).map((name) => name.slice(7))
  if (keys.length === 0) return undefined
  const earlier = asContent(was.traits)
  const kept = Object.entries(asContent(now.traits)).filter(([key]) => !keys.includes(key))
  const back = keys.filter((key) => earlier[key] !== undefined).map((key) => [key, earlier[key]])
  return Object.fromEntries([...kept, ...back])
}

function sellersInput(was: Content): NonNullable<Restoring['sellers']> {
  const owner = { id: String(was.seller_id) }
  const shares = partsIn(was.sellers).map((part) => ({
    seller: { id: String(part.seller_id) },
    share: Number(part.share),
  }))
  return { owner, sellers: shares.length > 0 ? shares : [{ seller: owner, share: 1 }] }
}

function linesInput(now: Content, was: Content): unknown[] {
  const there = new Set(partsIn(now.lines).map(({ id }) => id))
  return partsIn(was.lines).map((line) => ({
    ...(there.has(line.id) ? { id: line.id } : {}),
    product: line.product_id === null ? null : { id: line.product_id },
    quantity: line.quantity,
    price: line.price,
    discount: line.discount,
    amount: line.amount,
    cost: line.cost,
  }))
}
