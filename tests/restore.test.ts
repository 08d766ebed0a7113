// Bringing records and facts back to how they were: the same values as then, a change like any other in
// history, undo and chain, and a sentence for everything that cannot come back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from './database.ts'
import { type ImportWorld, importWorld } from './import-world.ts'
import { create as createOrder, holds, sales, type Written } from './orders-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Preview {
  version: number
  changeId?: string
  fields: { name: string; now: unknown; was: unknown; stays?: string }[]
}
interface Entry {
  changeId: string
  operation: string
  undone: boolean
  batch: { name: string } | null
  fields: Record<string, [unknown, unknown]>
}

const restore = (world: ImportWorld, entity: string, id: string, given: object) =>
  world.call<Preview>('history.restore', { entity, id, ...given })
const history = async (world: ImportWorld, entity: string, id: string) =>
  (await world.call<{ rows: Entry[] }>('history.list', { entity, id })).rows
const record = (world: ImportWorld, kind: string, id: string) =>
  world.call<Record<string, unknown> & { version: number }>(`${kind}.get`, { id })
const stage = async (world: ImportWorld, name: string) =>
  (await world.call<{ rows: { id: string; name: string }[] }>('stages.list')).rows.find(
    (row) => row.name === name,
  )?.id ?? ''
const refused = (code: string) => ({ detail: { code } })

