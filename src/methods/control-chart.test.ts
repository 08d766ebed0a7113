// Control charts: what moves with the values, what does not, and the charts without limits.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { pChart, runLength, runsBeside, uChart, xmrChart, xmrFactors } from './control-chart.ts'

const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 })

describe('single values', () => {
  test('limits come from the moving ranges, not from the spread of the values', () => {
    const shifted = [10, 12, 10, 12, 10, 12, 30, 32, 30, 32, 30, 32]
    const chart = xmrChart(shifted)
    expect(chart.mean).toBe(21)
    expect(chart.averageMovingRange).toBe((10 * 2 + 18) / 11)
    expect(chart.high).toBeCloseTo(21 + 2.66 * (38 / 11), 12)
    expect(chart.rangeHigh).toBeCloseTo(3.267 * (38 / 11), 12)
    // The lasting shift is seen, because it entered the limits by one step only.
    expect(chart.outside).toEqual([0, 2, 4, 7, 9, 11])
  })

  test('unit and origin of the values do not matter for what is a signal', () => {
    fc.assert(
      fc.property(
        values,
        fc.constantFrom(-4, -1, 0.5, 2, 1024),
        fc.integer({ min: -1e6, max: 1e6 }),
        (points, factor, shift) => {
          fc.pre(new Set(points).size > 1)
          const chart = xmrChart(points)
          const moved = xmrChart(points.map((x) => x * factor + shift))
          // A point on a limit, or on the line, may be moved over it by rounding.
          const near = (x: number, line: number) => Math.abs(x - line) < 1e-6
          const lines = [chart.low ?? 0, chart.mean ?? 0, chart.high ?? 0]
          fc.pre(!points.some((x) => lines.some((line) => near(x, line))))
          expect(moved.outside).toEqual(chart.outside)
          expect(moved.runs).toEqual(chart.runs)
          expect((moved.high ?? 0) - (moved.low ?? 0)).toBeCloseTo(
            ((chart.high ?? 0) - (chart.low ?? 0)) * Math.abs(factor),
            4,
          )
        },
      ),
      { seed: testSeed },
    )
  })

  test('read backwards the limits are the same and the signals mirrored', () => {
    fc.assert(
      fc.property(values, (points) => {
        fc.pre(new Set(points).size > 1)
        const there = xmrChart(points)
        const back = xmrChart([...points].reverse())
        expect(back.mean).toBeCloseTo(there.mean ?? Number.NaN, 9)
        expect(back.averageMovingRange).toBe(there.averageMovingRange)
      }),
      { seed: testSeed },
    )
  })

  test('a baseline keeps its limits whatever comes later', () => {
    fc.assert(
      fc.property(values, values, (first, later) => {
        fc.pre(new Set(first).size > 1)
        const alone = xmrChart(first)
        const both = xmrChart([...first, ...later], { baseline: first.length })
        expect([both.low, both.mean, both.high]).toEqual([alone.low, alone.mean, alone.high])
      }),
      { seed: testSeed },
    )
  })

  test('the customary factors are the unrounded ones, rounded', () => {
    expect(xmrFactors.unrounded.limit).toBeCloseTo(xmrFactors.customary.limit, 2)
    expect(xmrFactors.unrounded.range).toBeCloseTo(xmrFactors.customary.range, 3)
  })

  test('too few values, equal values, impossible ones', () => {
    expect(xmrChart([])).toMatchObject({ n: 0, status: 'not_enough_data' })
    expect(xmrChart([7])).toMatchObject({ n: 1, status: 'not_enough_data' })
    const equal = xmrChart([7, 7, 7])
    expect(equal).toMatchObject({ status: 'undefined_no_variation', mean: 7, outside: [] })
    expect(equal).not.toHaveProperty('low')
    expect(() => xmrChart([1, Number.NaN])).toThrow(RangeError)
    expect(() => xmrChart([1, 2], { baseline: 3 })).toThrow(RangeError)
  })

  test('large values with small differences keep their digits', () => {
    const small = [1, 3, 2, 5, 4]
    const large = xmrChart(small.map((x) => x + 1e15))
    expect(large.averageMovingRange).toBe(xmrChart(small).averageMovingRange)
    expect(large.mean).toBe(1e15 + 3)
  })
})

