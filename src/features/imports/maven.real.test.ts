// The four files of the practice CRM, in any order of files, against the figures counted independently.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'

const folder = process.env.KONTOR_REAL_DATA ?? '../shared/data'
const file = (name: string) => join(folder, 'crm-maven', name)
const names = ['accounts.csv', 'products.csv', 'sales_teams.csv', 'sales_pipeline.csv'] as const

let db: TestDatabase
beforeAll(async () => {
  expect(existsSync(file('accounts.csv')), `the practice data is in ${folder}`).toBe(true)
  db = await freshDatabase()
})
afterAll(() => db.close())

function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, at) => orders(items.toSpliced(at, 1)).map((rest) => [item, ...rest]))
}

/** Everything that is stored, by names instead of ids, in one canonical text. */
async function contents(world: ImportWorld): Promise<Record<string, unknown>> {
  const org = world.who.orgId
  return db.database.read(world.who, async (tx) => ({
    deals: await tx.rows(sql`
      SELECT md5(string_agg(concat_ws('|', d.external_id, s.name, c.name, p.name, t.name, d.outcome, d.opened_on, d.closed_on, d.quantity,
        coalesce(d.amount::text, '-'), d.currency, coalesce(d.base_amount::text, '-')), '/' ORDER BY d.external_id COLLATE "C")) AS h, count(*) AS n
      FROM deal d LEFT JOIN seller s ON s.org_id = d.org_id AND s.id = d.seller_id LEFT JOIN customer c ON c.org_id = d.org_id AND c.id = d.customer_id
      LEFT JOIN product p ON p.org_id = d.org_id AND p.id = d.product_id LEFT JOIN stage t ON t.org_id = d.org_id AND t.id = d.stage_id
      WHERE d.org_id = ${org} AND d.change_out IS NULL`),
    sales: await tx.rows(sql`
      SELECT md5(string_agg(concat_ws('|', d.external_id, x.on_day, x.amount, x.base_amount, coalesce(x.list_amount::text, '-'), coalesce(x.cost::text, '-')),
        '/' ORDER BY d.external_id COLLATE "C")) AS h, count(*) AS n, sum(x.base_amount)::int8 AS revenue
      FROM sale x JOIN deal d ON d.org_id = x.org_id AND d.id = x.deal_id AND d.change_out IS NULL WHERE x.org_id = ${org} AND x.change_out IS NULL`),
    customers: await tx.rows(
      sql`SELECT name, country, industry, employees, size, traits FROM customer WHERE org_id = ${org} AND state = 'active' ORDER BY name_key COLLATE "C"`,
    ),
    products: await tx.rows(
      sql`SELECT name, family, list_price, currency FROM product WHERE org_id = ${org} AND state = 'active' ORDER BY name_key COLLATE "C"`,
    ),
    people: await tx.rows(sql`
      SELECT s.name, t.name AS team, l.name AS lead, o.name AS office, o.kind FROM seller s
      LEFT JOIN membership m ON m.org_id = s.org_id AND m.kind = 'member' AND m.seller_id = s.id AND m.change_out IS NULL
      LEFT JOIN team t ON t.org_id = m.org_id AND t.id = m.team_id LEFT JOIN team o ON o.org_id = t.org_id AND o.id = t.parent_id
      LEFT JOIN membership b ON b.org_id = t.org_id AND b.kind = 'lead' AND b.team_id = t.id AND b.change_out IS NULL
      LEFT JOIN person l ON l.org_id = b.org_id AND l.id = b.person_id
      WHERE s.org_id = ${org} AND s.state = 'active' ORDER BY s.name_key COLLATE "C"`),
  }))
}

