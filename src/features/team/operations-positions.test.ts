// Positions: one holder at a time, followed by the next, with history and undo.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import type { OutputOf } from '../../basics/contract.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import type { positionsContract } from './contract-positions.ts'

type Contract = typeof positionsContract
type Position = OutputOf<Contract['positions.get']>
type List = OutputOf<Contract['positions.list']>

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const refused = (promise: Promise<unknown>, code: string) =>
  expect(promise).rejects.toMatchObject({ detail: { code } })

async function office() {
  const world = await importWorld(db)
  world.program.clock = () => Date.parse('2026-08-15T12:00:00Z')
  const made = async (operation: string, input: object) =>
    (await world.call<{ id: string }>(operation, input)).id
  const north = await made('teams.create', { name: 'North', kind: 'team' })
  const [ana, ben] = [
    await made('sellers.create', { name: 'Ana' }),
    await made('sellers.create', { name: 'Ben' }),
  ]
  const seat = await made('positions.create', { name: 'Area manager North', teamId: north })
  const fill = (sellerId: string, days: object = {}) =>
    world.call<{ id: string; changeId: string }>('positions.fill', { id: seat, sellerId, ...days })
  const seen = async () => {
    const got = await world.call<Position>('positions.get', { id: seat })
    const holders = got.holders.map((one) => [one.seller.name, one.validFrom, one.validUntil])
    return { holder: got.holder?.name ?? null, holders }
  }
  return { ...world, north, ana, ben, seat, fill, seen }
}

test('whoever comes next follows whoever held it until further notice, and undo brings both back', async () => {
  const world = await office()
  const { ana, ben, north, seat } = world
  expect(await world.seen()).toEqual({ holder: null, holders: [] })
  await world.fill(ana, { validFrom: '2025-01-01' })
  const { changeId } = await world.fill(ben, { validFrom: '2026-07-01' })
  const followed = {
    holder: 'Ben',
    holders: [
      ['Ben', '2026-07-01', '9999-12-31'],
      ['Ana', '2025-01-01', '2026-07-01'],
    ],
  }
  expect(await world.seen()).toEqual(followed)
  const list = await world.call<List>('positions.list', { teamId: north })
  expect(list.rows).toMatchObject([
    { id: seat, name: 'Area manager North', team: { name: 'North' }, holder: { name: 'Ben' } },
  ])
  expect((await world.call<List>('positions.list', { search: 'south' })).rows).toEqual([])
  const undone = await world.call<{ changeId: string }>('changes.undo', { id: changeId })
  expect(await world.seen()).toEqual({
    holder: 'Ana',
    holders: [['Ana', '2025-01-01', '9999-12-31']],
  })
  await world.call('changes.undo', { id: undone.changeId })
  expect(await world.seen()).toEqual(followed)
  expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
})

test('what ended comes back only where nobody else holds the position by then', async () => {
  const world = await office()
  const first = await world.fill(world.ana, { validFrom: '2026-01-01' })
  const ended = await world.call<{ changeId: string }>('positions.vacate', {
    id: first.id,
    on: '2026-03-01',
  })
  await world.fill(world.ben, { validFrom: '2026-06-01' })
  const undo = { id: ended.changeId, whenChangedSince: 'keep' }
  expect(await world.call('changes.undo', undo)).toMatchObject({
    kept: [{ entity: 'position_holder', reason: 'exists_since' }],
  })
  expect((await world.seen()).holders).toEqual([
    ['Ben', '2026-06-01', '9999-12-31'],
    ['Ana', '2026-01-01', '2026-03-01'],
  ])
})

test('two cannot hold it at once, and each refusal says what to do', async () => {
  const world = await office()
  const { ana, ben, seat, north } = world
  const { id } = await world.fill(ana, { validFrom: '2026-01-01', validUntil: '2026-04-01' })
  await expect(world.fill(ben, { validFrom: '2026-03-01' })).rejects.toMatchObject({
    detail: {
      code: 'position.held',
      message: expect.stringContaining('Ana holds the position “Area manager North”'),
      particulars: { text: { de: expect.stringContaining('bis vor dem 2026-04-01') } },
    },
  })
  // Whoever comes later does not take away from the beginning.
  await refused(world.fill(ben), 'position.held')
  await world.fill(ben, { validFrom: '2026-04-01' })
  const backwards = { validFrom: '2026-09-01', validUntil: '2026-09-01' }
  await refused(world.fill(ana, backwards), 'position.backwards')
  await refused(world.call('positions.vacate', { id, on: '2026-05-01' }), 'position.backwards')
  await refused(
    world.call('positions.vacate', { id: seat, on: '2026-05-01' }),
    'position_holder.not_found',
  )
  await refused(world.call('positions.get', { id: north }), 'position.not_found')
  await refused(world.fill(north), 'seller.not_found')
  await refused(world.call('positions.create', { name: ' area MANAGER north' }), 'position.exists')
  await refused(world.call('positions.create', { name: 'East', teamId: seat }), 'team.not_found')
  const archive = (state: string, version?: number) =>
    world.call<{ version: number }>('positions.set-state', {
      id: seat,
      state,
      ...(version === undefined ? {} : { version }),
    })
  await refused(archive('archived'), 'position.in_use')
  const dissolve = { id: north, state: 'archived' }
  await refused(world.call('teams.set-state', dissolve), 'team.has_members')
  const open = (await world.call<Position>('positions.get', { id: seat })).holders[0]
  await world.call('positions.vacate', { id: open?.id, on: '2026-08-01' })
  const { version } = await archive('archived', 1)
  await refused(archive('active', 1), 'record.changed')
  await refused(world.fill(ben, { validFrom: '2026-09-01' }), 'position.archived')
  await world.call('positions.create', { name: 'Area manager North' })
  await refused(archive('active', version), 'position.exists')
  await world.call('positions.edit', { id: seat, name: 'Area manager East', teamId: null })
  expect(await world.call<Position>('positions.get', { id: seat })).toMatchObject({
    name: 'Area manager East',
    team: null,
    state: 'archived',
  })
})
