// In which order hits are shown.
import { expect, test } from 'vitest'
import { groupHits, type Hit } from './hits.ts'

const hit = (kind: Hit['kind'], name: string, rank: number, state?: Hit['state']): Hit => ({
  kind,
  id: `${kind} ${name}`,
  name,
  rank,
  ...(state ? { state } : {}),
})
const shown = (hits: Hit[], limit = 5) =>
  groupHits(hits, limit).map((group) => [
    group.kind,
    group.rows.map((one) => one.name).join(','),
    group.more,
  ])

test('kinds in their order; in each the nearest first, then by name, archived last', () => {
  expect(
    shown([
      hit('product', 'Crane', 1, 'active'),
      hit('customer', 'Crane & Co', 1, 'archived'),
      hit('customer', 'North Crane', 2, 'active'),
      hit('customer', 'Crane B', 1, 'active'),
      hit('customer', 'Crane A', 1, 'active'),
    ]),
  ).toEqual([
    ['customer', 'Crane A,Crane B,North Crane,Crane & Co', false],
    ['product', 'Crane', false],
  ])
})

test('a kind with the very name goes first, but not for an archived one', () => {
  const customer = hit('customer', 'A-1 Tools', 1, 'active')
  expect(shown([customer, hit('deal', 'A-1', 0)]).map(([kind]) => kind)).toEqual([
    'deal',
    'customer',
  ])
  expect(shown([customer, hit('product', 'A-1', 0, 'archived')]).map(([kind]) => kind)).toEqual([
    'customer',
    'product',
  ])
})

test('each once, by its nearest hit, and no more than the limit', () => {
  expect(
    groupHits(
      [hit('deal', 'A-1', 1), hit('deal', 'A-1', 0), hit('deal', 'A-2', 1), hit('deal', 'A-3', 1)],
      2,
    ),
  ).toEqual([{ kind: 'deal', rows: [hit('deal', 'A-1', 0), hit('deal', 'A-2', 1)], more: true }])
})
