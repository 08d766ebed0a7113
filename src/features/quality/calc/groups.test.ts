// Who is the winner of whom in the end, also where pairs hang together.
import { expect, test } from 'vitest'
import { finalWinners } from './groups.ts'

const pair = (winnerId: string, loserId: string) => ({ winnerId, loserId })

test('pairs that share nothing stay apart', () => {
  expect([...finalWinners([pair('a', 'b'), pair('c', 'd')])]).toEqual([
    ['b', 'a'],
    ['d', 'c'],
  ])
})

test('a chain ends at its last winner, in whichever order it was named', () => {
  const chain = [pair('a', 'b'), pair('b', 'c'), pair('c', 'd')]
  for (const pairs of [chain, chain.toReversed()])
    expect(Object.fromEntries(finalWinners(pairs))).toEqual({ b: 'a', c: 'a', d: 'a' })
})

test('a pair said twice, the other way round or in a circle makes nobody their own winner', () => {
  expect([...finalWinners([pair('a', 'b'), pair('b', 'a'), pair('a', 'b')])]).toEqual([['b', 'a']])
  const circle = finalWinners([pair('a', 'b'), pair('b', 'c'), pair('c', 'a')])
  expect(Object.fromEntries(circle)).toEqual({ b: 'a', c: 'a' })
})
