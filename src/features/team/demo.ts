// Brings the people of a demo world into the organisation of the running change.
import { insertFacts, insertRecords } from '../../platform/database/bulk.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'

/** People as a demo world describes them: they refer to each other by key. */
export interface DemoPeople {
  /** Parents first. */
  teams: readonly {
    key: string
    name: string
    kind: 'company' | 'office' | 'team'
    parent?: string
  }[]
  persons: readonly { key: string; name: string }[]
  sellers: readonly { key: string; name: string; hiredOn?: string }[]
  memberships: readonly ({ team: string; validFrom: string; validUntil: string } & (
    | { kind: 'member'; seller: string }
    | { kind: 'lead'; person: string }
  ))[]
}

/** Ids by the keys of the world. */
export type DemoIds = ReadonlyMap<string, string>

/** An id for every key, in order. */
export function idsFor(tx: WriteTx, rows: readonly { key: string }[]): DemoIds {
  return new Map(rows.map(({ key }) => [key, tx.newId()]))
}

/** Writes teams, persons, sellers and memberships; gives the sellers' ids to those who write deals. */
export async function loadDemoPeople(tx: WriteTx, world: DemoPeople): Promise<DemoIds> {
  const [teams, persons, sellers] = [
    idsFor(tx, world.teams),
    idsFor(tx, world.persons),
    idsFor(tx, world.sellers),
  ]
  await insertRecords(
    tx,
    'team',
    world.teams.map(({ key, name, kind, parent }) => ({
      id: teams.get(key) ?? '',
      name,
      name_key: nameKey(name),
      kind,
      parent_id: parent === undefined ? null : teams.get(parent),
    })),
  )
  await insertRecords(
    tx,
    'person',
    world.persons.map(({ key, name }) => ({
      id: persons.get(key) ?? '',
      name,
      name_key: nameKey(name),
    })),
  )
  await insertRecords(
    tx,
    'seller',
    world.sellers.map(({ key, name, hiredOn }) => ({
      id: sellers.get(key) ?? '',
      name,
      name_key: nameKey(name),
      hired_on: hiredOn ?? null,
    })),
  )
  await insertFacts(
    tx,
    'membership',
    world.memberships.map((row) => ({
      id: tx.newId(),
      team_id: teams.get(row.team),
      kind: row.kind,
      seller_id: row.kind === 'member' ? sellers.get(row.seller) : null,
      person_id: row.kind === 'lead' ? persons.get(row.person) : null,
      valid_from: row.validFrom,
      valid_until: row.validUntil,
    })),
  )
  return sellers
}
