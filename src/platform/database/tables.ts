// Which tables hold facts and which hold records, with their own columns: what undo, history and check go by.

/** Columns beside org_id, id, version, change_in, change_out. */
export const facts = {
  deal: [
    'external_source',
    'external_id',
    'seller_id',
    'customer_id',
    'product_id',
    'stage_id',
    'outcome',
    'lost_reason_id',
    'opened_on',
    'closed_on',
    'quantity',
    'amount',
    'currency',
    'base_amount',
  ],
  membership: ['team_id', 'kind', 'seller_id', 'person_id', 'valid_from', 'valid_until'],
  sale: [
    'deal_id',
    'order_no',
    'line_no',
    'group_id',
    'owner',
    'seller_id',
    'share',
    'customer_id',
    'product_id',
    'source',
    'kind',
    'on_day',
    'quantity',
    'amount',
    'currency',
    'base_amount',
    'rate_id',
    'cost',
    'list_amount',
  ],
  stage_entry: ['deal_id', 'stage_id', 'entered_on'],
} as const
export type FactTable = keyof typeof facts

/** Columns beside org_id, id, version. `org` has its id in org_id alone. */
export const records = {
  alias: ['state', 'entity', 'key', 'entity_id', 'value'],
  customer: [
    'state',
    'name',
    'name_key',
    'external_source',
    'external_id',
    'country',
    'region',
    'city',
    'industry',
    'employees',
    'size',
    'source',
    'traits',
  ],
  lost_reason: ['state', 'name', 'name_key'],
  period_lock: ['state', 'from_on', 'until_on', 'reason'],
  person: ['state', 'name', 'name_key', 'email', 'seller_id'],
  person_role: ['state', 'person_id', 'role', 'valid_from', 'valid_until'],
  product: [
    'state',
    'name',
    'name_key',
    'external_source',
    'external_id',
    'family',
    'currency',
    'list_price',
    'cost',
    'traits',
  ],
  seller: [
    'state',
    'name',
    'name_key',
    'external_source',
    'external_id',
    'email',
    'hired_on',
    'left_on',
    'traits',
  ],
  stage: ['state', 'name', 'name_key', 'position', 'outcome'],
  team: ['state', 'name', 'name_key', 'kind', 'parent_id'],
} as const
export type RecordTable = keyof typeof records

/** Facts that refer to a record, by table and column: a record that counts is not taken away. */
export const references: Record<string, readonly { table: FactTable; column: string }[]> = {
  seller: [
    { table: 'deal', column: 'seller_id' },
    { table: 'sale', column: 'seller_id' },
    { table: 'membership', column: 'seller_id' },
  ],
  customer: [
    { table: 'deal', column: 'customer_id' },
    { table: 'sale', column: 'customer_id' },
  ],
  product: [
    { table: 'deal', column: 'product_id' },
    { table: 'sale', column: 'product_id' },
  ],
  stage: [
    { table: 'deal', column: 'stage_id' },
    { table: 'stage_entry', column: 'stage_id' },
  ],
  lost_reason: [{ table: 'deal', column: 'lost_reason_id' }],
  team: [{ table: 'membership', column: 'team_id' }],
  person: [{ table: 'membership', column: 'person_id' }],
}

/** Form in which names are stored for search and matched on import: case and outer spaces do not count. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}
