// Stages of a funnel, calls that are made again, velocity and concentration: laws and refusals.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { callAttempts } from './call-attempts.ts'
import { concentration } from './concentration.ts'
import { conversion } from './conversion.ts'
import { salesVelocity } from './sales-velocity.ts'

describe('conversion', () => {
  test('the rates of the steps multiply to the whole', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(counts, (numbers) => {
        const stages = numbers
          .sort((a, b) => b - a)
          .map((count, i) => ({ name: `stage ${i}`, count }))
        const { steps, overall } = conversion(stages)
        expect(steps.length).toBe(stages.length - 1)
        const product = steps.reduce((all, { rate }) => all * (rate.value ?? Number.NaN), 1)
        expect(overall.value).toBeCloseTo(product, 12)
        for (const { rate } of steps) {
          expect(rate.low).toBeLessThanOrEqual(rate.value ?? Number.NaN)
          expect(rate.high).toBeGreaterThanOrEqual(rate.value ?? Number.NaN)
        }
      }),
      { seed: testSeed },
    )
  })

  test('after an empty stage nothing is known; counts of other deals are refused by name', () => {
    const found = conversion([
      { name: 'calls', count: 0 },
      { name: 'won', count: 0 },
    ])
    expect(found.overall.status).toBe('not_enough_data')
    expect(found.steps[0]?.rate).not.toHaveProperty('value')
    const more = [
      { name: 'calls', count: 3 },
      { name: 'meetings', count: 4 },
    ]
    expect(() => conversion(more)).toThrow('More reached “meetings” than “calls”')
    expect(() => conversion([{ name: 'calls', count: 3 }])).toThrow(RangeError)
  })
})

describe('call attempts', () => {
  test('with nobody given up, the cumulated share is the share of all who were reached', () => {
    const reached = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(reached, fc.integer({ min: 1, max: 50 }), (numbers, never) => {
        const all = numbers.reduce((sum, n) => sum + n, never)
        let left = all
        const attempts = numbers.map((n) => {
          const attempt = { attempted: left, reached: n }
          left -= n
          return attempt
        })
        const table = callAttempts(attempts)
        expect(table.at(-1)?.cumulativeReached).toBeCloseTo((all - never) / all, 12)
      }),
      { seed: testSeed },
    )
  })

  test('nobody called: not known from there on; more than were left: refused', () => {
    const table = callAttempts([
      { attempted: 9, reached: 1 },
      { attempted: 0, reached: 0 },
    ])
    expect(table[1]?.rate.status).toBe('not_enough_data')
    expect(table[1]).not.toHaveProperty('cumulativeReached')
    const impossible = [
      { attempted: 9, reached: 5 },
      { attempted: 5, reached: 1 },
    ]
    expect(() => callAttempts(impossible)).toThrow('Attempt 2')
  })
})

describe('velocity', () => {
  test('grows with each part and falls with the days', () => {
    const parts = { opportunities: 40, winRate: 0.25, averageValue: 1_000_000, cycleDays: 50 }
    const perDay = salesVelocity(parts).perDay ?? Number.NaN
    expect(salesVelocity({ ...parts, opportunities: 80 }).perDay).toBeCloseTo(2 * perDay, 6)
    expect(salesVelocity({ ...parts, cycleDays: 100 }).perDay).toBeCloseTo(perDay / 2, 6)
    expect(salesVelocity({ ...parts, cycleDays: 0 })).not.toHaveProperty('perDay')
    expect(() => salesVelocity({ ...parts, winRate: 25 })).toThrow(RangeError)
    expect(() => salesVelocity({ ...parts, opportunities: -1 })).toThrow(RangeError)
    expect(() => salesVelocity({ ...parts, cycleDays: Number.NaN })).toThrow(RangeError)
  })
})

describe('concentration', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 40 })

  test('the curve rises to 1, ever more slowly, in any order and any unit', () => {
    fc.assert(
      fc.property(amounts, (values) => {
        const found = concentration(values)
        expect(concentration([...values].reverse())).toEqual(found)
        expect(concentration(values.map((x) => 8 * x))).toEqual(found)
        if (found.status !== 'ok') return
        expect(found.cumulativeShare.at(-1)).toBe(1)
        const steps = found.cumulativeShare.map((x, i, all) => x - (all[i - 1] ?? 0))
        steps.slice(1).forEach((step, i) => {
          expect(step).toBeGreaterThanOrEqual(-1e-12)
          expect(step).toBeLessThanOrEqual((steps[i] ?? 0) + 1e-12)
        })
        const items = found.itemsForFourFifths ?? 0
        expect(found.cumulativeShare[items - 1]).toBeGreaterThanOrEqual(0.8)
        if (items > 1) expect(found.cumulativeShare[items - 2]).toBeLessThan(0.8)
      }),
      { seed: testSeed },
    )
  })

  test('nothing, only zeros, returns', () => {
    expect(concentration([]).status).toBe('not_enough_data')
    expect(concentration([0, 0])).toMatchObject({ status: 'undefined_all_zero' })
    expect(() => concentration([3, -1])).toThrow(RangeError)
  })
})
