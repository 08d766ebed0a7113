// Which answers count as satisfied, and that counts by box and the answers themselves say the same.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { effort, satisfiedFrom, topTwoBox } from './csat.ts'
import { meanOf } from './mean-ci.ts'
import { wilson } from './proportion-ci.ts'

test('the upper quarter of a scale is its upper two boxes for five and seven', () => {
  expect(satisfiedFrom({ low: 1, high: 5 })).toBe(4)
  const lowestBox = (low: number, high: number) => Math.ceil(satisfiedFrom({ low, high }))
  expect(lowestBox(1, 7)).toBe(6)
  expect(lowestBox(1, 10)).toBe(8)
  expect(lowestBox(0, 10)).toBe(8)
  expect(lowestBox(0, 100)).toBe(75)
  expect(lowestBox(0, 1)).toBe(1)
  expect(() => satisfiedFrom({ low: 5, high: 1 })).toThrow(RangeError)
})

test('counted by box or one by one, share and mean are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 200 }), (scores) => {
      const counts = [1, 2, 3, 4, 5].map((box) => scores.filter((score) => score === box).length)
      const found = topTwoBox(counts)
      const satisfied = scores.filter((score) => score >= satisfiedFrom(found.scale)).length
      const { value, low, high } = wilson(satisfied, scores.length)
      expect([found.value, found.low, found.high]).toEqual([value, low, high])
      expect(found.boxes).toEqual([4, 5])
      const mean = meanOf(scores)
      expect(found.mean.status).toBe(mean.status)
      if (mean.low === undefined) expect(found.mean).not.toHaveProperty('low')
      else expect(found.mean.low).toBeCloseTo(mean.low, 9)
    }),
    { seed: testSeed },
  )
})

test('scales that have no upper two boxes, and answers beyond the scale', () => {
  expect(() => topTwoBox([1, 2])).toThrow(RangeError)
  expect(topTwoBox([0, 0, 0]).status).toBe('not_enough_data')
  expect(() => effort([0])).toThrow(RangeError)
  expect(effort([]).agree.status).toBe('not_enough_data')
})
