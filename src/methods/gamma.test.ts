// The gamma function and its distributions against values computed with 30 digits, and their laws.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import {
  chiSquareQuantile,
  gammaCdf,
  gammaQuantile,
  gammaUpperTail,
  lbeta,
  lgamma,
} from './gamma.ts'

const shape = fc.double({ min: 0.05, max: 1e5, noNaN: true })
const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })

describe('known values', () => {
  test.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247001],
    [1.0001, -5.7713342220477625e-5],
    [10, 12.80182748008147],
    [1e8, 1742068066.1038346],
  ])('lgamma(%d)', (x, want) => {
    expect(Math.abs(lgamma(x) - want)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(want)))
  })

  test('ln B keeps its digits where its three terms would cancel', () => {
    expect(lbeta(0.3, 1e6)).toBeCloseTo(-3.0488550675712, 13)
  })

  test('gamma tails and quantiles', () => {
    expect(gammaCdf(0.25, 0.5)).toBeCloseTo(0.5204998778130465, 14)
    expect(gammaUpperTail(100, 50) / 1.1784500720979781e-8).toBeCloseTo(1, 12)
    expect(gammaQuantile(0.025, 50)).toBeCloseTo(37.110963737461866, 11)
    expect(chiSquareQuantile(0.95, 9)).toBeCloseTo(16.918977604620448, 12)
  })

  test('the ends of the support', () => {
    expect(gammaCdf(0, 3)).toBe(0)
    expect(gammaUpperTail(Number.POSITIVE_INFINITY, 3)).toBe(0)
    expect(gammaQuantile(0, 3)).toBe(0)
    expect(gammaQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY)
    expect(() => lgamma(0)).toThrow(RangeError)
  })
})

describe('laws', () => {
  test('lgamma(x + 1) = lgamma(x) + ln x', () => {
    fc.assert(
      fc.property(shape, (x) => {
        const right = lgamma(x) + Math.log(x)
        expect(Math.abs(lgamma(x + 1) - right)).toBeLessThanOrEqual(4e-15 * (4 + Math.abs(right)))
      }),
      { seed: testSeed },
    )
  })

  test('the quantile inverts the distribution function', () => {
    fc.assert(
      fc.property(probability, shape, (p, a) => {
        const x = gammaQuantile(p, a)
        if (x > 0) expect(Math.abs(gammaCdf(x, a) - p)).toBeLessThanOrEqual(1e-11)
      }),
      { seed: testSeed },
    )
  })
})
