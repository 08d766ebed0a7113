// A waterfall ends where the figure now stands, whatever the parts are.
import { expect, test } from 'vitest'
import { waterfall } from './waterfall.ts'

test('amounts: each bar begins where the one before it ended, below zero too', () => {
  const found = waterfall(
    { name: 'Q3', value: 100, unit: 'money' },
    [
      { name: 'volume', change: { value: -130, unit: 'money' } },
      { name: 'rate', change: { value: 50, unit: 'money' } },
    ],
    'Q4',
  )
  expect(found.categories).toEqual(['Q3', 'volume', 'rate', 'Q4'])
  expect(found.values).toEqual([100, -130, 50, 20])
  expect(found.spans).toEqual([
    [0, 100],
    [100, -30],
    [-30, 20],
    [0, 20],
  ])
})

test('rates in tenths of a point: 0.1 + 0.2 leaves nothing over', () => {
  const found = waterfall(
    { name: 'Q3', value: 0.60049, unit: 'rate' },
    [
      { name: 'rate', change: { value: 0.1, unit: 'rate' } },
      { name: 'mix', change: { value: 0.2, unit: 'rate' } },
    ],
    'Q4',
  )
  expect(found.values).toEqual([0.6, 0.1, 0.2, 0.9])
})
