// Laws every interval around a rate has to keep.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import type { Estimate } from './estimate.ts'
import { clopperPearson, jeffreys, wilson, wilsonCorrected } from './proportion-ci.ts'

const record = fc
  .integer({ min: 1, max: 5000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

function limits(estimate: Estimate): [number, number] {
  return [estimate.low ?? Number.NaN, estimate.high ?? Number.NaN]
}

describe.each([
  ['wilson', wilson],
  ['wilsonCorrected', wilsonCorrected],
  ['clopperPearson', clopperPearson],
  ['jeffreys', jeffreys],
])('%s', (_, method) => {
  test('contains the rate and stays within 0 and 1', () => {
    fc.assert(
      fc.property(record, ([x, n]) => {
        const [low, high] = limits(method(x, n))
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(x / n)
        expect(high).toBeGreaterThanOrEqual(x / n)
        expect(high).toBeLessThanOrEqual(1)
      }),
      { seed: testSeed },
    )
  })

  test('moves up with every success and is the mirror of the interval of failures', () => {
    fc.assert(
      fc.property(record, ([x, n]) => {
        const [low, high] = limits(method(x, n))
        const [lowOfFailures, highOfFailures] = limits(method(n - x, n))
        expect(low).toBeCloseTo(1 - highOfFailures, 9)
        expect(high).toBeCloseTo(1 - lowOfFailures, 9)
        if (x === n) return
        const [nextLow, nextHigh] = limits(method(x + 1, n))
        expect(nextLow).toBeGreaterThan(low)
        expect(nextHigh).toBeGreaterThanOrEqual(high)
      }),
      { seed: testSeed },
    )
  })

  test('is wider at higher confidence', () => {
    fc.assert(
      fc.property(record, ([x, n]) => {
        const [low, high] = limits(method(x, n, 0.8))
        const [lowest, highest] = limits(method(x, n, 0.99))
        expect(lowest).toBeLessThanOrEqual(low)
        expect(highest).toBeGreaterThanOrEqual(high)
      }),
      { seed: testSeed },
    )
  })

  test('no trials: no number; impossible counts: an error', () => {
    const nothing = method(0, 0)
    expect(nothing.status).toBe('not_enough_data')
    expect(nothing).not.toHaveProperty('value')
    expect(() => method(3, 2)).toThrow(RangeError)
    expect(() => method(-1, 2)).toThrow(RangeError)
    expect(() => method(1.5, 2)).toThrow(RangeError)
    expect(() => method(1, 2, 1)).toThrow(RangeError)
  })
})

test('the exact interval encloses the Bayesian one', () => {
  fc.assert(
    fc.property(record, ([x, n]) => {
      const [low, high] = limits(jeffreys(x, n))
      const [lowest, highest] = limits(clopperPearson(x, n))
      expect(lowest).toBeLessThanOrEqual(low)
      expect(highest).toBeGreaterThanOrEqual(high)
    }),
    { seed: testSeed },
  )
})
