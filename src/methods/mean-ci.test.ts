// The mean with its t interval: a reference value, both ways in, and the cases without an interval.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { meanFromMoments, meanOf, momentsOf } from './mean-ci.ts'

const amounts = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 2, maxLength: 50 })

test('five values, as computed with SciPy', () => {
  const mean = meanOf([3, 5, 8, 13, 21])
  expect(mean.value).toBe(10)
  expect(mean.low).toBeCloseTo(1.0462335751574035, 10)
  expect(mean.high).toBeCloseTo(18.9537664248426, 10)
})

test('the mean lies in the middle of its interval, wherever the values lie', () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: -1e9, max: 1e9 }), (values, shift) => {
      fc.pre(new Set(values).size > 1)
      const { value = 0, low = 0, high = 0 } = meanOf(values)
      const moved = meanOf(values.map((x) => x + shift))
      expect(low).toBeLessThan(value)
      expect(high - value).toBeCloseTo(value - low, 3)
      expect((moved.high ?? 0) - (moved.low ?? 0)).toBeCloseTo(high - low, 3)
    }),
    { seed: testSeed },
  )
})

test('sums from the database give the same interval as the values', () => {
  const values = [1_000_000_001, 1_000_000_002, 1_000_000_004]
  expect(momentsOf(values).squaredDeviations).toBeCloseTo(14 / 3, 6)
  expect(meanFromMoments(momentsOf(values))).toEqual(meanOf(values))
})

test('no value, one value, equal values', () => {
  expect(meanOf([])).not.toHaveProperty('value')
  expect(meanOf([7])).toMatchObject({ value: 7, n: 1, status: 'not_enough_data' })
  const equal = meanOf([7, 7, 7])
  expect(equal).toMatchObject({ value: 7, n: 3, status: 'undefined_no_variation' })
  expect(equal).not.toHaveProperty('low')
  expect(() => meanFromMoments({ n: 2, sum: 1, squaredDeviations: -1 })).toThrow(RangeError)
})
