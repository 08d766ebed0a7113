// S12: whatever the owner of the database alters or removes, the check finds it and names the revision.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setMembership } from '../../src/features/team/door.ts'
import { checkOrganisation } from '../../src/platform/database/check.ts'
import { insertFact } from '../../src/platform/database/facts.ts'
import { insertRecord, updateRecord } from '../../src/platform/database/records.ts'
import {
  type FactTable,
  facts,
  type RecordTable,
  records,
} from '../../src/platform/database/tables.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { addAround, addDeal, addNamed, type Books, changeDeal, makeBooks } from './books.ts'

let db: TestDatabase
let books: Books

beforeAll(async () => {
  db = await freshDatabase()
  books = await makeBooks(db)
  const { result } = await db.database.write(books, 'fill', async (tx) => {
    const seller = await addNamed(tx, 'seller', 'Ana', {
      external_id: 'S-1',
      email: 'ana@example.org',
      traits: { a: 'b' },
    })
    const customer = await addNamed(tx, 'customer', 'Acme', { employees: 5, size: '0–9' })
    const product = await addNamed(tx, 'product', 'GTX', {
      list_price: 100,
      cost: 50,
      currency: 'EUR',
    })
    const team = await insertRecord(tx, 'team', {
      name: 'North',
      name_key: 'north',
      kind: 'team',
      parent_id: null,
    })
    await insertRecord(tx, 'alias', { entity: 'customer', key: 'acme inc', entity_id: customer })
    await insertRecord(tx, 'lost_reason', { name: 'Price', name_key: 'price' })
    await insertRecord(tx, 'period_lock', {
      from_on: '2000-01-01',
      until_on: '2001-01-01',
      reason: 'closed',
    })
    await insertRecord(tx, 'person_role', { person_id: books.personId, role: 'admin' })
    await setMembership(
      tx,
      { kind: 'member', teamId: team, sellerId: seller },
      { from: '2020-01-01', until: '2025-01-01' },
    )
    const deal = await addDeal(tx, books, {
      amount: 100,
      wonOn: '2024-01-05',
      sellerId: seller,
      customerId: customer,
      productId: product,
      externalId: 'D-1',
    })
    await insertFact(tx, 'stage_entry', {
      deal_id: deal,
      stage_id: books.stages.open,
      entered_on: '2024-01-02',
    })
    await addAround(tx, { deal, seller, customer, product })
    return { seller, deal }
  })
  await db.database.write(books, 'change', async (tx) => {
    await changeDeal(tx, books, result.deal, {
      amount: 120,
      wonOn: '2024-01-06',
      sellerId: result.seller,
    })
    await updateRecord(tx, 'seller', result.seller, { left_on: '2024-12-31' })
  })
})
afterAll(() => db.close())

const check = (at?: number) => checkOrganisation(db.database, books, { at })

/** Constrained columns take one of a few values; a change to another of them is a change all the same. */
const others: Record<string, string> = {
  currency: `'XXX'`,
  entity: `CASE entity WHEN 'seller' THEN 'person' ELSE 'seller' END`,
  kind: `CASE kind WHEN 'sale' THEN 'return' WHEN 'own' THEN 'demo' ELSE 'office' END`,
  outcome: `CASE outcome WHEN 'lost' THEN 'won' ELSE 'lost' END`,
  role: `'auditor'`,
  source: `CASE source WHEN 'deals' THEN 'orders' ELSE coalesce(source, '') || 'x' END`,
  state: `'archived'`,
  base_currency: `'XXX'`,
  fiscal_first_month: '2',
  locale: `'de'`,
  week_start: '7',
  closed_on: 'closed_on + 1',
}

