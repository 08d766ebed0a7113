// Two records become one, and two again; a file that still knows both changes nothing.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { OutputOf } from '../../basics/contract.ts'
import { insertRecords } from '../../platform/database/bulk.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import { facts, records } from '../../platform/database/tables.ts'
import type { qualityContract } from './contract.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

type Preview = OutputOf<(typeof qualityContract)['quality.merge-preview']>
type Merged = OutputOf<(typeof qualityContract)['quality.merge']>

const customers = `number,name,country,region,industry,employees
K-1,Acme Ltd,,North,Tools,
K-2,ACME Limited,France,South,,12
K-3,Other,Spain,North,Food,40
`
const deals = `number,seller,customer,product,stage,closed on,amount,currency,quantity
D-1,Ana Weber,Acme Ltd,Pump,Won,2026-02-01,100,EUR,2
D-2,Ben Roth,ACME Limited,Valve,Won,2026-02-03,20,EUR,1
D-3,Ben Roth,K-2,Valve,Lost,2026-02-04,30,EUR,1
`

/** Everything the organisation holds, without versions: what must be as before after an undo. */
async function contents(world: ImportWorld) {
  const org = world.who.orgId
  const held: Record<string, unknown[]> = {}
  await db.database.read(world.who, async (tx) => {
    for (const [table, columns] of Object.entries(facts)) {
      const names = sql.join(columns.map((name) => sql.ref(name)))
      held[table] = await tx.rows(
        sql`SELECT id, ${names} FROM ${sql.table(table)} WHERE org_id = ${org} AND change_out IS NULL ORDER BY id`,
      )
    }
    for (const [table, columns] of Object.entries(records)) {
      const names = sql.join(columns.map((name) => sql.ref(name)))
      held[table] = await tx.rows(
        sql`SELECT id, ${names} FROM ${sql.table(table)} WHERE org_id = ${org} AND state <> 'removed' ORDER BY id`,
      )
    }
  })
  return held
}

async function named(world: ImportWorld, table: string, name: string): Promise<string> {
  const row = await db.database.read(world.who, (tx) =>
    tx.first<{ id: string }>(
      sql`SELECT id FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND name = ${name} AND state <> 'removed'`,
    ),
  )
  if (!row) throw new Error(`no ${table} ${name}`)
  return row.id
}

async function expectClean(world: ImportWorld): Promise<void> {
  expect(await checkOrganisation(db.database, world.who)).toMatchObject({
    holds: true,
    findings: [],
  })
}

const revenueOf = async (world: ImportWorld, id: string) => {
  const { rows } = await world.call<{ rows: { revenue: { value?: number } }[] }>(
    'results.figures',
    { metric: ['revenue'], from: '2026-01-01', until: '2027-01-01', where: { customer: [id] } },
  )
  return rows[0]?.revenue.value
}

