// A small organisation with stages, sellers, customers and deals, for the tests of the data's law.
import { sql } from 'kysely'
import { expect } from 'vitest'
import { createOrganisation } from '../../src/features/team/door.ts'
import { checkOrganisation } from '../../src/platform/database/check.ts'
import { closeFact, insertFact, replaceFact } from '../../src/platform/database/facts.ts'
import type { Fields } from '../../src/platform/database/records.ts'
import { insertRecord } from '../../src/platform/database/records.ts'
import { nameKey } from '../../src/platform/database/tables.ts'
import type { Actor, Tx, WriteTx } from '../../src/platform/database/with-org.ts'
import type { TestDatabase } from '../database.ts'

export interface Books extends Actor {
  stages: { open: string; won: string; lost: string }
}

let organisationsMade = 0

/** An organisation as the product makes it, so that all of it stands in the chain. */
export async function makeBooks(db: TestDatabase, { setUp = true } = {}): Promise<Books> {
  const stages = { open: db.newId(), won: db.newId(), lost: db.newId() }
  organisationsMade += 1
  const { orgId, personId } = await createOrganisation(
    db.database,
    {
      slug: `books-${organisationsMade}`,
      kind: 'own',
      name: 'Books',
      zone: 'Europe/Berlin',
      baseCurrency: 'EUR',
      fiscalFirstMonth: 1,
      weekStart: 1,
      locale: 'en',
      setUp,
      personName: 'Tester',
    },
    {
      newId: db.newId,
      seed: async (tx) => {
        let position = 0
        for (const outcome of ['open', 'won', 'lost'] as const) {
          position += 1
          await insertRecord(
            tx,
            'stage',
            { name: outcome, name_key: outcome, position, outcome },
            stages[outcome],
          )
        }
      },
    },
  )
  return { orgId, personId, stages }
}

export function addNamed(
  tx: WriteTx,
  table: 'seller' | 'customer' | 'product',
  name: string,
  more: Fields = {},
): Promise<string> {
  return insertRecord(tx, table, { name, name_key: nameKey(name), ...more })
}

export interface DealSpec {
  sellerId?: string | null
  customerId?: string | null
  productId?: string | null
  externalId?: string | null
  /** Closed and won on this day; open without one. */
  wonOn?: string
  amount: number
}

function dealFields(books: Books, spec: DealSpec): Fields {
  return {
    seller_id: spec.sellerId ?? null,
    customer_id: spec.customerId ?? null,
    product_id: spec.productId ?? null,
    external_id: spec.externalId ?? null,
    stage_id: spec.wonOn ? books.stages.won : books.stages.open,
    outcome: spec.wonOn ? 'won' : 'open',
    opened_on: '2020-01-01',
    closed_on: spec.wonOn ?? null,
    amount: spec.amount,
    base_amount: spec.amount,
    currency: 'EUR',
  }
}

function saleFields(id: string, spec: DealSpec & { wonOn: string }): Fields {
  return {
    deal_id: id,
    seller_id: spec.sellerId ?? null,
    customer_id: spec.customerId ?? null,
    product_id: spec.productId ?? null,
    source: 'deals',
    kind: 'sale',
    on_day: spec.wonOn,
    quantity: 1,
    amount: spec.amount,
    base_amount: spec.amount,
    currency: 'EUR',
  }
}

/** Enters a deal, with its sale when it is won. */
export async function addDeal(tx: WriteTx, books: Books, spec: DealSpec): Promise<string> {
  const id = await insertFact(tx, 'deal', dealFields(books, spec))
  const { wonOn } = spec
  if (wonOn) await insertFact(tx, 'sale', saleFields(id, { ...spec, wonOn }), id)
  return id
}

