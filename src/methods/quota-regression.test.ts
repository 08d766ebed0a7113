// Least squares: what must hold whatever the data are.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { regress } from './quota-regression.ts'

const number = fc.integer({ min: -1000, max: 1000 })

test('a law without errors is found, and residuals stand at right angles on every column', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(number, number), { minLength: 6, maxLength: 30, selector: String }),
      number,
      number,
      number,
      (points, a, b, c) => {
        const x = { one: points.map(([one]) => one), two: points.map(([, two]) => two) }
        const exact = regress(
          points.map(([one, two]) => a + b * one + c * two),
          x,
        )
        if (exact.status !== 'ok' || exact.dropped.length > 0) return
        expect(exact.coefficients.map((one) => one.value)).toEqual([
          expect.closeTo(a, 4),
          expect.closeTo(b, 5),
          expect.closeTo(c, 5),
        ])
        // As many coefficients as leverage in all.
        expect(exact.leverage.reduce((sum, one) => sum + one, 0)).toBeCloseTo(3, 8)
      },
    ),
    { seed: testSeed },
  )
})

test('a column that repeats others is dropped by name', () => {
  const one = [1, 2, 3, 4, 5, 7]
  const y = [1, 3, 2, 5, 4, 6]
  const found = regress(y, { one, still: [4, 4, 4, 4, 4, 4], twice: one.map((v) => 2 * v + 1) })
  expect(found.dropped).toEqual(['still', 'twice'])
  expect(found.coefficients.map((c) => c.name)).toEqual([undefined, 'one'])
  expect(regress(y, { still: [4, 4, 4, 4, 4, 4] }).status).toBe('undefined_no_variation')
  expect(regress([1, 2], { one: [1, 2] }).status).toBe('not_enough_data')
})

test('a new observation far from those known is marked', () => {
  const one = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  const y = one.map((value, i) => 3 * value + (i % 2))
  const { predictions } = regress(y, { one }, { at: { one: [5, 40] } })
  expect(predictions.map((made) => made.extrapolates)).toEqual([false, true])
  for (const made of predictions) {
    expect(made.low).toBeLessThan(made.meanLow)
    expect(made.high).toBeGreaterThan(made.meanHigh)
  }
})
