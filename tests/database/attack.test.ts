// P5: what the application role cannot do to the past, tried line by line as that role (data law, rights).
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setMembership } from '../../src/features/team/door.ts'
import { insertFact, replaceFact } from '../../src/platform/database/facts.ts'
import { insertRecord } from '../../src/platform/database/records.ts'
import { type FactTable, facts } from '../../src/platform/database/tables.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { addAround, addDeal, addNamed, type Books, changeDeal, makeBooks } from './books.ts'

let db: TestDatabase
let ours: Books
let theirs: Books
let client: pg.Client
let oldChange: string
let newChange: string

/** One row of each fact that is closed, and one that is open, in an organisation. */
async function fill(books: Books): Promise<string> {
  const { changeId = '' } = await db.database.write(books, 'fill', async (tx) => {
    const seller = await addNamed(tx, 'seller', 'Ana')
    const team = await insertRecord(tx, 'team', { name: 'North', name_key: 'north', kind: 'team' })
    await setMembership(
      tx,
      { kind: 'member', teamId: team, sellerId: seller },
      { from: '0001-01-01', until: '9999-12-31' },
    )
    const deal = await addDeal(tx, books, { amount: 100, wonOn: '2024-01-05', sellerId: seller })
    await insertFact(tx, 'stage_entry', {
      deal_id: deal,
      stage_id: books.stages.open,
      entered_on: '2024-01-02',
    })
    await addAround(tx, {
      deal,
      seller,
      customer: await addNamed(tx, 'customer', 'Acme'),
      product: await addNamed(tx, 'product', 'GTX'),
    })
  })
  await db.database.write(books, 'replace', async (tx) => {
    for (const table of Object.keys(facts) as FactTable[]) {
      const { rows } = await db.owner.query<{ id: string }>(
        `SELECT id FROM ${table} WHERE org_id = $1`,
        [books.orgId],
      )
      for (const { id } of rows) {
        if (table === 'deal') await changeDeal(tx, books, id, { amount: 200, wonOn: '2024-01-06' })
        else if (table !== 'sale') await replaceFact(tx, table, id, {})
      }
    }
  })
  return changeId
}

beforeAll(async () => {
  db = await freshDatabase()
  ours = await makeBooks(db)
  theirs = await makeBooks(db)
  oldChange = await fill(ours)
  await fill(theirs)
  newChange = db.newId()
  client = new pg.Client(db.connection.app as pg.ClientConfig)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await db.close()
})

/** The whole content of a table, past row security. */
async function contentOf(table: string): Promise<string> {
  const { rows } = await db.owner.query<{ content: string }>(
    `SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C"), '') AS content FROM ${table} t`,
  )
  return rows[0]?.content ?? ''
}

/** Runs the statement inside our organisation and commits; answers how many rows, or the SQLSTATE. */
async function attempt(statement: string): Promise<number | string> {
  await client.query('BEGIN')
  try {
    await client.query('SELECT kontor_enter($1, $2, $3)', [ours.orgId, ours.personId, newChange])
    const answer = await client.query(statement)
    await client.query('COMMIT')
    return answer.rowCount ?? 0
  } catch (error) {
    await client.query('ROLLBACK')
    return (error as { code: string }).code
  }
}

const noRight = '42501'
const cannotCopy = '0A000'

