// Laws of the net promoter score, and what it says when all answers are alike.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { countRecommendations, netPromoterScore, recommends } from './nps.ts'
import { wilson } from './proportion-ci.ts'

const count = fc.integer({ min: 0, max: 2000 })
const counts = fc
  .record({ detractors: count, passives: count, promoters: count })
  .filter(({ detractors, passives, promoters }) => detractors + passives + promoters > 0)

test('lies inside its interval, which lies between −100 and 100 and is never a point', () => {
  fc.assert(
    fc.property(counts, (of) => {
      const { value = Number.NaN, low = Number.NaN, high = Number.NaN } = netPromoterScore(of)
      expect(low).toBeGreaterThanOrEqual(-100)
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
      expect(high).toBeLessThanOrEqual(100)
      expect(high).toBeGreaterThan(low)
    }),
    { seed: testSeed },
  )
})

test('promoters and detractors changed about: the mirror', () => {
  fc.assert(
    fc.property(counts, (of) => {
      const there = netPromoterScore(of)
      const back = netPromoterScore({
        ...of,
        promoters: of.detractors,
        detractors: of.promoters,
      })
      expect(back.value).toBeCloseTo(-(there.value ?? Number.NaN), 9)
      expect(back.low).toBeCloseTo(-(there.high ?? Number.NaN), 9)
      expect(back.n).toBe(there.n)
    }),
    { seed: testSeed },
  )
})

test('four times the answers: half the standard error', () => {
  const few = netPromoterScore({ detractors: 10, passives: 20, promoters: 30 })
  const many = netPromoterScore({ detractors: 40, passives: 80, promoters: 120 })
  expect(many.value).toBe(few.value)
  expect((few.se ?? 0) / (many.se ?? 1)).toBeCloseTo(2, 12)
})

test('all answers alike: the interval is that of the one category', () => {
  const lowest = wilson(12, 12).low ?? Number.NaN
  const promoters = netPromoterScore({ detractors: 0, passives: 0, promoters: 12 })
  expect(promoters).toMatchObject({ value: 100, se: 0, high: 100, n: 12 })
  expect(promoters.status).toBe('undefined_no_variation')
  expect(promoters.alike).toMatchObject({ category: 'promoters', share: { value: 1 } })
  // If the others are all detractors, the score cannot be lower than this.
  expect(promoters.low).toBeCloseTo(100 * lowest - 100 * (1 - lowest), 12)
  const passives = netPromoterScore({ detractors: 0, passives: 12, promoters: 0 })
  expect(passives.low).toBeCloseTo(-100 * (1 - lowest), 12)
  expect(passives.high).toBeCloseTo(100 * (1 - lowest), 12)
})

test('categories by answer; no answers, and answers that cannot be', () => {
  expect([0, 6, 6.9, 7, 8, 9, 10].map(recommends)).toEqual([
    'detractors',
    'detractors',
    'detractors',
    'passives',
    'passives',
    'promoters',
    'promoters',
  ])
  expect(countRecommendations([])).toEqual({ detractors: 0, passives: 0, promoters: 0 })
  expect(netPromoterScore(countRecommendations([]))).not.toHaveProperty('value')
  expect(() => recommends(11)).toThrow(RangeError)
  expect(() => netPromoterScore({ detractors: -1, passives: 2, promoters: 3 })).toThrow(RangeError)
})
