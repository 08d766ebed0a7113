// By what a change is divided: what the address asks for if the metric has it, else the nearest, and that is said.
import { expect, test } from 'vitest'
import { metrics } from '../calc/metrics.ts'
import { dividedBy, divisibleIds } from './divisible.ts'

test('the dimension of the address where the metric has it', () => {
  for (const id of divisibleIds) {
    const { dimensions } = metrics[id]
    expect(dividedBy('team', dimensions)).toEqual({ by: 'team', mended: false })
    expect(dividedBy(undefined, dimensions)).toEqual({ by: 'seller', mended: false })
    expect(dividedBy('stage', dimensions)).toEqual({ by: 'seller', mended: true })
  }
})

test('nobody divides what is done by product: the nearest is taken and said', () => {
  expect(metrics.activities.dimensions).not.toContain('product')
  expect(dividedBy('product', metrics.activities.dimensions)).toEqual({
    by: 'seller',
    mended: true,
  })
  expect(dividedBy('team', undefined)).toBeUndefined()
})