test('every order of the four files gives the same books, and the figures are the known ones', {
  timeout: 600_000,
}, async () => {
  let first: Record<string, unknown> | undefined
  for (const order of orders(names)) {
    const world = await importWorld(db, { currency: 'USD' })
    for (const name of order) {
      const { counts } = await world.takeFile(file(name), { preset: 'maven' })
      expect(counts.rejected).toBe(0)
      expect(counts.read).toBe(
        (counts.added ?? 0) + (counts.updated ?? 0) + (counts.unchanged ?? 0),
      )
    }
    const found = await contents(world)
    first ??= found
    expect(found, order.join(', ')).toEqual(first)
    expect(found.deals).toMatchObject([{ n: 8800 }])
    expect(found.sales).toMatchObject([{ n: 4238, revenue: 1_000_553_400 }])
    expect(found.people).toHaveLength(35)
    expect(found.customers).toHaveLength(85)
  }
})

test('the same four files again change nothing', { timeout: 120_000 }, async () => {
  const world = await importWorld(db, { currency: 'USD' })
  for (const name of names) await world.takeFile(file(name), { preset: 'maven' })
  for (const name of names) {
    const again = await world.takeFile(file(name), { preset: 'maven' })
    expect(again).toMatchObject({ changeId: null, counts: { added: 0, updated: 0, rejected: 0 } })
  }
})

test('the quirks come as suggestions; accepted ones meet in one product whichever file comes first', {
  timeout: 120_000,
}, async () => {
  const products = []
  for (const order of [names, names.toReversed()]) {
    const world = await importWorld(db, { currency: 'USD' })
    const suggested = []
    for (const name of order) {
      const batch = await world.upload(name, await readFile(file(name)), { preset: 'maven' })
      suggested.push(...batch.suggestions)
      const chosen = batch.suggestions.filter((one) => one.value.includes('GTX'))
      if (chosen.length > 0)
        await world.call('imports.set-mapping', {
          id: batch.id,
          accept: chosen.map(({ kind, value, like }) => ({ kind, value, like })),
        })
      await world.apply(batch.id)
    }
    expect(suggested.map((one) => one.value.toLowerCase())).toEqual(
      expect.arrayContaining(['technolgy', 'philipines']),
    )
    expect(suggested.some((one) => /gtx ?pro/i.test(one.value) && /gtx ?pro/i.test(one.like))).toBe(
      true,
    )
    const found = await contents(world)
    products.push(found.products)
    expect(found.products).toHaveLength(7)
    expect(found.deals).toMatchObject([{ n: 8800 }])
    expect(found.sales).toMatchObject([{ revenue: 1_000_553_400 }])
    const again = await world.upload(
      'sales_pipeline.csv',
      await readFile(file('sales_pipeline.csv')),
      { preset: 'maven' },
    )
    expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 8800 })
    expect(again.suggestions).toEqual([])
    expect(again.created).toEqual({})
  }
  expect(products[0]).toEqual(products[1])
})

test('mixed dates are asked about; with the patterns given the rows are the same', {
  timeout: 120_000,
}, async () => {
  const world = await importWorld(db, { currency: 'USD' })
  const mixed = await readFile(file('sales_pipeline_mixed_dates.csv'))
  const asked = await world.upload('mixed.csv', mixed, { preset: 'maven' })
  expect(asked.state).toBe('asking')
  expect(asked.questions.map((one) => one.column).sort()).toEqual(['close_date', 'engage_date'])
  await expect(world.call('imports.apply', { id: asked.id })).rejects.toMatchObject({
    detail: { code: 'import.question_open' },
  })
  const dates = { engage_date: ['M/D/YYYY', 'D-M-YY'], close_date: ['M/D/YYYY', 'MM-DD-YY'] }
  await world.call('imports.set-mapping', { id: asked.id, mapping: { dates } })
  expect((await world.apply(asked.id)).counts).toMatchObject({
    read: 8800,
    added: 8800,
    rejected: 0,
  })
  const plain = await importWorld(db, { currency: 'USD' })
  await plain.takeFile(file('sales_pipeline.csv'), { preset: 'maven' })
  expect((await contents(world)).deals).toEqual((await contents(plain)).deals)
  const same = await world.upload(
    'sales_pipeline.csv',
    await readFile(file('sales_pipeline.csv')),
    { preset: 'maven' },
  )
  expect(same.counts).toMatchObject({ added: 0, updated: 0, unchanged: 8800 })
})
