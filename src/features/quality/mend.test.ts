// Mending many at once: pairs that become one together, pairs that are different, spellings that become one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { checkOrganisation } from '../../platform/database/check.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Customer {
  id: string
  name: string
  country: string | null
  industry: string | null
  region: string | null
}
interface PairRow {
  id: string
  name: string
  other: { id: string; name: string }
}

const file = `number,name,country,industry,region
K-1,Acme Ltd,,Tools,North
K-2,ACME Limited,France,Tols,North
K-3,Acme,Spain,tools,nord
K-4,Birch,Spain,Food,Nord
`
const deals = `number,seller,customer,product,stage,closed on,amount,currency,quantity
D-1,Ana Weber,Acme Ltd,Pump,Won,2026-02-01,100,EUR,2
D-2,Ben Roth,ACME Limited,Valve,Won,2026-02-03,20,EUR,1
D-3,Ben Roth,Acme,Valve,Won,2026-02-04,30,EUR,1
`

async function filled(): Promise<ImportWorld> {
  const world = await importWorld(db)
  await world.take('customers.csv', file, { kind: 'customers' })
  await world.take('deals.csv', deals, { kind: 'deals' })
  return world
}

const customersOf = async (world: ImportWorld) =>
  (await world.call<{ rows: Customer[] }>('customers.list')).rows
const pairsOf = async (world: ImportWorld) =>
  (await world.call<{ rows: PairRow[] }>('quality.rows', { check: 'duplicate-customers' })).rows
const asPairs = (rows: PairRow[]) =>
  rows.map((row) => ({ winnerId: row.id, loserId: row.other.id }))
const namesOfDeals = async (world: ImportWorld) =>
  (await world.call<{ rows: { customer: { name: string } }[] }>('deals.list')).rows.map(
    (row) => row.customer.name,
  )

async function expectClean(world: ImportWorld): Promise<void> {
  expect(await checkOrganisation(db.database, world.who)).toMatchObject({
    holds: true,
    findings: [],
  })
}

describe('many pairs', () => {
  test('those that hang together become one record, and an undo leads back', async () => {
    const world = await filled()
    const before = { customers: await customersOf(world), deals: await namesOfDeals(world) }
    const pairs = asPairs(await pairsOf(world))
    expect(pairs.length).toBeGreaterThanOrEqual(2)
    const done = await world.call<{ merged: number; changeId: string }>('quality.merge-many', {
      entity: 'customer',
      pairs,
    })
    expect(done.merged).toBe(2)
    expect((await customersOf(world)).map((one) => one.name).sort()).toHaveLength(2)
    expect(new Set(await namesOfDeals(world)).size).toBe(1)
    expect(await pairsOf(world)).toEqual([])
    await expectClean(world)
    // The files taken in again find the one record.
    const again = await world.take('deals.csv', deals, { kind: 'deals' })
    expect(again).toMatchObject({ created: {}, counts: { added: 0, unchanged: 3 } })
    const undone = await world.call<{ keptCount: number }>('changes.undo', { id: done.changeId })
    expect(undone.keptCount).toBe(0)
    const after = { customers: await customersOf(world), deals: await namesOfDeals(world) }
    const plain = ({ customers, deals }: typeof before) => ({
      customers: customers.map(({ id, name, country }) => ({ id, name, country })),
      deals,
    })
    expect(plain(after)).toEqual(plain(before))
    expect(asPairs(await pairsOf(world))).toEqual(pairs)
    await expectClean(world)
  })

  test('a record with itself, and one that is not there, are refused and nothing is done', async () => {
    const world = await filled()
    const [one] = await customersOf(world)
    const ask = (name: string, loserId: string | undefined) =>
      world.call(name, { entity: 'customer', pairs: [{ winnerId: one?.id, loserId }] })
    for (const name of ['quality.merge-many', 'quality.set-different']) {
      await expect(ask(name, one?.id)).rejects.toMatchObject({ code: 'quality.merge_same' })
      await expect(ask(name, world.who.orgId)).rejects.toMatchObject({ code: 'customer.not_found' })
    }
    expect(await customersOf(world)).toHaveLength(4)
  })
})

describe('pairs that are different', () => {
  test('leave the list, once and for all, until it is taken back', async () => {
    const world = await filled()
    const pairs = asPairs(await pairsOf(world))
    const say = (given: typeof pairs) =>
      world.call<{ count: number; changeId: string }>('quality.set-different', {
        entity: 'customer',
        pairs: given,
      })
    const said = await say(pairs)
    expect(said.count).toBe(pairs.length)
    expect(await pairsOf(world)).toEqual([])
    // Said again the other way round it is the same.
    const turned = pairs.map(({ winnerId, loserId }) => ({ winnerId: loserId, loserId: winnerId }))
    expect((await say(turned)).count).toBe(0)
    await world.take('customers.csv', file, { kind: 'customers' })
    expect(await pairsOf(world)).toEqual([])
    const { rows: kept } = await world.call<{ rows: { id: string; a: string; b: string }[] }>(
      'quality.different',
      { entity: 'customer' },
    )
    expect(kept).toHaveLength(pairs.length)
    const removed = await world.call<{ changeId: string }>('quality.remove-different', {
      id: kept[0]?.id,
    })
    expect(await pairsOf(world)).toHaveLength(1)
    await expect(world.call('quality.remove-different', { id: kept[0]?.id })).rejects.toMatchObject(
      { code: 'different_pair.not_found' },
    )
    await world.call('changes.undo', { id: removed.changeId })
    expect(await pairsOf(world)).toEqual([])
    await world.call('changes.undo', { id: said.changeId })
    expect(await pairsOf(world)).toHaveLength(pairs.length)
    await expectClean(world)
  })
})

describe('spellings', () => {
  const industries = async (world: ImportWorld) =>
    (await customersOf(world)).map((one) => one.industry).sort()

  test('become one for all customers and for the next import, and an undo leads back', async () => {
    const world = await filled()
    const unify = (field: string, values: string[], to: string) =>
      world.call<{ changed: number; changeId: string }>('quality.unify-values', {
        field,
        values,
        to,
      })
    const done = await unify('industry', ['Tols', 'tools'], 'Tools')
    expect(done.changed).toBe(2)
    expect(await industries(world)).toEqual(['Food', 'Tools', 'Tools', 'Tools'])
    expect((await unify('region', ['nord', 'Nord'], 'North')).changed).toBe(2)
    // The same file says the old spellings still: nothing changes any more.
    expect(await world.take('customers.csv', file, { kind: 'customers' })).toMatchObject({
      changeId: null,
      counts: { unchanged: 4 },
    })
    // A spelling that meant another follows it to the new one.
    await unify('industry', ['Tools'], 'Machines')
    await world.take('customers.csv', file, { kind: 'customers' })
    expect(await industries(world)).toEqual(['Food', 'Machines', 'Machines', 'Machines'])
    await expectClean(world)
    await expect(unify('industry', ['Food'], 'Food')).rejects.toMatchObject({
      code: 'quality.same_value',
    })
  })

  test('an undo gives every customer its own back, and the next import, too', async () => {
    const world = await filled()
    const before = await industries(world)
    const { changeId } = await world.call<{ changeId: string }>('quality.unify-values', {
      field: 'industry',
      values: ['Tols', 'tools'],
      to: 'Tools',
    })
    await world.call('changes.undo', { id: changeId })
    expect(await industries(world)).toEqual(before)
    await world.take('customers.csv', file, { kind: 'customers' })
    expect(await industries(world)).toEqual(before)
    await expectClean(world)
  })
})
