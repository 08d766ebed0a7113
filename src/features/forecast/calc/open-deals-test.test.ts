// The open deals on the past: nothing later is known, what deals have in common is measured, intervals hold.
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { policy } from '../../../methods/policy.ts'
import { drawGamma } from '../../../methods/random-draws.ts'
import { randomNumbers } from '../../../methods/random-numbers.ts'
import {
  combinationEarned,
  commonOf,
  likeTested,
  type OpenDealsTest,
  type Origin,
  openDealsTester,
  testOpenDeals,
} from './open-deals-test.ts'
import { type BackTest, summaryOf, type TestedStep } from './series-models.ts'

function run<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

/** A hundred alike deals open at each point, of which 30 % are won within a period, give or take what is common. */
function world(points: number, common: number, seed = testSeed): Origin[] {
  const chance = randomNumbers(seed)
  return Array.from({ length: points }, (_, origin) => {
    const times = common > 0 ? drawGamma(common ** -2, chance) * common ** 2 : 1
    const brought = Array.from({ length: 100 }, () => (chance() < 0.3 * times ? 10 : 0))
    const deal = { stageId: null, teamId: null, amount: 10, inStage: null, sinceOpening: 0 }
    return {
      origin,
      brought: [brought.reduce((sum: number, one) => sum + one, 0)],
      facts: {
        open: new Array(100).fill(deal),
        more: false,
        outcomes: [
          {
            ...{ stageId: null, stage: null, position: null, teamId: null },
            closed: 2000,
            won: 600,
          },
        ],
        days: [{ stageId: null, days: 10, won: 600, lost: 1400, open: 0 }],
        won: [{ closed: 0, opened: -1, won: 600, amount: 6000, squares: 60_000 }],
        wonPeriods: 1,
        counts: 'amount',
        spans: [{ from: 0, until: 30 }],
      },
    }
  })
}

const setting = { horizon: 1, series: undefined }

test('no point knows what came after it', () => {
  const origins = world(20, 0.4)
  const until = (list: readonly Origin[]) =>
    run(testOpenDeals(list, setting))
      .steps.filter(({ origin }) => origin <= 10)
      .map(({ origin, mean, low80, high95 }) => [origin, mean, low80, high95])
  const changed = origins.map((one) => (one.origin >= 10 ? { ...one, brought: [99_999] } : one))
  expect(until(changed)).toEqual(until(origins))
})

test('what deals have in common is found again, and only where there is something', () => {
  const common = (real: number) => {
    const found = Array.from(
      { length: 8 },
      (_, i) => run(testOpenDeals(world(36, real, testSeed + i), setting)).common[0] ?? 0,
    )
    return found.reduce((sum, one) => sum + one, 0) / found.length
  }
  expect(common(0)).toBeLessThan(0.12)
  expect(common(0.5)).toBeGreaterThan(0.35)
  expect(common(0.5)).toBeLessThan(0.65)
  const off = { mean: 100, actual: 150, own: 500 }
  expect(commonOf([off, off])).toBeUndefined()
  // Three values widen it threefold, many do not.
  expect(commonOf([off, off, off])).toBeCloseTo(Math.sqrt(3 * (2000 / 10_500)), 9)
  expect(commonOf(new Array(1002).fill(off))).toBeCloseTo(Math.sqrt(1.002 * (2000 / 10_500)), 9)
  expect(commonOf([off, off, { ...off, mean: 0 }])).toBeUndefined()
})

test('intervals hold about as often as they say, where deals come together and where they do not', () => {
  for (const common of [0, 0.4]) {
    let [inside, of] = [0, 0]
    for (let i = 0; i < 8; i += 1) {
      const { summary } = run(testOpenDeals(world(36, common, testSeed + 100 * i), setting))
      inside += (summary?.inside80.value ?? 0) * (summary?.inside80.n ?? 0)
      of += summary?.inside80.n ?? 0
    }
    expect(of).toBe(8 * (36 - policy.openDealsTest.commonFrom))
    expect(inside / of).toBeGreaterThan(0.68)
    expect(inside / of).toBeLessThan(0.92)
  }
})

/** Steps in which something was off by so much, and the baseline by 10. */
function steps(off: number, points = 20): TestedStep[] {
  return Array.from({ length: points }, (_, origin) => ({
    ...{ mean: 100 + off, low80: 0, high80: 200, low95: 0, high95: 300 },
    ...{ origin, step: 1, actual: 100, naive: 110, scale: 10 },
  }))
}
const tested = (both: number, series: number, points = 20): OpenDealsTest => ({
  ...{ steps: [], summary: undefined, common: [], commonTotal: 0, ranges: [] },
  combination: {
    method: 'combination',
    steps: steps(both, points),
    summary: summaryOf(steps(both, points)),
  },
  alone: summaryOf(steps(series, points)),
})

test('both together are shown only where they beat baseline and series at enough points', () => {
  expect(combinationEarned(undefined)).toBe(false)
  expect(combinationEarned(tested(4, 6))).toBe(true)
  expect(combinationEarned(tested(6, 4))).toBe(false)
  expect(combinationEarned(tested(12, 15))).toBe(false)
  expect(combinationEarned(tested(4, 6, policy.backTest.origins - 1))).toBe(false)
})

test('both together are graded beside the baseline, at the points where the series was', () => {
  const series: BackTest = { method: 'level', steps: steps(0), summary: summaryOf(steps(0)) }
  const { combination, alone } = run(testOpenDeals(world(20, 0.2), { horizon: 1, series }))
  expect(combination?.summary.origins).toBe(20 - policy.openDealsTest.commonFrom)
  expect(combination?.steps[0]).toMatchObject({ actual: 100, naive: 110, mean: (100 + 300) / 2 })
  expect(alone?.mae).toBe(0)
})

test('open deals far from what they were at the points tested are not like them', () => {
  const found = run(testOpenDeals(world(20, 0.2), setting))
  const mean = 300
  expect(found.ranges).toHaveLength(1)
  expect(found.ranges[0]?.least).toBeCloseTo(mean, 9)
  expect([0, 199, 201, 449, 451].map((one) => likeTested(found, 1, one))).toEqual([
    ...[false, false, true, true, false],
  ])
  expect(likeTested(found, 2, mean)).toBe(false)
})

test('a test that never measured a step says the same once it was stored and read again', () => {
  const found = openDealsTester({ horizon: 1, series: undefined }).result()
  const stored: typeof found = JSON.parse(JSON.stringify(found))
  expect(likeTested(found, 1, 0)).toBe(false)
  expect(likeTested(stored, 1, 0)).toBe(false)
})
