// Rank intervals and bands: independence of order, laws of the bands, and the wordings they allow.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import {
  type RankedUnit,
  rankBands,
  rankIntervalsHolm,
  rankIntervalsWinrate,
} from './fair-ranking.ts'

const unit = fc.record({
  estimate: fc.integer({ min: 0, max: 20 }),
  se: fc.constantFrom(0.2, 0.5, 1, 2),
})
const units = fc.array(unit, { minLength: 3, maxLength: 14 })

function sure(...estimates: number[]): RankedUnit[] {
  return estimates.map((estimate) => ({ estimate, se: 0.01 }))
}

describe('rank intervals', () => {
  test('contain the rank; a sure order gives single places', () => {
    fc.assert(
      fc.property(units, (list) => {
        for (const rank of rankIntervalsHolm(list).units) {
          expect(rank.low).toBeLessThanOrEqual(rank.value)
          expect(rank.high).toBeGreaterThanOrEqual(rank.value)
        }
      }),
      { seed: testSeed },
    )
    const ranks = rankIntervalsHolm(sure(1, 3, 2)).units
    expect(ranks).toEqual([
      { value: 3, low: 3, high: 3 },
      { value: 1, low: 1, high: 1 },
      { value: 2, low: 2, high: 2 },
    ])
  })

  test('the order in which units are given does not matter', () => {
    fc.assert(
      fc.property(units, fc.infiniteStream(fc.nat()), (list, keys) => {
        const order = list.map((_, i) => ({ i, key: keys.next().value ?? 0 }))
        order.sort((a, b) => a.key - b.key)
        const straight = rankIntervalsHolm(list)
        const mixed = rankIntervalsHolm(order.flatMap(({ i }) => list[i] ?? []))
        expect(mixed.units).toEqual(order.map(({ i }) => straight.units[i]))
        expect(mixed.significantPairs).toBe(straight.significantPairs)
        expect(rankBands(mixed).bands).toEqual(order.map(({ i }) => rankBands(straight).bands[i]))
      }),
      { seed: testSeed },
    )
  })

  test('Holm is never wider than Bonferroni, lower confidence never wider than higher', () => {
    fc.assert(
      fc.property(units, (list) => {
        const holm = rankIntervalsHolm(list)
        const bonferroni = rankIntervalsHolm(list, 0.95, 'bonferroni')
        const bolder = rankIntervalsHolm(list, 0.8)
        holm.units.forEach((rank, i) => {
          expect(bonferroni.units[i]?.low).toBeLessThanOrEqual(rank.low)
          expect(bonferroni.units[i]?.high).toBeGreaterThanOrEqual(rank.high)
          expect(bolder.units[i]?.low).toBeGreaterThanOrEqual(rank.low)
          expect(bolder.units[i]?.high).toBeLessThanOrEqual(rank.high)
        })
      }),
      { seed: testSeed },
    )
  })

  test('two units are a list, not a ranking; broken input is an error', () => {
    const two = rankIntervalsHolm(sure(1, 2))
    expect(two).toMatchObject({ n: 2, status: 'not_enough_data', units: [] })
    expect(rankBands(two)).toMatchObject({ status: 'not_enough_data', bands: [] })
    expect(() => rankIntervalsHolm([{ estimate: 1, se: Number.NaN }])).toThrow(RangeError)
    expect(() => rankIntervalsWinrate([{ successes: 2, trials: 1 }])).toThrow(RangeError)
  })

  test('rates of none and of all have a standard error too', () => {
    const ranking = rankIntervalsWinrate([
      { successes: 0, trials: 4 },
      { successes: 4, trials: 4 },
      { successes: 2, trials: 4 },
    ])
    expect(ranking.status).toBe('ok')
    expect(ranking.compared.every(({ se }) => se > 0)).toBe(true)
  })
})

describe('bands', () => {
  test('never put more than half of the list ahead or behind, nor a better unit behind a worse one', () => {
    fc.assert(
      fc.property(units, (list) => {
        const ranking = rankIntervalsHolm(list)
        const { bands } = rankBands(ranking)
        const size = (band: string) => bands.filter((own) => own === band).length
        expect(size('ahead')).toBeLessThanOrEqual(list.length / 2)
        expect(size('behind')).toBeLessThanOrEqual(list.length / 2)
        list.forEach((a, i) => {
          list.forEach((b, j) => {
            if (bands[i] !== 'ahead' || bands[j] !== 'behind') return
            expect(a.estimate).toBeGreaterThan(b.estimate)
          })
        })
      }),
      { seed: testSeed },
    )
  })

  test('turned upside down, ahead and behind change places', () => {
    const swapped = { ahead: 'behind', level: 'level', behind: 'ahead' } as const
    fc.assert(
      fc.property(units, (list) => {
        const { bands } = rankBands(rankIntervalsHolm(list))
        const turned = list.map(({ estimate, se }) => ({ estimate: -estimate, se }))
        expect(rankBands(rankIntervalsHolm(turned)).bands).toEqual(bands.map((b) => swapped[b]))
      }),
      { seed: testSeed },
    )
  })

  test('one star among equals is ahead of everyone, the others are level', () => {
    expect(rankBands(rankIntervalsHolm(sure(9, 1, 1, 1, 1)))).toEqual({
      status: 'ok',
      bands: ['ahead', 'level', 'level', 'level', 'level'],
      aheadOfEveryone: true,
      behindEveryone: false,
      levelInside: true,
    })
  })

  test('one laggard among equals is behind everyone', () => {
    expect(rankBands(rankIntervalsHolm(sure(9, 9, 1, 9)))).toMatchObject({
      bands: ['level', 'level', 'behind', 'level'],
      behindEveryone: true,
      levelInside: true,
    })
  })

  test('surely in the upper half, yet not told apart from a neighbour: ahead, not of everyone', () => {
    const list = [{ estimate: 10, se: 0.1 }, { estimate: 9, se: 4 }, ...sure(3, 2, 1)]
    expect(rankBands(rankIntervalsHolm(list))).toMatchObject({
      bands: ['ahead', 'level', 'level', 'level', 'behind'],
      aheadOfEveryone: false,
      behindEveryone: false,
    })
  })

  test('level is not a claim that all of the band are alike', () => {
    const list = [
      { estimate: 0.42, se: 0.03 },
      { estimate: 0.38, se: 0.05 },
      { estimate: 0.35, se: 0.04 },
      { estimate: 0.3, se: 0.06 },
      { estimate: 0.22, se: 0.03 },
      { estimate: 0.12, se: 0.025 },
    ]
    expect(rankBands(rankIntervalsHolm(list))).toEqual({
      status: 'ok',
      bands: ['level', 'level', 'level', 'level', 'level', 'behind'],
      aheadOfEveryone: false,
      behindEveryone: false,
      levelInside: false,
    })
  })

  test('all alike: all level', () => {
    const { bands, levelInside } = rankBands(rankIntervalsHolm(sure(5, 5, 5)))
    expect(bands).toEqual(['level', 'level', 'level'])
    expect(levelInside).toBe(true)
  })
})
