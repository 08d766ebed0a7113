// The median and its order-statistic interval: definition, coverage and both ways in.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { binomialProbability } from './beta.ts'
import { medianOfHistogram, medianOfSorted } from './median-ci.ts'

const values = fc
  .array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 120 })
  .map((list) => list.sort((a, b) => a - b))

test('the middle value, or the mean of the two middle ones', () => {
  expect(medianOfSorted([1, 2, 9]).value).toBe(2)
  expect(medianOfSorted([1, 2, 5, 9]).value).toBe(3.5)
})

test('fewer than six values have a median but no interval', () => {
  expect(medianOfSorted([])).not.toHaveProperty('value')
  const five = medianOfSorted([1, 2, 3, 4, 5])
  expect(five).toMatchObject({ value: 3, status: 'not_enough_data' })
  expect(five).not.toHaveProperty('low')
  expect(medianOfSorted([1, 2, 3, 4, 5, 6])).toMatchObject({ value: 3.5, low: 1, high: 6 })
})

test('twenty values: the sixth and the fifteenth are the published limits', () => {
  const list = Array.from({ length: 20 }, (_, i) => i + 1)
  expect(medianOfSorted(list)).toMatchObject({ value: 10.5, low: 6, high: 15, status: 'ok' })
})

test('limits cover at least 95 %, and the next narrower ones would not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 400 }), (n) => {
      const { low = 0 } = medianOfSorted(Array.from({ length: n }, (_, i) => i + 1))
      let tail = 0
      for (let i = 0; i < low; i += 1) tail += binomialProbability(i, n, 0.5)
      expect(1 - 2 * tail).toBeGreaterThanOrEqual(0.95 - 1e-12)
      const narrower = 1 - 2 * (tail + binomialProbability(low, n, 0.5))
      if (low < Math.floor(n / 2)) expect(narrower).toBeLessThan(0.95)
    }),
    { seed: testSeed },
  )
})

test('a histogram gives what its values give, in any order and with empty steps', () => {
  fc.assert(
    fc.property(values, (list) => {
      const counts = new Map<number, number>([[99, 0]])
      for (const value of [...list].reverse()) counts.set(value, (counts.get(value) ?? 0) + 1)
      const fromHistogram = medianOfHistogram(counts)
      expect(fromHistogram).toEqual(medianOfSorted(list))
      const { value = 0, low = value, high = value } = fromHistogram
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
    }),
    { seed: testSeed },
  )
})

test('unsorted values and broken counts are errors', () => {
  expect(() => medianOfSorted([2, 1])).toThrow(RangeError)
  expect(() => medianOfHistogram(new Map([[1, -1]]))).toThrow(RangeError)
})
