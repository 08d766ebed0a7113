// Customers with their demographics.
import { countCustomers, importCustomers } from '../../customers/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { amount, named, type PlacedRow, type Placing, text } from '../placed-row.ts'
import type { KindWork } from './kind.ts'

export const customers: KindWork = {
  place: (row, placing) => ({ row: placeCustomer(row, placing) }),
  known: 'customer',
  count: (tx, { batchId, present }) => countCustomers(tx, batchId, present),
  store: async (tx, { batchId, present }) => ({
    counts: await importCustomers(tx, batchId, present),
    written: 0,
  }),
}

function placeCustomer(row: TypedRow, placing: Placing): PlacedRow {
  const { saidToBe, ...record } = named(row, placing)
  const fields: Record<string, unknown> = { traits: row.traits ?? {} }
  for (const field of ['country', 'region', 'city', 'industry', 'size', 'source']) {
    const value = text(row, field)
    fields[field] = value === null ? null : placing.spelling(field, value)
  }
  fields.employees = amount(row, 'employees')
  return { ...record, customer: saidToBe, fields }
}
