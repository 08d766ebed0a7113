// Many deals changed alike: looked at first, done in one change with their sales, and taken back.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import type { dealsContract } from './contract.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

type Edited = OutputOf<(typeof dealsContract)['deals.bulk-edit']>
type Asked = InputOf<(typeof dealsContract)['deals.bulk-edit']>
type Deal = OutputOf<(typeof dealsContract)['deals.list']>['rows'][number]

const file = `number,seller,customer,product,stage,opened on,closed on,amount,currency,quantity
D-1,Ana Weber,Alder,Pump,Won,2026-01-05,2026-02-01,100,EUR,2
D-2,,Birch,Pump,Won,2026-01-05,2026-02-02,200,EUR,1
D-3,,,Pump,Lost,2026-01-05,2026-02-03,50,EUR,1
D-4,Ana Weber,Cedar,Pump,Won,2026-01-05,2026-02-04,0,EUR,3
D-5,Ana Weber,Cedar,Valve,Won,2026-01-05,2026-02-05,0,EUR,1
`

async function filled() {
  const world = await importWorld(db)
  await world.take('p.csv', 'name,list price,currency\nPump,120,EUR\n', { kind: 'products' })
  await world.take('deals.csv', file, { kind: 'deals' })
  const edit = (set: Asked['set'], more: object) =>
    world.call<Edited>('deals.bulk-edit', { set, ...more })
  const id = async (list: string, name: string) => {
    const { rows } = await world.call<{ rows: { id: string; name: string }[] }>(list)
    return rows.find((row) => row.name === name)?.id ?? ''
  }
  return { world, edit, id }
}

const dealsOf = async (world: ImportWorld, filter = {}) =>
  (await world.call<{ rows: Deal[] }>('deals.list', filter)).rows
const without = async (world: ImportWorld, what: string) =>
  (await dealsOf(world, { without: what })).map((deal) => deal.externalId).sort()
const revenue = async (world: ImportWorld, where = {}) => {
  const { rows } = await world.call<{ rows: { revenue: { value?: number } }[] }>(
    'results.figures',
    { metric: ['revenue'], from: '2026-01-01', until: '2027-01-01', where },
  )
  return rows[0]?.revenue.value ?? 0
}

async function expectClean(world: ImportWorld): Promise<void> {
  expect(await checkOrganisation(db.database, world.who)).toMatchObject({
    holds: true,
    findings: [],
  })
}

test('deals of nobody get a seller, and their sales with them', async () => {
  const { world, edit, id } = await filled()
  const ana = await id('sellers.list', 'Ana Weber')
  expect(await without(world, 'seller')).toEqual(['D-2', 'D-3'])
  const before = await dealsOf(world)
  const preview = await edit({ sellerId: ana }, { filter: { without: 'seller' }, preview: true })
  expect(preview).toMatchObject({ chosen: 2, changed: 2, same: 0 })
  expect(preview.changeId).toBeUndefined()
  expect(
    preview.rows.map(({ name, before, after }) => [name, before.seller, after.seller]),
  ).toEqual([
    ['D-3 · Pump', null, 'Ana Weber'],
    ['D-2 · Birch · Pump', null, 'Ana Weber'],
  ])
  expect(await dealsOf(world)).toEqual(before)
  const done = await edit({ sellerId: ana }, { filter: { without: 'seller' } })
  expect(done).toMatchObject({ chosen: 2, changed: 2 })
  expect(await without(world, 'seller')).toEqual([])
  expect(await revenue(world, { seller: [ana] })).toBe(30_000)
  await expectClean(world)
  await world.call('changes.undo', { id: done.changeId })
  expect(await without(world, 'seller')).toEqual(['D-2', 'D-3'])
  expect(await revenue(world, { seller: [ana] })).toBe(10_000)
  expect(await revenue(world)).toBe(30_000)
  await expectClean(world)
})

