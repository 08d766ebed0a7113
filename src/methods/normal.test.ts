// The normal distribution and Student's t against reference values, and their laws.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { normalCdf, normalQuantile, normalTwoSided, twoSidedZ } from './normal.ts'
import { studentTCdf, studentTQuantile } from './student-t.ts'

const probability = fc.double({ min: 1e-12, max: 1 - 1e-9, noNaN: true })

describe('normal distribution', () => {
  test('known values', () => {
    expect(normalCdf(-6) / 9.865876450376981e-10).toBeCloseTo(1, 13)
    expect(normalCdf(-1.96)).toBeCloseTo(0.024997895148220435, 15)
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 13)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalQuantile(0.3)).toBeCloseTo(-0.5244005127080409, 14)
    expect(twoSidedZ(0.95)).toBeCloseTo(1.959963984540054, 14)
    expect(() => twoSidedZ(1)).toThrow(RangeError)
  })

  test('the quantile inverts the distribution function', () => {
    fc.assert(
      fc.property(probability, (p) => {
        expect(Math.abs(normalCdf(normalQuantile(p)) / p - 1)).toBeLessThanOrEqual(1e-12)
      }),
      { seed: testSeed },
    )
  })

  test('the two-sided p-value is twice the lower tail', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (z) => {
        expect(normalTwoSided(z)).toBe(2 * normalCdf(-Math.abs(z)))
      }),
      { seed: testSeed },
    )
  })
})

describe("Student's t", () => {
  test.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 4, 2.7764451051977934],
    [0.975, 30, 2.0422724563012378],
    [0.6, 3, 0.2766706623326898],
  ])('quantile(%d, %d)', (p, df, want) => {
    expect(studentTQuantile(p, df) / want).toBeCloseTo(1, 11)
  })

  test('distribution function and limits', () => {
    expect(studentTCdf(-3, 10)).toBeCloseTo(0.006671827511284785, 14)
    expect(studentTCdf(Number.POSITIVE_INFINITY, 10)).toBe(1)
    expect(studentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.975))
    expect(studentTQuantile(0.5, 7)).toBe(0)
  })

  test('the quantile inverts the distribution function, and is symmetric', () => {
    const df = fc.double({ min: 1, max: 1e4, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 0.5, noNaN: true }), df, (p, freedom) => {
        const t = studentTQuantile(p, freedom)
        expect(studentTCdf(t, freedom)).toBeCloseTo(p, 10)
        expect(studentTCdf(-t, freedom)).toBeCloseTo(1 - p, 10)
      }),
      { seed: testSeed },
    )
  })
})
