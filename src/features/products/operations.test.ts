// Products by hand: list, add, change, archive; a price needs a currency.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

test('a product is added, found by the beginning of its name, changed and archived', async () => {
  const world = await importWorld(db)
  const { id } = await world.call<{ id: string }>('products.create', {
    name: 'Pump P 200',
    family: 'Pumps',
    currency: 'EUR',
    listPrice: 5_000,
  })
  await world.call('products.create', { name: 'Valve' })
  expect(await world.call('products.list', { search: 'pump p' })).toMatchObject({
    rows: [{ id, listPrice: 5_000, cost: null }],
  })
  expect(await world.call('products.list', { family: 'Pumps', limit: 1 })).toMatchObject({
    rows: [{ id }],
  })
  await world.call('products.edit', { id, cost: 2_000, version: 1 })
  await world.call('products.set-state', { id, state: 'archived', version: 2 })
  expect(await world.call('products.get', { id })).toMatchObject({
    state: 'archived',
    cost: 2_000,
    version: 3,
  })
  expect(await world.call('products.list')).toMatchObject({ rows: [{ name: 'Valve' }] })
})

test('a price without currency and a second product of the same name are refused', async () => {
  const world = await importWorld(db)
  const noCurrency = { detail: { code: 'product.price_needs_currency' } }
  await expect(world.call('products.create', { name: 'Pump', listPrice: 5 })).rejects.toMatchObject(
    noCurrency,
  )
  const { id } = await world.call<{ id: string }>('products.create', {
    name: 'Pump',
    currency: 'EUR',
    listPrice: 5,
  })
  await expect(world.call('products.edit', { id, currency: null })).rejects.toMatchObject(
    noCurrency,
  )
  await expect(world.call('products.create', { name: 'PUMP' })).rejects.toMatchObject({
    detail: { code: 'product.exists' },
  })
})

test('many products get a family at once, and undo gives each its own back', async () => {
  const world = await importWorld(db)
  for (const [name, family] of [
    ['Pump', 'Old'],
    ['Valve', null],
    ['Seal', 'New'],
  ])
    await world.call('products.create', { name, family })
  const input = { filter: {}, set: { family: 'New' } }
  expect(await world.call('products.bulk-edit', { ...input, preview: true })).toMatchObject({
    chosen: 3,
    changed: 2,
    same: 1,
    rows: [
      { name: 'Pump', before: { family: 'Old' }, after: { family: 'New' } },
      { name: 'Valve', before: { family: null } },
    ],
  })
  const { changeId } = await world.call<{ changeId: string }>('products.bulk-edit', input)
  expect(await world.call('products.list', { family: 'New', limit: 1, count: true })).toMatchObject(
    {
      total: 3,
      next: expect.any(String),
    },
  )
  await world.call('changes.undo', { id: changeId })
  expect(await world.call('products.list', { count: true })).toMatchObject({
    rows: [{ family: 'Old' }, { family: 'New' }, { family: null }],
    total: 3,
  })
})
