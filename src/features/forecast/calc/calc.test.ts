// The pure parts of a forecast: which model is shown, chances by stage, what is open in time, grades.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { policy } from '../../../methods/policy.ts'
import { combined, openBefore, openOnDay } from './combination.ts'
import { callerGrades, gradesOf } from './grade.ts'
import { type Given, makeForecast } from './make.ts'
import { chancesFrom, pipelineOutlook } from './pipeline.ts'
import { backTests, chosenMethod, neededPeriods, seasonOf } from './series-models.ts'

function run<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}
const months = (count: number, from = 2020) =>
  Array.from({ length: count }, (_, i) => {
    const day = (month: number) =>
      `${from + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
    return { id: day(i).slice(0, 7), kind: 'month' as const, from: day(i), until: day(i + 1) }
  })
const setting = { season: 12, horizon: 3, seed: 1 }
const series = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 37, maxLength: 50 })

test('ten months are not enough, and it is said for what', () => {
  expect(neededPeriods('month', 10)).toEqual({ baseline: 13, tested: 25, seasonal: 36 })
  expect(seasonOf('week', 44)).toBe(1)
  expect(seasonOf('week', 260)).toBe(52)
})

test('no step of a back-test knows what came after its origin', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 26, max: 35 }), (values, cut) => {
      const known = (list: readonly number[]) =>
        run(backTests(list, setting)).map(({ method, steps }) => [
          method,
          steps
            .filter(({ origin }) => origin <= cut)
            .map(({ origin, step, mean, high95 }) => [origin, step, mean, high95]),
        ])
      const positive = values.map((value) => value + 1)
      const changed = positive.map((value, t) => (t >= cut ? value + 500 : value))
      expect(known(changed)).toEqual(known(positive))
    }),
    { seed: testSeed, numRuns: 4 },
  )
})

test('a model is shown only where it beat the baseline at enough origins', () => {
  fc.assert(
    fc.property(series, (values) => {
      const tests = run(backTests(values, setting))
      const method = chosenMethod(tests)
      if (method === 'seasonal_naive') return
      const summary = tests.find((one) => one.method === method)?.summary
      expect(summary?.origins).toBeGreaterThanOrEqual(policy.backTest.origins)
      expect(summary?.mase ?? 9).toBeLessThan(summary?.naiveMase ?? 0)
    }),
    { seed: testSeed, numRuns: 6 },
  )
})

const outcome = (stageId: string | null, teamId: string, closed: number, won: number) => ({
  stageId,
  stage: stageId,
  position: stageId === null ? null : 1,
  teamId,
  closed,
  won,
})
const ends = [10, 20, 30, 40].map((days) => ({ stageId: null, days, won: 10, lost: 10, open: 0 }))
const unknowns = { amountSd: 0, common: [], commonTotal: 0, seed: 1 }

test('chances need closed deals, lie between 0 and 1, and a stage nobody came to has that of all', () => {
  expect(chancesFrom([outcome(null, 'a', 9, 5)], [])).toBeUndefined()
  const chances = chancesFrom([outcome(null, 'a', 100, 25), outcome('s', 'a', 40, 30)], ends)
  expect(chances?.of('unknown', 'a')).toBe(0.25)
  expect(chances?.of('s', 'a')).toBeCloseTo((30 + 10 * 0.25) / 50)
  expect(chances?.stages.every(({ low, chance, high }) => low <= chance && chance <= high)).toBe(
    true,
  )
  expect(chances?.stages.at(-1)).toMatchObject({ stageId: null, medianDays: 25 })
})

test('teams that differ keep some of their difference, teams that do not keep none', () => {
  const teams = (rates: readonly number[]) =>
    rates.map((rate, i) => outcome(null, `t${i}`, 100, Math.round(100 * rate)))
  const alike = chancesFrom(teams([0.3, 0.3, 0.3, 0.3, 0.3]), [])
  expect(alike?.of(null, 't0')).toBeCloseTo(0.3)
  const apart = chancesFrom(teams([0.1, 0.2, 0.3, 0.4, 0.5]), [])
  expect(apart?.of(null, 't0')).toBeGreaterThan(0.1)
  expect(apart?.of(null, 't0')).toBeLessThan(0.2)
})

test('a deal’s chance is spread over the periods, and an old deal has none left', () => {
  const chances = chancesFrom([outcome(null, 'a', 100, 50)], ends)
  if (!chances) throw new Error('there are enough deals')
  const deal = (sinceOpening: number) => ({
    stageId: null,
    teamId: 'a',
    amount: 100,
    inStage: null,
    sinceOpening,
  })
  const spans = [
    { from: 0, until: 15 },
    { from: 15, until: 45 },
  ]
  const given = { ...unknowns, meanAmount: 0 }
  const fresh = pipelineOutlook([deal(0)], chances, spans, given)
  expect(fresh.periods.map(({ mean }) => mean)).toEqual([12.5, 37.5])
  expect(fresh.total.mean).toBe(50)
  // A quarter of all had ended by then, so that more of those left are won; sixty deals tell of it.
  expect(pipelineOutlook([deal(15)], chances, spans, given).total.mean).toBeCloseTo(
    37.5 * (60 / 70 / 0.75 + 10 / 70),
    9,
  )
  expect(pipelineOutlook([deal(41)], chances, spans, given).total.mean).toBe(0)
  const without = pipelineOutlook([{ ...deal(0), amount: null }], chances, spans, {
    ...unknowns,
    meanAmount: 40,
  })
  expect(without).toMatchObject({ withoutAmount: 1, total: { mean: 20 } })
})

test('how much of a period is open before it, counted only where that can be seen', () => {
  const rows = [
    { closed: 0, opened: -1, won: 9, amount: 900, squares: 0 },
    { closed: 2, opened: 2, won: 1, amount: 100, squares: 0 },
    { closed: 2, opened: 1, won: 1, amount: 100, squares: 0 },
    { closed: 2, opened: -1, won: 2, amount: 200, squares: 0 },
  ]
  expect(openBefore(rows, 3, 1, 'won')).toBe(0.5)
  expect(openBefore(rows, 3, 2, 'amount')).toBe(0.5)
  // Half of the period before is over: half of what is opened in it is there; at its end all of it.
  const on = (ahead: number, over: number) => openOnDay(rows, 3, { ahead, over, by: 'won' })
  expect([on(1, 0), on(1, 0.5), on(1, 1)]).toEqual([0.5, 0.5 + 0.5 * (12 / 13 - 0.5), 12 / 13])
  expect([on(0, 0), on(0, 1)]).toEqual([12 / 13, 1])
  expect(
    openBefore([{ closed: 1, opened: null, won: 5, amount: 1, squares: 0 }], 3, 0, 'won'),
  ).toBeUndefined()
})

test('both together lie between the two, and are not said where too little is open in time', () => {
  const one = { mean: 100, low80: 80, high80: 120, low95: 60, high95: 140 }
  const other = { mean: 50, low80: 40, high80: 60, low95: 30, high95: 70 }
  expect(combined(one, other, 0.5, 0)).toEqual(one)
  expect(combined(one, other, 1, 10)).toMatchObject({ mean: 80, low80: 65 })
  expect(combined(one, other, 0.2, 0)).toBeUndefined()
  expect(combined(one, other, undefined, 0)).toBeUndefined()
})

test('intervals nest, a period under way never says less than it has, nothing falls below 0', () => {
  const ahead = months(3, 2024)
  fc.assert(
    fc.property(series, fc.integer({ min: 0, max: 2000 }), (values, soFar) => {
      const given: Given = {
        values,
        grain: 'month',
        ahead,
        today: '2024-01-20',
        soFar,
        left: 12 / 31,
        whole: true,
        pipeline: undefined,
      }
      const { rows, total } = run(makeForecast(given))
      expect(rows).toHaveLength(3)
      expect(rows[0]?.mean).toBeGreaterThanOrEqual(soFar - 1)
      for (const row of [...rows, total ?? rows[0]]) {
        if (!row) continue
        expect(row.low95).toBeGreaterThanOrEqual(0)
        expect(row.low95 <= row.low80 && row.low80 <= row.mean).toBe(true)
        expect(row.mean <= row.high80 && row.high80 <= row.high95).toBe(true)
      }
    }),
    { seed: testSeed, numRuns: 5 },
  )
})

test('grades by hand', () => {
  // Forecast 100 where 115 came, the baseline said 130; and 100 where 100 came, without a baseline.
  const sums = {
    ...{ graded: 2, off: 15, bias: -15, came: 215, inside80: 1, inside95: 2 },
    ...{ beside: 1, naiveOff: 15, nearer: 0 },
  }
  expect(gradesOf(sums)).toEqual({
    mae: 7.5,
    naiveMae: 15,
    bias: -7.5,
    wape: 15 / 215,
    coverage80: { inside: 1, of: 2 },
    coverage95: { inside: 2, of: 2 },
    nearer: { inside: 0, of: 1 },
  })
  const alone = gradesOf({ ...sums, came: 0, beside: 0, naiveOff: 0 })
  expect(alone).toMatchObject({ wape: null, naiveMae: null, nearer: null })
  const said = (person: string, commit: number, actual: number) => ({
    personId: person,
    person,
    commit,
    actual,
  })
  expect(callerGrades([said('b', 10, 4), said('a', 3, 3), said('b', 10, 12)])).toMatchObject([
    { person: { name: 'a' }, bias: 0, kept: { inside: 1, of: 1 } },
    { person: { name: 'b' }, bias: 2, mae: 4, kept: { inside: 1, of: 2 } },
  ])
})