describe('a record', () => {
  async function changedCustomer(world: ImportWorld) {
    const first = await world.call<Written>('customers.create', {
      name: 'Acme',
      city: 'Ulm',
      employees: 12,
      traits: { colour: 'red', size: 'L' },
    })
    const { id } = first
    await world.call('customers.edit', { id, name: 'Acme Ltd', city: 'Bonn' })
    const last = await world.call<Written>('customers.edit', {
      id,
      employees: 5_000,
      city: null,
      traits: { colour: 'blue', size: 'L' },
    })
    return { id, first, last }
  }

  test('comes back whole: the preview says what changes, the history tells it, undo takes it back', async () => {
    const world = await importWorld(db)
    const { id, first, last } = await changedCustomer(world)
    const seen = await restore(world, 'customer', id, { changeId: first.changeId, preview: true })
    expect(seen.fields.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'city', now: null, was: 'Ulm' },
      { name: 'employees', now: 5_000, was: 12 },
      { name: 'name', now: 'Acme Ltd', was: 'Acme' },
      { name: 'traits.colour', now: 'blue', was: 'red' },
    ])
    expect(seen).toMatchObject({ version: last.version })
    expect(seen.changeId).toBeUndefined()

    const { changeId } = await restore(world, 'customer', id, {
      changeId: first.changeId,
      version: seen.version,
    })
    expect(await record(world, 'customers', id)).toMatchObject({
      name: 'Acme',
      city: 'Ulm',
      employees: 12,
      version: last.version + 1,
      traits: { colour: 'red', size: 'L' },
    })
    const [entry] = await history(world, 'customer', id)
    expect(entry).toMatchObject({
      changeId,
      operation: 'history.restore',
      fields: { city: [null, 'Ulm'], 'traits.colour': ['blue', 'red'] },
    })

    await world.call('changes.undo', { id: changeId })
    expect(await record(world, 'customers', id)).toMatchObject({
      name: 'Acme Ltd',
      city: null,
      employees: 5_000,
      traits: { colour: 'blue' },
    })
    expect((await history(world, 'customer', id))[1]).toMatchObject({ undone: true })
    await holds(world)
  })

  test('comes back in single fields, with those that mean nothing alone', async () => {
    const world = await importWorld(db)
    const { id, first } = await changedCustomer(world)
    await restore(world, 'customer', id, { changeId: first.changeId, fields: ['city'] })
    expect(await record(world, 'customers', id)).toMatchObject({ name: 'Acme Ltd', city: 'Ulm' })

    const product = await world.call<Written>('products.create', {
      name: 'Pump',
      currency: 'EUR',
      listPrice: 100,
    })
    await world.call('products.edit', { id: product.id, currency: 'USD', listPrice: 120 })
    await restore(world, 'product', product.id, {
      changeId: product.changeId,
      fields: ['listPrice'],
    })
    expect(await record(world, 'products', product.id)).toMatchObject({
      listPrice: 100,
      currency: 'EUR',
    })
  })

  test('comes back out of the archive, and a contract with its customer, days and number', async () => {
    const world = await importWorld(db)
    const { id, version, changeId } = await world.call<Written>('contracts.create', {
      name: 'Service',
      number: 'V-1',
      customer: { name: 'Acme' },
      from: '2026-01-01',
      until: '2027-01-01',
      amount: 5_000,
    })
    await world.call('contracts.edit', {
      id,
      version,
      number: 'V-2',
      customer: { name: 'Bolt' },
      from: '2026-02-01',
      until: null,
    })
    await world.call('contracts.set-state', { id, state: 'archived' })
    await restore(world, 'contract', id, { changeId })
    expect(await record(world, 'contracts', id)).toMatchObject({
      state: 'active',
      number: 'V-1',
      customer: { name: 'Acme' },
      from: '2026-01-01',
      until: '2027-01-01',
    })
    expect((await history(world, 'contract', id)).map(({ operation }) => operation)).toEqual([
      'history.restore',
      'history.restore',
      'contracts.set-state',
      'contracts.edit',
      'contracts.create',
    ])
    await holds(world)
  })

  test('that somebody else has changed since, or that is as it was, stays', async () => {
    const world = await importWorld(db)
    const { id, first, last } = await changedCustomer(world)
    const given = { changeId: first.changeId, version: last.version - 1 }
    await expect(restore(world, 'customer', id, given)).rejects.toMatchObject(
      refused('record.changed'),
    )
    await expect(restore(world, 'customer', id, { changeId: last.changeId })).rejects.toMatchObject(
      refused('restore.nothing_changes'),
    )
    await expect(
      restore(world, 'customer', id, { changeId: first.changeId, fields: ['region'] }),
    ).rejects.toMatchObject(refused('restore.unknown_field'))
    const other = await world.call<Written>('customers.create', { name: 'Other' })
    await expect(
      restore(world, 'customer', id, { changeId: other.changeId }),
    ).rejects.toMatchObject(refused('change.not_found'))
    await expect(
      restore(world, 'customer', db.newId(), { changeId: other.changeId }),
    ).rejects.toMatchObject(refused('record.not_found'))
  })

  test('keeps what names a record that is gone, or a field that is no longer in use', async () => {
    const world = await importWorld(db)
    const acme = await world.call<Written>('customers.create', { name: 'Acme' })
    const contact = await world.call<Written>('contacts.create', {
      name: 'Kim',
      customer: { id: acme.id },
      phone: '1',
      traits: { hobby: 'chess' },
    })
    const field = await world.call<Written>('own-fields.create', {
      entity: 'contact',
      key: 'hobby',
      label: 'Hobby',
      kind: 'text',
    })
    await world.call('contacts.edit', { id: contact.id, customer: null, phone: '2', traits: {} })
    await world.call('changes.undo', { id: acme.changeId })
    await world.call('own-fields.set-state', { id: field.id, state: 'archived' })
    const { fields } = await restore(world, 'contact', contact.id, {
      changeId: contact.changeId,
      preview: true,
    })
    expect(Object.fromEntries(fields.map(({ name, stays }) => [name, stays]))).toEqual({
      customer: 'refers_to_removed',
      phone: undefined,
      'traits.hobby': 'field_gone',
    })
    for (const [name, code] of [
      ['customer', 'restore.refers_to_removed'],
      ['traits.hobby', 'restore.field_gone'],
    ]) {
      await expect(
        restore(world, 'contact', contact.id, { changeId: contact.changeId, fields: [name] }),
      ).rejects.toMatchObject(refused(code ?? ''))
    }
    await restore(world, 'contact', contact.id, { changeId: contact.changeId })
    expect(await record(world, 'contacts', contact.id)).toMatchObject({
      phone: '1',
      customer: null,
    })
  })

  test('is restored only by those who may edit it, under the rules of an edit', async () => {
    const world = await importWorld(db)
    const seller = await world.call<Written>('sellers.create', { name: 'Ana' })
    await world.call('sellers.edit', { id: seller.id, name: 'Anna' })
    const given = { entity: 'seller', id: seller.id, changeId: seller.changeId }
    const as = { ...world.who, roles: ['seller' as const] }
    await expect(world.call('history.restore', given, { as })).rejects.toMatchObject(
      refused('request.no_right'),
    )
    await world.call('sellers.create', { name: 'Ana' })
    await expect(world.call('history.restore', given)).rejects.toMatchObject(
      refused('seller.exists'),
    )
  })
})

