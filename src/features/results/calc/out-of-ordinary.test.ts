// Ordinary months and signals: the rules, the least number of months, gaps and frozen limits.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { type Judging, type MonthValue, type Ordinary, outOfOrdinary } from './out-of-ordinary.ts'

const monthsOf = (values: readonly (number | undefined)[]): MonthValue[] =>
  values.map((value, i) => ({ period: `m${i + 1}`, value }))

function judged(values: readonly (number | undefined)[], judging?: Judging): Ordinary {
  const found = outOfOrdinary(monthsOf(values), judging)
  if (found.status === 'not_enough_data') throw new Error(`${found.more} months too few`)
  return found
}

const complaints = [12, 9, 14, 11, 10, 13, 8, 12, 30, 11, 10, 9]

test('the month of the recall is outside, all others are ordinary', () => {
  const found = judged(complaints, { least: 0 })
  expect(found).toMatchObject({ status: 'judged', low: 0, provisionalFor: 0, runs: [] })
  expect(found.mean).toBeCloseTo(12.4166667, 6)
  expect(found.high).toBeCloseTo(27.6512121, 6)
  const signals = found.months.filter(({ verdict }) => verdict === 'signal')
  expect(signals).toEqual([
    { period: 'm9', value: 30, verdict: 'signal', rules: ['outside'], side: 'above' },
  ])
  expect(found.last).toMatchObject({ period: 'm12', verdict: 'ordinary', side: 'below' })
})

test('eight months on one side are a signal up to the last of them', () => {
  const found = judged([5, 6, 5, 6, 5, 6, 5, 6, 8, 7, 8, 7, 8, 7, 8, 7])
  expect(found.runs).toEqual([
    { from: 'm1', until: 'm8' },
    { from: 'm9', until: 'm16' },
  ])
  expect(found.last).toMatchObject({ verdict: 'signal', rules: ['run'], side: 'above' })
})

test('seven months are too few, by one; eight give provisional limits, for four more', () => {
  expect(outOfOrdinary(monthsOf(complaints.slice(0, 7)))).toEqual({
    status: 'not_enough_data',
    more: 1,
  })
  expect(outOfOrdinary([])).toEqual({ status: 'not_enough_data', more: 8 })
  expect(judged(complaints.slice(0, 8)).provisionalFor).toBe(4)
})

test('months without a value are passed over and say so', () => {
  const gap = [...complaints.slice(0, 6), undefined, ...complaints.slice(6), undefined]
  const [found, closed] = [judged(gap), judged(complaints)]
  expect([found.low, found.mean, found.high]).toEqual([closed.low, closed.mean, closed.high])
  expect(found.months[6]).toEqual({
    period: 'm7',
    value: undefined,
    verdict: 'no_value',
    rules: [],
    side: null,
  })
  expect(found.last).toMatchObject({ period: 'm13', value: 9 })
  expect(outOfOrdinary(monthsOf([1, 2, 3, 4, 5, 6, 7, undefined]))).toMatchObject({ more: 1 })
})

test('limits kept from before a change judge what came after it', () => {
  const calm = [10, 12, 11, 10, 12, 11, 10, 12]
  const found = judged([...calm, 16, 17, 16, 17], { limitsUntil: 'm8' })
  expect(found.mean).toBe(11)
  expect(found.months.slice(8).every(({ rules }) => rules.includes('outside'))).toBe(true)
  expect(found.provisionalFor).toBe(4)
  expect(outOfOrdinary(monthsOf(calm), { limitsUntil: 'm5' })).toMatchObject({ more: 3 })
  expect(() => outOfOrdinary(monthsOf(calm), { limitsUntil: '1999-01' })).toThrow('1999-01')
})

test('nothing ever varied: steady; and then something did', () => {
  const none = Array.from({ length: 8 }, () => 0)
  const steady = judged(none, { least: 0 })
  expect(steady).toMatchObject({ status: 'steady', mean: 0, low: 0, high: 0 })
  expect(steady.months.every(({ verdict }) => verdict === 'ordinary')).toBe(true)
  const moved = judged([...none, 3], { limitsUntil: 'm8' })
  expect(moved.last).toMatchObject({ verdict: 'signal', rules: ['outside'] })
})

test('limits hold the mean and stay possible; a month is outside just when a limit says so', () => {
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 8,
    maxLength: 40,
  })
  fc.assert(
    fc.property(shares, (values) => {
      const { low, mean, high, months } = judged(values, { least: 0, most: 1 })
      expect(low).toBeGreaterThanOrEqual(0)
      expect(low).toBeLessThanOrEqual(mean)
      expect(high).toBeGreaterThanOrEqual(mean)
      expect(high).toBeLessThanOrEqual(1)
      for (const { value = Number.NaN, rules, verdict } of months) {
        expect(rules.includes('outside')).toBe(value < low || value > high)
        expect(verdict === 'signal').toBe(rules.length > 0)
      }
    }),
    { seed: testSeed },
  )
})
