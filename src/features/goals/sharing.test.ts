// Goals of a team as its people see them: the total is theirs, the parts are not, and others see nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { GivenInputOf, OutputOf } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import type { searchContract } from '../search/contract.ts'
import type { goalsContract } from './contract.ts'

type Contract = typeof goalsContract
type Goal = OutputOf<Contract['goals.get']>
type Listed = OutputOf<Contract['goals.list']>
type Found = OutputOf<(typeof searchContract)['search.find']>
interface Written {
  id: string
  version: number
}

const today = '2026-06-15'
const year = { from: '2026-01-01', until: '2027-01-01' }

let db: TestDatabase
let world: World
let member: Principal
let manager: Principal
let outsider: Principal
/** Comes into the team of own and mate. */
let third = ''
beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  world.program.clock = () => Date.parse(`${today}T10:00:00Z`)
  member = world.as('seller')
  manager = world.as('manager')
  outsider = {
    ...member,
    personId: '00000000-0000-0000-0000-00000000000a',
    sellerId: world.of.other.sellerId,
  }
}, 60_000)
afterAll(() => db.close())

/** A won deal, the customer and product being of no matter. */
const sell = (sellerId: string, amount: number, day: string, openedOn = day) =>
  world.call<Written>(world.admin, 'deals.create', {
    seller: { id: sellerId },
    customer: { id: world.of.own.customerId },
    product: { id: world.of.own.productId },
    stageId: world.of.own.stageId,
    openedOn,
    closedOn: day,
    amount,
  })
/** A new member of a team: in it since ever, as far as the team is concerned. */
const hire = async (name: string, teamId: string) =>
  (await world.call<Written>(world.admin, 'sellers.create', { name, teamId })).id

const code = (value: string) => ({ detail: { code: value } })
const get = (who: Principal, id: string) => world.call<Goal>(who, 'goals.get', { id })
const names = async (who: Principal) =>
  (await world.call<Listed>(who, 'goals.list', { limit: 200 })).rows.map(({ name }) => name)
/** Names of goals that the search finds. */
const found = async (who: Principal, text: string) =>
  (await world.call<Found>(who, 'search.find', { text, kinds: ['goal'] })).groups.flatMap(
    ({ rows }) => rows.map(({ name }) => name),
  )
const add = (who: Principal, more: Partial<GivenInputOf<Contract['goals.add']>> = {}) =>
  world.call<Written>(who, 'goals.add', {
    name: 'Together',
    kind: 'metric',
    metric: 'revenue',
    target: 5_000,
    teamId: world.of.own.teamId,
    ...year,
    ...more,
  })

test('in a team of two the total would be the mate’s own: target and own part are shown, no more', async () => {
  const { id } = await add(manager, { why: 'A van of our own' })
  const goal = await get(member, id)
  expect(goal).toMatchObject({
    within: false,
    mine: false,
    target: 5_000,
    why: 'A van of our own',
    state: 'running',
    course: [],
    others: null,
    contributions: [{ seller: { name: 'Seller own' }, value: 100 }],
  })
  expect(goal.outlook.attained.value).toBeUndefined()
  expect(goal.outlook.missing).toMatch(/one other person/)
  const answers = [
    goal,
    await world.call(member, 'goals.list', { limit: 200 }),
    await world.call(member, 'goals.board'),
    await world.call(member, 'goals.summary'),
  ]
  expect(JSON.stringify(answers)).not.toMatch(/1[.,]?[01]00\b/)
  // Once it is over, “reached” alone would tell.
  const over = await add(manager, { until: '2026-06-01', name: 'Over' })
  await expect(get(member, over.id)).rejects.toMatchObject(code('goal.not_found'))
  const done = { kind: 'steps' as const, metric: null, steps: [{ name: 'Sign up', doneOn: null }] }
  const steps = await add(manager, { until: '2026-06-01', name: 'Over, by steps', ...done })
  expect(await found(manager, 'over')).toEqual(['Over', 'Over, by steps'])
  expect(await found(member, 'over')).toEqual(['Over, by steps'])
  expect((await get(member, steps.id)).name).toBe('Over, by steps')
  expect(await found(member, 'together')).toEqual(['Together'])
  for (const one of [id, over.id, steps.id]) await world.call(manager, 'goals.remove', { id: one })
})