describe('a deal', () => {
  test('comes back as a new version, its sale and its sellers with it', async () => {
    const world = await importWorld(db)
    const [won, open] = [await stage(world, 'Won'), await stage(world, 'Qualified')]
    const deal = await world.call<Written>('deals.create', {
      stageId: won,
      seller: { name: 'Ana' },
      customer: { name: 'Acme' },
      openedOn: '2026-01-02',
      closedOn: '2026-03-04',
      amount: 9_000,
    })
    const { id } = deal
    const owner = { name: 'Ana' }
    const shared = await world.call<Written>('deals.set-sellers', {
      id,
      owner,
      sellers: [
        { seller: owner, share: 0.75 },
        { seller: { name: 'Ben' }, share: 0.25 },
      ],
    })
    await world.call('deals.set-sellers', {
      id,
      owner: { name: 'Cleo' },
      sellers: [{ seller: { name: 'Cleo' }, share: 1 }],
    })
    await world.call('deals.edit', { id, stageId: open, amount: 12_000, customer: null })
    expect(await sales(world)).toEqual([])
    const seen = await restore(world, 'deal', id, { changeId: shared.changeId, preview: true })
    expect(seen.fields.find(({ name }) => name === 'sellers')).toMatchObject({
      now: null,
      was: [
        { seller: 'Ana', share: 0.75 },
        { seller: 'Ben', share: 0.25 },
      ],
    })
    const { changeId } = await restore(world, 'deal', id, {
      changeId: shared.changeId,
      version: seen.version,
    })
    expect(await record(world, 'deals', id)).toMatchObject({
      outcome: 'won',
      closedOn: '2026-03-04',
      amount: 9_000,
      customer: { name: 'Acme' },
      sellers: [
        { seller: { name: 'Ana' }, share: 0.75 },
        { seller: { name: 'Ben' }, share: 0.25 },
      ],
    })
    expect((await sales(world)).map(({ amount }) => amount)).toEqual([2_250, 6_750])
    await holds(world)

    await world.call('changes.undo', { id: changeId })
    expect(await record(world, 'deals', id)).toMatchObject({
      outcome: 'open',
      amount: 12_000,
      customer: null,
      sellers: [{ seller: { name: 'Cleo' }, share: 1 }],
    })
    expect(await sales(world)).toEqual([])
    await holds(world)
  })

  test('in a closed period stays; what an import did is told with its file', async () => {
    const world = await importWorld(db)
    const text =
      'number,customer,stage,opened on,closed on,amount\nD-1,Acme,Won,2026-01-02,2026-02-03,'
    const taken = await world.take('deals.csv', `${text}100`, {
      kind: 'deals',
      mapping: { currency: 'EUR' },
    })
    await world.take('deals.csv', `${text}150`, { kind: 'deals', mapping: { currency: 'EUR' } })
    const { rows } = await world.call<{ rows: { id: string }[] }>('deals.list')
    const id = rows[0]?.id ?? ''
    const entries = await history(world, 'deal', id)
    expect(entries.at(-1)).toMatchObject({
      operation: 'imports.apply',
      batch: { name: 'deals.csv' },
      fields: { externalId: [null, 'D-1'], customer: [null, 'Acme'] },
    })
    await world.call('period-locks.set', { from: '2026-01-01', until: '2026-03-01', reason: 'Q' })
    await expect(restore(world, 'deal', id, { changeId: taken.changeId })).rejects.toMatchObject(
      refused('period.locked'),
    )
  })
})

