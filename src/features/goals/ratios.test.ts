// Goals on ratios: value so far, course and chance; why there is none where there is none.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { GivenInputOf, OutputOf } from '../../basics/contract.ts'
import { addDays } from '../../basics/period.ts'
import type { goalsContract } from './contract.ts'

type Contract = typeof goalsContract
type Goal = OutputOf<Contract['goals.get']>
type Help = OutputOf<Contract['goals.help']>

const today = '2026-06-15'
const year = { from: '2026-01-01', until: '2027-01-01' }

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  world.program.clock = () => Date.parse(`${today}T10:00:00Z`)
}, 60_000)
afterAll(() => db.close())

const who = () => world.as('seller')
const sellerId = () => world.of.own.sellerId
async function goalOn(more: Partial<GivenInputOf<Contract['goals.add']>>): Promise<Goal> {
  const { id } = await world.call<{ id: string }>(who(), 'goals.add', {
    name: 'A ratio',
    kind: 'metric',
    metric: 'win-rate',
    target: 0.4,
    sellerId: sellerId(),
    ...year,
    ...more,
  })
  return world.call<Goal>(who(), 'goals.get', { id })
}

async function close(
  closedOn: string,
  won: boolean,
  amount: number,
  { seller = sellerId(), openedOn = '2026-01-02' } = {},
): Promise<void> {
  const { rows } = await world.call<{ rows: { id: string; outcome: string }[] }>(
    who(),
    'stages.list',
  )
  await world.call(world.admin, 'deals.create', {
    seller: { id: seller },
    customer: { id: world.of.own.customerId },
    stageId: rows.find(({ outcome }) => outcome === (won ? 'won' : 'lost'))?.id,
    openedOn,
    closedOn,
    amount,
  })
}

test('with little behind it has its value, and says how much is missing for a chance', async () => {
  const goal = await goalOn({})
  expect(goal).toMatchObject({
    state: 'running',
    unit: 'rate',
    outlook: { attained: { value: 1, unit: 'rate' }, chance: null, more: 9, requiredPerDay: null },
  })
  expect(goal.outlook.missing).toMatch(/1 of 10 days/)
})

test('rates are judged at the end; what should be low is met by staying below', async () => {
  const over = { from: '2026-01-01', until: '2026-04-01' }
  expect(await goalOn(over)).toMatchObject({ state: 'reached', reachedOn: '2026-03-31' })
  expect(await goalOn({ ...over, metric: 'deals-lost', target: 3 })).toMatchObject({
    state: 'reached',
    atMost: true,
  })
  expect((await goalOn({ ...over, metric: 'revenue', target: 900 })).state).toBe('missed')
})

test('a win rate has a course of its value so far and a chance; so has the average deal', async () => {
  // Fifteen Mondays: ten won, five lost.
  for (let i = 0; i < 15; i += 1)
    await close(addDays('2026-03-02', 7 * i), i % 3 !== 2, 1_000 + 100 * i)
  const goal = await goalOn({ metric: 'win-rate', target: 0.6 })
  // With the deal of February: eleven of sixteen.
  expect(goal.outlook.attained.value).toBeCloseTo(11 / 16, 9)
  const so = goal.course.filter(({ actual }) => actual !== null)
  expect(so.at(-1)?.actual).toBeCloseTo(11 / 16, 9)
  expect(so[0]?.actual).toBe(1)
  expect(goal.course.at(-1)).toMatchObject({ on: '2026-12-31', straight: 0.6, seasonal: 0.6 })
  expect(goal.course.at(-1)?.fan).toHaveLength(7)
  expect(goal.outlook).toMatchObject({ expected: null, seasonal: null, missing: null })
  const chance = goal.outlook.chance ?? 0
  expect(chance).toBeGreaterThan(0.5)
  expect(chance).toBeLessThan(0.99)
  const hard = await goalOn({ metric: 'win-rate', target: 0.95 })
  expect(hard.outlook.chance ?? 1).toBeLessThan(0.05)

  const deal = await goalOn({ metric: 'average-deal', target: 1_200 })
  expect(deal.outlook.chance).not.toBeNull()
  // A mean of one deal is none: the value begins with the second one, as the figure does.
  const means = deal.course.filter(({ on }) => on <= today)
  expect(means.filter(({ actual }) => actual === null).at(-1)?.on).toBe('2026-02-26')
  expect(means.find(({ actual }) => actual !== null)?.on).toBe('2026-03-05')
  expect(deal.outlook.ends?.low ?? 0).toBeGreaterThan(100)
  expect(deal.outlook.ends?.high ?? 9e9).toBeLessThan(2_100)

  const help = await world.call<Help>(who(), 'goals.help', {
    kind: 'metric',
    metric: 'win-rate',
    target: 0.6,
    sellerId: sellerId(),
    ...year,
  })
  expect(help.chance).toBeCloseTo(chance, 1)
  expect(help.proposals.map(({ kind }) => kind)).toEqual(['likely', 'good', 'stretch'])
  expect(help.milestones).toEqual([])
})

test.each([
  ['sales-cycle', 20, /middle of durations/],
  ['pipeline', 5_000, /last day/],
  ['customers', 4, /once/],
  ['retention', 0.5, /a year after/],
  ['velocity', 100, /four others/],
] as const)('%s says why no chance is told', async (metric, target, words) => {
  const goal = await goalOn({ metric, target })
  expect(goal).toMatchObject({ course: [], outlook: { chance: null } })
  expect(goal.outlook.missing).toMatch(words)
  expect(goal.outlook.missing).toMatch(/judged when the time is over/)
})

test('the team sees the rate of its goal, not what it is drawn from', async () => {
  // Two who had deals before the year began: else the rate would be that of the mate.
  for (const name of ['Seller third', 'Seller fourth']) {
    const asked = { name, teamId: world.of.own.teamId }
    const { id } = await world.call<{ id: string }>(world.admin, 'sellers.create', asked)
    await close('2025-12-01', false, 100, { seller: id, openedOn: '2025-12-01' })
  }
  const { id } = await world.call<{ id: string }>(world.as('manager'), 'goals.add', {
    name: 'Ours',
    kind: 'metric',
    metric: 'win-rate',
    target: 0.6,
    teamId: world.of.own.teamId,
    ...year,
  })
  const [theirs, whole] = [
    await world.call<Goal>(who(), 'goals.get', { id }),
    await world.call<Goal>(world.as('manager'), 'goals.get', { id }),
  ]
  expect(whole.outlook.attained.value).toBeCloseTo(12 / 17, 9)
  expect(theirs.outlook).toEqual(whole.outlook)
  expect(theirs.course).toEqual(whole.course)
  expect(theirs.others).toBeNull()
})
