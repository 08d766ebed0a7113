// Places worth looking at: what stands out, what chance and size explain, and what says the same.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { randomNumbers } from '../../../methods/random-numbers.ts'
import { changeOfRatio } from './contribution.ts'
import {
  candidates,
  type DimensionMovements,
  type Movement,
  noteworthy,
  type PlaceKey,
  productsOfShare,
  varianceOfCounts,
  varianceOfRatio,
  varianceOfSums,
} from './noteworthy.ts'

const move = (cell: string | null, change: number, size = 100, variance = 1): Movement => ({
  cell,
  change,
  size,
  variance,
})
const offices: DimensionMovements = {
  dimension: 'office',
  movements: [move('Central', -90), move('East', -6), move('West', -4)],
}
const counted = (cell: string, before: number, now: number) =>
  move(cell, now - before, before + now, varianceOfCounts(before, now))
const nobodyCounted = () => undefined

describe('candidates', () => {
  test('the office that fell by itself stands out, with its share and what size leaves of it', () => {
    const found = candidates([offices])
    expect(found.map(({ cell }) => cell)).toEqual(['Central'])
    expect(found[0]?.share).toBeCloseTo(0.9, 12)
    expect(found[0]?.excess).toBeCloseTo(-90 + 100 / 3, 12)
  })

  test('everything moved alike: large cells are no news', () => {
    const movements = [move('Central', -60, 600), move('East', -30, 300), move('West', -10, 100)]
    expect(candidates([{ dimension: 'office', movements }])).toEqual([])
  })

  test('a cell that rose less than the others is no place, one that fell against them is', () => {
    const movements = [move('Central', 5, 300), move('East', 100, 100), move('West', -20, 100)]
    const found = candidates([{ dimension: 'office', movements }])
    expect(found.map(({ cell }) => cell)).toEqual(['East', 'West'])
    expect(found[1]?.share).toBeLessThan(0)
  })

  test('noise, a single cell, facts without a cell, nothing at all', () => {
    const noisy = offices.movements.map((movement) => ({ ...movement, variance: 5000 }))
    expect(candidates([{ dimension: 'office', movements: noisy }])).toEqual([])
    expect(candidates([{ dimension: 'currency', movements: [move('USD', -100)] }])).toEqual([])
    const nameless = [move(null, -90), move('East', 0), move('West', 0)]
    expect(candidates([{ dimension: 'office', movements: nameless }])).toEqual([])
    expect(candidates([])).toEqual([])
  })

  test('the whole did not change: both sides of what moved are places, without a share', () => {
    const movements = [move('Central', -50), move('East', 50), move('West', 0)]
    const found = candidates([{ dimension: 'office', movements }])
    expect(found.map(({ cell, share }) => [cell, share])).toEqual([
      ['Central', null],
      ['East', null],
    ])
  })

  test('by chance alone hardly anything stands out; a seller who halved is found', () => {
    const chance = randomNumbers(testSeed)
    /** Calls of a month with a mean of 60: 600 tries of one in ten. */
    const calls = () => Array.from({ length: 600 }, chance).filter((x) => x < 0.1).length
    const runs = 100
    let [byChance, found] = [0, 0]
    for (let run = 0; run < runs; run += 1) {
      const movements = Array.from({ length: 20 }, (_, i) => counted(`s${i}`, calls(), calls()))
      const halved = counted('fallen', 120, 60)
      const places = (of: Movement[]) => candidates([{ dimension: 'seller', movements: of }])
      if (places(movements).length > 0) byChance += 1
      if (places([...movements, halved]).some(({ cell }) => cell === 'fallen')) found += 1
    }
    expect(byChance).toBeLessThanOrEqual(runs * 0.1)
    expect(found).toBeGreaterThanOrEqual(runs * 0.95)
  })

  test('the order of cells, the direction and the unit of the change do not matter', () => {
    const movement = fc.record({
      cell: fc.oneof(fc.constant(null), fc.string({ maxLength: 3 })),
      change: fc.integer({ min: -500, max: 500 }),
      size: fc.nat(1000),
      variance: fc.nat(2000),
    })
    const dimension = fc.uniqueArray(movement, { selector: ({ cell }) => cell, maxLength: 12 })
    fc.assert(
      fc.property(dimension, (movements) => {
        const names = (list: readonly Movement[]) =>
          candidates([{ dimension: 'seller', movements: list }]).map(({ cell }) => cell)
        const found = names(movements)
        const turned = movements.map((m) => ({ ...m, change: -m.change }))
        const scaled = movements.map((m) => ({
          ...m,
          change: 4 * m.change,
          size: 8 * m.size,
          variance: 16 * m.variance,
        }))
        expect(names(turned)).toEqual(found)
        expect(names(scaled)).toEqual(found)
        expect(names(movements.toReversed()).sort()).toEqual(found.toSorted())
      }),
      { seed: testSeed },
    )
  })
})