/** One row of every other fact and record that stands beside deals: orders, rates, contracts, contacts … */
export async function addAround(
  tx: WriteTx,
  of: { deal: string; seller: string; customer: string; product: string },
): Promise<void> {
  const { deal, seller, customer, product } = of
  const whose = { seller_id: seller, customer_id: customer, product_id: product }
  await insertFact(tx, 'deal_seller', { deal_id: deal, seller_id: seller, share: 1 })
  await insertFact(tx, 'order_head', {
    external_id: 'O-1',
    deal_id: deal,
    deal_no: 'D-1',
    seller_id: seller,
    customer_id: customer,
    on_day: '2024-01-05',
    return_of: 'O-0',
    amount: 5,
    currency: 'EUR',
  })
  await insertFact(tx, 'order_line', {
    ...whose,
    external_id: 'O-1#1',
    order_no: 'O-1',
    line_no: 1,
    on_day: '2024-01-05',
    kind: 'sale',
    quantity: 2,
    price: 2.5,
    discount: 0.1,
    amount: 450,
    currency: 'EUR',
    cost: 300,
  })
  const decision = await insertRecord(tx, 'quota_decision', {
    decision: 'approved',
    reason: 'As agreed',
    person_id: tx.personId,
    decided_on: '2024-01-02',
  })
  await insertFact(tx, 'quota', {
    kind: 'quota',
    seller_id: seller,
    metric: 'revenue',
    narrowing: '{"region":["West"]}',
    period: '2024-Q1',
    valid_from: '2024-01-01',
    valid_until: '2024-04-01',
    amount: 1000,
    currency: 'USD',
    base_amount: 900,
    rate_on: '2024-01-05',
    state: 'approved',
    decision_id: decision,
  })
  await insertFact(tx, 'position_holder', {
    position_id: await insertRecord(tx, 'position', {
      name: 'Area manager West',
      name_key: 'area manager west',
    }),
    seller_id: seller,
    valid_from: '2024-01-01',
    valid_until: '2024-07-01',
  })
  await insertFact(tx, 'rate', { currency: 'USD', on_day: '2024-01-05', rate: 0.9 })
  await insertFact(tx, 'survey_answer', {
    ...whose,
    external_id: 'A-1',
    on_day: '2024-01-06',
    measure: 'nps',
    score: 9,
    scale_low: 0,
    scale_high: 10,
  })
  await insertFact(tx, 'customer_case', {
    ...whose,
    external_id: 'K-1',
    on_day: '2024-01-07',
    kind: 'complaint',
    status: 'Solved',
    state: 'closed',
    closed_on: '2024-01-08',
    channel: 'mail',
  })
  const contact = await insertRecord(tx, 'contact', {
    customer_id: customer,
    name: 'Ida',
    name_key: 'ida',
    external_id: 'P-1',
    email: 'ida@example.org',
  })
  await insertRecord(tx, 'activity', {
    kind: 'call',
    subject: 'First talk',
    done_on: '2024-01-03',
    seller_id: seller,
    customer_id: customer,
    contact_id: contact,
    deal_id: deal,
  })
  await insertRecord(tx, 'contract', {
    ...whose,
    name: 'Care',
    name_key: 'care',
    valid_from: '2024-01-01',
    amount: 100,
    currency: 'EUR',
  })
  await insertRecord(tx, 'price', {
    product_id: product,
    currency: 'EUR',
    list_price: 90,
    valid_from: '2023-01-01',
  })
  await insertRecord(tx, 'note', {
    entity: 'customer',
    entity_id: customer,
    body: 'Likes mornings',
    author_id: tx.personId,
    written_on: '2024-01-02',
  })
  await insertRecord(tx, 'tagging', {
    entity: 'customer',
    entity_id: customer,
    tag: 'Key',
    tag_key: 'key',
  })
  await insertRecord(tx, 'own_field', {
    entity: 'customer',
    key: 'size',
    label: 'Size',
    kind: 'choice',
    choices: ['S', 'L'],
  })
  await insertRecord(tx, 'demographic', {
    field: 'industry',
    value: 'Retail',
    value_key: 'retail',
  })
  await insertRecord(tx, 'revenue_source', { source: 'orders' })
  await insertRecord(tx, 'result_view', {
    owner_id: tx.personId,
    name: 'My wins',
    name_key: 'my wins',
    question: { metric: 'win-rate' },
    pinned: true,
  })
  await insertRecord(tx, 'work_calendar', {
    owner: 'seller',
    owner_id: seller,
    place: { country: 'DE', region: 'BY' },
    weekdays: [1, 1, 1, 1, 0.5, 0, 0],
    hours: [{ from: '09:00', until: '17:00' }, null, null, null, null, null, null],
  })
  await insertRecord(tx, 'calendar_exception', {
    owner: 'seller',
    owner_id: seller,
    valid_from: '2024-08-01',
    valid_until: '2024-08-15',
    kind: 'off',
    reason: 'Mountains',
  })
  await insertRecord(tx, 'forecast', {
    owner_id: tx.personId,
    metric: 'revenue',
    grain: 'month',
    horizon: 1,
    scope: 'organisation',
    scope_id: tx.orgId,
    made_on: '2024-02-01',
    as_if: true,
    revision: 1,
    method: 'level',
    periods: [{ period: '2024-02', from: '2024-02-01', until: '2024-03-01', mean: 100 }],
    basis: { seed: 1 },
  })
  await insertRecord(tx, 'forecast_call', {
    owner_id: tx.personId,
    metric: 'revenue',
    period: '2024-02',
    from_on: '2024-02-01',
    until_on: '2024-03-01',
    scope: 'organisation',
    scope_id: tx.orgId,
    commit_amount: 100,
    best_amount: 200,
    called_on: '2024-02-01',
  })
  await insertRecord(tx, 'snooze', {
    owner_id: tx.personId,
    entry_key: `deal:${deal}`,
    until_on: '2024-03-01',
  })
  await insertRecord(tx, 'calendar_feed', {
    owner_id: tx.personId,
    token_hash: 'ab'.repeat(32),
    made_on: '2024-02-01',
  })
  const goal = await insertRecord(tx, 'goal', {
    owner_id: tx.personId,
    name: 'A hundred',
    name_key: 'a hundred',
    kind: 'metric',
    metric: 'revenue',
    target: 10_000,
    from_on: '2024-01-01',
    until_on: '2025-01-01',
    milestones: [{ on: '2024-07-01', value: 5_000 }],
  })
  await insertRecord(tx, 'goal_mark', {
    owner_id: tx.personId,
    goal_id: goal,
    place: 1,
    kind: 'reached',
    on_day: '2024-03-04',
    value: 10_000,
  })
  await insertRecord(tx, 'goal_checkin', {
    owner_id: tx.personId,
    goal_id: goal,
    week_on: '2024-03-04',
    moved: 'Two talks',
    author_id: tx.personId,
  })
  await insertRecord(tx, 'different_pair', {
    entity: 'customer',
    first_id: '01900000-0000-7000-8000-000000000001',
    second_id: '01900000-0000-7000-8000-000000000002',
  })
  await insertRecord(tx, 'saved_mapping', {
    name: 'Shop',
    name_key: 'shop',
    kind: 'orders',
    headers: ['a', 'b'],
    mapping: { columns: { a: 'order_no' } },
  })
}

