// Sellers and people in the database: lists by name, one by id, found or made by name.
import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../basics/refusal.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { insertRecord, notFound } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { teamOffices } from './store-reach.ts'

export interface Named {
  id: string
  name: string
}

export interface Seller {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  email: string | null
  externalId: string | null
  hiredOn: string | null
  leftOn: string | null
  team: Named | null
  manager: Named | null
  office: Named | null
  traits: Record<string, string>
}

interface SellerRow {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  name_key: string
  email: string | null
  external_id: string | null
  hired_on: string | null
  left_on: string | null
  traits: Record<string, string>
  team_id: string | null
  team_name: string | null
  manager_id: string | null
  manager_name: string | null
  office_id: string | null
  office_name: string | null
}

export function asNamed(id: string | null, name: string | null): Named | null {
  return id === null ? null : { id, name: name ?? '' }
}

function sellerFromRow(row: SellerRow): Seller {
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    name: row.name,
    email: row.email,
    externalId: row.external_id,
    hiredOn: row.hired_on,
    leftOn: row.left_on,
    team: asNamed(row.team_id, row.team_name),
    manager: asNamed(row.manager_id, row.manager_name),
    office: asNamed(row.office_id, row.office_name),
    traits: row.traits,
  }
}

/** Sellers with the team, its lead and its office as of `day`. */
function sellersOn(orgId: string, day: string, chosen: RawBuilder<unknown>): RawBuilder<SellerRow> {
  return sql<SellerRow>`
    SELECT s.id, s.version, s.state, s.name, s.name_key, s.email, s.external_id, s.hired_on, s.left_on, s.traits,
      t.id AS team_id, t.name AS team_name, p.id AS manager_id, p.name AS manager_name,
      o.id AS office_id, o.name AS office_name
    FROM (${chosen}) s
    LEFT JOIN membership m ON m.org_id = ${orgId} AND m.change_out IS NULL AND m.kind = 'member'
      AND m.seller_id = s.id AND m.valid_from <= ${day} AND m.valid_until > ${day}
    LEFT JOIN team t ON t.org_id = ${orgId} AND t.id = m.team_id
    LEFT JOIN membership l ON l.org_id = ${orgId} AND l.change_out IS NULL AND l.kind = 'lead'
      AND l.team_id = m.team_id AND l.valid_from <= ${day} AND l.valid_until > ${day}
    LEFT JOIN person p ON p.org_id = ${orgId} AND p.id = l.person_id
    LEFT JOIN ${teamOffices(orgId)} f ON f.team_id = m.team_id
    LEFT JOIN team o ON o.org_id = ${orgId} AND o.id = f.office_id
    ORDER BY s.name_key COLLATE "C", s.id`
}

export interface ListQuery {
  cursor?: string | undefined
  limit: number
  search?: string | undefined
}

/** Rows whose stored lower-case name begins with the text: a range, which row security lets use an index. */
export function namePrefix(search: string | undefined): RawBuilder<boolean> {
  const key = nameKey(search ?? '')
  if (key === '') return sql<boolean>`true`
  return sql<boolean>`(name_key COLLATE "C" >= ${key} AND name_key COLLATE "C" < ${`${key}\u{10FFFF}`})`
}

export function afterName(cursor: string | undefined): RawBuilder<boolean> {
  const after = readCursor(cursor, ['text', 'id'])
  return after
    ? sql<boolean>`(name_key COLLATE "C", id) > (${after[0]}, ${after[1]}::uuid)`
    : sql<boolean>`true`
}

export async function listSellers(
  tx: Tx,
  day: string,
  query: ListQuery & { state: 'active' | 'archived' },
): Promise<{ rows: Seller[]; next?: string }> {
  const rows = await tx.rows<SellerRow>(
    sellersOn(
      tx.orgId,
      day,
      sql`SELECT * FROM seller WHERE org_id = ${tx.orgId} AND state = ${query.state}
        AND ${namePrefix(query.search)} AND ${afterName(query.cursor)}
        ORDER BY name_key COLLATE "C", id LIMIT ${query.limit + 1}`,
    ),
  )
  const page = pageOfRows(rows, query.limit, (row) => [row.name_key, row.id])
  return { ...page, rows: page.rows.map(sellerFromRow) }
}

/** One seller; refuses `seller.not_found`. */
export async function readSeller(tx: Tx, day: string, id: string): Promise<Seller> {
  const row = await tx.first<SellerRow>(
    sellersOn(
      tx.orgId,
      day,
      sql`SELECT * FROM seller WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`,
    ),
  )
  if (!row) throw notFound('seller')
  return sellerFromRow(row)
}

export interface Person {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  email: string | null
  seller: Named | null
}

interface PersonRow {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  name_key: string
  email: string | null
  seller_id: string | null
  seller_name: string | null
}

