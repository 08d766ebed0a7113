// Scratch.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import { pageByName } from '../../platform/database/paging.ts'
import { customersThatFit } from './store.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

import { appendFileSync } from 'node:fs'

const out = {
  push: (...l: string[]) => appendFileSync('/tmp/lists/plans.txt', l.join('\n') + '\n'),
}
const time = async (label: string, work: () => Promise<unknown>) => {
  const times: number[] = []
  let got: unknown
  for (let i = 0; i < 4; i++) {
    const s = performance.now()
    got = await work()
    times.push(performance.now() - s)
  }
  out.push(
    `${label}: first ${times[0]!.toFixed(1)} then ${Math.min(...times.slice(1)).toFixed(1)} ms; rows ${(got as any)?.rows?.length} total ${(got as any)?.total}`,
  )
}
test('plans', async () => {
  const world = await importWorld(db)
  const org = world.who.orgId
  for (const o of [org])
    await db.owner.query(
      `INSERT INTO customer (org_id, id, name, name_key, country, region, industry, size, source, city, employees)
     SELECT $1, gen_random_uuid(), 'Firm ' || md5(n::text), 'firm ' || md5(n::text),
      (ARRAY['Germany','France','Italy','Spain','Poland','Peru'])[CASE WHEN n % 5000 = 0 THEN 6 ELSE 1 + n % 5 END],
      'Region ' || n % 40, 'Industry ' || (CASE WHEN n % 20000 = 0 THEN 99 ELSE n % 25 END), (ARRAY['0–9','10–49','50–249'])[1 + n % 3], CASE WHEN n % 1000 = 0 THEN 'fair' ELSE 'web' END, 'c', n % 1000
     FROM generate_series(1, 200000) n`,
      [org],
    )
  const many = process.env.MANY_INDEX
  if (many)
    for (const statement of many.split(';')) if (statement.trim()) await db.owner.query(statement)
  await db.owner.query('ANALYZE customer')
  const cases: Record<string, object> = {
    none: {},
    common: { country: 'Germany' },
    rare: { country: 'Peru' },
    absent: { country: 'Nowhere' },
    region: { region: 'Region 7' },
    industry: { industry: 'Industry 3' },
    rareIndustry: { industry: 'Industry 99' },
    size: { size: '10–49' },
    absentSize: { size: '5,000+' },
    source: { source: 'web' },
    rareSource: { source: 'fair' },
    combined: { country: 'Peru', industry: 'Industry 3' },
    archived: { state: 'archived' },
    search: { search: 'firm 0a' },
    searchAll: { search: 'f' },
  }
  if (!process.env.ONLYBULK)
    for (const [label, filter] of Object.entries(cases)) {
      await time(`list ${label}`, () => world.call('customers.list', { limit: 100, ...filter }))
      await time(`list+count ${label}`, () =>
        world.call('customers.list', { limit: 100, count: true, ...filter }),
      )
    }
  if (!process.env.ONLYBULK)
    for (const [label, filter] of Object.entries(cases)) {
      const plan = await world.program.db.read(world.who, async (tx) => {
        const f = { state: 'active' as const, ...filter }
        return tx.rows<{ 'QUERY PLAN': string }>(
          sql`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT * FROM customer WHERE ${sql.join([sql`org_id = ${tx.orgId}`, ...customersThatFit(tx, f)], sql` AND `)} ORDER BY name_key COLLATE "C", id LIMIT 101`,
        )
      })
      out.push(`\n# ${label}`, ...plan.map((p) => p['QUERY PLAN']))
    }
  if (!process.env.NOBULK) {
    let s = performance.now()
    const p = await world.call<any>('customers.bulk-edit', {
      filter: {},
      set: { country: 'Norway' },
      preview: true,
    })
    out.push(`preview 200k ${(performance.now() - s).toFixed(0)} ms ${p.changed}`)
    s = performance.now()
    const a = await world.call<any>('customers.bulk-edit', {
      filter: {},
      set: { country: 'Norway' },
    })
    out.push(`apply 200k ${(performance.now() - s).toFixed(0)} ms ${a.changed}`)
    s = performance.now()
    const u = await world.call<any>('changes.undo', { id: a.changeId })
    out.push(
      `undo 200k ${(performance.now() - s).toFixed(0)} ms ${JSON.stringify(u).slice(0, 100)}`,
    )
  }

  expect(1).toBe(1)
}, 300_000)
