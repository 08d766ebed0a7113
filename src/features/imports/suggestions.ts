// Names and values of an import that are probably others misspelt: suggested, never changed by themselves.
import type { Actor, Database } from '../../platform/database/with-org.ts'
import { suggestNear } from './calc/near-duplicates.ts'
import type { ImportKind } from './contract.ts'
import type { Accepted, Suggestion } from './store.ts'
import {
  knownNames,
  knownValues,
  mentionedNames,
  stagedNames,
  stagedValues,
} from './store-stage.ts'

/** Beyond these numbers nobody would look through the suggestions, and comparing takes too long. */
const namesMost = 10_000
const knownMost = 10_000

/** Kinds whose rows mention others; those of facts mention sellers, customers and products. */
const mentionedBy: Partial<Record<ImportKind, readonly (keyof typeof saids)[]>> = {
  sellers: ['team', 'person'],
  teams: ['person'],
  customers: [],
  products: [],
  quotas: ['seller', 'team'],
  goals: ['seller', 'team'],
}
const parties = ['seller', 'customer', 'product'] as const
const saids = {
  seller: 'sellers',
  customer: 'customers',
  product: 'products',
  team: 'teams',
  person: 'people',
} as const
const tableOfRows: Partial<Record<ImportKind, 'seller' | 'team' | 'customer' | 'product'>> = {
  sellers: 'seller',
  teams: 'team',
  customers: 'customer',
  products: 'product',
}
const people = new Set<string>(['seller', 'person'])

/**
 * Near duplicates of what the file brings or mentions: within the file, against what is there, and
 * against other imports that are waiting.
 */
export async function findSuggestions(
  db: Database,
  actor: Actor,
  batchId: string,
  kind: ImportKind,
): Promise<Suggestion[]> {
  return db.read(actor, async (tx) => {
    const found: Omit<Suggestion, 'accepted'>[] = []
    const near = (
      said: string,
      values: Map<string, number>,
      known: Iterable<string>,
      topic: 'names' | 'people' | 'countries' | 'industries',
    ) => {
      if (values.size > 0) found.push(...suggestNear({ kind: said, values, known, topic }))
    }
    const table = tableOfRows[kind]
    if (table) {
      const names = await stagedNames(tx, batchId, namesMost)
      near(
        kind,
        names,
        await knownNames(tx, batchId, table, knownMost),
        people.has(table) ? 'people' : 'names',
      )
    }
    for (const table of mentionedBy[kind] ?? parties) {
      const names = await mentionedNames(tx, batchId, table, namesMost)
      near(
        saids[table],
        names,
        await knownNames(tx, batchId, table, knownMost),
        people.has(table) ? 'people' : 'names',
      )
    }
    if (kind === 'customers') {
      near(
        'industries',
        await stagedValues(tx, batchId, 'industry', namesMost),
        await knownValues(tx, 'industry', knownMost),
        'industries',
      )
      near(
        'countries',
        await stagedValues(tx, batchId, 'country', namesMost),
        await knownValues(tx, 'country', knownMost),
        'countries',
      )
    }
    return found.map((one) => ({ ...one, accepted: false }))
  })
}

/** The suggestions as they stand after some were accepted: those have left the names, but stay in the list. */
export function withAccepted(
  found: readonly Suggestion[],
  before: readonly Suggestion[],
  accepted: readonly Accepted[],
): Suggestion[] {
  const place = (one: Accepted) => `${one.kind}\t${one.value}`
  const rows = new Map(before.map((one) => [place(one), one.rows]))
  const taken = accepted.map((one) => ({ ...one, rows: rows.get(place(one)) ?? 0, accepted: true }))
  const places = new Set(taken.map(place))
  return [...taken, ...found.filter((one) => !places.has(place(one)))]
}
