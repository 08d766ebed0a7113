// The bootstrap: repeatable, in the unit of the values, close to Welch where nothing is skewed.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { bootstrapMeanDifference } from './bootstrap.ts'
import { welch } from './mean-difference.ts'
import { randomNumbers } from './random-numbers.ts'

const group = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 12 })
const quick = { seed: 7, replicates: 1000 }

test('the limits hold the difference, and the same seed finds them again', () => {
  fc.assert(
    fc.property(group, group, (a, b) => {
      const found = bootstrapMeanDifference(a, b, quick)
      expect(bootstrapMeanDifference(a, b, quick)).toEqual(found)
      if (found.status !== 'ok') return
      expect(found.low).toBeLessThanOrEqual(found.value ?? Number.NaN)
      expect(found.high).toBeGreaterThanOrEqual(found.value ?? Number.NaN)
    }),
    { seed: testSeed, numRuns: 50 },
  )
})

test('another unit only rescales', () => {
  fc.assert(
    fc.property(group, group, (a, b) => {
      const found = bootstrapMeanDifference(a, b, quick)
      const four = (values: readonly number[]) => values.map((x) => 4 * x)
      const scaled = bootstrapMeanDifference(four(a), four(b), quick)
      expect(scaled.status).toBe(found.status)
      if (found.status !== 'ok') return
      expect(scaled.low).toBeCloseTo(4 * (found.low ?? Number.NaN), 6)
      expect(scaled.percentile?.high).toBeCloseTo(4 * (found.percentile?.high ?? 0), 6)
    }),
    { seed: testSeed, numRuns: 50 },
  )
})

test('many values without skew: nearly Welch', () => {
  const a = Array.from({ length: 200 }, (_, i) => i)
  const b = Array.from({ length: 200 }, (_, i) => i / 2)
  const found = bootstrapMeanDifference(a, b, { seed: 3 })
  const expected = welch(a, b)
  expect(Math.abs((found.low ?? 0) - (expected.low ?? 0))).toBeLessThan(0.6)
  expect(Math.abs((found.high ?? 0) - (expected.high ?? 0))).toBeLessThan(0.6)
})

test('small groups, no variation, impossible settings', () => {
  expect(bootstrapMeanDifference([1], [1, 2], quick).status).toBe('not_enough_data')
  const even = bootstrapMeanDifference([3, 3], [1, 1], quick)
  expect(even).toMatchObject({ value: 2, status: 'undefined_no_variation', seed: 7 })
  expect(even).not.toHaveProperty('low')
  expect(() => bootstrapMeanDifference([1, 2], [1, 2], { seed: 0.5 })).toThrow(RangeError)
  expect(() => bootstrapMeanDifference([1, 2], [1, 2], { seed: 1, replicates: 10 })).toThrow(
    RangeError,
  )
})

test('random numbers: repeatable, different by seed, even over the unit interval', () => {
  const draw = (seed: number, n: number) => {
    const next = randomNumbers(seed)
    return Array.from({ length: n }, next)
  }
  expect(draw(1, 5)).toEqual(draw(1, 5))
  expect(draw(1, 5)).not.toEqual(draw(2, 5))
  expect(draw(1, 5)).not.toEqual(draw(1 + 2 ** 32, 5))
  const cells = Array.from({ length: 20 }, () => 0)
  const drawn = draw(12, 100_000)
  expect(drawn.every((x) => x >= 0 && x < 1)).toBe(true)
  for (const x of drawn) {
    const cell = Math.floor(x * 20)
    cells[cell] = (cells[cell] ?? 0) + 1
  }
  const chiSquare = cells.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0)
  // 19 degrees of freedom: between the 0.1 % and the 99.9 % quantile.
  expect(chiSquare).toBeGreaterThan(5.4)
  expect(chiSquare).toBeLessThan(43.8)
})
