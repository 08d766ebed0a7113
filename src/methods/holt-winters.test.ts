// The baseline and the fitted models: intervals nest, shifting a series shifts its forecast, bad input is refused.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { decompose } from './decomposition.ts'
import { fitHoltWinters, holtWinters, predictHoltWinters } from './holt-winters.ts'
import type { Prediction } from './prediction.ts'
import { seasonalNaive } from './seasonal-naive.ts'
import { fitLevel, predictLevel } from './simple-smoothing.ts'

const series = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 12, maxLength: 40 })
const smoothing = fc.record({
  alpha: fc.double({ min: 0, max: 1, noNaN: true }),
  beta: fc.double({ min: 0, max: 1, noNaN: true }),
  gamma: fc.double({ min: 0, max: 1, noNaN: true }),
})

function nested({ mean, low80, high80, low95, high95 }: Prediction): void {
  expect(low95).toBeLessThanOrEqual(low80)
  expect(low80).toBeLessThanOrEqual(mean)
  expect(mean).toBeLessThanOrEqual(high80)
  expect(high80).toBeLessThanOrEqual(high95)
}

test('the baseline repeats the last season and moves with the series', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: -900, max: 900 }), (values, shift) => {
      const here = seasonalNaive(values, 4, 9).periods
      const there = seasonalNaive(
        values.map((value) => value + shift),
        4,
        9,
      ).periods
      here.forEach((prediction, step) => {
        nested(prediction)
        expect(prediction.mean).toBe(values[values.length - 4 + (step % 4)])
        expect(there[step]?.mean).toBe(prediction.mean + shift)
        expect(there[step]?.low95).toBeCloseTo(prediction.low95 + shift, 6)
      })
    }),
    { seed: testSeed },
  )
})

test('intervals of every model nest, and never narrow with the horizon where they are normal', () => {
  fc.assert(
    fc.property(series, smoothing, (values, parameters) => {
      const additive = predictHoltWinters(holtWinters(values, 4, 'additive', parameters), 8, 1)
      const level = predictLevel(fitLevel(values), 8)
      for (const { periods, total } of [additive, level]) {
        nested(total)
        periods.forEach((prediction, step) => {
          nested(prediction)
          const before = periods[step - 1] ?? prediction
          const width = (p: Prediction) => p.high80 - p.low80
          expect(width(prediction)).toBeGreaterThanOrEqual(width(before) * (1 - 1e-12))
        })
      }
    }),
    { seed: testSeed, numRuns: 50 },
  )
})

test('a series of exact seasons and a straight trend is continued exactly', () => {
  const seasons = [10, -5, 0, -5]
  const values = Array.from({ length: 24 }, (_, t) => 100 + 2 * t + (seasons[t % 4] ?? 0))
  const fit = fitHoltWinters(values, 4, 'additive')
  expect(fit.converged).toBe(true)
  predictHoltWinters(fit, 4, 1).periods.forEach(({ mean }, step) => {
    expect(mean).toBeCloseTo(100 + 2 * (24 + step) + (seasons[step] ?? 0), 4)
  })
})

test('paths of multiplying seasons repeat with their seed', () => {
  const values = Array.from({ length: 24 }, (_, t) => 100 + ((t * 37) % 50) + (t % 4) * 20)
  const fit = fitHoltWinters(values, 4, 'multiplicative')
  const ahead = predictHoltWinters(fit, 6, 7)
  expect(predictHoltWinters(fit, 6, 7)).toEqual(ahead)
  expect(predictHoltWinters(fit, 6, 8)).not.toEqual(ahead)
})

test('the sum of periods that err alone is less uncertain than the sum of their intervals', () => {
  const values = Array.from({ length: 36 }, (_, t) => 100 + ((t * 7919) % 31))
  const { periods, total } = seasonalNaive(values, 12, 12)
  const width = (p: Prediction) => p.high80 - p.low80
  expect(width(total)).toBeCloseTo(Math.sqrt(12) * width(periods[0] ?? total), 6)
  expect(total.mean).toBeCloseTo(
    values.slice(24).reduce((sum, value) => sum + value, 0),
    6,
  )
})

test('a known start finds a fit as good as the grid of starts', () => {
  const values = Array.from({ length: 48 }, (_, t) => 300 + t + ((t * 7919) % 97) + (t % 12) * 9)
  const whole = fitHoltWinters(values, 12, 'additive')
  const shorter = fitHoltWinters(values.slice(0, -1), 12, 'additive')
  expect(fitHoltWinters(values, 12, 'additive', shorter).sse).toBeLessThan(whole.sse * 1.01)
})

test('seasons change nothing on average', () => {
  fc.assert(
    fc.property(series, (values) => {
      const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0)
      expect(sum(decompose(values, 4, 'additive').seasons)).toBeCloseTo(0, 6)
      expect(sum(decompose(values, 4, 'multiplicative').seasons)).toBeCloseTo(4, 9)
    }),
    { seed: testSeed },
  )
})

test('a constant series is certain of itself', () => {
  const same = new Array<number>(15).fill(7)
  for (const { periods } of [seasonalNaive(same, 12, 2), predictLevel(fitLevel(same), 2)]) {
    for (const { mean, low95, high95 } of periods) {
      expect([mean, low95, high95].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([7, 7, 7])
    }
  }
})

test('too short a series is an error, and so are multiplying seasons of nothing', () => {
  expect(() => seasonalNaive([1, 2, 3, 4], 4, 1)).toThrow(RangeError)
  expect(() => decompose([1, 2, 3], 2, 'additive')).toThrow(RangeError)
  expect(() => fitHoltWinters([1, 2, 3], 2, 'additive')).toThrow(RangeError)
  expect(() => fitHoltWinters([1, 2, 0, 4], 2, 'multiplicative')).toThrow(RangeError)
  expect(() => fitLevel([1, 2, 3, 4])).toThrow(RangeError)
})
