// Funnel limits and overdispersion: nesting, narrowing, and the cases without an answer.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { funnelLimits, funnelLimitsNormal, funnelOverdispersion, funnelTails } from './funnel.ts'

const target = fc.double({ min: 0.02, max: 0.98, noNaN: true })

describe('limits', () => {
  test('the outer limits enclose the inner ones', () => {
    fc.assert(
      fc.property(target, fc.integer({ min: 1, max: 2000 }), (rate, n) => {
        const [inner] = funnelLimits(rate, [n])
        const [outer] = funnelLimits(rate, [n], funnelTails.outer)
        expect(inner?.low).toBeLessThanOrEqual(inner?.high ?? Number.NaN)
        expect(outer?.low).toBeLessThanOrEqual(inner?.low ?? Number.NaN)
        expect(outer?.high).toBeGreaterThanOrEqual(inner?.high ?? Number.NaN)
      }),
      { seed: testSeed },
    )
  })

  test('exact and normal limits meet for many trials', () => {
    const [exact] = funnelLimits(0.3, [100_000])
    const [normal] = funnelLimitsNormal(0.3, [100_000])
    expect(exact?.low).toBeCloseTo(normal?.low ?? Number.NaN, 4)
    expect(exact?.high).toBeCloseTo(normal?.high ?? Number.NaN, 4)
  })

  test('a target of 0 or 1 has no funnel', () => {
    expect(() => funnelLimits(0, [5])).toThrow(RangeError)
  })
})

describe('overdispersion', () => {
  test('units that differ far more than chance widen the limits', () => {
    const records = [5, 95, 10, 90, 8, 92, 50, 40, 60, 3].map((successes) => ({
      successes,
      trials: 100,
    }))
    const found = funnelOverdispersion(records)
    expect(found.adjusted).toBe(true)
    expect(found.phi).toBeGreaterThan(1)
    expect(found.units.some((unit) => unit.veryUnusual)).toBe(false)
  })

  test('one unit, or rates all zero, have no answer', () => {
    expect(funnelOverdispersion([{ successes: 1, trials: 2 }]).status).toBe('not_enough_data')
    const zeros = [1, 2, 3].map((trials) => ({ successes: 0, trials }))
    expect(funnelOverdispersion(zeros).status).toBe('undefined_no_variation')
    expect(() => funnelOverdispersion([{ successes: 0, trials: 0 }])).toThrow(RangeError)
  })
})