describe('customers', () => {
  async function twoCustomers() {
    const world = await importWorld(db)
    await world.take('customers.csv', customers, { kind: 'customers' })
    await world.take('deals.csv', deals, { kind: 'deals' })
    const winnerId = await named(world, 'customer', 'Acme Ltd')
    const loserId = await named(world, 'customer', 'ACME Limited')
    // What else may refer to a customer; both have the tag “key account”.
    await db.database.write(world.who, 'test', async (tx) => {
      const contact = tx.newId()
      await insertRecords(tx, 'contact', [
        { id: contact, name: 'Jo', name_key: 'jo', customer_id: loserId },
      ])
      await insertRecords(tx, 'activity', [
        {
          id: tx.newId(),
          kind: 'call',
          subject: 'Hello',
          done_on: '2026-01-05',
          customer_id: loserId,
          contact_id: contact,
        },
      ])
      await insertRecords(tx, 'contract', [
        {
          id: tx.newId(),
          name: 'Service',
          name_key: 'service',
          customer_id: loserId,
          valid_from: '2026-01-01',
        },
      ])
      const about = (id: string) => ({ entity: 'customer', entity_id: id })
      await insertRecords(tx, 'note', [
        {
          id: tx.newId(),
          ...about(loserId),
          body: 'Kind',
          author_id: tx.personId,
          written_on: '2026-01-05',
        },
      ])
      await insertRecords(tx, 'tagging', [
        { id: tx.newId(), ...about(winnerId), tag: 'Key account', tag_key: 'key account' },
        { id: tx.newId(), ...about(loserId), tag: 'key account', tag_key: 'key account' },
        { id: tx.newId(), ...about(loserId), tag: 'Fair', tag_key: 'fair' },
      ])
      await insertRecords(tx, 'alias', [
        { id: tx.newId(), entity: 'customer', key: 'acme sa', entity_id: loserId },
      ])
    })
    return { world, winnerId, loserId }
  }

  test('a preview says what moves, and where there is a choice', async () => {
    const { world, winnerId, loserId } = await twoCustomers()
    const preview = await world.call<Preview>('quality.merge-preview', {
      entity: 'customer',
      winnerId,
      loserId,
    })
    expect(preview.winner).toMatchObject({ name: 'Acme Ltd', externalId: 'K-1' })
    expect(Object.fromEntries(preview.moves.map((one) => [one.what, one.loser]))).toEqual({
      deal: 2,
      sale: 1,
      contact: 1,
      activity: 1,
      contract: 1,
      note: 1,
      tagging: 2,
    })
    const field = (name: string) => preview.fields.find((one) => one.field === name)
    expect(field('country')).toMatchObject({ from: 'loser', differs: true })
    expect(field('region')).toMatchObject({
      from: 'winner',
      differs: true,
      loser: { region: 'South' },
    })
    expect(field('city')).toMatchObject({ from: 'winner', differs: false })
  })

  test('everything of the loser is the winner’s, and after an undo all is as before', async () => {
    const { world, winnerId, loserId } = await twoCustomers()
    const before = await contents(world)
    expect(await revenueOf(world, winnerId)).toBe(10_000)
    const merged = await world.call<Merged>('quality.merge', {
      entity: 'customer',
      winnerId,
      loserId,
      take: { region: 'loser' },
    })
    expect(merged.id).toBe(winnerId)
    expect(await revenueOf(world, winnerId)).toBe(12_000)
    const after = await contents(world)
    expect(JSON.stringify({ ...after, customer: [] })).not.toContain(loserId)
    expect(after.customer).toContainEqual(
      expect.objectContaining({
        id: winnerId,
        name: 'Acme Ltd',
        external_id: 'K-1',
        country: 'France',
        region: 'South',
        industry: 'Tools',
        employees: 12,
        size: '10–49',
      }),
    )
    expect(after.tagging?.map((one) => (one as { tag: string }).tag).sort()).toEqual([
      'Fair',
      'Key account',
    ])
    for (const table of ['contact', 'activity', 'contract', 'note', 'deal', 'sale', 'deal_seller'])
      expect(after[table]?.length, table).toBe(before[table]?.length)
    await expectClean(world)
    const undone = await world.call<{ keptCount: number; changeId: string }>('changes.undo', {
      id: merged.changeId,
    })
    expect(undone.keptCount).toBe(0)
    expect(await contents(world)).toEqual(before)
    expect(await revenueOf(world, winnerId)).toBe(10_000)
    await expectClean(world)
    // And the undo itself, taken back.
    await world.call('changes.undo', { id: undone.changeId })
    expect(await contents(world)).toEqual(after)
    await expectClean(world)
  })

  test('the files taken in again find the winner: nothing is new, nothing flips, nothing is set aside', async () => {
    const { world, winnerId, loserId } = await twoCustomers()
    await world.call('quality.merge', { entity: 'customer', winnerId, loserId })
    const before = await contents(world)
    const again = await world.take('customers.csv', customers, { kind: 'customers' })
    // The row that won still says that it has no country: a column in the file replaces, also by nothing.
    expect(again.counts).toMatchObject({ read: 3, added: 0, updated: 1, unchanged: 2, rejected: 0 })
    expect(await named(world, 'customer', 'Acme Ltd')).toBe(winnerId)
    const once = await contents(world)
    const thrice = await world.take('customers.csv', customers, { kind: 'customers' })
    expect(thrice).toMatchObject({
      changeId: null,
      counts: { read: 3, added: 0, updated: 0, unchanged: 3, rejected: 0 },
    })
    const facts = await world.take('deals.csv', deals, { kind: 'deals' })
    expect(facts.created).toEqual({})
    expect(facts).toMatchObject({ changeId: null, counts: { read: 3, unchanged: 3, rejected: 0 } })
    expect(await contents(world)).toEqual(once)
    expect(once.deal).toEqual(before.deal)
    await expectClean(world)
  })

  test('rows without numbers are known by the losing name alone', async () => {
    const world = await importWorld(db)
    const file = 'name,country\nBeta Ltd,France\nBeta Limited,Spain\nGamma,Spain\n'
    await world.take('customers.csv', file, { kind: 'customers' })
    const winnerId = await named(world, 'customer', 'Beta Ltd')
    const loserId = await named(world, 'customer', 'Beta Limited')
    // The name of the loser stays, so that it is the winner's own first name that has to be known again.
    await world.call('quality.merge', {
      entity: 'customer',
      winnerId,
      loserId,
      take: { name: 'loser' },
    })
    const before = await contents(world)
    const again = await world.take('customers.csv', file, { kind: 'customers' })
    expect(again.counts).toMatchObject({ read: 3, added: 0, unchanged: 2, updated: 1, rejected: 0 })
    const one = await named(world, 'customer', 'Beta Limited')
    expect(one).toBe(winnerId)
    expect((await contents(world)).customer).toHaveLength(before.customer?.length ?? 0)
    expect((await world.take('customers.csv', file, { kind: 'customers' })).changeId).toBeNull()
  })

  test('somebody else’s change, a record with itself and a field that is none are refused', async () => {
    const { world, winnerId, loserId } = await twoCustomers()
    const ask = (more: object) =>
      world.call('quality.merge', { entity: 'customer', winnerId, loserId, ...more })
    await expect(ask({ loserId: winnerId })).rejects.toMatchObject({ code: 'quality.merge_same' })
    await expect(ask({ take: { number: 'loser' } })).rejects.toMatchObject({
      code: 'quality.merge_field',
    })
    await expect(ask({ loserVersion: 7 })).rejects.toMatchObject({ code: 'record.changed' })
    await expect(ask({ loserId: world.who.orgId })).rejects.toMatchObject({
      code: 'customer.not_found',
    })
  })
})