describe('an order', () => {
  test('comes back with its lines, exactly, and the sales follow', async () => {
    const world = await importWorld(db)
    const { id, changeId } = await createOrder(world)
    const before = await record(world, 'orders', id)
    const [first] = before.rows as { id: string }[]
    await world.call('orders.edit', {
      id,
      on: '2026-05-06',
      customer: { name: 'Bolt' },
      lines: [{ id: first?.id, product: { name: 'Seal' }, quantity: 7, amount: 10 }],
    })
    const [entry] = await history(world, 'order', id)
    expect(entry?.fields).toMatchObject({
      onDay: ['2026-03-04', '2026-05-06'],
      customer: ['Acme', 'Bolt'],
      lines: [
        [
          { product: 'Pump', quantity: 3, price: '0.335', discount: 0.1, amount: 90 },
          { product: 'Valve', quantity: 1, amount: 50 },
        ],
        [{ product: 'Seal', quantity: 7, amount: 10 }],
      ],
    })
    const restored = await restore(world, 'order', id, { changeId })
    expect(await record(world, 'orders', id)).toMatchObject({
      on: '2026-03-04',
      customer: { name: 'Acme' },
      amount: 140,
      rows: [
        { product: { name: 'Pump' }, quantity: 3, price: '0.335', discount: 0.1, amount: 90 },
        { product: { name: 'Valve' }, quantity: 1, amount: 50 },
      ],
    })
    expect((await sales(world)).map(({ amount }) => amount)).toEqual([50, 90])
    await expect(restore(world, 'order', id, { changeId })).rejects.toMatchObject(
      refused('restore.nothing_changes'),
    )
    await world.call('changes.undo', { id: restored.changeId })
    expect((await sales(world)).map(({ amount }) => amount)).toEqual([10])
    await holds(world)
  })

  test('that came as a sum without lines does not lose the lines it has since', async () => {
    const world = await importWorld(db)
    const taken = await world.take(
      'orders.csv',
      'order number,customer,order date,amount\nO-1,Acme,2026-03-04,80',
      {
        kind: 'orders',
        mapping: { currency: 'EUR' },
      },
    )
    const { rows } = await world.call<{ rows: { id: string }[] }>('orders.list')
    const id = rows[0]?.id ?? ''
    await world.call('orders.edit', { id, on: '2026-03-05', lines: [{ amount: 90 }] })
    await expect(
      restore(world, 'order', id, { changeId: taken.changeId, fields: ['lines'] }),
    ).rejects.toMatchObject(refused('restore.not_editable'))
    await restore(world, 'order', id, { changeId: taken.changeId })
    expect(await record(world, 'orders', id)).toMatchObject({ on: '2026-03-04', amount: 90 })
    await holds(world)
  })
})

test('activities and cases come back too, within reach only', async () => {
  const world = await importWorld(db)
  const ana = await world.call<Written>('sellers.create', { name: 'Ana' })
  const activity = await world.call<Written>('activities.create', {
    kind: 'call',
    subject: 'Ask',
    seller: { id: ana.id },
    dueOn: '2026-03-01',
  })
  await world.call('activities.edit', {
    id: activity.id,
    subject: 'Ask again',
    dueOn: '2026-04-01',
  })
  await restore(world, 'activity', activity.id, { changeId: activity.changeId })
  const { rows } = await world.call<{ rows: object[] }>('activities.list')
  expect(rows).toMatchObject([{ subject: 'Ask', dueOn: '2026-03-01' }])

  const complaint = await world.call<Written>('cases.create', {
    day: '2026-03-01',
    seller: { id: ana.id },
    channel: 'mail',
  })
  await world.call('cases.edit', {
    id: complaint.id,
    state: 'closed',
    closedOn: '2026-03-09',
    channel: null,
  })
  await restore(world, 'case', complaint.id, { changeId: complaint.changeId })
  expect(await record(world, 'cases', complaint.id)).toMatchObject({
    state: 'open',
    closedOn: null,
    channel: 'mail',
  })
  const other = { ...world.who, sellerId: db.newId(), roles: ['seller' as const] }
  for (const [entity, id] of [
    ['activity', activity.id],
    ['case', complaint.id],
  ]) {
    await expect(world.call('history.list', { entity, id }, { as: other })).rejects.toMatchObject(
      refused('record.not_found'),
    )
  }
  await holds(world)
})
