// What stays on the screen while something else is asked for, and what never does.
import { expect, test } from 'vitest'
import { type Asking, sameRecords } from './answer-before.ts'

const asking = (input: unknown, org = 'own'): Asking => [org, 'goals.list', input]

test.each([
  ['another period', { period: '2026' }, { period: '2025' }, true],
  ['another order of the same', { id: 'a', sort: 'name' }, { sort: 'day', id: 'a' }, true],
  ['another record', { id: 'a' }, { id: 'b' }, false],
  [
    'two the other way round',
    { winnerId: 'a', loserId: 'b' },
    { winnerId: 'b', loserId: 'a' },
    false,
  ],
  ['a list of somebody else', { sellerId: 'a' }, { teamId: 'a' }, false],
  ['several others', { sellerIds: ['a'] }, { sellerIds: ['a', 'b'] }, false],
  ['one that is left out', { id: undefined, period: '2026' }, { period: '2026' }, true],
  ['nothing said', undefined, {}, true],
])('%s', (_what, before, now, same) => {
  expect(sameRecords(asking(before), asking(now))).toBe(same)
})

test('another organisation', () => {
  expect(sameRecords(asking({}), asking({}, 'demo'))).toBe(false)
})
