// Welch's interval: exchange, change of unit, and groups too small or too even.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { meanOf, momentsOf } from './mean-ci.ts'
import { welch, welchFromMoments } from './mean-difference.ts'

const group = fc
  .array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 30 })
  .filter((values) => new Set(values).size > 1)

test('the difference lies in the middle; exchange of the groups only turns it round', () => {
  fc.assert(
    fc.property(group, group, (a, b) => {
      const there = welch(a, b)
      const back = welch(b, a)
      const { value = Number.NaN, low = Number.NaN, high = Number.NaN } = there
      expect(low).toBeLessThan(value)
      expect(high - value).toBeCloseTo(value - low, 3)
      expect(back.value).toBe(-value)
      expect(back.low).toBeCloseTo(-high, 3)
      expect(back.t).toBeCloseTo(-(there.t ?? Number.NaN), 9)
      expect(back.pValue).toBeCloseTo(there.pValue ?? Number.NaN, 9)
      expect(back.df).toBeCloseTo(there.df ?? Number.NaN, 6)
    }),
    { seed: testSeed },
  )
})

test('another unit and another origin: t, df and p stay, the interval follows', () => {
  fc.assert(
    fc.property(group, group, fc.constantFrom(0.01, 3, 1000), (a, b, factor) => {
      const move = (values: readonly number[]) => values.map((x) => factor * x + 17)
      const there = welch(a, b)
      const moved = welch(move(a), move(b))
      expect(moved.t).toBeCloseTo(there.t ?? Number.NaN, 6)
      expect(moved.df).toBeCloseTo(there.df ?? Number.NaN, 5)
      const scale = Math.max(1, Math.abs((there.high ?? 0) * factor))
      expect((moved.high ?? 0) / scale).toBeCloseTo(((there.high ?? 0) * factor) / scale, 6)
    }),
    { seed: testSeed },
  )
})

test('the interval excludes 0 just when p is below one minus the confidence', () => {
  fc.assert(
    fc.property(group, group, fc.constantFrom(0.5, 0.8, 0.95), (a, b, confidence) => {
      const { low = 0, high = 0, pValue = 1 } = welch(a, b, confidence)
      fc.pre(Math.abs(pValue - (1 - confidence)) > 1e-6)
      expect(low > 0 || high < 0).toBe(pValue < 1 - confidence)
    }),
    { seed: testSeed },
  )
})

test('against a group without any spread it is the t interval of the other one', () => {
  const { low, high } = meanOf([3, 5, 8, 13, 21])
  const found = welch([3, 5, 8, 13, 21], [0, 0, 0])
  expect(found.df).toBeCloseTo(4, 12)
  expect(found.low).toBeCloseTo(low ?? Number.NaN, 10)
  expect(found.high).toBeCloseTo(high ?? Number.NaN, 10)
})

test('sums from the database, small groups, no variation, overflow', () => {
  const [a, b] = [
    [1, 2, 4],
    [2, 8],
  ]
  expect(welchFromMoments(momentsOf(a), momentsOf(b))).toEqual(welch(a, b))
  expect(welch([], [1, 2])).not.toHaveProperty('value')
  expect(welch([5], [1, 2])).toMatchObject({ value: 3.5, status: 'not_enough_data' })
  const even = welch([5, 5], [3, 3])
  expect(even).toMatchObject({ value: 2, status: 'undefined_no_variation' })
  expect(even).not.toHaveProperty('low')
  expect(welch([1e90, 2e90], [1e90, 3e90]).df).toBeCloseTo(welch([1, 2], [1, 3]).df ?? 0, 9)
  expect(() => welch([1, 2], [1, 2], 1)).toThrow(RangeError)
})
