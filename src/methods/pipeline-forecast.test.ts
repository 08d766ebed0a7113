// What open deals may bring: exact and simulated agree, quantiles never fall, totals stay possible.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { pipelineForecast } from './pipeline-forecast.ts'

const deal = fc.record({
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  amount: fc.integer({ min: 0, max: 100_000 }),
})

test('quantiles never fall, and no total lies outside what the deals can bring', () => {
  fc.assert(
    fc.property(fc.array(deal, { maxLength: 26 }), (deals) => {
      const found = pipelineForecast(deals, 3)
      const { low95, low80, p10, p50, p90, high80, high95, mean } = found
      const all = deals.reduce((sum, { amount }) => sum + amount, 0)
      const rising = [0, low95, low80, p50, high80, high95, all]
      rising.slice(1).forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual(rising[i] ?? 0)
      })
      expect([p10, p90]).toEqual([low80, high80])
      expect(mean).toBeLessThanOrEqual(all * (1 + 1e-12))
      expect(found.method).toBe(
        deals.filter(({ probability }) => probability > 0).length <= 20 ? 'exact' : 'simulated',
      )
    }),
    { seed: testSeed, numRuns: 40 },
  )
})

test('every outcome of few deals, against counting them one by one', () => {
  fc.assert(
    fc.property(fc.array(deal, { minLength: 1, maxLength: 7 }), (deals) => {
      const outcomes = Array.from({ length: 2 ** deals.length }, (_, mask) => {
        let weight = 1
        let total = 0
        deals.forEach(({ probability, amount }, i) => {
          const comes = Math.floor(mask / 2 ** i) % 2 === 1
          weight *= comes ? probability : 1 - probability
          total += comes ? amount : 0
        })
        return { weight, total }
      })
      const { p50, p90 } = pipelineForecast(deals, 1)
      const below = (value: number) =>
        outcomes.reduce((sum, { weight, total }) => sum + (total <= value ? weight : 0), 0)
      expect(below(p50)).toBeGreaterThanOrEqual(0.5 - 1e-9)
      expect(below(p90)).toBeGreaterThanOrEqual(0.9 - 1e-9)
      expect(below(p50 - 1)).toBeLessThan(0.5 + 1e-9)
    }),
    { seed: testSeed, numRuns: 60 },
  )
})

test('beyond twenty deals the simulation is near the exact answer and repeats with its seed', () => {
  const deals = Array.from({ length: 20 }, (_, i) => ({ probability: 0.35, amount: 1000 + i * 10 }))
  const exact = pipelineForecast(deals, 1)
  // A deal of no amount changes no total, and makes the number of outcomes too large to list.
  const simulated = pipelineForecast([...deals, { probability: 0.5, amount: 0 }], 1)
  expect([exact.method, simulated.method]).toEqual(['exact', 'simulated'])
  const all = deals.reduce((sum, { amount }) => sum + amount, 0)
  for (const key of ['low95', 'low80', 'p50', 'high80', 'high95'] as const) {
    expect(Math.abs(simulated[key] - exact[key])).toBeLessThan(0.015 * all)
  }
  expect(pipelineForecast([...deals, { probability: 0.5, amount: 0 }], 1)).toEqual(simulated)
})

test('no deals bring nothing; a chance beyond 1 and a negative amount are errors', () => {
  expect(pipelineForecast([], 1)).toMatchObject({ mean: 0, sd: 0, high95: 0, n: 0 })
  expect(() => pipelineForecast([{ probability: 1.1, amount: 1 }], 1)).toThrow(RangeError)
  expect(() => pipelineForecast([{ probability: 0.5, amount: -1 }], 1)).toThrow(RangeError)
})

test('thousands of deals are as the normal sum of them, near what drawing them gives', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ probability: 0.2, amount: 900 + (i % 7) * 50 }))
  const [drawn, normal] = [pipelineForecast(many(4990), 1), pipelineForecast(many(5000), 1)]
  expect([drawn.method, normal.method]).toEqual(['simulated', 'normal'])
  expect(Math.abs(normal.high80 - drawn.high80) / normal.mean).toBeLessThan(0.01)
  expect(Math.abs(normal.low95 - drawn.low95) / normal.mean).toBeLessThan(0.01)
})

const certain = { groups: [{ chance: 0.5, size: 1e9 }], common: 0, amountSd: 0 }
const alike = (count: number, guessed = false) =>
  Array.from({ length: count }, () => ({ probability: 0.3, amount: 100, group: 0, guessed }))

test('without doubt in it, doubt changes nothing but the drawing', () => {
  for (const count of [50, 600]) {
    const [known, drawn] = [
      pipelineForecast(alike(count), 1),
      pipelineForecast(alike(count), 1, certain),
    ]
    expect(drawn.mean).toBe(known.mean)
    expect(drawn.sd).toBeCloseTo(known.sd, 2)
    for (const key of ['low80', 'high80', 'low95', 'high95'] as const) {
      expect(Math.abs(drawn[key] - known[key])).toBeLessThan(0.2 * known.sd + 100)
    }
  }
})

test('each doubt widens the interval as far as its standard deviation says', () => {
  const z80 = 1.2816
  const doubts = [
    { ...certain, groups: [{ chance: 0.5, size: 6 }] },
    { ...certain, common: 0.5 },
    { ...certain, amountSd: 300 },
  ]
  for (const count of [60, 800]) {
    const { sd } = pipelineForecast(alike(count, true), 1, certain)
    for (const doubt of doubts) {
      const found = pipelineForecast(alike(count, true), 1, doubt)
      expect(found.mean).toBeCloseTo(count * 30, 6)
      expect(found.sd).toBeGreaterThan(1.4 * sd)
      const half = (found.high80 - found.low80) / 2
      expect(half / (z80 * found.sd)).toBeGreaterThan(0.83)
      expect(half / (z80 * found.sd)).toBeLessThan(1.13)
    }
  }
  // What is in common is no part of a deal's own deviation.
  const { sd, ownSd } = pipelineForecast(alike(200), 1, { ...certain, common: 0.3 })
  expect(sd).toBeGreaterThan(2.5 * ownSd)
})

test('in doubt nothing falls below 0, and no deals bring nothing', () => {
  const found = pipelineForecast(alike(700), 1, { ...certain, common: 1.5 })
  expect(found.low95).toBeGreaterThanOrEqual(0)
  expect(found.low95 <= found.low80 && found.high80 <= found.high95).toBe(true)
  expect(pipelineForecast([], 1, certain)).toMatchObject({ mean: 0, sd: 0, high95: 0 })
})
