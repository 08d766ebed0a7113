// Goals as records like others: found by name, told in their history and brought back, taken away and back again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { OutputOf, Role } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import type { searchContract } from '../search/contract.ts'
import type { teamContract } from '../team/contract.ts'
import type { goalsContract } from './contract.ts'

type Found = OutputOf<(typeof searchContract)['search.find']>
type History = OutputOf<(typeof teamContract)['history.list']>
type Restored = OutputOf<(typeof teamContract)['history.restore']>
type Goal = OutputOf<(typeof goalsContract)['goals.get']>
interface Written {
  id: string
  version: number
  changeId: string
}

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  world.program.clock = () => Date.parse('2026-06-15T10:00:00Z')
}, 60_000)
afterAll(() => db.close())

const as = (role: Role) => world.as(role)
const code = (value: string) => ({ detail: { code: value } })
const add = (who: Principal, name: string, more: object = {}) =>
  world.call<Written>(who, 'goals.add', {
    name,
    kind: 'metric',
    metric: 'revenue',
    target: 100_000,
    from: '2026-01-01',
    until: '2027-01-01',
    ...more,
  })
const found = async (who: Principal, text: string) =>
  (await world.call<Found>(who, 'search.find', { text, kinds: ['goal'] })).groups.flatMap(
    ({ rows }) => rows.map(({ name, rank }) => `${rank} ${name}`),
  )
const history = (who: Principal, id: string) =>
  world.call<History>(who, 'history.list', { entity: 'goal', id })
const restore = (who: Principal, id: string, more: object) =>
  world.call<Restored>(who, 'history.restore', { entity: 'goal', id, ...more })

test('goals are found by name within reach, misspelt too; private ones by their owner alone', async () => {
  const own = world.of.own.sellerId
  await add(as('seller'), 'Größter Frühling', { sellerId: own })
  await add(as('seller'), 'Frühling für mich', { private: true })
  await add(world.admin, 'Frühling der anderen', { sellerId: world.of.other.sellerId })
  await add(world.admin, 'Frühling aller', { shared: false })
  const mine = ['1 Frühling für mich', '2 Größter Frühling']
  expect(await found(as('seller'), 'fruehling')).toEqual(mine)
  expect(await found(as('manager'), 'frühling')).toEqual(['2 Größter Frühling'])
  expect(await found(world.admin, 'Frühling')).toEqual([
    '1 Frühling aller',
    '1 Frühling der anderen',
    '2 Größter Frühling',
  ])
  expect(await found(as('seller'), 'frühling für mich')).toEqual(['0 Frühling für mich'])
  // Others are told what is alike, and never what somebody keeps to themselves.
  for (const text of ['frühling für mich', 'frühlling mich'])
    expect((await found(world.admin, text)).join()).not.toContain('für mich')
  expect(await found(as('seller'), 'grösster frühlling')).toEqual(['3 Größter Frühling'])
  const [hit] = (
    await world.call<Found>(as('seller'), 'search.find', { text: 'größter', kinds: ['goal'] })
  ).groups.flatMap(({ rows }) => rows)
  expect(hit).toMatchObject({ day: '2026-12-31', seller: { id: own } })
  const { id } = await add(as('seller'), 'Gone at once', { sellerId: own })
  await world.call(as('seller'), 'goals.remove', { id })
  expect(await found(as('seller'), 'gone at')).toEqual([])
})

test('a goal shown to the team is found by its people, who are told nothing of its history', async () => {
  const { id, changeId } = await add(as('manager'), 'Together in autumn', {
    teamId: world.of.own.teamId,
  })
  const { id: hidden } = await add(as('manager'), 'Autumn behind the scenes', {
    teamId: world.of.own.teamId,
    shared: false,
  })
  expect(await found(as('seller'), 'autumn')).toEqual(['2 Together in autumn'])
  expect((await found(as('manager'), 'autumn')).length).toBe(2)
  for (const one of [id, hidden])
    await expect(history(as('seller'), one)).rejects.toMatchObject(code('record.not_found'))
  const { rows } = await history(as('manager'), id)
  expect(rows[0]?.fields.shared).toEqual([null, true])
  await world.call(as('manager'), 'goals.edit', { id, shared: false })
  expect(await found(as('seller'), 'autumn')).toEqual([])
  await restore(as('manager'), id, { changeId })
  expect(await found(as('seller'), 'autumn')).toEqual(['2 Together in autumn'])
})

