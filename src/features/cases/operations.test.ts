// Cases by hand: what closes them, what opens them again, and that earlier versions stay.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import { checkOrganisation } from '../../platform/database/check.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Written {
  id: string
  version: number
  changeId: string
}

async function casesWorld() {
  const world = await importWorld(db)
  const create = (input: object = {}) =>
    world.call<Written>('cases.create', { day: '2026-02-03', ...input })
  const edit = (id: string, input: object) => world.call<Written>('cases.edit', { id, ...input })
  const get = (id: string) => world.call<Record<string, unknown>>('cases.get', { id })
  const refused = (promise: Promise<unknown>, code: string) =>
    expect(promise).rejects.toMatchObject({ detail: { code } })
  return { world, create, edit, get, refused }
}

test('a case is an open complaint unless something says otherwise', async () => {
  const { create, get } = await casesWorld()
  const plain = await create({ customer: { name: 'Acme' }, externalId: 'C-1' })
  expect(await get(plain.id)).toMatchObject({
    kind: 'complaint',
    state: 'open',
    status: null,
    closedOn: null,
    externalId: 'C-1',
    customer: { name: 'Acme' },
  })
  const solved = await create({ status: 'Solved', channel: 'Phone', kind: 'dispute' })
  expect(await get(solved.id)).toMatchObject({
    state: 'closed',
    closedOn: null,
    channel: 'Phone',
    kind: 'dispute',
  })
  const dated = await create({ closedOn: '2026-02-05' })
  expect(await get(dated.id)).toMatchObject({ state: 'closed', closedOn: '2026-02-05' })
})

test('closed and opened again: by day, by state, by status', async () => {
  const { create, edit, get } = await casesWorld()
  const { id } = await create({ status: 'Pending' })
  await edit(id, { closedOn: '2026-02-09' })
  expect(await get(id)).toMatchObject({ state: 'closed', closedOn: '2026-02-09' })
  await edit(id, { state: 'open' })
  expect(await get(id)).toMatchObject({ state: 'open', closedOn: null })
  await edit(id, { status: 'Erledigt' })
  expect(await get(id)).toMatchObject({ state: 'closed', status: 'Erledigt' })
  const reopened = await edit(id, { status: 'Wieder offen' })
  expect(await get(id)).toMatchObject({ state: 'open', version: 5 })
  // The same again is no new version.
  expect(await edit(id, { status: 'Wieder offen' })).toMatchObject({ version: 5 })
  expect(reopened.version).toBe(5)
})

test('what cannot be is refused', async () => {
  const { create, edit, refused, world } = await casesWorld()
  await refused(create({ closedOn: '2026-02-02' }), 'case.backwards')
  await refused(create({ state: 'open', closedOn: '2026-02-04' }), 'case.open_has_day')
  const { id } = await create({ externalId: 'C-2', closedOn: '2026-02-09' })
  await refused(create({ externalId: 'C-2' }), 'case.exists')
  await refused(edit(id, { day: '2026-02-10' }), 'case.backwards')
  await refused(edit(id, { state: 'open', version: 9 }), 'record.changed')
  await refused(world.call('cases.remove', { id, version: 9 }), 'record.changed')
  await world.call('cases.remove', { id })
  await refused(edit(id, { state: 'open' }), 'customer_case.not_found')
})

test('undo puts a change, a removal and an entry back', async () => {
  const { create, edit, get, world } = await casesWorld()
  const made = await create({ status: 'Open' })
  const changed = await edit(made.id, { status: 'Closed', channel: 'Mail' })
  await world.call('changes.undo', { id: changed.changeId })
  expect(await get(made.id)).toMatchObject({ state: 'open', status: 'Open', channel: null })
  const removed = await world.call<Written>('cases.remove', { id: made.id })
  await world.call('changes.undo', { id: removed.changeId })
  expect(await get(made.id)).toMatchObject({ state: 'open' })
  expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
})

test('the list: newest first, page by page, counted and filtered', async () => {
  const { create, world } = await casesWorld()
  type Page = { rows: { day: string }[]; next?: string; total?: number }
  for (const day of ['2026-01-05', '2026-03-01', '2026-02-01', '2026-02-01']) await create({ day })
  await create({ day: '2026-01-01', status: 'Closed', kind: 'concern' })
  const first = await world.call<Page>('cases.list', { limit: 3, count: true })
  const second = await world.call<Page>('cases.list', { limit: 3, cursor: first.next })
  expect(first.total).toBe(5)
  expect([...first.rows, ...second.rows].map(({ day }) => day)).toEqual([
    '2026-03-01',
    '2026-02-01',
    '2026-02-01',
    '2026-01-05',
    '2026-01-01',
  ])
  expect(second.next).toBeUndefined()
  const fits = async (filter: object) =>
    (await world.call<Page>('cases.list', { ...filter, count: true })).total
  expect(await fits({ state: 'closed' })).toBe(1)
  expect(await fits({ kind: 'complaint' })).toBe(4)
  expect(await fits({ from: '2026-02-01', until: '2026-03-01' })).toBe(2)
})
