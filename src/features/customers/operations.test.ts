// Customers by hand: list by pages and by the beginning of the name, add, change, archive.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Page {
  rows: { id: string; name: string; size: string | null }[]
  next?: string
}

test('pages follow each other by name, and a search takes the beginning of the name in any case', async () => {
  const world = await importWorld(db)
  const names = ['Zeta', 'alpha', 'Alpine', 'Ärzte Süd', 'Al', 'beta', 'ALPS', '50 % off', 'a_b']
  for (const name of names) await world.call('customers.create', { name })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page: Page = await world.call('customers.list', {
      limit: 2,
      ...(cursor ? { cursor } : {}),
    })
    seen.push(...page.rows.map((row) => row.name))
    cursor = page.next
  } while (cursor)
  expect(seen).toEqual([
    '50 % off',
    'a_b',
    'Al',
    'alpha',
    'Alpine',
    'ALPS',
    'beta',
    'Zeta',
    'Ärzte Süd',
  ])
  const found = async (search: string) =>
    (await world.call<Page>('customers.list', { search })).rows.map((row) => row.name)
  expect(await found('AL')).toEqual(['Al', 'alpha', 'Alpine', 'ALPS'])
  expect(await found('ärz')).toEqual(['Ärzte Süd'])
  expect(await found('%')).toEqual([])
  expect(await found('a_')).toEqual(['a_b'])
})

test('the size follows the employees; a filter narrows by it', async () => {
  const world = await importWorld(db)
  const { id } = await world.call<{ id: string }>('customers.create', {
    name: 'Acme',
    employees: 12,
  })
  await world.call('customers.create', { name: 'Berg', country: 'Italy' })
  expect(await world.call('customers.list', { size: '10–49' })).toMatchObject({
    rows: [{ name: 'Acme' }],
  })
  await world.call('customers.edit', { id, employees: 300, version: 1 })
  expect(await world.call('customers.get', { id })).toMatchObject({ size: '250–999', version: 2 })
  expect(await world.call('customers.list', { country: 'Italy' })).toMatchObject({
    rows: [{ name: 'Berg' }],
  })
})

test('twins by name or number and outdated versions are refused', async () => {
  const world = await importWorld(db)
  const { id } = await world.call<{ id: string }>('customers.create', {
    name: 'Acme',
    externalId: 'C1',
  })
  for (const input of [{ name: ' ACME ' }, { name: 'Other', externalId: 'C1' }]) {
    await expect(world.call('customers.create', input)).rejects.toMatchObject({
      detail: { code: 'customer.exists' },
    })
  }
  await world.call('customers.edit', { id, city: 'Kiel', version: 1 })
  await expect(
    world.call('customers.edit', { id, city: 'Bonn', version: 1 }),
  ).rejects.toMatchObject({
    detail: { code: 'record.changed', particulars: { theirs: { city: 'Kiel' } } },
  })
})

test('an archived customer leaves the list and comes back', async () => {
  const world = await importWorld(db)
  const { id } = await world.call<{ id: string }>('customers.create', { name: 'Acme' })
  await world.call('customers.set-state', { id, state: 'archived', version: 1 })
  expect(await world.call('customers.list')).toMatchObject({ rows: [] })
  expect(await world.call('customers.list', { state: 'archived' })).toMatchObject({
    rows: [{ id }],
  })
  await world.call('customers.set-state', { id, state: 'active' })
  expect(await world.call('customers.list')).toMatchObject({ rows: [{ id, version: 3 }] })
})