describe('places', () => {
  const key = ({ dimension, cell }: PlaceKey) => `${dimension}:${cell}`
  const shared = (parts: Record<string, number>) => (a: PlaceKey, b: PlaceKey) =>
    parts[`${key(a)} ${key(b)}`] ?? parts[`${key(b)} ${key(a)}`]
  const sellers: DimensionMovements = {
    dimension: 'seller',
    movements: [move('Ada', -85, 30), move('Bob', -8), move('Eve', -7)],
  }

  test('the seller who is all of an office is the same place, told once', () => {
    const together = shared({ 'office:Central seller:Ada': -85 })
    const [place, ...more] = noteworthy(candidates([offices, sellers]), together)
    expect(more).toEqual([])
    expect(place).toMatchObject({
      dimension: 'office',
      cell: 'Central',
      alike: [{ dimension: 'seller', cell: 'Ada' }],
      within: null,
    })
  })

  test('a product sold everywhere is another place than the office', () => {
    const products: DimensionMovements = {
      dimension: 'product',
      movements: [move('GTX', -80, 50), move('MG', -20)],
    }
    const together = shared({ 'office:Central product:GTX': -35 })
    const places = noteworthy(candidates([offices, products]), together)
    expect(places.map(key)).toEqual(['office:Central', 'product:GTX'])
    expect(places.every(({ within, alike }) => within === null && alike.length === 0)).toBe(true)
  })

  test('part of an office is a place of its own, within it', () => {
    const part: DimensionMovements = {
      dimension: 'seller',
      movements: [move('Ada', -50, 20), move('Bob', -40, 180), move('Eve', -10)],
    }
    const together = shared({ 'office:Central seller:Ada': -50 })
    const places = noteworthy(candidates([offices, part]), together)
    expect(places.map(key)).toEqual(['office:Central', 'seller:Ada'])
    expect(places[1]?.within).toEqual({ dimension: 'office', cell: 'Central' })
  })

  test('never more than three; what was not counted together stands side by side', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((cell, i) =>
      move(cell, i % 2 === 0 ? 100 + i : -100 - i),
    )
    const found = candidates([{ dimension: 'seller', movements: many }])
    expect(found.length).toBe(6)
    expect(noteworthy(found, nobodyCounted).map(({ cell }) => cell)).toEqual(['f', 'e', 'd'])
    expect(noteworthy(candidates([offices, sellers]), nobodyCounted).length).toBe(2)
    expect(noteworthy([], nobodyCounted)).toEqual([])
  })
})

describe('chance', () => {
  test('of a sum: every amount squared', () => {
    expect(varianceOfSums(3 ** 2 + 4 ** 2, 5 ** 2)).toBe(50)
  })

  test('of a win rate: what removing or adding single deals would do', () => {
    const before = [
      { cell: 'East', numerator: 40, denominator: 100 },
      { cell: 'West', numerator: 20, denominator: 100 },
    ]
    const now = [
      { cell: 'East', numerator: 50, denominator: 100 },
      { cell: 'West', numerator: 60, denominator: 300 },
    ]
    const whole = { ratio: (0.3 + 0.275) / 2, denominatorBefore: 200, denominatorNow: 400 }
    const variance = varianceOfRatio(
      { before: productsOfShare(40, 100), now: productsOfShare(50, 100) },
      whole,
    )
    const { ratio } = whole
    const squares = (won: number, lost: number) => won * (1 - ratio) ** 2 + lost * ratio ** 2
    expect(variance).toBeCloseTo(squares(40, 60) / 200 ** 2 + squares(50, 50) / 400 ** 2, 15)
    // The formula is about the same quantity as the division: Σ(x − R·y)/D now less before.
    const east = changeOfRatio(before, now, 1_000_000)?.cells.find(({ cell }) => cell === 'East')
    expect(east?.total).toBeCloseTo(1e6 * ((50 - ratio * 100) / 400 - (40 - ratio * 100) / 200), 6)
  })
})
