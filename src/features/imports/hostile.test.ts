// Hostile files through the storing half: counts add up to the last row, or one refusal; and the books hold.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { hostileCsv } from '../../../tests/hostile/csv.ts'
import { hostileXlsx } from '../../../tests/hostile/xlsx.ts'
import { importWorld } from '../../../tests/import-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import { Refusal } from '../../basics/refusal.ts'
import { checkOrganisation } from '../../platform/database/check.ts'

const files = Number(process.env.KONTOR_HOSTILE_STORED ?? 40)

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

test(`${files} hostile files are stored or refused`, {
  timeout: 30_000 + files * 4_000,
}, async () => {
  const ends = new Map<string, number>()
  const world = await importWorld(db)
  for (let i = 0; i < files; i++) {
    const seed = testSeed * 1000 + i
    const file = i % 2 === 0 ? hostileCsv(seed) : hostileXlsx(seed)
    const what = `file ${seed}: ${file.what}`
    let end: string
    try {
      const batch = await world.upload(file.name, file.bytes, { kind: 'deals' })
      end = batch.state
      if (batch.state === 'ready') {
        const { state, counts, changeId } = await world.apply(batch.id)
        expect(state, what).toBe('applied')
        expect(
          (counts.added ?? 0) +
            (counts.updated ?? 0) +
            (counts.unchanged ?? 0) +
            (counts.rejected ?? 0),
          what,
        ).toBe(counts.read)
        const [kept] = await db.database.read(world.who, (tx) =>
          tx.rows<{ rejects: number; put: number }>(sql`
            SELECT (SELECT count(*) FROM import_reject WHERE org_id = ${tx.orgId} AND batch_id = ${batch.id}) AS rejects,
              (SELECT count(*) FROM deal WHERE org_id = ${tx.orgId} AND change_in = ${changeId}) AS put`),
        )
        expect(kept, what).toEqual({
          rejects: counts.rejected,
          put: (counts.added ?? 0) + (counts.updated ?? 0),
        })
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw new Error(what, { cause: error })
      end = 'refused'
    }
    ends.set(end, (ends.get(end) ?? 0) + 1)
  }
  expect([...ends.keys()]).toEqual(expect.arrayContaining(['ready', 'refused']))
  expect(await checkOrganisation(db.database, world.who)).toMatchObject({
    holds: true,
    findings: [],
  })
})

test('cells that look like commands, signs that end a line and half letters come back as they were', async () => {
  const world = await importWorld(db)
  const names = [
    "Robert'); DROP TABLE deal;--",
    '\\N',
    '\\.',
    'back\\slash',
    'tab\\tsign',
    '=1+1',
    'ﬁ ligature',
    '😀 smile',
    'nul\\u0000',
    '%_%',
    '$1',
    '{"a":1}',
  ]
  const csv = `name,city,notes\n${names.map((name) => `"${name.replaceAll('"', '""')}","${name.replaceAll('"', '""')}","\\${name.replaceAll('"', '""')}"`).join('\n')}\n`
  const options = { kind: 'customers', mapping: { missing: [''] } } as const
  const batch = await world.take('customers.csv', csv, options)
  expect(batch.counts).toMatchObject({ read: names.length, added: names.length })
  const { rows } = await world.call<{
    rows: { name: string; city: string; traits: { notes: string } }[]
  }>('customers.list', { limit: 200 })
  expect(rows.map((row) => row.name).sort()).toEqual(
    names.map((name) => name.normalize('NFC')).sort(),
  )
  for (const row of rows) expect([row.city, row.traits.notes]).toEqual([row.name, `\\${row.name}`])
  expect((await world.take('customers.csv', csv, options)).counts).toMatchObject({
    unchanged: names.length,
  })
})
