// Customers in turn: everybody takes as many as the others, give or take one, and a customer stays whole.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { inTurn } from './in-turn.ts'

test('a customer named twice goes to one taker', () => {
  expect([...inTurn(['a', 'b', 'a', 'c'], ['x', 'y'])]).toEqual([
    ['a', 'x'],
    ['b', 'y'],
    ['c', 'x'],
  ])
})

test('nobody takes more than one customer more than another', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      (customers, count) => {
        const takers = Array.from({ length: count }, (_, index) => `t${index}`)
        const taken = [...inTurn(customers, takers).values()]
        expect(taken.length).toBe(new Set(customers).size)
        const each = takers.map((one) => taken.filter((taker) => taker === one).length)
        expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1)
      },
    ),
    { seed: testSeed },
  )
})
