// Which tables hold facts and which hold records, with their own columns: what undo, history and check go by.

/** Columns beside org_id, id, version, change_in, change_out. */
export const facts = {
  customer_case: [
    'external_source',
    'external_id',
    'on_day',
    'kind',
    'status',
    'state',
    'closed_on',
    'channel',
    'customer_id',
    'seller_id',
    'product_id',
  ],
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
  deal_seller: ['deal_id', 'seller_id', 'share'],
  membership: ['team_id', 'kind', 'seller_id', 'person_id', 'valid_from', 'valid_until'],
  order_head: [
    'external_source',
    'external_id',
    'deal_id',
    'deal_no',
    'seller_id',
    'customer_id',
    'on_day',
    'kind',
    'return_of',
    'amount',
    'currency',
  ],
  order_line: [
    'external_source',
    'external_id',
    'order_no',
    'line_no',
    'seller_id',
    'customer_id',
    'product_id',
    'on_day',
    'kind',
    'quantity',
    'price',
    'discount',
    'amount',
    'currency',
    'cost',
  ],
  rate: ['currency', 'on_day', 'rate'],
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
  survey_answer: [
    'external_source',
    'external_id',
    'on_day',
    'measure',
    'score',
    'scale_low',
    'scale_high',
    'customer_id',
    'seller_id',
    'product_id',
  ],
} as const
export type FactTable = keyof typeof facts

/** Columns beside org_id, id, version. `org` has its id in org_id alone. */
export const records = {
  activity: [
    'state',
    'kind',
    'subject',
    'note',
    'due_on',
    'done_on',
    'outcome',
    'seller_id',
    'customer_id',
    'contact_id',
    'deal_id',
    'external_source',
    'external_id',
  ],
  alias: ['state', 'entity', 'key', 'entity_id', 'value'],
  contact: [
    'state',
    'customer_id',
    'name',
    'name_key',
    'external_source',
    'external_id',
    'job_title',
    'email',
    'phone',
    'traits',
  ],
  contract: [
    'state',
    'name',
    'name_key',
    'external_source',
    'external_id',
    'customer_id',
    'product_id',
    'seller_id',
    'valid_from',
    'valid_until',
    'renewal',
    'notice_days',
    'amount',
    'currency',
    'every',
  ],
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
  demographic: ['state', 'field', 'value', 'value_key'],
  different_pair: ['state', 'entity', 'first_id', 'second_id'],
  lost_reason: ['state', 'name', 'name_key'],
  note: ['state', 'entity', 'entity_id', 'body', 'author_id', 'written_on'],
  own_field: ['state', 'entity', 'key', 'label', 'kind', 'choices', 'position'],
  period_lock: ['state', 'from_on', 'until_on', 'reason'],
  person: ['state', 'name', 'name_key', 'email', 'seller_id'],
  person_role: ['state', 'person_id', 'role', 'valid_from', 'valid_until'],
  price: ['state', 'product_id', 'currency', 'list_price', 'cost', 'valid_from', 'valid_until'],
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
  result_view: ['state', 'owner_id', 'name', 'name_key', 'question', 'pinned'],
  revenue_source: ['state', 'source', 'valid_from'],
  saved_mapping: ['state', 'name', 'name_key', 'kind', 'headers', 'mapping'],
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
  tagging: ['state', 'entity', 'entity_id', 'tag', 'tag_key'],
  team: ['state', 'name', 'name_key', 'kind', 'parent_id'],
} as const
export type RecordTable = keyof typeof records

/**
 * Records of which some are seen by their owner only, with the owner's function that gives them all:
 * what is checked and exported as a whole must not depend on who asks.
 */
export const wholeTables: Readonly<Record<string, string>> = {
  result_view: 'kontor_result_views',
}

/** Facts that refer to a record, by table and column: a record that counts is not taken away. */
export const references: Record<string, readonly { table: FactTable; column: string }[]> = {
  seller: [
    { table: 'deal', column: 'seller_id' },
    { table: 'deal_seller', column: 'seller_id' },
    { table: 'order_head', column: 'seller_id' },
    { table: 'order_line', column: 'seller_id' },
    { table: 'sale', column: 'seller_id' },
    { table: 'membership', column: 'seller_id' },
    { table: 'survey_answer', column: 'seller_id' },
    { table: 'customer_case', column: 'seller_id' },
  ],
  customer: [
    { table: 'deal', column: 'customer_id' },
    { table: 'order_head', column: 'customer_id' },
    { table: 'order_line', column: 'customer_id' },
    { table: 'sale', column: 'customer_id' },
    { table: 'survey_answer', column: 'customer_id' },
    { table: 'customer_case', column: 'customer_id' },
  ],
  product: [
    { table: 'deal', column: 'product_id' },
    { table: 'order_line', column: 'product_id' },
    { table: 'sale', column: 'product_id' },
    { table: 'survey_answer', column: 'product_id' },
    { table: 'customer_case', column: 'product_id' },
  ],
  stage: [
    { table: 'deal', column: 'stage_id' },
    { table: 'stage_entry', column: 'stage_id' },
  ],
  lost_reason: [{ table: 'deal', column: 'lost_reason_id' }],
  team: [{ table: 'membership', column: 'team_id' }],
  person: [{ table: 'membership', column: 'person_id' }],
}

/** Records that refer to a record. */
export const recordReferences: Record<string, readonly { table: RecordTable; column: string }[]> = {
  seller: [
    { table: 'person', column: 'seller_id' },
    { table: 'activity', column: 'seller_id' },
    { table: 'contract', column: 'seller_id' },
    { table: 'alias', column: 'entity_id' },
  ],
  customer: [
    { table: 'contact', column: 'customer_id' },
    { table: 'activity', column: 'customer_id' },
    { table: 'contract', column: 'customer_id' },
    { table: 'note', column: 'entity_id' },
    { table: 'tagging', column: 'entity_id' },
    { table: 'alias', column: 'entity_id' },
  ],
  product: [
    { table: 'price', column: 'product_id' },
    { table: 'contract', column: 'product_id' },
    { table: 'note', column: 'entity_id' },
    { table: 'tagging', column: 'entity_id' },
    { table: 'alias', column: 'entity_id' },
  ],
  contact: [
    { table: 'activity', column: 'contact_id' },
    { table: 'note', column: 'entity_id' },
    { table: 'tagging', column: 'entity_id' },
    { table: 'alias', column: 'entity_id' },
  ],
  contract: [
    { table: 'note', column: 'entity_id' },
    { table: 'tagging', column: 'entity_id' },
  ],
  team: [
    { table: 'team', column: 'parent_id' },
    { table: 'alias', column: 'entity_id' },
  ],
  person: [
    { table: 'person_role', column: 'person_id' },
    { table: 'alias', column: 'entity_id' },
  ],
}

/** Form in which names are stored for search and matched on import: case and outer spaces do not count. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

/**
 * The key under which an alias holds a number instead of a name. No name has a no-break space after
 * {@link nameKey}, so that the two cannot be taken for each other.
 */
export function numberKey(number: string): string {
  return `#\u00a0${number}`
}
