// Contacts, notes, tags, own fields and lists of demographics by hand, and contacts from files.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import type { Principal } from '../../platform/context.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Made {
  id: string
  version: number
  changeId: string
}
interface Contacts {
  rows: { id: string; name: string; customer: { name: string } | null; phone: string | null }[]
}
const code = (thrown: { code: string }) => thrown.code

test('contacts are listed by customer and by the beginning of the name, and told apart', async () => {
  const world = await importWorld(db)
  const acme = await world.call<Made>('customers.create', { name: 'Acme' })
  const eva = await world.call<Made>('contacts.create', {
    name: 'Eva Lindner',
    customer: { id: acme.id },
    email: 'eva@example.org',
  })
  await world.call('contacts.create', { name: 'Ewald Ott', customer: { name: 'Berg' } })
  await world.call('contacts.create', { name: 'Eva Lindner', customer: { name: 'Berg' } })
  const list = async (input: object) =>
    (await world.call<Contacts>('contacts.list', input)).rows.map(
      (row) => `${row.name}, ${row.customer?.name}`,
    )
  expect(await list({ search: 'EVA' })).toEqual(['Eva Lindner, Acme', 'Eva Lindner, Berg'])
  expect(await list({ customerId: acme.id })).toEqual(['Eva Lindner, Acme'])
  expect(
    await world
      .call('contacts.create', { name: 'eva  lindner', customer: { id: acme.id } })
      .catch(code),
  ).toBe('contact.exists')
  expect(
    await world.call('contacts.edit', { id: eva.id, customer: { name: 'Berg' } }).catch(code),
  ).toBe('contact.exists')
  await world.call('contacts.edit', { id: eva.id, version: 1, jobTitle: 'Buyer', email: '' })
  await world.call('contacts.set-state', { id: eva.id, state: 'archived' })
  expect(await list({ customerId: acme.id })).toEqual([])
  expect(await world.call('contacts.get', { id: eva.id })).toMatchObject({
    version: 3,
    state: 'archived',
    jobTitle: 'Buyer',
    email: null,
  })
})

test('contacts from a file: parts of a name, several customers, known again, taken back whole', async () => {
  const world = await importWorld(db)
  await world.call('contacts.create', { name: 'Eva Lindner', customer: { name: 'Acme' } })
  const file = (phone: string) =>
    `First name,Last name,Account,Job title,Phone,Birthday\nEva,Lindner,Acme,Buyer,${phone},3 May\nEva,Lindner,Berg,,2,\n,,Berg,Owner,3,\n`
  const batch = await world.take('contacts.csv', file('1'))
  expect(batch).toMatchObject({
    kind: 'contacts',
    counts: { read: 3, added: 1, updated: 1, rejected: 1 },
  })
  const { rows } = await world.call<Contacts>('contacts.list')
  expect(rows).toMatchObject([
    { name: 'Eva Lindner', customer: { name: 'Acme' }, phone: '1', traits: { Birthday: '3 May' } },
    { name: 'Eva Lindner', customer: { name: 'Berg' }, phone: '2' },
  ])
  const again = await world.take('contacts.csv', file('9'))
  expect(again.counts).toMatchObject({ added: 0, updated: 1, unchanged: 1 })
  expect((await world.call<Contacts>('contacts.list')).rows.map((row) => row.phone)).toEqual([
    '9',
    '2',
  ])
  await world.call('imports.undo', { id: again.id })
  await world.call('imports.undo', { id: batch.id })
  expect((await world.call<Contacts>('contacts.list')).rows).toMatchObject([
    { name: 'Eva Lindner', customer: { name: 'Acme' }, phone: null },
  ])
})

test('two numbered contacts of one name at one customer stay two', async () => {
  const world = await importWorld(db)
  await world.call('contacts.create', { name: 'Kim', customer: { name: 'Acme' } })
  const file = 'Contact ID,Contact,Account\nC1,Kim,Acme\nC2,Kim,Acme\n'
  expect((await world.take('c.csv', file)).counts).toMatchObject({ added: 1, updated: 1 })
  expect((await world.take('d.csv', file)).counts).toMatchObject({ added: 0, unchanged: 2 })
  expect((await world.call<Contacts>('contacts.list')).rows).toHaveLength(2)
})

