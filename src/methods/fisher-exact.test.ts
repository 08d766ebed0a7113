// The exact test: exchange of the groups, agreement of p-value and limits, tables without an answer.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { binomialProbability } from './beta.ts'
import { fisherExact } from './fisher-exact.ts'
import type { Arm } from './proportion-difference.ts'

const arm: fc.Arbitrary<Arm> = fc
  .integer({ min: 1, max: 60 })
  .chain((trials) => fc.record({ successes: fc.nat(trials), trials: fc.constant(trials) }))

test('the odds ratio lies within its limits, and the exchanged one is its inverse', () => {
  fc.assert(
    fc.property(arm, arm, (a, b) => {
      const there = fisherExact(a, b)
      const back = fisherExact(b, a)
      expect(back.pValue).toBeCloseTo(there.pValue ?? Number.NaN, 9)
      expect(there.pValue).toBeGreaterThan(0)
      expect(there.pValue).toBeLessThanOrEqual(1)
      if (there.status !== 'ok') return
      const { value = Number.NaN, low = Number.NaN, high = Number.NaN } = there
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
      expect(1 / (back.low ?? Number.NaN)).toBeCloseTo(high, high > 1e5 ? -4 : 4)
      if (value > 0 && value < 1e5) {
        expect((back.value ?? Number.NaN) * value).toBeCloseTo(1, 8)
      }
    }),
    { seed: testSeed },
  )
})

/** P(X = x) from binomial chances, another way to the same number. */
function hypergeometric(x: number, a: Arm, b: Arm): number {
  const total = a.successes + b.successes
  const both = a.trials + b.trials
  const p = total / both
  return (
    (binomialProbability(x, a.trials, p) * binomialProbability(total - x, b.trials, p)) /
    binomialProbability(total, both, p)
  )
}

test('the p-value is the sum of the tables no likelier than the one seen', () => {
  fc.assert(
    fc.property(arm, arm, (a, b) => {
      const total = a.successes + b.successes
      const chances = Array.from({ length: total + 1 }, (_, x) => hypergeometric(x, a, b))
      const limit = (chances[a.successes] ?? 0) * (1 + 1e-7)
      const expected = chances.reduce((sum, p) => (p <= limit ? sum + p : sum), 0)
      expect(fisherExact(a, b).pValue).toBeCloseTo(Math.min(1, expected), 9)
    }),
    { seed: testSeed },
  )
})

test('thousands of trials, all on one side of each group', () => {
  const found = fisherExact({ successes: 5000, trials: 5000 }, { successes: 0, trials: 5000 })
  expect(found).toMatchObject({ value: Number.POSITIVE_INFINITY, status: 'ok' })
  expect(found.high).toBe(Number.POSITIVE_INFINITY)
  expect(found.low).toBeGreaterThan(1e6)
  expect(found.pValue).toBeLessThan(1e-300)
})

test('no trials, a single possible table, impossible counts', () => {
  const some = { successes: 3, trials: 9 }
  expect(fisherExact({ successes: 0, trials: 0 }, some)).not.toHaveProperty('pValue')
  const never = { successes: 0, trials: 9 }
  const single = fisherExact(never, never)
  expect(single).toMatchObject({ status: 'undefined_no_variation', pValue: 1 })
  expect(single).not.toHaveProperty('value')
  expect(() => fisherExact({ successes: 4, trials: 3 }, some)).toThrow(RangeError)
  expect(() => fisherExact(some, some, 1)).toThrow(RangeError)
})