test('who has never sold hides nobody, however long they belong to the team', async () => {
  const { id } = await add(manager)
  const calls = await add(manager, { kind: 'activity', metric: null, activities: ['call'] })
  third = await hire('Seller third', world.of.own.teamId)
  expect((await get(member, id)).outlook.attained.value).toBeUndefined()
  // From their first sale on they do, and before it the mate sold alone.
  const late = await sell(third, 0, '2026-03-02', '2026-02-20')
  expect((await get(member, id)).outlook.attained.value).toBeUndefined()
  // As the goal counts: they had opened a deal by then, and sold nothing yet.
  const spring = { from: '2026-02-25', name: 'Spring' }
  const sales = await add(manager, spring)
  const opened = await add(manager, { ...spring, metric: 'deals-opened' })
  expect((await get(member, sales.id)).outlook.attained.value).toBeUndefined()
  expect((await get(member, opened.id)).outlook.attained.value).toBe(0)
  await world.call(world.admin, 'deals.remove', { id: late.id, version: late.version })
  await sell(third, 0, '2025-12-01')
  expect((await get(member, id)).outlook.attained.value).toBeUndefined()
  await sell(world.of.mate.sellerId, 0, '2025-12-01')
  expect((await get(member, id)).outlook.attained.value).toBe(1_100)
  // Nobody of them has ever called.
  expect((await get(member, calls.id)).outlook.attained.value).toBeUndefined()
  for (const one of [id, calls.id, sales.id, opened.id])
    await world.call(manager, 'goals.remove', { id: one })
})

describe('in a team of three', () => {
  let id = ''
  beforeAll(async () => {
    id = (await add(manager)).id
    await world.call(manager, 'goals.check-in', { id, blocks: 'Seller mate is on leave' })
  })

  test('everybody sees what the leader sees of the whole, and of the parts their own', async () => {
    const [theirs, whole] = [await get(member, id), await get(manager, id)]
    expect(theirs.outlook).toEqual(whole.outlook)
    expect(theirs.outlook.attained.value).toBe(1_100)
    expect(theirs.course).toEqual(whole.course)
    expect(theirs.others).toBe(1_000)
    expect(theirs.contributions).toEqual([
      { seller: { id: world.of.own.sellerId, name: 'Seller own' }, value: 100 },
    ])
    expect(whole.contributions).toHaveLength(2)
    expect(whole).toMatchObject({ within: true, others: null, shared: true })
    expect(await names(member)).toContain('Together')
  })

  test('what is said of it, and what a chance is drawn from, stays with the leader', async () => {
    const goal = await get(member, id)
    expect(goal).toMatchObject({ basis: null, terms: null, checkIns: [], checkedIn: null })
    expect(JSON.stringify(goal)).not.toMatch(/mate/)
    expect((await get(manager, id)).checkIns).toHaveLength(1)
  })

  test('the rows behind it are those within reach', async () => {
    const asked = { metric: 'revenue', ...year, where: { team: [world.of.own.teamId] } }
    const { rows } = await world.call<{ rows: object[] }>(member, 'results.rows', asked)
    expect(rows).toHaveLength(1)
    expect(
      (await world.call<{ rows: object[] }>(manager, 'results.rows', asked)).rows,
    ).toHaveLength(2)
  })

  test.each([
    ['goals.edit', { target: 1 }],
    ['goals.step', { step: 0, doneOn: null }],
    ['goals.remove', {}],
    ['goals.celebrate', {}],
    ['goals.check-in', { moved: 'x' }],
  ])('%s is for who leads the team', async (operation, more) => {
    await expect(world.call(member, operation, { id, ...more })).rejects.toMatchObject(
      code('goal.not_yours'),
    )
  })

  test('looking at it writes no marks in the name of others', async () => {
    await world.call(manager, 'goals.edit', { id, target: 1_000 })
    expect(await world.call(member, 'goals.refresh')).toMatchObject({ reached: [] })
    expect((await get(member, id)).state).toBe('reached')
    expect(await world.call(manager, 'goals.refresh')).toMatchObject({ reached: [{ id }] })
    // A mark says what stood there over the days the goal had then; they may be others today.
    await world.call(manager, 'goals.edit', { id, from: '2026-03-01' })
    await world.call(manager, 'goals.refresh')
    expect((await get(manager, id)).marks).toMatchObject([{ value: 1_100 }, { value: 1_100 }])
    expect(await get(member, id)).toMatchObject({ marks: [], outlook: { attained: { value: 0 } } })
    await world.call(manager, 'goals.edit', { id, from: year.from })
  })

  test('who is not in it sees nothing, nor does the team once it is not shared', async () => {
    for (const who of [outsider, world.foreignAdmin]) {
      await expect(get(who, id)).rejects.toMatchObject(code('goal.not_found'))
      await expect(world.call(who, 'goals.remove', { id })).rejects.toMatchObject(
        code('goal.not_found'),
      )
      const answers = [
        await world.call(who, 'goals.list', { limit: 200 }),
        await world.call(who, 'goals.board'),
        await world.call(who, 'goals.summary'),
      ]
      expect(JSON.stringify(answers)).not.toMatch(/Together/)
    }
    await world.call(manager, 'goals.edit', { id, shared: false })
    await expect(get(member, id)).rejects.toMatchObject(code('goal.not_found'))
    await world.call(manager, 'goals.edit', { id, shared: true })
    expect(await names(member)).toContain('Together')
  })

  test('a seller’s own goal is never shared, whatever was asked', async () => {
    const own = await add(manager, { teamId: null, sellerId: world.of.mate.sellerId, shared: true })
    expect((await get(manager, own.id)).shared).toBe(false)
    await world.call(manager, 'goals.edit', { id: own.id, shared: true })
    await expect(get(member, own.id)).rejects.toMatchObject(code('goal.not_found'))
  })
})

