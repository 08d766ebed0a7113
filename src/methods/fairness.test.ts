// Fairness: what must hold whatever the numbers are.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { inequality, pearson, quantileOf, quotaFairness, spearman } from './fairness.ts'
import { territoryBalance } from './territory-balance.ts'

const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 })

test('Gini: the same as the mean difference of all pairs, and deaf to the unit', () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 1000 }), (values, unit) => {
      const found = inequality(values)
      const sum = values.reduce((so, value) => so + value, 0)
      if (sum === 0) return expect(found.status).toBe('undefined_all_zero')
      let pairs = 0
      for (const one of values) for (const other of values) pairs += Math.abs(one - other)
      expect(found.gini).toBeCloseTo(pairs / (2 * values.length * sum), 10)
      expect(inequality(values.map((value) => value * unit)).gini).toBeCloseTo(found.gini ?? -1, 10)
    }),
    { seed: testSeed },
  )
})

test('values below 0 have a spread and no Gini; nobody has neither', () => {
  expect(inequality([-1, 2, 3])).not.toHaveProperty('gini')
  expect(inequality([-1, 2, 3]).status).toBe('ok')
  expect(inequality([])).toEqual({ n: 0, method: 'gini', status: 'not_enough_data' })
  expect(inequality([7])).toMatchObject({ status: 'ok', gini: 0 })
  expect(inequality([7])).not.toHaveProperty('cv')
})

test('a rank correlation hears order alone; a plain one hears straight lines', () => {
  const pairs = [1, 2, 3, 4, 5, 6].map((x) => [x, x ** 5] as const)
  // 2 of 720 orders are as far from chance as this one.
  expect(spearman(pairs)).toMatchObject({ value: 1 })
  expect(spearman(pairs).p).toBeCloseTo(2 / 720, 12)
  expect(pearson(pairs).value).toBeLessThan(1)
  expect(pearson(pairs.slice(0, 2)).status).toBe('not_enough_data')
  expect(pearson(pairs.map(([x]) => [x, 4] as const)).status).toBe('undefined_no_variation')
})

test('quantiles lie among the values; who has no potential counts for the spread alone', () => {
  expect(quantileOf([3], 0.9)).toBe(3)
  expect(quantileOf([0, 10], 0.25)).toBe(2.5)
  const found = quotaFairness([{ attainment: 1.2 }, { attainment: 0.5, potential: 3 }])
  expect(found).toMatchObject({ n: 2, shareAtOrAbove: 0.5, pearson: { n: 1 } })
  expect(quotaFairness([])).toMatchObject({ n: 0, quantiles: [] })
})

test('territories without work have no balance', () => {
  expect(territoryBalance([0, 0])).toMatchObject({ status: 'undefined_all_zero', index: [] })
  expect(territoryBalance([0, 2])).not.toHaveProperty('maxMinRatio')
})
