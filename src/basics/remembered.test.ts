// What is remembered, and what has to give way.
import { expect, test } from 'vitest'
import { Remembered } from './remembered.ts'

test('those asked for last stay; an answer given anew takes the place of the old one', () => {
  const two = new Remembered<number>(2)
  two.keep('a', 1)
  two.keep('b', 2)
  expect(two.get('a')).toBe(1)
  two.keep('c', 3)
  expect(['a', 'b', 'c'].map((key) => two.get(key))).toEqual([1, undefined, 3])
  two.keep('a', 4)
  expect(two.get('a')).toBe(4)
})
