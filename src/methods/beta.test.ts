// The beta and binomial distributions against reference values, and their laws.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { betaCdf, betaQuantile, binomialCdf, binomialProbability } from './beta.ts'

const shape = fc.double({ min: 0.1, max: 1e4, noNaN: true })
const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })

describe('known values', () => {
  test('distribution function', () => {
    expect(betaCdf(0.3, 2, 5)).toBeCloseTo(0.579825, 14)
    expect(betaCdf(0.95, 5000, 253)).toBeCloseTo(0.2630940776186137, 11)
    expect(betaCdf(0.5, 1e6, 1e6)).toBeCloseTo(0.5, 11)
  })

  test('quantiles', () => {
    expect(betaQuantile(0.975, 50, 253)).toBeCloseTo(0.20876798700703506, 13)
    expect(betaQuantile(0.975, 0.5, 10.5)).toBeCloseTo(0.21719626750921053, 13)
  })

  test('the ends of the support', () => {
    expect(betaCdf(0, 2, 3)).toBe(0)
    expect(betaCdf(1, 2, 3)).toBe(1)
    expect(betaQuantile(0, 2, 3)).toBe(0)
    expect(betaQuantile(1, 2, 3)).toBe(1)
    expect(() => betaCdf(0.5, 0, 1)).toThrow(RangeError)
    expect(binomialCdf(-1, 5, 0.3)).toBe(0)
    expect(binomialCdf(5, 5, 0.3)).toBe(1)
    expect(binomialProbability(0, 5, 0)).toBe(1)
    expect(binomialProbability(6, 5, 0.3)).toBe(0)
  })
})

describe('laws', () => {
  test('the two tails add up to one', () => {
    fc.assert(
      fc.property(probability, shape, shape, (x, a, b) => {
        expect(betaCdf(x, a, b) + betaCdf(1 - x, b, a, x)).toBeCloseTo(1, 10)
      }),
      { seed: testSeed },
    )
  })

  test('the quantile inverts the distribution function', () => {
    fc.assert(
      fc.property(probability, shape, shape, (p, a, b) => {
        const x = betaQuantile(p, a, b)
        // Near 1 the spacing of doubles, not the search, limits what a quantile can express.
        if (x < 0.999) expect(Math.abs(betaCdf(x, a, b) - p)).toBeLessThanOrEqual(1e-9)
      }),
      { seed: testSeed },
    )
  })

  test('binomial probabilities sum to the distribution function', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), probability, fc.nat(200), (n, p, k) => {
        let sum = 0
        for (let i = 0; i <= Math.min(k, n); i += 1) sum += binomialProbability(i, n, p)
        expect(sum).toBeCloseTo(binomialCdf(k, n, p), 11)
      }),
      { seed: testSeed },
    )
  })
})