describe('a goal of everybody', () => {
  test('is seen by all who sell or lead; its total hides where it would tell of one', async () => {
    const { id } = await add(world.admin, { teamId: null, name: 'Everybody together' })
    // Over the total of our team there is one seller more: the one of the other team.
    expect((await get(member, id)).outlook.attained.value).toBeUndefined()
    expect((await get(manager, id)).outlook.attained.value).toBeUndefined()
    // To that one we are three.
    expect((await get(outsider, id)).outlook.attained.value).toBe(11_100)
    const fourth = await hire('Seller fourth', world.of.other.teamId)
    expect((await get(member, id)).outlook.attained.value).toBeUndefined()
    for (const one of [fourth, world.of.other.sellerId]) await sell(one, 0, '2025-12-01')
    expect((await get(member, id)).outlook.attained.value).toBe(11_100)
    expect(await get(manager, id)).toMatchObject({
      outlook: { attained: { value: 11_100 } },
      contributions: [{ value: 1_000 }, { value: 100 }],
      others: 10_000,
    })
    const nobody = { ...outsider, sellerId: null }
    await expect(get(nobody, id)).rejects.toMatchObject(code('goal.not_found'))
  })

  test('that asks about one person is not shared', async () => {
    const where = { seller: [world.of.mate.sellerId] }
    const { id } = await add(world.admin, { teamId: null, where, shared: true })
    expect((await get(world.admin, id)).shared).toBe(false)
    await expect(get(member, id)).rejects.toMatchObject(code('goal.not_found'))
  })
})

describe('days on which one was alone, outside of the goal', () => {
  const june = { from: '2026-06-01', until: '2026-07-01' }

  test('are nothing that the chance is drawn from, for those whom the goal is shown to', async () => {
    const { mate } = world.of
    const sums = await add(manager, { ...june, name: 'Sums', target: 500_000 })
    const means = await add(manager, { ...june, name: 'Means', metric: 'average-deal' })
    const ahead = await add(manager, { from: '2026-07-01', until: '2026-08-01', name: 'Ahead' })
    const goals = [sums, means, ahead]
    // Enough since the third one began, and the mate was there before.
    for (let day = 1; day <= 12; day += 1)
      await sell(mate.sellerId, 700 * day, `2026-05-${String(day + 10)}`)
    await sell(mate.sellerId, 0, '2025-09-01')
    const outlooks = (who: Principal) =>
      Promise.all(
        goals.map(async ({ id }) => {
          const { outlook, course } = await get(who, id)
          return { outlook, course }
        }),
      )
    const [before, whole] = [await outlooks(member), await outlooks(manager)]
    for (const { outlook } of before) expect(outlook.ends).not.toBeNull()
    for (let day = 1; day <= 20; day += 1)
      await sell(mate.sellerId, 90_000, `2025-10-${String(day + 10)}`)
    expect(await outlooks(member)).toEqual(before)
    const now = await outlooks(manager)
    for (const [i, one] of now.entries())
      expect(one.outlook.ends).not.toEqual(whole[i]?.outlook.ends)
    for (const { id } of goals) await world.call(manager, 'goals.remove', { id })
  })

  test('take nothing from a goal that was over before', async () => {
    const spring = { from: '2026-02-01', until: '2026-03-01', name: 'Spring' }
    const { id } = await add(manager, { ...spring, target: 1_000 })
    await world.call(world.admin, 'memberships.set', {
      teamId: world.of.other.teamId,
      kind: 'member',
      sellerId: third,
      validFrom: '2026-05-01',
    })
    expect(await found(member, 'spring')).toEqual(['Spring'])
    expect(await get(member, id)).toMatchObject({
      state: 'reached',
      outlook: { attained: { value: 1_100 } },
    })
  })
})
