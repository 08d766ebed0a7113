// Accepted suggestions and the order of files: whatever comes first, the books end up the same.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { checkOrganisation } from '../../platform/database/check.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const files = {
  deals: `number,seller,customer,product,stage,closed on,amount,currency,quantity
D-1,Ana Weber,Acme Ltd,PumpPro,Won,2026-02-01,100,EUR,2
D-2,Ana Weber,Acme Ltd,Valve,Won,2026-02-03,20,EUR,1
`,
  products:
    'name,family,list price,cost,currency\nPump Pro,Pumps,70.25,40,EUR\nValve,Valves,25,10,EUR\n',
  customers: 'name,country,industry,employees\nAcme Ltd,Philipines,technolgy,12\n',
  sellers: 'name,manager,office\nAna Weber,Jo Falk,West\nBen Roth,Jo Falk,West\n',
} as const
type Kind = keyof typeof files

async function contents(world: ImportWorld) {
  const org = world.who.orgId
  return db.database.read(world.who, async (tx) => ({
    deals: await tx.rows(sql`
      SELECT d.external_id, s.name AS seller, c.name AS customer, p.name AS product, x.amount, x.cost, x.list_amount FROM deal d
      JOIN seller s ON s.org_id = d.org_id AND s.id = d.seller_id JOIN customer c ON c.org_id = d.org_id AND c.id = d.customer_id
      JOIN product p ON p.org_id = d.org_id AND p.id = d.product_id
      JOIN sale x ON x.org_id = d.org_id AND x.deal_id = d.id AND x.change_out IS NULL AND x.product_id = d.product_id
      WHERE d.org_id = ${org} AND d.change_out IS NULL ORDER BY d.external_id`),
    products: await tx.rows(
      sql`SELECT name, family, list_price, cost FROM product WHERE org_id = ${org} AND state <> 'removed' ORDER BY name`,
    ),
    customers: await tx.rows(
      sql`SELECT name, country, industry, size FROM customer WHERE org_id = ${org} AND state <> 'removed'`,
    ),
    sellers: await tx.rows(sql`
      SELECT s.name, t.name AS team, o.name AS office FROM seller s
      LEFT JOIN membership m ON m.org_id = s.org_id AND m.seller_id = s.id AND m.change_out IS NULL
      LEFT JOIN team t ON t.org_id = m.org_id AND t.id = m.team_id LEFT JOIN team o ON o.org_id = t.org_id AND o.id = t.parent_id
      WHERE s.org_id = ${org} AND s.state <> 'removed' ORDER BY s.name`),
  }))
}

const expected = {
  deals: [
    {
      external_id: 'D-1',
      seller: 'Ana Weber',
      customer: 'Acme Ltd',
      product: 'Pump Pro',
      amount: 10_000,
      cost: 8_000,
      list_amount: 14_050,
    },
    {
      external_id: 'D-2',
      seller: 'Ana Weber',
      customer: 'Acme Ltd',
      product: 'Valve',
      amount: 2_000,
      cost: 1_000,
      list_amount: 2_500,
    },
  ],
  products: [
    { name: 'Pump Pro', family: 'Pumps', list_price: 7_025, cost: 4_000 },
    { name: 'Valve', family: 'Valves', list_price: 2_500, cost: 1_000 },
  ],
  customers: [{ name: 'Acme Ltd', country: 'Philippines', industry: 'technology', size: '10–49' }],
  sellers: [
    { name: 'Ana Weber', team: 'Jo Falk', office: 'West' },
    { name: 'Ben Roth', team: 'Jo Falk', office: 'West' },
  ],
}

async function takeAccepting(world: ImportWorld, kind: Kind) {
  const batch = await world.upload(`${kind}.csv`, files[kind], { kind })
  const accept = batch.suggestions.map(({ kind: of, value, like }) => ({ kind: of, value, like }))
  if (accept.length > 0) {
    const after = await world.call<typeof batch>('imports.set-mapping', { id: batch.id, accept })
    expect(after.suggestions.every((one) => one.accepted)).toBe(true)
  }
  return world.apply(batch.id)
}

