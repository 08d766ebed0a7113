// Grading forecasts: perfect ones cost nothing, and what is not defined is absent.
import { expect, test } from 'vitest'
import { accuracy, naiveScale, pinball, winkler } from './forecast-accuracy.ts'

const right = [3, 5].map((actual) => ({ forecast: actual, actual, low80: actual, high80: actual }))

test('a forecast that was right has no error and its interval holds', () => {
  const found = accuracy(right, 2)
  expect(found).toMatchObject({ mae: 0, rmse: 0, bias: 0, mape: 0, mase: 0, wape: 0 })
  expect(found).toMatchObject({ pinball10: 0, pinball90: 0, winkler80: 0 })
  expect(found.coverage80).toMatchObject({ value: 1, n: 2 })
})

test('too hopeful a forecast has a bias above 0', () => {
  const hopeful = right.map((one) => ({ ...one, forecast: one.forecast + 2 }))
  expect(accuracy(hopeful, 4)).toMatchObject({ bias: 2, mase: 0.5, wape: 0.5 })
})

test('what cannot be divided by is absent', () => {
  const none = [{ forecast: 1, actual: 0, low80: 0, high80: 2 }]
  const found = accuracy(none, naiveScale([4, 4, 4], 1))
  expect(found).not.toHaveProperty('mape')
  expect(found).not.toHaveProperty('mase')
  expect(found).not.toHaveProperty('wape')
  expect(naiveScale([1, 2], 2)).toBeUndefined()
  expect(() => accuracy([], 1)).toThrow(RangeError)
})

test('losses by hand', () => {
  expect(pinball(0.9, 10, 20)).toBeCloseTo(9)
  expect(pinball(0.9, 20, 10)).toBeCloseTo(1)
  expect(winkler(0.8, 10, 20, 15)).toBe(10)
  expect(winkler(0.8, 10, 20, 23)).toBeCloseTo(10 + 10 * 3)
})
