// The SQL of customers.
import { type RawBuilder, sql } from 'kysely'
import { nameBegins, type PageAsked, pageByName } from '../../platform/database/paging.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { tagged } from './store-tags.ts'

export interface CustomerRow {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  name_key: string
  external_id: string | null
  country: string | null
  region: string | null
  city: string | null
  industry: string | null
  employees: number | null
  size: string | null
  source: string | null
  traits: Record<string, string>
}

const columns = sql`id, version, state, name, name_key, external_id, country, region, city, industry, employees, size, source, traits`

export interface CustomerFilter {
  search?: string | undefined
  state: 'active' | 'archived'
  country?: string | undefined
  region?: string | undefined
  industry?: string | undefined
  size?: string | undefined
  source?: string | undefined
  tag?: string | undefined
  missing?: 'country' | 'region' | 'industry' | 'size' | 'source' | undefined
  batchId?: string | undefined
}

/** Conditions on the columns of customers that fit the filter. */
export function customersThatFit(tx: Tx, filter: CustomerFilter): RawBuilder<unknown>[] {
  const fit: RawBuilder<unknown>[] = [sql`state = ${filter.state}`]
  if (filter.search !== undefined) fit.push(nameBegins(filter.search))
  for (const name of ['country', 'region', 'industry', 'size', 'source'] as const) {
    if (filter[name] !== undefined) fit.push(sql`${sql.ref(name)} = ${filter[name]}`)
  }
  if (filter.missing !== undefined) fit.push(sql`${sql.ref(filter.missing)} IS NULL`)
  if (filter.tag !== undefined) fit.push(tagged(tx, 'customer', filter.tag))
  if (filter.batchId !== undefined) {
    fit.push(sql`id IN (
      SELECT h.entity_id FROM history h JOIN import_batch b ON b.org_id = h.org_id AND b.change_id = h.change_id
      WHERE h.org_id = ${tx.orgId} AND b.id = ${filter.batchId} AND h.entity = 'customer' AND h.version = 1)`)
  }
  return fit
}

export function listCustomers(tx: Tx, filter: CustomerFilter, page: PageAsked) {
  return pageByName<CustomerRow>(
    tx,
    { table: 'customer', columns, fit: customersThatFit(tx, filter) },
    page,
  )
}

export async function customerById(tx: Tx, id: string): Promise<CustomerRow | undefined> {
  return tx.first<CustomerRow>(sql`
    SELECT ${columns} FROM customer WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
}

/** Customers of exactly this name, oldest first; by alias when none has it. */
export async function customersNamed(tx: Tx, name: string): Promise<{ id: string }[]> {
  const key = nameKey(name)
  const named = await tx.rows<{ id: string }>(sql`
    SELECT id FROM customer WHERE org_id = ${tx.orgId} AND name_key COLLATE "C" = ${key} AND state <> 'removed'
    ORDER BY id LIMIT 2`)
  if (named.length > 0) return named
  return tx.rows<{ id: string }>(sql`
    SELECT c.id FROM alias a JOIN customer c ON c.org_id = a.org_id AND c.id = a.entity_id AND c.state <> 'removed'
    WHERE a.org_id = ${tx.orgId} AND a.entity = 'customer' AND a.key COLLATE "C" = ${key} AND a.state <> 'removed'`)
}

/** Another customer that has this name or external id. */
export async function customerLike(
  tx: Tx,
  like: {
    name?: string | undefined
    externalId?: string | null | undefined
    not?: string | undefined
  },
): Promise<{ id: string } | undefined> {
  const not = like.not === undefined ? sql`` : sql`AND id <> ${like.not}`
  if (like.externalId) {
    const found = await tx.first<{ id: string }>(sql`
      SELECT id FROM customer WHERE org_id = ${tx.orgId} AND external_source = '' AND external_id = ${like.externalId}
        AND state <> 'removed' ${not}`)
    if (found) return found
  }
  if (like.name === undefined) return undefined
  return tx.first<{ id: string }>(sql`
    SELECT id FROM customer WHERE org_id = ${tx.orgId} AND name_key COLLATE "C" = ${nameKey(like.name)}
      AND state <> 'removed' ${not} LIMIT 1`)
}