test.each([
  [['deals', 'products', 'customers', 'sellers']],
  [['sellers', 'customers', 'products', 'deals']],
  [['products', 'deals', 'sellers', 'customers']],
  [['customers', 'deals', 'products', 'sellers']],
] satisfies [Kind[]][])('%s: the same books, and taken in again nothing changes', async (order) => {
  const world = await importWorld(db)
  for (const kind of order) await takeAccepting(world, kind)
  expect(await contents(world)).toEqual(expected)
  for (const kind of order) {
    const again = await world.upload(`${kind}.csv`, files[kind], { kind })
    expect(again.suggestions).toEqual([])
    expect(again.created).toEqual({})
    expect(await world.apply(again.id)).toMatchObject({
      changeId: null,
      counts: { added: 0, updated: 0 },
    })
  }
  expect(await contents(world)).toEqual(expected)
  expect(await checkOrganisation(db.database, world.who)).toMatchObject({
    holds: true,
    findings: [],
  })
})

test('two records that were taken in side by side become one when it is accepted later', async () => {
  const world = await importWorld(db)
  for (const kind of ['products', 'deals', 'customers', 'sellers'] as const)
    await world.take(`${kind}.csv`, files[kind], { kind })
  const before = await contents(world)
  expect(before.products).toHaveLength(3)
  const accept = [{ kind: 'products', value: 'PumpPro', like: 'Pump Pro' }]
  const batch = await world.take('deals.csv', files.deals, { kind: 'deals', accept })
  expect(batch.state).toBe('applied')
  const after = await contents(world)
  expect(after.products).toEqual(expected.products)
  expect(after.deals.map((deal) => (deal as { product: string }).product)).toEqual([
    'Pump Pro',
    'Valve',
  ])
  await world.call('imports.undo', { id: batch.id })
  expect(await contents(world)).toEqual(before)
  expect(await checkOrganisation(db.database, world.who)).toMatchObject({
    holds: true,
    findings: [],
  })
})

test('several files waiting at once know of each other', async () => {
  const world = await importWorld(db)
  const products = await world.upload('products.csv', files.products, { kind: 'products' })
  const deals = await world.upload('deals.csv', files.deals, { kind: 'deals' })
  expect(deals.suggestions).toContainEqual({
    kind: 'products',
    value: 'PumpPro',
    like: 'Pump Pro',
    rows: 1,
    accepted: false,
  })
  await world.call('imports.set-mapping', {
    id: deals.id,
    accept: [{ kind: 'products', value: 'PumpPro', like: 'Pump Pro' }],
  })
  await world.apply(deals.id)
  await world.apply(products.id)
  const { products: found } = await contents(world)
  expect(found).toEqual(expected.products)
})

test('records that deals named by their number are completed by the file that brings the name', async () => {
  const world = await importWorld(db)
  const csv =
    'number,seller,customer,stage,closed on,amount,currency\nD-1,S-7,C-9,Won,2026-02-01,5,EUR\n'
  await world.take('deals.csv', csv)
  await world.take('customers.csv', 'number,name\nC-9,Acme Ltd\n', { kind: 'customers' })
  await world.take('sellers.csv', 'number,name\nS-7,Ana Weber\n', { kind: 'sellers' })
  expect(await world.call('deals.list')).toMatchObject({
    rows: [{ seller: { name: 'Ana Weber' }, customer: { name: 'Acme Ltd' } }],
  })
  const again = await world.upload('deals.csv', csv)
  expect(again).toMatchObject({ counts: { unchanged: 1 }, created: {} })
})

test('customers of one name are told apart by their numbers', async () => {
  const world = await importWorld(db)
  await world.take(
    'deals.csv',
    'number,customer,stage,closed on,amount,currency\nD-1,Acme,Won,2026-02-01,5,EUR\n',
  )
  const csv = 'number,name,city\nC1,Acme,Kiel\nC2,Acme,Bonn\n'
  expect((await world.take('customers.csv', csv, { kind: 'customers' })).counts).toMatchObject({
    added: 1,
    updated: 1,
    rejected: 0,
  })
  expect((await world.take('customers.csv', csv, { kind: 'customers' })).counts).toMatchObject({
    unchanged: 2,
  })
})