test('notes: newest first, changed by who wrote them, gone when removed and back by undo', async () => {
  const world = await importWorld(db)
  const { id } = await world.call<Made>('customers.create', { name: 'Acme' })
  const about = { entity: 'customer', entityId: id }
  const first = await world.call<Made>('notes.write', { ...about, body: '<b>one</b>' })
  await world.call('notes.write', { ...about, body: 'two' })
  const list = async (input: object = {}) =>
    (
      await world.call<{ rows: { body: string; mine: boolean }[]; next?: string }>('notes.list', {
        ...about,
        ...input,
      })
    ).rows.map((row) => row.body)
  expect(await list()).toEqual(['two', '<b>one</b>'])
  expect(await list({ limit: 1 })).toEqual(['two'])
  const other: Principal = { ...world.who, personId: db.newId(), roles: ['manager'] }
  expect(
    await world.call('notes.edit', { id: first.id, body: 'x' }, { as: other }).catch(code),
  ).toBe('note.of_another')
  await world.call('notes.edit', { id: first.id, version: 1, body: 'uno' })
  expect(await list()).toEqual(['two', 'uno'])
  const removed = await world.call<Made>('notes.remove', { id: first.id })
  expect(await list()).toEqual(['two'])
  await world.call('changes.undo', { id: removed.changeId })
  expect(await list()).toEqual(['two', 'uno'])
  expect(
    await world
      .call('notes.write', { entity: 'customer', entityId: db.newId(), body: 'x' })
      .catch(code),
  ).toBe('record.not_found')
})

test('tags: set, counted, filtered by, given to many, and brought back', async () => {
  const world = await importWorld(db)
  const ids: string[] = []
  for (const name of ['Acme', 'Berg', 'Cargo'])
    ids.push((await world.call<Made>('customers.create', { name })).id)
  const about = { entity: 'customer', entityId: ids[0] }
  const set = (tags: string[]) =>
    world.call<{ tags: string[]; changeId: string }>('tags.set', { ...about, tags })
  expect((await set(['Key account', 'fair', 'FAIR'])).tags).toEqual(['FAIR', 'Key account'])
  const dropped = await set(['fair'])
  expect(dropped.tags).toEqual(['FAIR'])
  await world.call('changes.undo', { id: dropped.changeId })
  const counts = async () =>
    (await world.call<{ rows: object[] }>('tags.list', { entity: 'customer' })).rows
  expect(await counts()).toEqual([
    { tag: 'FAIR', count: 1 },
    { tag: 'Key account', count: 1 },
  ])
  await set([])
  expect((await set(['fair'])).tags).toEqual(['fair'])
  const many = await world.call<{ chosen: number; changed: number; changeId: string }>(
    'customers.bulk-tag',
    { filter: {}, add: ['Fair', 'new'], remove: [] },
  )
  expect(many).toMatchObject({ chosen: 3, changed: 5 })
  expect(await world.call('customers.bulk-tag', { ids, add: ['fair'] }).catch(code)).toBe(
    'bulk.nothing_changes',
  )
  expect(await world.call('customers.bulk-tag', { ids }).catch(code)).toBe('bulk.nothing_set')
  expect(await world.call('customers.bulk-tag', { add: ['x'] }).catch(code)).toBe(
    'bulk.nothing_chosen',
  )
  const named = async (tag: string) =>
    (await world.call<Contacts>('customers.list', { tag })).rows.map((row) => row.name)
  expect(await named('FAIR')).toEqual(['Acme', 'Berg', 'Cargo'])
  await world.call('customers.bulk-tag', { ids: [ids[1]], remove: ['fair'] })
  expect(await named('fair')).toEqual(['Acme', 'Cargo'])
  await world.call('changes.undo', { id: many.changeId })
  expect(await named('new')).toEqual([])
  expect(await named('fair')).toEqual(['Acme'])
})