/** The same for columns whose values depend on the table. */
const othersOf: Record<string, Record<string, string>> = {
  activity: { kind: `'mail'` },
  calendar_feed: { token_hash: `repeat('cd', 32)` },
  calendar_exception: { owner: `'team'`, kind: `'works'`, share: '0.5' },
  contract: { every: `'month'`, renewal: `'automatic'`, notice_days: '30' },
  customer_case: { kind: `'dispute'`, state: `'open'` },
  goal: { kind: `'activity'`, repeats: `'month'` },
  goal_mark: { kind: `'reopened'` },
  deal_seller: { share: '0.5' },
  demographic: { field: `'country'` },
  // The two stand in the order of their ids.
  different_pair: {
    first_id: `'00000000-0000-0000-0000-000000000000'`,
    second_id: `'ffffffff-ffff-ffff-ffff-ffffffffffff'`,
  },
  forecast: { grain: `'week'`, scope: `'team'`, horizon: '2' },
  forecast_call: { scope: `'team'` },
  note: { entity: `'product'` },
  order_line: { discount: '0.2' },
  own_field: { entity: `'product'`, kind: `'text'` },
  quota: { kind: `'commitment'`, state: `'returned'` },
  quota_decision: { decision: `'returned'` },
  revenue_source: { source: `'deals'`, valid_from: `valid_from + interval '1 month'` },
  survey_answer: { measure: `'satisfaction'`, score: '8', scale_low: '-1', scale_high: '11' },
  tagging: { entity: `'product'` },
  work_calendar: {
    owner: `'team'`,
    weekdays: `'[1, 1, 1, 1, 1, 1, 1]'`,
    hours: `'[null, null, null, null, null, null, null]'`,
  },
}

const byType: Record<string, (column: string) => string> = {
  boolean: (column) => `NOT ${column}`,
  bytea: (column) => `coalesce(${column}, ''::bytea) || '\\x00'::bytea`,
  date: (column) => `coalesce(${column} + 1, '2024-02-02')`,
  jsonb: (column) => `coalesce(${column}, '{}') || '{"altered": ["a", "b"]}'`,
  text: (column) => `coalesce(${column}, '') || 'x'`,
  uuid: () => 'gen_random_uuid()',
  'timestamp with time zone': (column) => `${column} + interval '1 millisecond'`,
}

/** An expression that differs from what the column holds. */
function altered(table: string, column: string, type: string): string {
  return (
    othersOf[table]?.[column] ??
    others[column] ??
    byType[type]?.(column) ??
    `coalesce(${column}, 0) + 100`
  )
}

interface Column {
  name: string
  type: string
}
const columnsKnown = new Map<string, Column[]>()

