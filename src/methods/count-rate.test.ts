// Laws of count rates and of the ratio of two.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { poissonExact, rateRatioExact } from './count-rate.ts'

const count = fc.integer({ min: 0, max: 400 })
const exposure = fc.double({ min: 0.1, max: 1000, noNaN: true })

describe('poissonExact', () => {
  test('contains the rate, and both limits rise with the count', () => {
    fc.assert(
      fc.property(count, exposure, (k, time) => {
        const rate = poissonExact(k, time)
        const next = poissonExact(k + 1, time)
        expect(rate.low).toBeLessThanOrEqual(k / time)
        expect(rate.high).toBeGreaterThan(k / time)
        expect(next.low).toBeGreaterThan(rate.low ?? Number.NaN)
        expect(next.high).toBeGreaterThan(rate.high ?? Number.NaN)
      }),
      { seed: testSeed },
    )
  })

  test('no exposure: no number', () => {
    expect(poissonExact(0, 0)).toMatchObject({ status: 'not_enough_data' })
    expect(() => poissonExact(-1, 1)).toThrow(RangeError)
  })
})

describe('rateRatioExact', () => {
  test('contains the ratio; turned round, it is the reciprocal', () => {
    fc.assert(
      fc.property(count, count, exposure, exposure, (count1, count2, exposure1, exposure2) => {
        fc.pre(count1 > 0 && count2 > 0)
        const ratio = rateRatioExact({ count1, exposure1, count2, exposure2 })
        const turned = rateRatioExact({
          count1: count2,
          exposure1: exposure2,
          count2: count1,
          exposure2: exposure1,
        })
        const { value = 0, low = 0, high = 0, pValue = -1 } = ratio
        expect(low).toBeLessThan(value)
        expect(high).toBeGreaterThan(value)
        expect(low * (turned.high ?? 0)).toBeCloseTo(1, 8)
        expect(high * (turned.low ?? 0)).toBeCloseTo(1, 8)
        expect(turned.pValue).toBeCloseTo(pValue, 8)
      }),
      { seed: testSeed },
    )
  })

  test('counts of zero', () => {
    const none = { count1: 0, exposure1: 5, count2: 0, exposure2: 5 }
    expect(rateRatioExact(none).status).toBe('undefined_all_zero')
    const first = rateRatioExact({ ...none, count2: 4 })
    expect(first).toMatchObject({ value: 0, low: 0, status: 'ok' })
    expect(first.high).toBeLessThan(Number.POSITIVE_INFINITY)
    const second = rateRatioExact({ ...none, count1: 4 })
    expect(second.high).toBe(Number.POSITIVE_INFINITY)
    expect(rateRatioExact({ ...none, count1: 4, exposure2: 0 }).status).toBe('not_enough_data')
  })
})
