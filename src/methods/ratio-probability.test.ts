// Chances of ratios: their laws, and against what is known in closed form.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { betaCdf } from './beta.ts'
import { randomNumbers } from './random-numbers.ts'
import { chanceOfRatio, drawRatios, type PastSides, ratioQuantile } from './ratio-probability.ts'

const seeded = { seed: testSeed, numRuns: 60 }
const none = { top: 0, bottom: 0 }

const shareDays = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([bottom, part]): PastSides => ({ top: Math.round(bottom * part), bottom, weight: 1 })),
  { minLength: 10, maxLength: 60 },
)
const meanDays = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 90_000 }))
    .map(([bottom, each]): PastSides => ({ top: bottom * each, bottom, weight: 1 })),
  { minLength: 10, maxLength: 60 },
)
const either = fc.oneof(
  shareDays.map((past) => ({ past, of: 'shares' as const, scale: 1 })),
  meanDays.map((past) => ({ past, of: 'means' as const, scale: 90_000 })),
)

describe('a chance', () => {
  test('never rises with the target, and both sides of it cover all that has a ratio', () => {
    fc.assert(
      fc.property(
        either,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ past, of, scale }, one, other) => {
          const courses = drawRatios({ past, of, ahead: [20], begun: none, seed: 7, draws: 300 })
          const chance = (target: number) => chanceOfRatio(courses, scale * target, 0, 'least')
          expect(chance(Math.max(one, other))).toBeLessThanOrEqual(chance(Math.min(one, other)))
          const target = scale * one
          const [steps] = courses.steps
          const both = chance(one) + chanceOfRatio(courses, target, 0, 'most')
          expect(both).toBeGreaterThanOrEqual((steps?.length ?? 0) / courses.draws - 1e-12)
        },
      ),
      seeded,
    )
  })

  test('is settled when nothing is left to come', () => {
    fc.assert(
      fc.property(either, fc.integer({ min: 1, max: 50 }), ({ past, of }, bottom) => {
        const begun = { top: Math.floor(bottom / 2), bottom }
        const courses = drawRatios({ past, of, ahead: [0], begun, seed: 7, draws: 50 })
        const ratio = begun.top / begun.bottom
        expect(chanceOfRatio(courses, ratio, 0, 'least')).toBe(1)
        expect(chanceOfRatio(courses, ratio, 0, 'most')).toBe(1)
        expect(ratioQuantile(courses, 0.5, 0)).toBe(ratio)
      }),
      seeded,
    )
  })

  test('the same seed draws the same courses, and shares stay between none and all', () => {
    fc.assert(
      fc.property(shareDays, (past) => {
        const draw = () =>
          drawRatios({
            past,
            of: 'shares',
            ahead: [3, 9],
            begun: none,
            seed: 3,
            draws: 60,
            shift: 0.2,
          })
        expect(draw()).toEqual(draw())
        for (const step of draw().steps)
          for (const ratio of step) expect(ratio >= 0 && ratio <= 1).toBe(true)
      }),
      seeded,
    )
  })
})

describe('against what is known', () => {
  test('a share over very many to come has the Beta posterior of what is behind', () => {
    const past = Array.from({ length: 40 }, (_, i) => ({
      top: i % 2,
      bottom: 1 + (i % 2),
      weight: 1,
    }))
    const courses = drawRatios({
      past,
      of: 'shares',
      ahead: [400_000],
      begun: none,
      seed: 11,
      draws: 4_000,
    })
    for (const share of [0.25, 0.3, 0.35, 0.4, 0.45]) {
      const known = 1 - betaCdf(share, 20.5, 40.5)
      expect(Math.abs(chanceOfRatio(courses, share, 0, 'least') - known)).toBeLessThan(0.03)
    }
  })

  test('a mean over very many to come spreads as means of the days behind do', () => {
    const chance = randomNumbers(5)
    const past = Array.from({ length: 120 }, () => ({
      top: Math.round(1_000 * (0.5 + chance())),
      bottom: 1,
      weight: 1,
    }))
    const mean = past.reduce((sum, { top }) => sum + top, 0) / past.length
    const squares = past.reduce((sum, { top }) => sum + (top - mean) ** 2, 0)
    const error = Math.sqrt(squares) / past.length
    const courses = drawRatios({
      past,
      of: 'means',
      ahead: [4_000],
      begun: none,
      seed: 9,
      draws: 800,
    })
    expect(Math.abs((ratioQuantile(courses, 0.5, 0) ?? 0) - mean)).toBeLessThan(0.25 * error)
    const spread = (ratioQuantile(courses, 0.975, 0) ?? 0) - (ratioQuantile(courses, 0.025, 0) ?? 0)
    expect(spread / (3.92 * error)).toBeGreaterThan(0.88)
    expect(spread / (3.92 * error)).toBeLessThan(1.12)
  })

  test('chances over fresh worlds come true as often as they say', () => {
    const chance = randomNumbers(testSeed)
    const said = { low: [0, 0, 0], high: [0, 0, 0] }
    for (let world = 0; world < 600; world += 1) {
      const share = 0.2 + 0.5 * chance()
      const day = () => {
        const bottom = Math.floor(chance() * 4)
        let top = 0
        for (let i = 0; i < bottom; i += 1) if (chance() < share) top += 1
        return { top, bottom, weight: 1 }
      }
      const past = Array.from({ length: 60 }, day)
      const target = 0.2 + 0.5 * chance()
      const courses = drawRatios({
        past,
        of: 'shares',
        ahead: [25],
        begun: none,
        seed: world,
        draws: 200,
      })
      const told = chanceOfRatio(courses, target, 0, 'least')
      const after = Array.from({ length: 25 }, day)
      const [top, bottom] = [
        after.reduce((sum, one) => sum + one.top, 0),
        after.reduce((sum, one) => sum + one.bottom, 0),
      ]
      const half = told < 0.5 ? said.low : said.high
      half[0] = (half[0] ?? 0) + 1
      half[1] = (half[1] ?? 0) + told
      half[2] = (half[2] ?? 0) + (bottom > 0 && top / bottom >= target ? 1 : 0)
    }
    for (const [n = 0, sum = 0, reached = 0] of [said.low, said.high]) {
      // Four standard errors: one run in sixteen thousand lies beyond.
      expect(Math.abs(reached - sum)).toBeLessThan(4 * Math.sqrt(n * 0.25))
    }
  })
})