/** Writes a deal anew, and its sale with it. */
export async function changeDeal(
  tx: WriteTx,
  books: Books,
  id: string,
  spec: DealSpec,
): Promise<void> {
  await replaceFact(tx, 'deal', id, dealFields(books, spec))
  const last = await tx.first<{ version: number; change_out: string | null }>(sql`
    SELECT version, change_out FROM sale WHERE org_id = ${tx.orgId} AND id = ${id} ORDER BY version DESC LIMIT 1`)
  if (last && last.change_out === null) await closeFact(tx, 'sale', id)
  const { wonOn } = spec
  if (wonOn)
    await insertFact(tx, 'sale', saleFields(id, { ...spec, wonOn }), id, (last?.version ?? 0) + 1)
}

/** Takes a deal and its sale out of the books. */
export async function removeDeal(tx: WriteTx, id: string): Promise<void> {
  await closeFact(tx, 'deal', id)
  const sale = await tx.first(
    sql`SELECT 1 FROM sale WHERE org_id = ${tx.orgId} AND id = ${id} AND change_out IS NULL`,
  )
  if (sale) await closeFact(tx, 'sale', id)
}

/** Open deals by id: amount and day of closing. */
export async function openDeals(tx: Tx): Promise<Record<string, [number, string | null]>> {
  const rows = await tx.rows<{ id: string; amount: number; closed_on: string | null }>(sql`
    SELECT id, amount, closed_on FROM deal WHERE org_id = ${tx.orgId} AND change_out IS NULL ORDER BY id`)
  return Object.fromEntries(rows.map((row) => [row.id, [row.amount, row.closed_on]]))
}

/** Sum of the ledger's open rows. */
export async function ledgerSum(tx: Tx): Promise<number> {
  const row = await tx.first<{ sum: number }>(sql`
    SELECT coalesce(sum(base_amount), 0)::int8 AS sum FROM sale WHERE org_id = ${tx.orgId} AND change_out IS NULL`)
  return row?.sum ?? 0
}

/** Sum of a rollup and its unfolded deltas, read in one statement as readers do. */
export async function rolledSum(
  tx: Tx,
  table: 'sale_day_seller' | 'sale_month_product',
): Promise<number> {
  const row = await tx.first<{ sum: number }>(sql`
    SELECT coalesce(sum(base_amount), 0)::int8 AS sum FROM (
      SELECT base_amount FROM ${sql.table(table)} WHERE org_id = ${tx.orgId}
      UNION ALL SELECT base_amount FROM ${sql.table(`${table}_delta`)} WHERE org_id = ${tx.orgId}) both_parts`)
  return row?.sum ?? 0
}

/** The check finds nothing, and both rollups are what the ledger adds up to. */
export async function expectBooks(db: TestDatabase, books: Books): Promise<void> {
  expect((await checkOrganisation(db.database, books)).findings).toEqual([])
  const sums = await db.database.read(books, async (tx) => [
    await ledgerSum(tx),
    await rolledSum(tx, 'sale_day_seller'),
    await rolledSum(tx, 'sale_month_product'),
  ])
  expect(new Set(sums).size).toBe(1)
}
