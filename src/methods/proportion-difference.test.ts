// Two rates: the interval and the test under exchange of the groups and of success and failure.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { type Arm, newcombe, twoProportionTest } from './proportion-difference.ts'

const arm: fc.Arbitrary<Arm> = fc
  .integer({ min: 1, max: 3000 })
  .chain((trials) => fc.record({ successes: fc.nat(trials), trials: fc.constant(trials) }))
const failuresOf = ({ successes, trials }: Arm): Arm => ({ successes: trials - successes, trials })

test('the interval holds the difference and stays within −1 and 1', () => {
  fc.assert(
    fc.property(arm, arm, (a, b) => {
      const { value = Number.NaN, low = Number.NaN, high = Number.NaN, n } = newcombe(a, b)
      expect(n).toBe(a.trials + b.trials)
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
      expect(low).toBeGreaterThanOrEqual(-1)
      expect(high).toBeLessThanOrEqual(1)
    }),
    { seed: testSeed },
  )
})

test('exchanging the groups, or success and failure, turns the interval round', () => {
  fc.assert(
    fc.property(arm, arm, (a, b) => {
      const there = newcombe(a, b)
      for (const back of [newcombe(b, a), newcombe(failuresOf(a), failuresOf(b))]) {
        expect(back.value).toBeCloseTo(-(there.value ?? Number.NaN), 12)
        expect(back.low).toBeCloseTo(-(there.high ?? Number.NaN), 9)
        expect(back.high).toBeCloseTo(-(there.low ?? Number.NaN), 9)
      }
    }),
    { seed: testSeed },
  )
})

test('the interval is wider at higher confidence and narrower with ten times the trials', () => {
  fc.assert(
    fc.property(arm, arm, (a, b) => {
      const more = ({ successes, trials }: Arm) => ({
        successes: 10 * successes,
        trials: 10 * trials,
      })
      const width = ({ low = 0, high = 0 }) => high - low
      const usual = width(newcombe(a, b))
      expect(width(newcombe(a, b, 0.99))).toBeGreaterThan(usual)
      expect(width(newcombe(more(a), more(b)))).toBeLessThan(usual)
    }),
    { seed: testSeed },
  )
})

test('the test flips its sign with the groups; Yates never makes it bolder', () => {
  fc.assert(
    fc.property(arm, arm, (a, b) => {
      const there = twoProportionTest(a, b)
      const back = twoProportionTest(b, a)
      expect(back.status).toBe(there.status)
      if (there.status !== 'ok') return
      expect(back.z).toBeCloseTo(-(there.z ?? Number.NaN), 9)
      expect(back.pValue).toBeCloseTo(there.pValue ?? Number.NaN, 9)
      expect(there.pValueCorrected).toBeGreaterThanOrEqual(there.pValue ?? Number.NaN)
      expect(there.pValueCorrected).toBeLessThanOrEqual(1)
    }),
    { seed: testSeed },
  )
})

test('no trials, no variation, equal rates, impossible counts', () => {
  const none = { successes: 0, trials: 0 }
  const some = { successes: 3, trials: 9 }
  for (const found of [newcombe(none, some), newcombe(some, none), twoProportionTest(some, none)]) {
    expect(found.status).toBe('not_enough_data')
    expect(found).not.toHaveProperty('low')
    expect(found).not.toHaveProperty('pValue')
  }
  const always = { successes: 9, trials: 9 }
  expect(twoProportionTest(always, always)).not.toHaveProperty('pValue')
  expect(newcombe(always, always)).toMatchObject({ value: 0, status: 'ok' })
  expect(twoProportionTest(some, some)).toMatchObject({ z: 0, pValue: 1, pValueCorrected: 1 })
  expect(() => newcombe({ successes: 2, trials: 1 }, some)).toThrow(RangeError)
  expect(() => newcombe(some, some, 0)).toThrow(RangeError)
})