test('products: dated prices move but do not stand twice, and an undo leads back', async () => {
  const world = await importWorld(db)
  await world.take(
    'products.csv',
    'number,name,list price,cost,currency\nP-1,Pump,100,,EUR\nP-2,Pumpe,90,40,EUR\n',
    { kind: 'products' },
  )
  await world.take('deals.csv', deals.replaceAll('Valve', 'Pumpe'), { kind: 'deals' })
  const [winnerId, loserId] = [
    await named(world, 'product', 'Pump'),
    await named(world, 'product', 'Pumpe'),
  ]
  await db.database.write(world.who, 'test', (tx) => {
    const price = (product_id: string, valid_from: string, valid_until: string) => ({
      id: tx.newId(),
      product_id,
      currency: 'EUR',
      list_price: 95,
      valid_from,
      valid_until,
    })
    return insertRecords(tx, 'price', [
      price(winnerId, '2026-01-01', '2026-07-01'),
      price(loserId, '2026-06-01', '2026-09-01'),
      price(loserId, '2026-09-01', '2027-01-01'),
    ])
  })
  const before = await contents(world)
  const merged = await world.call<Merged>('quality.merge', { entity: 'product', winnerId, loserId })
  const after = await contents(world)
  expect(after.price).toHaveLength(2)
  expect(after.product).toContainEqual(
    expect.objectContaining({ name: 'Pump', list_price: 10_000, cost: 4_000 }),
  )
  await expectClean(world)
  await world.call('changes.undo', { id: merged.changeId })
  expect(await contents(world)).toEqual(before)
  await expectClean(world)
})

