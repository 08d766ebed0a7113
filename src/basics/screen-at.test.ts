// Paths of screens against places in addresses.
import { expect, test } from 'vitest'
import { screenAt } from './screen-at.ts'

const screens = ['deals', 'deals/$id', '$kind/$id', 'deals/board', 'goals/board'].map((path) => ({
  path,
}))
const at = (place: string) => screenAt(screens, place)?.path

test('a path written out goes before one with places for ids, wherever it stands in the list', () => {
  expect(at('deals')).toBe('deals')
  expect(at('deals/board')).toBe('deals/board')
  expect(at('deals/0192')).toBe('deals/$id')
  expect(at('cases/0192')).toBe('$kind/$id')
})

test('an id is never empty, and nothing is cut off or filled up', () => {
  for (const place of ['', 'deals/', '/deals', 'deals/1/2', 'goals'])
    expect([place, at(place)]).toEqual([place, undefined])
})
