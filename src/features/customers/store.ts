// The SQL of customers.
import { type RawBuilder, sql } from 'kysely'
import { nameBegins, type PageAsked, pageByName } from '../../platform/database/paging.ts'
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