test('sellers: deals, activities, person and team come along, and an undo leads back', async () => {
  const world = await importWorld(db)
  const sellers =
    'number,name,manager,office\nS-1,Ana Weber,Jo Falk,West\nS-2,Anna Weber,Cy Lund,East\n'
  await world.take('sellers.csv', sellers, { kind: 'sellers' })
  await world.take('deals.csv', deals.replaceAll('Ben Roth', 'Anna Weber'), { kind: 'deals' })
  const [winnerId, loserId] = [
    await named(world, 'seller', 'Ana Weber'),
    await named(world, 'seller', 'Anna Weber'),
  ]
  await world.call('me.set-seller', { sellerId: loserId })
  const before = await contents(world)
  const merged = await world.call<Merged>('quality.merge', { entity: 'seller', winnerId, loserId })
  const after = await contents(world)
  expect(JSON.stringify({ ...after, seller: [] })).not.toContain(loserId)
  expect(after.person).toContainEqual(
    expect.objectContaining({ name: 'Tester', seller_id: winnerId }),
  )
  // One team at a time: the winner's own holds.
  expect(
    after.membership?.filter((one) => (one as { seller_id: string }).seller_id === winnerId),
  ).toHaveLength(1)
  await expectClean(world)
  expect((await world.take('sellers.csv', sellers, { kind: 'sellers' })).counts).toMatchObject({
    read: 2,
    added: 0,
    updated: 0,
    unchanged: 2,
    rejected: 0,
  })
  expect(await contents(world)).toEqual(after)
  await world.call('changes.undo', { id: merged.changeId })
  expect(await contents(world)).toEqual(before)
  await expectClean(world)
})

test('sellers: a deal on which both had a share is sold by one with both, and can still be changed', async () => {
  const world = await importWorld(db)
  const { rows: stages } = await world.call<{ rows: { id: string; outcome: string }[] }>(
    'stages.list',
  )
  const stageId = stages.find(({ outcome }) => outcome === 'won')?.id
  const sell = async (sellers: [name: string, share: number][]) => {
    const { id } = await world.call<{ id: string }>('deals.create', {
      stageId,
      closedOn: '2026-02-02',
      amount: 101,
    })
    const named = sellers.map(([name, share]) => ({ seller: { name }, share }))
    await world.call('deals.set-sellers', { id, owner: named[0]?.seller, sellers: named })
    return id
  }
  const three = await sell([
    ['Ana', 0.5],
    ['Ben', 0.3],
    ['Cleo', 0.2],
  ])
  const two = await sell([
    ['Ben', 0.75],
    ['Ana', 0.25],
  ])
  const before = await contents(world)
  const merged = await world.call<Merged>('quality.merge', {
    entity: 'seller',
    winnerId: await named(world, 'seller', 'Ana'),
    loserId: await named(world, 'seller', 'Ben'),
  })
  const sellers = async (id: string) =>
    (
      await world.call<{ sellers: { seller: { name: string }; share: number }[] }>('deals.get', {
        id,
      })
    ).sellers.map(({ seller, share }) => [seller.name, share])
  expect(await sellers(three)).toEqual([
    ['Ana', 0.8],
    ['Cleo', 0.2],
  ])
  expect(await sellers(two)).toEqual([['Ana', 1]])
  const sold = () =>
    db.database.read(world.who, (tx) =>
      tx.rows(sql`SELECT v.name, s.share, s.amount FROM sale s JOIN seller v ON v.org_id = s.org_id AND v.id = s.seller_id
        WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL ORDER BY s.share DESC`),
    )
  expect(await sold()).toEqual([
    { name: 'Ana', share: 1, amount: 101 },
    { name: 'Ana', share: 0.8, amount: 81 },
    { name: 'Cleo', share: 0.2, amount: 20 },
  ])
  const edited = await world.call<{ changeId: string }>('deals.edit', { id: three, amount: 200 })
  expect((await sold())[1]).toEqual({ name: 'Ana', share: 0.8, amount: 160 })
  await world.call('changes.undo', { id: edited.changeId })
  await world.call('changes.undo', { id: merged.changeId })
  expect(await contents(world)).toEqual(before)
  expect((await checkOrganisation(world.program.db, world.who)).findings).toEqual([])
})

test('a team may be merged into one that hangs below it', async () => {
  const world = await importWorld(db)
  await world.take('sellers.csv', 'name,team,office\nAna,North,Europe\n', { kind: 'sellers' })
  const [north, europe] = [
    await named(world, 'team', 'North'),
    await named(world, 'team', 'Europe'),
  ]
  const { mergeRecords } = await import('../../platform/database/merge.ts')
  await db.database.write(world.who, 'test', (tx) => mergeRecords(tx, 'team', europe, north))
  expect((await contents(world)).team).toEqual([
    expect.objectContaining({ id: north, parent_id: null }),
  ])
  await expectClean(world)
})
