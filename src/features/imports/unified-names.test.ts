// Names unified once hold for later files, can be looked at, and taken back where they were wrong.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Name {
  id: string
  version: number
  kind: string
  written: string
  means: string
}
const names = ({ call }: ImportWorld) =>
  call<{ rows: Name[] }>('imports.names').then(({ rows }) => rows)
const customers = ({ call }: ImportWorld) =>
  call<{ rows: { name: string }[] }>('customers.list').then(({ rows }) =>
    rows.map(({ name }) => name),
  )
const deals = (number: string, customer: string) =>
  `number,customer,stage,closed on,amount\n${number},${customer},Won,2026-02-03,10.00\n`
const options = { kind: 'deals' as const, mapping: { currency: 'EUR' } }

test('an accepted name is listed, survives the next file, and once forgotten is its own again', async () => {
  const world = await importWorld(db)
  await world.take('a.csv', deals('1', 'Nordlicht GmbH'), options)
  await world.take('b.csv', deals('2', 'Nordlicht Gmbhh'), {
    ...options,
    accept: [{ kind: 'customers', value: 'Nordlicht Gmbhh', like: 'Nordlicht GmbH' }],
  })
  expect(await names(world)).toMatchObject([
    { kind: 'customer', written: 'nordlicht gmbhh', means: 'Nordlicht GmbH' },
  ])
  const again = await world.take('c.csv', deals('3', 'NORDLICHT GMBHH'), options)
  expect([again.suggestions, again.created]).toEqual([[], {}])
  expect(await customers(world)).toEqual(['Nordlicht GmbH'])

  const [name] = await names(world)
  const { changeId } = await world.call<{ changeId: string }>('imports.remove-name', {
    id: name?.id,
    version: name?.version,
  })
  expect(await names(world)).toEqual([])
  await expect(world.call('imports.remove-name', { id: name?.id })).rejects.toMatchObject({
    detail: { code: 'alias.not_found' },
  })
  const apart = await world.upload('d.csv', deals('4', 'Nordlicht Gmbhh'), options)
  expect(apart.created).toEqual({ customers: 1 })
  await world.call('imports.cancel', { id: apart.id })
  await world.call('changes.undo', { id: changeId })
  expect(await names(world)).toHaveLength(1)
})

test('agreed spellings are listed beside names, page by page; taking the import back takes them along', async () => {
  const world = await importWorld(db)
  const text = 'name,industry\nAcme,Retail\nBolt,Retial\n'
  const batch = await world.take('customers.csv', text, {
    kind: 'customers',
    accept: [{ kind: 'industries', value: 'Retial', like: 'Retail' }],
  })
  await world.take('d.csv', deals('1', 'Akme'), {
    ...options,
    accept: [{ kind: 'customers', value: 'Akme', like: 'Acme' }],
  })
  const first = await world.call<{ rows: Name[]; next: string }>('imports.names', { limit: 1 })
  const second = await world.call<{ rows: Name[]; next?: string }>('imports.names', {
    limit: 1,
    cursor: first.next,
  })
  expect([first.rows, second.rows].flat().map(({ kind, means }) => [kind, means])).toEqual([
    ['customer', 'Acme'],
    ['industry', 'Retail'],
  ])
  expect(second.next).toBeUndefined()
  await world.call('imports.undo', { id: batch.id })
  expect((await names(world)).some(({ kind }) => kind === 'industry')).toBe(false)
})
