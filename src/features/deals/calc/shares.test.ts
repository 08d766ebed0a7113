// Shares are whole when they add to exactly 1 and the owner is among them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { equalShares, shareFault } from './shares.ts'

test.each([
  [[1], undefined],
  [[0.6, 0.4], undefined],
  [[0.1, 0.2, 0.7], undefined],
  [[0.333333, 0.333333, 0.333334], undefined],
  [[0.5, 0.4], 'deal.shares_not_whole'],
  [[0.6, 0.5], 'deal.shares_not_whole'],
  [[0.33333333, 0.66666667], 'deal.shares_not_whole'],
])('%j: %s', (shares, fault) => {
  const rows = shares.map((share, index) => ({ seller: `s${index}`, share }))
  expect(shareFault('s0', rows)).toBe(fault)
})

test('nobody stands twice, and the owner is one of them', () => {
  const half = (seller: string) => ({ seller, share: 0.5 })
  expect(shareFault('a', [half('a'), half('a')])).toBe('deal.seller_twice')
  expect(shareFault('c', [half('a'), half('b')])).toBe('deal.owner_without_share')
})

test('equal shares of any number of sellers are whole', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (count) => {
      const rows = equalShares(count).map((share, index) => ({ seller: `s${index}`, share }))
      expect(shareFault('s0', rows)).toBeUndefined()
    }),
    { seed: testSeed },
  )
})