function personFromRow(row: PersonRow): Person {
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    name: row.name,
    email: row.email,
    seller: asNamed(row.seller_id, row.seller_name),
  }
}

export async function listPeople(
  tx: Tx,
  query: ListQuery,
): Promise<{ rows: Person[]; next?: string }> {
  const rows = await tx.rows<PersonRow>(sql`
    SELECT p.id, p.version, p.state, p.name, p.name_key, p.email, p.seller_id, s.name AS seller_name
    FROM (SELECT * FROM person WHERE org_id = ${tx.orgId} AND state = 'active'
      AND ${namePrefix(query.search)} AND ${afterName(query.cursor)}
      ORDER BY name_key COLLATE "C", id LIMIT ${query.limit + 1}) p
    LEFT JOIN seller s ON s.org_id = ${tx.orgId} AND s.id = p.seller_id AND s.state <> 'removed'
    ORDER BY p.name_key COLLATE "C", p.id`)
  const page = pageOfRows(rows, query.limit, (row) => [row.name_key, row.id])
  return { ...page, rows: page.rows.map(personFromRow) }
}

/** One person; refuses `person.not_found`. */
export async function readPerson(tx: Tx, id: string): Promise<Person> {
  const row = await tx.first<PersonRow>(sql`
    SELECT p.id, p.version, p.state, p.name, p.name_key, p.email, p.seller_id, s.name AS seller_name
    FROM person p LEFT JOIN seller s ON s.org_id = ${tx.orgId} AND s.id = p.seller_id AND s.state <> 'removed'
    WHERE p.org_id = ${tx.orgId} AND p.id = ${id} AND p.state <> 'removed'`)
  if (!row) throw notFound('person')
  return personFromRow(row)
}

export type NamedTable = 'seller' | 'person' | 'team'
export type Reference = { id: string } | { name: string }

/**
 * The record meant by an id, or by a name or alias; made when no record has the name. Case and outer
 * spaces do not count; an active record goes before an archived one. Refuses `<table>.not_found` for
 * an unknown id and `<table>.ambiguous` when several records have the name.
 */
export async function findOrMake(
  tx: WriteTx,
  table: NamedTable,
  meant: Reference,
  more: Record<string, unknown> = {},
): Promise<{ id: string; made: boolean }> {
  if ('id' in meant) {
    const row = await tx.first<{ id: string }>(sql`
      SELECT id FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND id = ${meant.id} AND state <> 'removed'`)
    if (!row) throw notFound(table)
    return { id: row.id, made: false }
  }
  const key = nameKey(meant.name)
  await lockName(tx, table, key)
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT id FROM (
      SELECT id, rank() OVER (ORDER BY state <> 'active', alias) AS place FROM (
        SELECT id, state, false AS alias FROM ${sql.table(table)}
        WHERE org_id = ${tx.orgId} AND name_key COLLATE "C" = ${key} AND state <> 'removed'
        UNION ALL
        SELECT r.id, r.state, true FROM alias a JOIN ${sql.table(table)} r ON r.org_id = ${tx.orgId} AND r.id = a.entity_id
        WHERE a.org_id = ${tx.orgId} AND a.entity = ${table} AND a.key = ${key} AND a.state = 'active' AND r.state <> 'removed'
      ) named
    ) ranked WHERE place = 1`)
  if (rows.length > 1) {
    throw new Refusal({
      code: `${table}.ambiguous`,
      message: `Several records are called “${meant.name}”.`,
      field: table,
      next: 'Choose one from the list.',
    })
  }
  const found = rows[0]
  if (found) return { id: found.id, made: false }
  const id = await insertRecord(tx, table, { name: meant.name, name_key: key, ...more })
  return { id, made: true }
}

/** Whether another active record of the table has the name or the external id. */
export async function isTaken(
  tx: WriteTx,
  table: 'seller',
  given: { name?: string | undefined; externalId?: string | null | undefined },
  exceptId?: string,
): Promise<boolean> {
  const key = given.name === undefined ? null : nameKey(given.name)
  if (key !== null) await lockName(tx, table, key)
  const row = await tx.first<{ taken: boolean }>(sql`
    SELECT EXISTS (
      SELECT 1 FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND id IS DISTINCT FROM ${exceptId ?? null}::uuid
        AND ((state = 'active' AND name_key COLLATE "C" = ${key}::text)
          OR (state <> 'removed' AND external_source = '' AND external_id = ${given.externalId ?? null}::text))
    ) AS taken`)
  return row?.taken ?? false
}

/** Two writers bringing in the same new name wait for each other; names have no unique index. */
export async function lockName(
  tx: WriteTx,
  table: NamedTable | 'customer' | 'product' | 'position',
  key: string,
): Promise<void> {
  await tx.run(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${tx.orgId} ${table} ${key}`}, 0))`,
  )
}
