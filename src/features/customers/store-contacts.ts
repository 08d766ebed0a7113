// The SQL of contacts.
import { sql } from 'kysely'
import { nameBegins, type PageAsked, pageByName } from '../../platform/database/paging.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { tagged } from './store-tags.ts'

export interface ContactRow {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  name_key: string
  external_id: string | null
  customer_id: string | null
  job_title: string | null
  email: string | null
  phone: string | null
  traits: Record<string, string>
}

const columns = sql`id, version, state, name, name_key, external_id, external_source, customer_id, job_title, email, phone, traits`

export interface ContactFilter {
  search?: string | undefined
  state: 'active' | 'archived'
  customerId?: string | undefined
  tag?: string | undefined
}

export function listContacts(tx: Tx, filter: ContactFilter, page: PageAsked) {
  const { search, state, customerId, tag } = filter
  const fit = [
    sql`state = ${state}`,
    ...(search === undefined ? [] : [nameBegins(search)]),
    ...(customerId === undefined ? [] : [sql`customer_id = ${customerId}::uuid`]),
    ...(tag === undefined ? [] : [tagged(tx, 'contact', tag)]),
  ]
  return pageByName<ContactRow & { external_source: string }>(
    tx,
    { table: 'contact', columns, fit },
    page,
  )
}

export async function contactById(
  tx: Tx,
  id: string,
): Promise<(ContactRow & { external_source: string }) | undefined> {
  return tx.first(sql`
    SELECT ${columns} FROM contact WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
}

/** Names of customers by id, for contacts that are shown with theirs. */
export async function customerNames(
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    SELECT id, name FROM customer WHERE org_id = ${tx.orgId} AND id = ANY(${wanted}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Another contact with this number, or with this name at this customer. */
export async function contactLike(
  tx: Tx,
  like: {
    named?: { name: string; customerId: string | null } | undefined
    externalId?: string | null | undefined
    not?: string | undefined
  },
): Promise<{ id: string } | undefined> {
  const not = like.not === undefined ? sql`` : sql`AND id <> ${like.not}`
  if (like.externalId) {
    const found = await tx.first<{ id: string }>(sql`
      SELECT id FROM contact WHERE org_id = ${tx.orgId} AND external_source = '' AND external_id = ${like.externalId}
        AND state <> 'removed' ${not}`)
    if (found) return found
  }
  if (!like.named) return undefined
  return tx.first<{ id: string }>(sql`
    SELECT id FROM contact WHERE org_id = ${tx.orgId} AND name_key COLLATE "C" = ${nameKey(like.named.name)}
      AND customer_id IS NOT DISTINCT FROM ${like.named.customerId}::uuid AND state <> 'removed' ${not} LIMIT 1`)
}