describe('a manager given by number', () => {
  const teams = async (world: ImportWorld) =>
    (
      await db.database.read(world.who, (tx) =>
        tx.rows<{ seller: string; team: string; lead: string }>(sql`
          SELECT s.name AS seller, t.name AS team, p.name AS lead FROM membership m
          JOIN seller s ON s.org_id = m.org_id AND s.id = m.seller_id JOIN team t ON t.org_id = m.org_id AND t.id = m.team_id
          JOIN membership l ON l.org_id = m.org_id AND l.kind = 'lead' AND l.team_id = t.id AND l.change_out IS NULL
          JOIN person p ON p.org_id = l.org_id AND p.id = l.person_id
          WHERE m.org_id = ${tx.orgId} AND m.change_out IS NULL AND m.kind = 'member' ORDER BY s.name`),
      )
    ).map(({ seller, team, lead }) => `${seller}: ${team}, ${lead}`)
  const named = ['Janet: Andrew Fuller, Andrew Fuller', 'Nancy: Andrew Fuller, Andrew Fuller']
  const people = async (world: ImportWorld) =>
    (await world.call<{ rows: { name: string }[] }>('people.list')).rows.map(({ name }) => name)

  test.each([
    ['in the same file', ['1,Nancy,2\n3,Janet,2\n2,Andrew Fuller,\n']],
    ['in an earlier file', ['2,Andrew Fuller,\n', '1,Nancy,2\n3,Janet,2\n']],
    ['in a later file', ['1,Nancy,2\n3,Janet,2\n', '2,Andrew Fuller,\n']],
    ['half and half', ['1,Nancy,2\n', '3,Janet,2\n2,Andrew Fuller,\n']],
  ])('%s is that person', async (_, files) => {
    const world = await importWorld(db)
    const take = (rows: string) =>
      world.take('sellers.csv', `number,name,manager\n${rows}`, { kind: 'sellers' })
    for (const rows of files) await take(rows)
    expect(await teams(world)).toEqual(named)
    expect(await people(world)).not.toContain('2')
    for (const rows of files) expect((await take(rows)).changeId).toBeNull()
    expect(await teams(world)).toEqual(named)
  })
})

test('a seller who moved keeps a dated history; a manager who follows takes the team over', async () => {
  const world = await importWorld(db)
  await world.take('a.csv', files.sellers, { kind: 'sellers' })
  await world.take('b.csv', 'name,team,valid from\nBen Roth,Key accounts,2026-03-01\n', {
    kind: 'sellers',
  })
  const { rows } = await world.call<{ rows: { id: string; name: string }[] }>('sellers.list')
  const ben = rows.find((row) => row.name === 'Ben Roth')?.id
  expect(await world.call('sellers.get', { id: ben })).toMatchObject({
    memberships: expect.arrayContaining([
      expect.objectContaining({
        team: expect.objectContaining({ name: 'Jo Falk' }),
        validUntil: '2026-03-01',
      }),
      expect.objectContaining({
        team: expect.objectContaining({ name: 'Key accounts' }),
        validFrom: '2026-03-01',
      }),
    ]),
  })
  await world.take('c.csv', 'name,manager\nJo Falk,Kim Voss\n', { kind: 'teams' })
  const teams = await world.call<{ rows: { name: string; lead: { name: string } | null }[] }>(
    'teams.list',
  )
  expect(teams.rows.find((team) => team.name === 'Jo Falk')?.lead?.name).toBe('Kim Voss')
})

test('a team that would hang below itself stays where it is', async () => {
  const world = await importWorld(db)
  await world.take('teams.csv', 'name,parent\nA,B\nB,\nC,A\n', { kind: 'teams' })
  await world.take('turn.csv', 'name,parent\nB,C\n', { kind: 'teams' })
  const { rows } = await world.call<{ rows: { name: string; parent: { name: string } | null }[] }>(
    'teams.list',
  )
  expect(rows.map((team) => [team.name, team.parent?.name ?? null])).toEqual([
    ['B', null],
    ['A', 'B'],
    ['C', 'A'],
  ])
})