test('the history tells who changed what; an earlier state, or parts of it, comes back through the edit', async () => {
  const who = as('seller')
  const { id, changeId } = await add(who, 'As it was', {
    sellerId: world.of.own.sellerId,
    why: 'House',
    milestones: [{ on: '2026-06-30', value: 50_000 }],
  })
  await world.call(who, 'goals.edit', {
    id,
    name: 'As it is',
    target: 30_000,
    milestones: [{ on: '2026-03-31', value: 10_000 }],
    from: '2026-02-01',
    why: null,
  })
  const { rows } = await history(as('manager'), id)
  expect(rows.map(({ operation }) => operation)).toEqual(['goals.edit', 'goals.add'])
  expect(rows[0]?.fields).toMatchObject({
    name: ['As it was', 'As it is'],
    target: [100_000, 30_000],
    fromOn: ['2026-01-01', '2026-02-01'],
    why: ['House', null],
  })
  for (const hidden of ['ownerId', 'question', 'nameKey', 'seriesId'])
    expect(rows.flatMap(({ fields }) => Object.keys(fields))).not.toContain(hidden)
  const preview = await restore(who, id, { changeId, preview: true })
  expect(preview.fields.map(({ name, together }) => [name, together]).sort()).toEqual([
    ['fromOn', 'days'],
    ['milestones', 'aim'],
    ['name', undefined],
    ['target', 'aim'],
    ['why', undefined],
  ])
  // Milestones rise up to the target: asked for one, both come.
  await restore(who, id, { changeId, fields: ['milestones'] })
  expect(await world.call<Goal>(who, 'goals.get', { id })).toMatchObject({
    name: 'As it is',
    target: 100_000,
    milestones: [{ on: '2026-06-30', value: 50_000 }],
  })
  const all = await restore(who, id, { changeId })
  expect(await world.call<Goal>(who, 'goals.get', { id })).toMatchObject({
    name: 'As it was',
    from: '2026-01-01',
    why: 'House',
  })
  await expect(restore(who, id, { changeId })).rejects.toMatchObject(
    code('restore.nothing_changes'),
  )
  await world.call(who, 'changes.undo', { id: all.changeId })
  expect((await world.call<Goal>(who, 'goals.get', { id })).name).toBe('As it is')
})

test('a goal taken away comes back with its history; out of reach and private ones tell nothing', async () => {
  const who = as('seller')
  const shared = await add(world.admin, 'Of somebody else', { sellerId: world.of.other.sellerId })
  const own = await add(who, 'Mine alone', { private: true })
  for (const [person, id] of [
    [as('seller'), shared.id],
    [as('manager'), shared.id],
    [as('manager'), own.id],
    [world.admin, own.id],
  ] as const) {
    await expect(history(person, id)).rejects.toMatchObject(code('record.not_found'))
    for (const preview of [true, false]) {
      await expect(restore(person, id, { changeId: own.changeId, preview })).rejects.toMatchObject(
        code('record.not_found'),
      )
    }
  }
  await expect(history(as('auditor'), own.id)).rejects.toMatchObject(code('record.not_found'))
  expect((await history(who, own.id)).rows).toHaveLength(1)
  const gone = await world.call<Written>(who, 'goals.remove', { id: own.id })
  await expect(history(who, own.id)).rejects.toMatchObject(code('record.not_found'))
  await world.call(who, 'changes.undo', { id: gone.changeId })
  expect((await history(who, own.id)).rows.map(({ operation }) => operation)).toEqual([
    'changes.undo',
    'goals.remove',
    'goals.add',
  ])
})