describe('runs', () => {
  test('eight on one side are a run, seven are not, and one on the line breaks it', () => {
    const above = (n: number) => Array.from({ length: n }, () => 1)
    expect(runsBeside(above(7), 0)).toEqual([])
    expect(runsBeside(above(8), 0)).toEqual([[0, 7]])
    expect(runsBeside([...above(7), 0, ...above(7)], 0)).toEqual([])
    expect(runsBeside([-1, ...above(9), -1], 0)).toEqual([[1, 9]])
    expect(runsBeside([], 0)).toEqual([])
  })

  test('every run is long enough, one-sided and cannot be made longer', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 2 }), { maxLength: 60 }), (points) => {
        const runs = runsBeside(points, 0)
        for (const [first, last] of runs) {
          expect(last - first + 1).toBeGreaterThanOrEqual(runLength)
          const sides = new Set(points.slice(first, last + 1).map(Math.sign))
          expect(sides.size).toBe(1)
          expect(sides.has(0)).toBe(false)
          expect(sides.has(Math.sign(points[first - 1] ?? 0))).toBe(false)
          expect(sides.has(Math.sign(points[last + 1] ?? 0))).toBe(false)
        }
        const longest = points
          .map((point) => (point > 0 ? 'u' : point < 0 ? 'd' : '0'))
          .join('')
          .match(/u{8,}|d{8,}/g)
        expect(runs.length).toBe(longest?.length ?? 0)
      }),
      { seed: testSeed },
    )
  })
})

describe('shares and counts per exposure', () => {
  const records = fc.array(
    fc
      .integer({ min: 1, max: 400 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n))),
    { minLength: 1, maxLength: 20 },
  )

  test('limits hold the centre, stay possible, and are narrower where there is more', () => {
    fc.assert(
      fc.property(records, (pairs) => {
        const p = pChart(pairs.map(([successes, trials]) => ({ successes, trials })))
        const u = uChart(pairs.map(([count, exposure]) => ({ count, exposure })))
        expect(p.centre).toBe(u.centre)
        p.points.forEach(({ low = -1, high = 2 }, i) => {
          expect(low).toBeGreaterThanOrEqual(0)
          expect(low).toBeLessThanOrEqual(p.centre ?? Number.NaN)
          expect(high).toBeGreaterThanOrEqual(p.centre ?? Number.NaN)
          expect(high).toBeLessThanOrEqual(1)
          pairs.forEach(([, trials], j) => {
            if (trials <= (pairs[i]?.[1] ?? 0)) return
            expect(p.points[j]?.high).toBeLessThanOrEqual(high)
          })
        })
      }),
      { seed: testSeed },
    )
  })

  test('a month without trials has no point; nothing at all has no chart', () => {
    const month = { successes: 5, trials: 10 }
    const chart = pChart([month, { successes: 0, trials: 0 }, month])
    expect(chart).toMatchObject({ status: 'ok', centre: 0.5, outside: [] })
    expect(chart.points[1]).toEqual({})
    expect(pChart([{ successes: 0, trials: 0 }]).status).toBe('not_enough_data')
    expect(uChart([]).status).toBe('not_enough_data')
  })

  test('never a success: the line is at 0 and nothing is outside', () => {
    expect(pChart([{ successes: 0, trials: 9 }])).toMatchObject({ centre: 0, outside: [] })
  })

  test('impossible counts are errors', () => {
    expect(() => pChart([{ successes: 2, trials: 1 }])).toThrow(RangeError)
    expect(() => uChart([{ count: 1, exposure: 0 }])).toThrow(RangeError)
    expect(() => uChart([{ count: 0.5, exposure: 1 }])).toThrow(RangeError)
  })
})