test('own fields check what forms say of them, and leave alone what imports brought', async () => {
  const world = await importWorld(db)
  await world.take('customers.csv', 'Customer,Level,Since\nAcme,platinum,2020\nBerg,,2021\n')
  const offers = async () =>
    (await world.call<{ rows: object[] }>('own-fields.offers', { entity: 'customer' })).rows
  expect(await offers()).toEqual([
    { key: 'Since', count: 2, example: '2020' },
    { key: 'Level', count: 1, example: 'platinum' },
  ])
  const level = { entity: 'customer', key: 'Level', label: 'Loyalty level', kind: 'choice' }
  expect(await world.call('own-fields.create', level).catch(code)).toBe('own_field.needs_choices')
  const field = await world.call<Made>('own-fields.create', {
    ...level,
    choices: ['gold', 'silver'],
  })
  expect(await world.call('own-fields.create', level).catch(code)).toBe('own_field.exists')
  expect(await offers()).toEqual([{ key: 'Since', count: 2, example: '2020' }])
  const [acme] = (await world.call<Contacts>('customers.list')).rows
  const edit = (traits: object) => world.call('customers.edit', { id: acme?.id, traits })
  await expect(edit({ Level: 'bronze', Since: '2020' })).rejects.toMatchObject({
    code: 'own_field.not_fitting',
    detail: { field: 'traits.Level', message: expect.stringContaining('Loyalty level') },
  })
  await edit({ Level: 'platinum', Since: '2022' })
  await edit({ Level: 'gold', Since: '2022' })
  expect(
    await world.call('customers.create', { name: 'C', traits: { Level: 'x' } }).catch(code),
  ).toBe('own_field.not_fitting')
  await world.call('own-fields.create', {
    entity: 'product',
    key: 'W',
    label: 'Weight',
    kind: 'number',
  })
  const product = await world.call<Made>('products.create', { name: 'P', traits: { W: '1.5' } })
  expect(
    await world.call('products.edit', { id: product.id, traits: { W: 'heavy' } }).catch(code),
  ).toBe('own_field.not_fitting')
  await world.call('own-fields.edit', { id: field.id, version: 1, kind: 'text', label: 'Level' })
  await edit({ Level: 'anything' })
  await world.call('own-fields.set-state', { id: field.id, state: 'archived' })
  expect((await world.call<{ rows: object[] }>('own-fields.list')).rows).toMatchObject([
    { key: 'W', entity: 'product' },
  ])
})

test('lists of demographics: added once, unlisted values counted, taken out without touching customers', async () => {
  const world = await importWorld(db)
  for (const [name, country] of [
    ['Acme', 'Italy'],
    ['Berg', 'Italia'],
    ['Cargo', 'Italia'],
  ])
    await world.call('customers.create', { name, country, industry: 'retail' })
  const unlisted = async (all = false) =>
    (await world.call<{ rows: object[] }>('demographics.unlisted', { all })).rows
  expect(await unlisted()).toEqual([])
  expect(await unlisted(true)).toEqual([
    { field: 'country', value: 'Italia', count: 2 },
    { field: 'country', value: 'Italy', count: 1 },
    { field: 'industry', value: 'retail', count: 3 },
  ])
  expect(
    await world.call('demographics.add', { field: 'country', values: ['Italy', 'Spain', 'italy'] }),
  ).toMatchObject({ added: 2 })
  expect(
    await world.call('demographics.add', { field: 'country', values: ['SPAIN'] }).catch(code),
  ).toBe('demographic.exists')
  expect(await unlisted()).toEqual([{ field: 'country', value: 'Italia', count: 2 }])
  const { rows } = await world.call<{ rows: { id: string; value: string }[] }>(
    'demographics.list',
    { field: 'country' },
  )
  expect(rows.map((row) => row.value)).toEqual(['Italy', 'Spain'])
  for (const row of rows) await world.call('demographics.remove', { id: row.id })
  expect(await unlisted()).toEqual([])
  expect(await world.call('customers.list', { country: 'Italy' })).toMatchObject({
    rows: [{ name: 'Acme' }],
  })
})
