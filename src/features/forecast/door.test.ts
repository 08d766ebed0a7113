// What other features get: the open deals until a day, and the month that lacks a call.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { Role } from '../../basics/contract.ts'
import { monthWithoutCall, openDealsOutlook } from './door.ts'
import type { Asking } from './read.ts'

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  const stage = await world.stagesOf(world.admin)
  // Half of forty deals were won, each ten days after its opening.
  for (let i = 0; i < 40; i += 1) {
    await world.call(world.admin, 'deals.create', {
      seller: { id: world.of.own.sellerId },
      stageId: stage(i % 2 === 0 ? 'won' : 'lost'),
      openedOn: '2026-03-01',
      closedOn: '2026-03-11',
      amount: 50,
    })
  }
  for (const [target, openedOn] of [
    ['own', '2026-03-28'],
    ['other', '2026-03-28'],
  ] as const) {
    await world.call(world.admin, 'deals.create', {
      seller: { id: world.of[target].sellerId },
      stageId: stage('open'),
      openedOn,
      amount: 300,
    })
  }
}, 60_000)
afterAll(() => db.close())

const asking = (role: Role, reach: Asking['reach'], day = '2026-04-01'): Asking => ({
  who: world.as(role),
  reach,
  clock: () => Date.parse(`${day}T12:00:00Z`),
})
const outlook = (ctx: Asking, until: string) =>
  db.database.read(ctx.who, (tx) =>
    openDealsOutlook(ctx, tx, { metric: 'revenue', until, today: '2026-04-01' }),
  )

test('the open deals bring what they may bring until the day, within reach', async () => {
  const soon = await outlook(asking('admin', 'all'), '2026-04-05')
  expect(soon).toMatchObject({ mean: 0, high95: 0 })
  const later = await outlook(asking('admin', 'all'), '2026-05-01')
  expect(later?.deals).toHaveLength(2)
  // Of forty-three closed deals twenty were won within the days that are left to these two.
  expect(later?.mean).toBeCloseTo(2 * 300 * (20 / 43), 6)
  const mine = await outlook(asking('seller', 'own'), '2026-05-01')
  expect(mine?.deals.map(({ amount }) => amount)).toEqual([300])
})

test('a month lacks a call only for who has made calls before', async () => {
  const missing = (day: string) => {
    const ctx = asking('manager', 'team', day)
    return db.database.read(ctx.who, (tx) => monthWithoutCall(ctx, tx))
  }
  expect(await missing('2026-05-10')).toBeUndefined()
  await world.call(world.as('manager'), 'forecast.call', {
    period: '2026-04',
    team: 'Ours',
    commit: 1,
    best: null,
  })
  expect(await missing('2026-05-10')).toBe('2026-05')
  expect(await missing('2026-04-10')).toBeUndefined()
  await world.call(world.as('manager'), 'forecast.call', {
    period: '2026-Q2',
    commit: 3,
    best: null,
  })
  expect(await missing('2026-05-10')).toBeUndefined()
})
