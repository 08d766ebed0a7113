// S2: row security proven as the application role, and the rules its policies must keep to.
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { facts } from '../../src/platform/database/tables.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { addDeal, addNamed, type Books, makeBooks } from './books.ts'

/** Reached by imports and full exports coming in alone, and empty when none runs: COPY is refused under row security. */
const stagingTables = new Set(['import_row', 'import_mention', 'restore_row'])

let db: TestDatabase
let ours: Books
let theirs: Books

beforeAll(async () => {
  db = await freshDatabase()
  ours = await makeBooks(db)
  theirs = await makeBooks(db)
  for (const books of [ours, theirs]) {
    await db.database.write(books, 'fill', async (tx) => {
      await addNamed(tx, 'customer', 'Acme', { external_id: 'C-1' })
      await addDeal(tx, books, { amount: 1, wonOn: '2024-01-01', externalId: 'D-1' })
    })
  }
})
afterAll(() => db.close())

async function protectedTables(): Promise<string[]> {
  const { rows } = await db.owner.query<{ relname: string }>(
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relrowsecurity ORDER BY relname`,
  )
  return rows.map(({ relname }) => relname)
}

describe('without an organisation', () => {
  test.each([
    ['no setting', undefined],
    ['an empty setting', ''],
    ['an organisation that is not there', '00000000-0000-0000-0000-000000000001'],
  ])('%s shows nothing', async (_, setting) => {
    const client = new pg.Client(db.connection.app as pg.ClientConfig)
    await client.connect()
    await client.query('BEGIN')
    if (setting !== undefined) await client.query(`SET LOCAL kontor.org = '${setting}'`)
    for (const table of await protectedTables()) {
      const { rowCount } = await client.query(`SELECT 1 FROM ${table}`)
      expect([table, rowCount]).toEqual([table, 0])
    }
    await client.query('ROLLBACK')
    await client.end()
  })

  test('entering nothing is refused', async () => {
    const client = new pg.Client(db.connection.app as pg.ClientConfig)
    await client.connect()
    for (const [org, person] of [
      [null, ours.personId],
      [ours.orgId, null],
    ]) {
      await expect(client.query('SELECT kontor_enter($1, $2)', [org, person])).rejects.toThrow(
        'needs an organisation',
      )
    }
    await expect(client.query("SELECT kontor_enter('', '')")).rejects.toMatchObject({
      code: '22P02',
    })
    await client.end()
  })
})

test('nothing leaks from one transaction into the next on the same connection', async () => {
  const client = new pg.Client(db.connection.app as pg.ClientConfig)
  await client.connect()
  for (const end of ['COMMIT', 'ROLLBACK']) {
    await client.query('BEGIN')
    await client.query('SELECT kontor_enter($1, $2, $3)', [ours.orgId, ours.personId, db.newId()])
    expect((await client.query('SELECT 1 FROM deal')).rowCount).toBe(1)
    await client.query(end)
    expect((await client.query('SELECT 1 FROM deal')).rowCount).toBe(0)
    const { rows } = await client.query(
      `SELECT current_setting('kontor.org', true) AS org, current_setting('kontor.person', true) AS person, current_setting('kontor.change', true) AS change`,
    )
    expect(Object.values(rows[0]).join('')).toBe('')
  }
  await client.end()
})

test('readers of two organisations on pooled connections never see each other', async () => {
  const reads = Array.from({ length: 200 }, (_, index) => {
    const books = index % 2 === 0 ? ours : theirs
    return db.database
      .read(books, (tx) => tx.rows<{ org_id: string }>(sql`SELECT org_id FROM customer`))
      .then((rows) => rows.every((row) => row.org_id === books.orgId) && rows.length === 1)
  })
  expect(new Set(await Promise.all(reads))).toEqual(new Set([true]))
})

test('a number that another organisation has is free here', async () => {
  // Both have customer C-1 and deal D-1, and even the same ids would not collide.
  const { rows } = await db.owner.query<{ id: string }>(
    'SELECT id FROM customer WHERE org_id = $1',
    [theirs.orgId],
  )
  await db.database.write(ours, 'same id', (tx) =>
    tx.run(
      sql`INSERT INTO customer (org_id, id, name, name_key) VALUES (${ours.orgId}, ${rows[0]?.id}, 'Same id', 'same id')`,
    ),
  )
})

describe('the catalogue', () => {
  test('every table of an organisation has row security, one permissive policy per command, and no more', async () => {
    const { rows } = await db.owner.query<{
      relname: string
      relrowsecurity: boolean
      relforcerowsecurity: boolean
      commands: string
      restrictive: boolean
      expressions: string
    }>(`
      SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
        coalesce(string_agg(p.polcmd::text, '' ORDER BY p.polcmd), '') AS commands, coalesce(bool_or(NOT p.polpermissive), false) AS restrictive,
        coalesce(string_agg(concat(pg_get_expr(p.polqual, p.polrelid), ' ', pg_get_expr(p.polwithcheck, p.polrelid)), ' '), '') AS expressions
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
      LEFT JOIN pg_policy p ON p.polrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY c.oid, 1, 2, 3 ORDER BY 1`)
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) {
      if (stagingTables.has(row.relname)) {
        expect([row.relrowsecurity, row.commands]).toEqual([false, ''])
        continue
      }
      expect(row).toMatchObject({
        relrowsecurity: true,
        relforcerowsecurity: false,
        restrictive: false,
      })
      // a: INSERT, r: SELECT, w: UPDATE, d: DELETE; each at most once and none for all commands.
      expect([row.relname, row.commands]).toEqual([row.relname, expect.stringMatching(/^ad?rw?$/)])
      expect([row.relname, row.expressions]).toEqual([
        row.relname,
        expect.not.stringMatching(/select/i),
      ])
    }
  })

  test('facts can be read, put in and closed; nothing more', async () => {
    for (const table of Object.keys(facts)) {
      const { rows } = await db.owner.query<{ rights: string; columns: string }>(
        `SELECT (SELECT string_agg(privilege_type, ',' ORDER BY privilege_type) FROM information_schema.role_table_grants
            WHERE grantee = 'kontor_app' AND table_name = $1) AS rights,
          (SELECT string_agg(column_name, ',') FROM information_schema.role_column_grants
            WHERE grantee = 'kontor_app' AND table_name = $1 AND privilege_type = 'UPDATE') AS columns`,
        [table],
      )
      expect([table, rows[0]]).toEqual([table, { rights: 'INSERT,SELECT', columns: 'change_out' }])
    }
  })

  test('the organisation leads every key and index', async () => {
    const { rows } = await db.owner.query<{ index: string; first: string; method: string }>(`
      SELECT i.relname AS index, a.attname AS first, m.amname AS method
      FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_am m ON m.oid = i.relam
      JOIN pg_attribute o ON o.attrelid = t.oid AND o.attname = 'org_id'
      LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
      WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r'`)
    expect(rows.length).toBeGreaterThan(40)
    for (const row of rows) {
      // A BRIN on the time of writing says only where in the table to look.
      // a GIN of words is read by owner's functions only, which compare the organisation themselves.
      if (row.method === 'brin' || row.method === 'gin') continue
      expect([row.index, row.first]).toEqual([row.index, 'org_id'])
    }
    const foreign = await db.owner.query<{ conname: string; first: string; target: string }>(`
      SELECT c.conname, a.attname AS first, c.confrelid::regclass::text AS target FROM pg_constraint c
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace`)
    for (const key of foreign.rows) {
      expect([key.conname, key.first]).toEqual([key.conname, 'org_id'])
      expect(Object.keys(facts)).not.toContain(key.target)
    }
  })

  test('the application role owns nothing and is nothing special', async () => {
    const role = await db.owner.query(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) + (SELECT count(*)::int FROM pg_proc WHERE proowner = r.oid) AS owned,
        has_schema_privilege(rolname, 'public', 'CREATE') AS creates, has_database_privilege(rolname, 'kontor_template', 'TEMP') AS temp,
        pg_has_role(rolname, 'kontor_owner', 'MEMBER') AS owner
       FROM pg_roles r WHERE rolname = 'kontor_app'`,
    )
    expect(role.rows).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        owned: 0,
        creates: false,
        temp: false,
        owner: false,
      },
    ])
  })
})
