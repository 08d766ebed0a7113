// Ranks of two groups: exchange, any growing scale, exact against counted-out chances, small groups.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { hodgesLehmann, mannWhitney } from './rank-test.ts'

const group = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 25 })

describe('Mann–Whitney', () => {
  test('w counts pairs, equal ones by half', () => {
    fc.assert(
      fc.property(group, group, (a, b) => {
        const pairs = a.flatMap((x) => b.map((y): number => (x > y ? 1 : x === y ? 0.5 : 0)))
        const found = mannWhitney(a, b)
        if (found.status !== 'ok') {
          expect(new Set([...a, ...b]).size).toBe(1)
          return
        }
        expect(found.w).toBe(pairs.reduce((sum, pair) => sum + pair, 0))
        expect(found.ties).toBe(new Set([...a, ...b]).size < a.length + b.length)
      }),
      { seed: testSeed },
    )
  })

  test('exchange of the groups mirrors the chance; any growing scale leaves everything', () => {
    fc.assert(
      fc.property(group, group, (a, b) => {
        const there = mannWhitney(a, b)
        const back = mannWhitney(b, a)
        const cube = (values: readonly number[]) => values.map((x) => x ** 3 - 1e6)
        expect(mannWhitney(cube(a), cube(b))).toEqual(there)
        expect(back.status).toBe(there.status)
        if (there.status !== 'ok') return
        expect(back.chance).toBeCloseTo(1 - (there.chance ?? Number.NaN), 12)
        expect(back.pValue).toBeCloseTo(there.pValue ?? Number.NaN, 9)
        expect(back.pNormal).toBeCloseTo(there.pNormal ?? Number.NaN, 9)
      }),
      { seed: testSeed },
    )
  })

  test('the exact p-value, counted out over all ways to choose the group', () => {
    const a = [1, 2, 4]
    const b = [3, 5, 6, 7]
    // Only {1,2,3} gives a smaller w, {1,2,4} itself is the next: 2 of 35 ways, on either side.
    expect(mannWhitney(a, b)).toMatchObject({ w: 1, ties: false })
    expect(mannWhitney(a, b).pExact).toBeCloseTo(4 / 35, 12)
    expect(mannWhitney([1], [2]).pExact).toBe(1)
  })

  test('exact up to 49 values a group, and there close to the normal one', () => {
    const odd = Array.from({ length: 49 }, (_, i) => 2 * i + 20)
    const even = Array.from({ length: 49 }, (_, i) => 2 * i + 1)
    const found = mannWhitney(odd, even)
    expect(found.pValue).toBe(found.pExact)
    expect(found.pExact).toBeCloseTo(found.pNormal ?? Number.NaN, 3)
    expect(mannWhitney([...odd, 1000], even)).not.toHaveProperty('pExact')
  })

  test('an empty group, equal values, values that are none', () => {
    expect(mannWhitney([], [1]).status).toBe('not_enough_data')
    expect(mannWhitney([2, 2], [2, 2]).status).toBe('undefined_no_variation')
    expect(() => mannWhitney([Number.NaN], [1])).toThrow(RangeError)
  })
})

describe('Hodges–Lehmann', () => {
  test('is the median of all differences and lies within its limits', () => {
    fc.assert(
      fc.property(group, group, (a, b) => {
        const all = a.flatMap((x) => b.map((y) => x - y)).sort((x, y) => x - y)
        const [lower = 0, upper = 0] = [all[(all.length - 1) >> 1], all[all.length >> 1]]
        const found = hodgesLehmann(a, b)
        expect(found.value).toBe((lower + upper) / 2)
        if (found.status !== 'ok') return
        expect(found.low).toBeLessThanOrEqual(found.value ?? Number.NaN)
        expect(found.high).toBeGreaterThanOrEqual(found.value ?? Number.NaN)
        expect(all).toContain(found.low)
        expect(all).toContain(found.high)
      }),
      { seed: testSeed },
    )
  })

  test('follows a shift and a change of unit, and turns round with the groups', () => {
    fc.assert(
      fc.property(group, group, fc.integer({ min: -9, max: 9 }), (a, b, shift) => {
        const there = hodgesLehmann(a, b)
        const moved = hodgesLehmann(
          a.map((x) => 4 * x + shift),
          b.map((x) => 4 * x),
        )
        const back = hodgesLehmann(b, a)
        expect(moved.value).toBe(4 * (there.value ?? Number.NaN) + shift)
        expect(back.value).toBe(0 - (there.value ?? Number.NaN))
        expect(moved.status).toBe(there.status)
        if (there.status !== 'ok') return
        expect(moved.low).toBe(4 * (there.low ?? Number.NaN) + shift)
        expect(back.low).toBe(0 - (there.high ?? Number.NaN))
      }),
      { seed: testSeed },
    )
  })

  test('the limits exclude 0 just when the exact test finds a difference', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -60, max: 60 }), {
      minLength: 10,
      maxLength: 30,
    })
    fc.assert(
      fc.property(distinct, fc.integer({ min: 4, max: 6 }), fc.nat(40), (all, cut, shift) => {
        // Halves keep every value of one group apart from every value of the other.
        const a = all.slice(0, cut).map((x) => x + shift + 0.5)
        const b = all.slice(cut)
        const { low = 0, high = 0 } = hodgesLehmann(a, b)
        const { pExact = 1 } = mannWhitney(a, b)
        expect(low > 0 || high < 0).toBe(pExact < 0.05)
      }),
      { seed: testSeed },
    )
  })

  test('three against three have no interval at 95 %, and many values need no list of pairs', () => {
    const small = hodgesLehmann([1, 2, 3], [4, 5, 6])
    expect(small).toMatchObject({ value: -3, status: 'not_enough_data' })
    expect(small).not.toHaveProperty('low')
    expect(hodgesLehmann([], [1])).not.toHaveProperty('value')
    const many = Array.from({ length: 20_000 }, (_, i) => i)
    const found = hodgesLehmann(
      many.map((x) => x + 0.25),
      many,
    )
    expect(found.value).toBe(0.25)
    expect(found.low).toBeLessThan(-50)
    expect(() => hodgesLehmann([1], [2], 0)).toThrow(RangeError)
  })
})