async function columnsOf(table: string): Promise<Column[]> {
  const known = columnsKnown.get(table)
  if (known) return known
  const { rows } = await db.owner.query<Column>(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND column_name <> 'org_id' ORDER BY ordinal_position`,
    [table],
  )
  columnsKnown.set(table, rows)
  return rows
}

/** The table that `kept` holds as it was before the test; everything is put back, so it stays true to the end of it. */
let kept: string | undefined
beforeEach(() => {
  kept = undefined
})

/** Runs the statement as the owner, checks, and puts the table back as it was. */
async function tamper(
  table: string,
  statement: string,
): Promise<{ holds: boolean; revisions: (number | undefined)[] }> {
  const names = [...(await columnsOf(table)).map(({ name }) => name), 'org_id']
  const key = ['org', 'org_head'].includes(table) ? 'org_id' : 'id'
  if (kept !== table) {
    await db.owner.query(`DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT * FROM ${table}`)
    kept = table
  }
  try {
    const { rowCount } = await db.owner.query(statement)
    expect([statement, rowCount]).toEqual([statement, 1])
    const report = await check()
    return { holds: report.holds, revisions: report.findings.map(({ revision }) => revision) }
  } finally {
    await db.owner.query(
      table in records || table === 'org'
        ? `UPDATE ${table} t SET (${names.join(', ')}) = (SELECT ${names.map((name) => `k.${name}`).join(', ')})
           FROM kept k WHERE k.${key} = t.${key}`
        : `BEGIN; DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept; COMMIT`,
    )
  }
}

/** Rows of a fact or history, each with the revisions that vouch for it. */
async function rowsOf(
  table: string,
  key: string,
): Promise<{ where: string; revisions: number[] }[]> {
  const { rows } = await db.owner.query<{ where: string; revisions: number[] }>(`
    SELECT concat_ws(' AND ', ${table === 'history' ? "format('entity = %L AND entity_id = %L', entity, entity_id)" : "format('id = %L', id)"},
        format('version = %s', version)) AS where,
      (SELECT array_agg(c.revision::int) FROM change c WHERE c.org_id = t.org_id AND c.id IN (${key})) AS revisions
    FROM ${table} t WHERE org_id = '${books.orgId}' ORDER BY version DESC LIMIT 3`)
  return rows
}

test('an untouched organisation holds', async () => {
  expect(await check()).toMatchObject({ holds: true, revision: 3, findings: [] })
})

test('the recomputed digest is the one that the database makes', async () => {
  const { rows } = await db.owner.query<{ same: boolean }>(
    'SELECT digest = kontor_digest(org_id, id) AS same FROM change WHERE org_id = $1',
    [books.orgId],
  )
  expect(rows).toEqual([{ same: true }, { same: true }, { same: true }])
})

describe.each(Object.keys(facts) as FactTable[])('fact %s', (table) => {
  test('altered in any column, removed or reopened', async () => {
    for (const { where, revisions } of await rowsOf(table, 't.change_in, t.change_out')) {
      const statements = (await columnsOf(table))
        // A closed row's end is checked on its own below, an open row has none.
        .filter(({ name }) => name !== 'change_out')
        .map(({ name, type }) =>
          // Won and lost need a day of closing, and members a seller: those rules would stop the statement.
          // And a quota has one holder: it can only pass to another.
          (name === 'team_id' || name === 'position_id') && table === 'quota'
            ? `UPDATE quota SET ${name} = seller_id, seller_id = NULL WHERE ${where}`
            : name === 'kind' && table === 'membership'
              ? `UPDATE membership SET kind = 'lead', person_id = seller_id, seller_id = NULL WHERE ${where}`
              : name === 'seller_id' || name === 'person_id'
                ? table === 'membership' && name === 'person_id'
                  ? `UPDATE membership SET team_id = seller_id WHERE ${where}`
                  : `UPDATE ${table} SET ${name} = gen_random_uuid() WHERE ${where}`
                : `UPDATE ${table} SET ${name} = ${altered(table, name, type)} WHERE ${where}`,
        )
      statements.push(
        `DELETE FROM ${table} WHERE ${where}`,
        revisions.length > 1
          ? `UPDATE ${table} SET change_out = NULL WHERE ${where}`
          : `UPDATE ${table} SET change_out = change_in WHERE ${where}`,
        `UPDATE ${table} SET change_out = gen_random_uuid() WHERE ${where}`,
      )
      for (const statement of statements) {
        const found = await tamper(table, statement)
        expect({ statement, ...found }).toMatchObject({ statement, holds: false })
        expect(
          found.revisions.some(
            (revision) => revision !== undefined && revisions.includes(revision),
          ),
          statement,
        ).toBe(true)
      }
    }
    expect((await check()).findings).toEqual([])
  })
})

describe.each(['org', ...(Object.keys(records) as RecordTable[])])('record %s', (table) => {
  test('altered in any column, or removed', async () => {
    const id = table === 'org' ? 'org_id' : 'id'
    const rows = await db.owner.query<{ id: string; revision: number }>(
      `SELECT t.${id} AS id, (SELECT max(c.revision)::int FROM history h JOIN change c ON c.org_id = h.org_id AND c.id = h.change_id
         WHERE h.org_id = t.org_id AND h.entity = '${table}' AND h.entity_id = t.${id}) AS revision
       FROM ${table} t WHERE org_id = $1 LIMIT 1`,
      [books.orgId],
    )
    const [row] = rows.rows
    const where = `${id} = '${row?.id}'`
    const columns = (await columnsOf(table)).filter(
      // Foreign keys and the choice between record and value hold the statement up, not the check.
      ({ name }) =>
        !['id', 'parent_id', 'person_id', 'entity_id', 'value'].includes(name) &&
        !(table === 'position' && name === 'team_id'),
    )
    expect(columns.length).toBeGreaterThan(1)
    for (const { name, type } of columns) {
      const value = altered(table, name, type)
      const statement =
        table === 'goal' && name === 'shared'
          ? // A private goal cannot be shared: it has to become one of all.
            `UPDATE goal SET shared = ${value}, owner_id = NULL WHERE ${where}`
          : `UPDATE ${table} SET ${name} = ${value} WHERE ${where}`
      expect({ statement, ...(await tamper(table, statement)) }).toMatchObject({
        statement,
        holds: false,
        revisions: expect.arrayContaining([row?.revision]),
      })
    }
  })
})

test('history, altered in any column or removed', async () => {
  for (const { where, revisions } of await rowsOf('history', 't.change_id')) {
    const statements = (await columnsOf('history')).map(
      ({ name, type }) =>
        `UPDATE history SET ${name} = ${altered('history', name, type).replace(others.entity ?? '', `entity || 'x'`)} WHERE ${where}`,
    )
    for (const statement of [
      ...statements,
      `UPDATE history SET fields = NULL, salt = NULL WHERE ${where}`,
      `DELETE FROM history WHERE ${where}`,
    ]) {
      const found = await tamper('history', statement)
      expect({ statement, ...found }).toMatchObject({ statement, holds: false })
      expect(found.revisions, statement).toContain(revisions[0])
    }
  }
})

test('the chain, altered in any column, cut short or with its head set back', async () => {
  for (const { name, type } of await columnsOf('change')) {
    for (const revision of [2, 3]) {
      const value = name === 'revision' ? 'revision + 100' : altered('change', name, type)
      const statement = `UPDATE change SET ${name} = ${value} WHERE revision = ${revision} AND org_id = '${books.orgId}'`
      expect({ statement, ...(await tamper('change', statement)) }).toMatchObject({
        statement,
        holds: false,
      })
    }
  }
  for (const statement of [
    ...[1, 2, 3].map(
      (revision) => `DELETE FROM change WHERE revision = ${revision} AND org_id = '${books.orgId}'`,
    ),
  ]) {
    expect({ statement, ...(await tamper('change', statement)) }).toMatchObject({
      statement,
      holds: false,
    })
  }
  for (const { name, type } of await columnsOf('org_head')) {
    const statement = `UPDATE org_head SET ${name} = ${altered('org_head', name, type)} WHERE org_id = '${books.orgId}'`
    expect({ statement, ...(await tamper('org_head', statement)) }).toMatchObject({
      statement,
      holds: false,
    })
  }
})

test('rollups that say otherwise than the ledger', async () => {
  for (const table of ['sale_day_seller_delta', 'sale_month_product_delta']) {
    for (const { name, type } of await columnsOf(table)) {
      const first = `ctid = (SELECT min(ctid) FROM ${table} WHERE org_id = '${books.orgId}')`
      const statement = `UPDATE ${table} SET ${name} = ${altered(table, name, type)} WHERE ${first}`
      expect({ statement, ...(await tamper(table, statement)) }).toMatchObject({
        statement,
        holds: false,
      })
    }
  }
})

test('facts that name records which are not there', async () => {
  const other = await makeBooks(db)
  const { revision } = await db.database.write(other, 'x', (tx) =>
    addDeal(tx, other, { amount: 1, wonOn: '2024-01-01', customerId: db.newId() }),
  )
  const report = await checkOrganisation(db.database, other)
  expect(report.findings.map(({ what }) => what)).toEqual(['orphan', 'orphan'])
  expect(report.findings[0]?.revision).toBe(revision)
})

test('a chain that was rewritten whole no longer has the hash that was written down', async () => {
  const other = await makeBooks(db)
  await db.database.write(other, 'x', (tx) =>
    addDeal(tx, other, { amount: 1, wonOn: '2024-01-01' }),
  )
  const anchor = await checkOrganisation(db.database, other)
  expect((await checkOrganisation(db.database, other, { at: anchor.revision })).hashAt).toBe(
    anchor.hash,
  )
  // Whoever owns the database can rewrite a row and every link after it; only the outside knows better.
  await db.owner.query('UPDATE deal SET amount = 2, base_amount = 2 WHERE org_id = $1', [
    other.orgId,
  ])
  await db.owner.query(
    `WITH forged AS (
       UPDATE change SET digest = kontor_digest(org_id, id),
         hash = kontor_link(previous_hash, revision, id, operation, actor, at, subject, undoes, kontor_digest(org_id, id))
       WHERE org_id = $1 AND revision = 2 RETURNING org_id, hash)
     UPDATE org_head h SET hash = f.hash FROM forged f WHERE h.org_id = f.org_id`,
    [other.orgId],
  )
  const forged = await checkOrganisation(db.database, other, { at: anchor.revision })
  expect(forged.findings).toEqual([])
  expect(forged.hashAt).not.toBe(anchor.hash)
})

test('what one organisation holds is no finding in another', async () => {
  await db.owner.query('UPDATE deal SET amount = 5 WHERE org_id = $1', [books.orgId])
  const other = await makeBooks(db)
  expect((await checkOrganisation(db.database, other)).holds).toBe(true)
  expect((await check()).holds).toBe(false)
  expect(await db.database.read(other, (tx) => tx.rows(sql`SELECT 1 FROM deal`))).toEqual([])
})
