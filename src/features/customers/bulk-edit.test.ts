// Editing many customers alike: by ids or by the list's filter, shown before it is done, taken back whole.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { bulkMax } from '../../platform/database/bulk-edit.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Edited {
  chosen: number
  changed: number
  same: number
  rows: { name: string; before: object; after: object }[]
  changeId?: string
}

async function withThree(world: ImportWorld): Promise<string[]> {
  const ids: string[] = []
  for (const [name, country] of [
    ['Cargo', 'Italy'],
    ['Acme', 'Italy'],
    ['Berg', 'Germany'],
  ]) {
    ids.push((await world.call<{ id: string }>('customers.create', { name, country })).id)
  }
  return ids
}

const read = async (world: ImportWorld, state = 'active') =>
  (
    await world.call<{ rows: { name: string; country: string | null; version: number }[] }>(
      'customers.list',
      { state },
    )
  ).rows.map((row) => [row.name, row.country, row.version])

test('a preview says what would change and changes nothing', async () => {
  const world = await importWorld(db)
  const ids = await withThree(world)
  const before = await world.call<{ rows: unknown[] }>('changes.list')
  const edited = await world.call<Edited>('customers.bulk-edit', {
    ids,
    set: { country: 'Germany' },
    preview: true,
  })
  expect(edited).toEqual({
    chosen: 3,
    changed: 2,
    same: 1,
    rows: ['Acme', 'Cargo'].map((name) => ({
      id: expect.any(String),
      name,
      before: { country: 'Italy' },
      after: { country: 'Germany' },
    })),
  })
  expect(await read(world)).toEqual([
    ['Acme', 'Italy', 1],
    ['Berg', 'Germany', 1],
    ['Cargo', 'Italy', 1],
  ])
  expect(await world.call('changes.list')).toEqual(before)
})

test('all that fit a filter change at once, those that are already so keep their version, and undo restores', async () => {
  const world = await importWorld(db)
  await withThree(world)
  const edited = await world.call<Edited>('customers.bulk-edit', {
    filter: { country: 'Italy' },
    set: { country: '', state: 'archived', city: null },
  })
  expect(edited).toMatchObject({ chosen: 2, changed: 2, same: 0 })
  expect(await read(world, 'archived')).toEqual([
    ['Acme', null, 2],
    ['Cargo', null, 2],
  ])
  expect(await read(world)).toEqual([['Berg', 'Germany', 1]])
  expect(await world.call('changes.list', { limit: 1 })).toMatchObject({
    rows: [{ operation: 'customers.bulk-edit', subject: { count: 2 } }],
  })
  const kept = await world
    .call('customers.bulk-edit', {
      filter: { state: 'archived' },
      ids: [(await world.call<{ rows: { id: string }[] }>('customers.list')).rows[0]?.id],
      set: { city: 'Kiel' },
      preview: true,
    })
    .catch((refusal: { code: string }) => refusal.code)
  expect(kept).toBe('bulk.nothing_chosen')
  await world.call('changes.undo', { id: edited.changeId })
  expect(await read(world)).toEqual([
    ['Acme', 'Italy', 3],
    ['Berg', 'Germany', 1],
    ['Cargo', 'Italy', 3],
  ])
})

test('an undo leaves alone what somebody has changed since', async () => {
  const world = await importWorld(db)
  const ids = await withThree(world)
  const { changeId } = await world.call<Edited>('customers.bulk-edit', {
    ids,
    set: { country: 'France' },
  })
  await world.call('customers.edit', { id: ids[0], country: 'Spain' })
  await world.call('changes.undo', { id: changeId })
  expect(await read(world)).toEqual([
    ['Acme', 'Italy', 3],
    ['Berg', 'Germany', 3],
    ['Cargo', 'Spain', 3],
  ])
})

test('nothing chosen, nothing set, nothing to change and too many are refused', async () => {
  const world = await importWorld(db)
  const ids = await withThree(world)
  const refusal = (input: object) =>
    world.call('customers.bulk-edit', input).then(
      () => 'done',
      (thrown: { code: string }) => thrown.code,
    )
  const set = { country: 'Germany' }
  expect(await refusal({ set })).toBe('bulk.nothing_chosen')
  expect(await refusal({ set, preview: true })).toBe('bulk.nothing_chosen')
  expect(await refusal({ ids: [], set })).toBe('bulk.nothing_chosen')
  expect(await refusal({ filter: { country: 'Peru' }, set })).toBe('bulk.nothing_chosen')
  expect(await refusal({ ids, set: {} })).toBe('bulk.nothing_set')
  expect(await refusal({ ids: [ids[2]], set })).toBe('bulk.nothing_changes')
  expect(await refusal({ ids, set: { name: 'Same' } })).toBe('request.invalid')
  await db.owner.query(
    `INSERT INTO customer (org_id, id, name, name_key)
     SELECT $1, gen_random_uuid(), 'Many ' || n, 'many ' || n FROM generate_series(1, $2) n`,
    [world.who.orgId, bulkMax],
  )
  expect(await refusal({ filter: { search: 'many' }, set, preview: true })).not.toBe(
    'bulk.too_many',
  )
  expect(await refusal({ filter: {}, set, preview: true })).toBe('bulk.too_many')
  expect(await refusal({ filter: {}, set })).toBe('bulk.too_many')
})

test('customers of another organisation cannot be chosen', async () => {
  const [world, other] = [await importWorld(db), await importWorld(db)]
  const ids = await withThree(other)
  await expect(
    world.call('customers.bulk-edit', { ids, set: { country: 'Peru' } }),
  ).rejects.toMatchObject({ code: 'bulk.nothing_chosen' })
  expect(await read(other)).toHaveLength(3)
})
