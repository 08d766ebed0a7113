// Open deals read at once, in pages, or point by point as a job: the same numbers.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { GivenInputOf, OutputOf } from '../../basics/contract.ts'
import { callOperation } from '../../platform/operations.ts'
import { openDealsAt } from '../results/door.ts'
import type { forecastContract } from './contract.ts'
import { testInBackground } from './operations.ts'
import { readSeries } from './read.ts'
import { lastTest, testById } from './store-tests.ts'

type Contract = typeof forecastContract
const clock = () => Date.parse('2025-01-15T12:00:00Z')
let db: TestDatabase
let world: World

beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  const stage = await world.stagesOf(world.admin)
  // Three years: each month one deal won and one lost; lost ones have an amount only of late.
  for (let month = 0; month < 36; month += 1) {
    const on = (at: number, date: number) =>
      new Date(Date.UTC(2021, 11 + at, date)).toISOString().slice(0, 10)
    for (const outcome of ['won', 'lost']) {
      await world.call(world.admin, 'deals.create', {
        seller: { id: world.of.mate.sellerId },
        stageId: stage(outcome),
        openedOn: on(month, 10),
        closedOn: on(month + 1, 15),
        ...(outcome === 'won' || month >= 28 ? { amount: 100 + (month % 12) } : {}),
      })
    }
  }
  await world.call(world.admin, 'deals.create', {
    seller: { id: world.of.mate.sellerId },
    stageId: stage('open'),
    openedOn: '2024-12-20',
    amount: 100,
  })
}, 120_000)
afterAll(() => db.close())

const call = <Name extends keyof Contract>(
  name: Name,
  input: GivenInputOf<Contract[Name]>,
): Promise<OutputOf<Contract[Name]>> =>
  callOperation({ ...world.program, clock }, world.admin, name, input) as Promise<never>

test.each(['revenue', 'deals-won'] as const)(
  'a test of open deals as a job says of %s what the forecast itself says',
  async (metric) => {
    const question = { metric, horizon: 2 } as const
    const { orgId, personId } = world.admin
    const { id } = await call('forecast.start-test', question)
    await testInBackground({ ...world.program, clock }, { orgId, personId, testId: id })
    const stored = await db.database.read(world.admin, async (tx) => {
      const stands = await testById(tx, id)
      return stands && lastTest(tx, stands)
    })
    for (const [method, steps] of [
      ['pipeline', stored?.result.steps],
      ['combination', stored?.result.combination?.steps],
    ] as const) {
      const atOnce = await call('forecast.backtest', { ...question, method })
      expect(atOnce.testNeedsJob).toBe(false)
      expect(atOnce.rows.length).toBeGreaterThan(10)
      const told = ({ mean, low80, high80, low95, high95, actual }: (typeof atOnce.rows)[0]) => ({
        ...{ mean, low80, high80, low95, high95, actual },
      })
      expect(steps).toMatchObject(atOnce.rows.map(told))
    }
  },
  60_000,
)

test('however many open deals there are, all are read', async () => {
  const asking = { who: world.admin, reach: 'all', clock } as const
  await db.database.read(world.admin, async (tx) => {
    const question = { metric: 'revenue', by: 'month', horizon: 1 } as const
    const { about, periods } = await readSeries(asking, tx, question)
    const days = periods.map(({ period }) => period.from)
    const all = await openDealsAt(tx, about, days)
    expect(all.length).toBeGreaterThan(60)
    expect(await openDealsAt(tx, about, days, 7)).toEqual(all)
    expect(await openDealsAt(tx, about, days, all.length)).toEqual(all)
  })
})
