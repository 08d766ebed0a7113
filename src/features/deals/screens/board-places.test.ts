// Arrows on the board: up and down within a stage, left and right over empty ones, and no further than the ends.
import { expect, test } from 'vitest'
import { isArrow, neighbour, stageBeside } from './board-places.ts'

const columns = [
  { stageId: 'a', cards: ['1', '2', '3'] },
  { stageId: 'b', cards: [] },
  { stageId: 'c', cards: ['4'] },
]

test.each([
  ['1', 'ArrowDown', '2'],
  ['1', 'ArrowUp', undefined],
  ['3', 'ArrowDown', undefined],
  ['3', 'ArrowRight', '4'],
  ['4', 'ArrowLeft', '1'],
  ['4', 'ArrowRight', undefined],
  ['unknown', 'ArrowRight', undefined],
] as const)('from %s by %s to %s', (from, arrow, to) => {
  expect(neighbour(columns, from, arrow)).toBe(to)
})

test('a lifted deal goes from stage to stage and stays at the ends', () => {
  const stages = ['a', 'b', 'c']
  expect(stageBeside(stages, 'a', 'ArrowRight')).toBe('b')
  expect(stageBeside(stages, 'b', 'ArrowLeft')).toBe('a')
  expect(stageBeside(stages, 'a', 'ArrowLeft')).toBe('a')
  expect(stageBeside(stages, 'c', 'ArrowRight')).toBe('c')
})

test('only arrows are arrows', () => {
  expect(['ArrowUp', 'Enter', 'ArrowUpward'].map(isArrow)).toEqual([true, false, false])
})