/** Attacks on a table of facts, and how each must end: no row touched, or refused. */
function attacks(table: FactTable): Record<string, { sql: string; ends: (number | string)[] }> {
  const columns = ['org_id', 'id', 'version', 'change_in', 'change_out', ...facts[table]].join(', ')
  const copy = (org: string, changeIn: string, changeOut: string) =>
    `INSERT INTO ${table} (${columns}) SELECT ${org}, gen_random_uuid(), 1, ${changeIn}, ${changeOut}, ${facts[table].join(', ')}
     FROM ${table} WHERE change_out IS NULL`
  const first = facts[table][0]
  const closed = `SELECT * FROM ${table} WHERE change_out IS NOT NULL`
  return {
    'reopen a closed row': {
      sql: `UPDATE ${table} SET change_out = NULL WHERE change_out IS NOT NULL`,
      ends: [0],
    },
    'reopen with the present change': {
      sql: `UPDATE ${table} SET change_out = '${newChange}' WHERE change_out IS NOT NULL`,
      ends: [0],
    },
    'open row stays open under another name': {
      sql: `UPDATE ${table} SET change_out = NULL`,
      ends: [noRight],
    },
    'rewrite a value': { sql: `UPDATE ${table} SET ${first} = ${first}`, ends: [noRight] },
    'rewrite the change a row came with': {
      sql: `UPDATE ${table} SET change_in = '${newChange}'`,
      ends: [noRight],
    },
    'move to another organisation': {
      sql: `UPDATE ${table} SET org_id = '${theirs.orgId}'`,
      ends: [noRight],
    },
    'reopen by ctid': {
      sql: `UPDATE ${table} SET change_out = '${newChange}' WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE change_out IS NOT NULL))`,
      ends: [0],
    },
    'reopen by ON CONFLICT': {
      sql: `INSERT INTO ${table} (${columns}) SELECT org_id, id, version, '${newChange}', NULL, ${facts[table].join(', ')} FROM (${closed}) c
        ON CONFLICT (org_id, id, version) DO UPDATE SET change_out = NULL`,
      ends: [noRight],
    },
    'close by ON CONFLICT': {
      sql: `INSERT INTO ${table} (${columns}) SELECT org_id, id, version, '${newChange}', NULL, ${facts[table].join(', ')} FROM (${closed}) c
        ON CONFLICT (org_id, id, version) DO UPDATE SET change_out = '${newChange}'`,
      ends: [noRight],
    },
    'reopen by MERGE': {
      sql: `MERGE INTO ${table} t USING (${closed}) c ON t.org_id = c.org_id AND t.id = c.id AND t.version = c.version
        WHEN MATCHED THEN UPDATE SET change_out = NULL`,
      ends: [0, noRight],
    },
    'delete by MERGE': {
      sql: `MERGE INTO ${table} t USING (${closed}) c ON t.org_id = c.org_id AND t.id = c.id WHEN MATCHED THEN DELETE`,
      ends: [noRight],
    },
    delete: { sql: `DELETE FROM ${table}`, ends: [noRight] },
    truncate: { sql: `TRUNCATE ${table}`, ends: [noRight] },
    'copy in': { sql: `COPY ${table} FROM STDIN`, ends: [cannotCopy] },
    'close with an old change': {
      sql: `UPDATE ${table} SET change_out = '${oldChange}' WHERE change_out IS NULL`,
      ends: [noRight],
    },
    'close with a change nobody makes': {
      sql: `UPDATE ${table} SET change_out = gen_random_uuid() WHERE change_out IS NULL`,
      ends: [noRight],
    },
    'put in with an old change': {
      sql: copy('org_id', `'${oldChange}'`, 'NULL::uuid'),
      ends: [noRight],
    },
    'put in closed': {
      sql: copy('org_id', `'${newChange}'`, `'${newChange}'::uuid`),
      ends: [noRight],
    },
    'put into another organisation': {
      sql: copy(`'${theirs.orgId}'::uuid`, `'${newChange}'`, 'NULL::uuid'),
      ends: [noRight],
    },
    'a version that is there': {
      sql: `INSERT INTO ${table} (${columns}) SELECT org_id, id, version, '${newChange}', NULL, ${facts[table].join(', ')} FROM (${closed}) c`,
      ends: ['23505'],
    },
    'row security off': {
      sql: `SET LOCAL row_security = off; DELETE FROM ${table}`,
      ends: [noRight],
    },
    'policy dropped': { sql: `DROP POLICY u ON ${table}`, ends: [noRight] },
    'row security disabled': {
      sql: `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
      ends: [noRight],
    },
    'a rule': { sql: `CREATE RULE r AS ON UPDATE TO ${table} DO INSTEAD NOTHING`, ends: [noRight] },
    'a trigger': {
      sql: `CREATE TRIGGER t BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
      ends: [noRight],
    },
    'shadowed by a temporary table': {
      sql: `CREATE TEMP TABLE ${table} (id uuid)`,
      ends: [noRight],
    },
    'locked away': { sql: `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`, ends: [noRight] },
  }
}

describe.each(Object.keys(facts) as FactTable[])('%s', (table) => {
  test('is not rewritten', async () => {
    const before = await contentOf(table)
    expect(before).not.toBe('')
    for (const [name, { sql, ends }] of Object.entries(attacks(table))) {
      expect({ name, end: await attempt(sql) }).toEqual({
        name,
        end: expect.toSatisfy((end) => ends.includes(end)),
      })
      expect(await contentOf(table), name).toBe(before)
    }
  })
})

test('the chain and the histories are not rewritten', async () => {
  const before = [await contentOf('change'), await contentOf('history')]
  const forged = `'${ours.orgId}', '${oldChange}', 'seller', gen_random_uuid(), 1, '{}', 'x', 'x'`
  const tries = [
    'UPDATE change SET operation = operation',
    'DELETE FROM change',
    'TRUNCATE change',
    `INSERT INTO change SELECT org_id, gen_random_uuid(), revision + 100, operation, actor, at, subject, undoes, previous_hash, digest, hash FROM change`,
    'UPDATE history SET fields = NULL',
    'DELETE FROM history',
    `INSERT INTO history (org_id, change_id, entity, entity_id, version, fields, salt, row_hash) VALUES (${forged})`,
    'DELETE FROM org',
    'DELETE FROM org_head',
    'DELETE FROM seller',
    'CREATE TABLE change2 (id int)',
    'SET ROLE kontor_owner',
    "SET LOCAL session_replication_role = 'replica'",
    'ALTER ROLE kontor_app BYPASSRLS',
  ]
  for (const statement of tries)
    expect([statement, await attempt(statement)]).toEqual([statement, noRight])
  expect(await attempt(`SELECT kontor_remove_demo('${ours.orgId}')`)).toBe('P0001')
  expect([await contentOf('change'), await contentOf('history')]).toEqual(before)
})

test('another organisation is neither seen nor touched', async () => {
  const tables = await db.owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relrowsecurity`,
  )
  expect(tables.rows.length).toBeGreaterThan(20)
  for (const { name } of tables.rows) {
    expect([name, await attempt(`SELECT 1 FROM ${name} WHERE org_id = '${theirs.orgId}'`)]).toEqual(
      [name, 0],
    )
  }
  const before = await contentOf('org')
  expect(await attempt(`UPDATE org SET name = 'taken' WHERE org_id = '${theirs.orgId}'`)).toBe(0)
  expect(
    await attempt(
      `UPDATE org SET org_id = '${theirs.orgId}', slug = 'x' WHERE org_id = '${ours.orgId}'`,
    ),
  ).toBe(noRight)
  expect(await contentOf('org')).toBe(before)
})