test('a customer for chosen ones, and an amount by the list price where there is one', async () => {
  const { world, edit, id } = await filled()
  const alder = await id('customers.list', 'Alder')
  const ids = (await dealsOf(world, { without: 'customer' })).map((deal) => deal.id)
  expect(await edit({ customerId: alder }, { ids })).toMatchObject({ changed: 1 })
  expect(await without(world, 'customer')).toEqual([])
  expect(await without(world, 'amount')).toEqual(['D-4', 'D-5'])
  const priced = await edit(
    { amount: 'list-price' },
    { filter: { without: 'amount', outcome: 'won' } },
  )
  // The valve has no price: its deal stays as it was.
  expect(priced).toMatchObject({ chosen: 2, changed: 1, same: 1 })
  expect(priced.rows[0]).toMatchObject({ before: { amount: 0 }, after: { amount: 36_000 } })
  expect(await without(world, 'amount')).toEqual(['D-5'])
  expect(await revenue(world)).toBe(66_000)
  await expectClean(world)
  await world.call('changes.undo', { id: priced.changeId })
  expect(await revenue(world)).toBe(30_000)
})

test('shares pass over to the new owner', async () => {
  const { world, edit, id } = await filled()
  const [ana] = [await id('sellers.list', 'Ana Weber')]
  const deal = (await dealsOf(world)).find((one) => one.externalId === 'D-1')
  await world.call('deals.set-sellers', {
    id: deal?.id,
    owner: { id: ana },
    sellers: [
      { seller: { id: ana }, share: 0.75 },
      { seller: { name: 'Ben Roth' }, share: 0.25 },
    ],
  })
  await world.call('sellers.create', { name: 'Cy Lund' })
  const cy = await id('sellers.list', 'Cy Lund')
  await edit({ sellerId: cy }, { ids: [deal?.id] })
  expect(await revenue(world, { seller: [cy] })).toBe(7_500)
  await expectClean(world)
})

test('refused: nothing set, nothing chosen, nothing to change, records that are not there, locked days', async () => {
  const { world, edit, id } = await filled()
  const ana = await id('sellers.list', 'Ana Weber')
  const of = { filter: { sellerId: ana } }
  const nobody = world.who.orgId
  await expect(edit({}, of)).rejects.toMatchObject({ code: 'bulk.nothing_set' })
  await expect(edit({ sellerId: ana }, {})).rejects.toMatchObject({ code: 'bulk.nothing_chosen' })
  await expect(edit({ sellerId: ana }, { ids: [nobody] })).rejects.toMatchObject({
    code: 'bulk.nothing_chosen',
  })
  await expect(edit({ sellerId: ana }, of)).rejects.toMatchObject({ code: 'bulk.nothing_changes' })
  await expect(edit({ sellerId: nobody }, of)).rejects.toMatchObject({ code: 'seller.not_found' })
  await expect(edit({ customerId: nobody }, of)).rejects.toMatchObject({
    code: 'customer.not_found',
  })
  await world.call('period-locks.set', {
    from: '2026-02-01',
    until: '2026-03-01',
    reason: 'Closed',
  })
  await expect(edit({ sellerId: ana }, { filter: { without: 'seller' } })).rejects.toMatchObject({
    code: 'period.locked',
  })
})

test('a seller changes their own deals only, and gives them to nobody else', async () => {
  const { world, edit: _, id } = await filled()
  const ana = await id('sellers.list', 'Ana Weber')
  await world.call('sellers.create', { name: 'Cy Lund' })
  const cy = await id('sellers.list', 'Cy Lund')
  const as = { ...world.who, roles: ['seller' as const], sellerId: ana }
  const edit = (set: Asked['set'], more: object) =>
    world.call<Edited>('deals.bulk-edit', { set, ...more }, { as })
  await expect(edit({ sellerId: ana }, { filter: { without: 'seller' } })).rejects.toMatchObject({
    code: 'bulk.nothing_chosen',
  })
  await expect(edit({ sellerId: cy }, { filter: {} })).rejects.toMatchObject({
    code: 'deal.not_yours',
  })
  const alder = await id('customers.list', 'Alder')
  expect(await edit({ customerId: alder }, { filter: {} })).toMatchObject({ chosen: 3, changed: 2 })
})
