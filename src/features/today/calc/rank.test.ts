// What stands where on the start page, and that every entry keeps its place whatever comes in which order.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import type { Entry } from '../../../basics/entry.ts'
import { rank } from './rank.ts'

const today = '2026-11-25'
const entry = (key: string, more: Partial<Entry>): Entry => ({
  key,
  kind: 'activity',
  values: { name: key },
  link: { path: 'activities' },
  due: null,
  stake: null,
  deed: null,
  ...more,
})
const stake = (amount: number, chance: number): Entry['stake'] => ({
  amount,
  loss: { by: 'history', chance, lost: 1, closed: 2, days: 3 },
})

test('due before stake before ahead before tidy; within a place by what is expected to be lost', () => {
  const entries = [
    entry('tidy', { kind: 'quality-finding' }),
    entry('ahead', { due: '2026-12-01' }),
    entry('small', { stake: stake(1_000_00, 0.9) }),
    entry('large', { stake: stake(10_000_00, 0.2) }),
    entry('late', { due: '2026-11-20' }),
    entry('now', { due: today }),
    entry('dear', { due: today, stake: stake(500_00, 0.5) }),
    entry('worthless', { stake: stake(0, 0.9) }),
  ]
  expect(rank(entries, today).map(({ key }) => key)).toEqual([
    'dear',
    'late',
    'now',
    'large',
    'small',
    'ahead',
    'worthless',
    'tidy',
  ])
  expect(rank(entries, today).find(({ key }) => key === 'large')).toMatchObject({
    place: 'stake',
    expected: 2_000_00,
  })
})

test('the order does not depend on the order in which entries are offered', () => {
  const some = fc.uniqueArray(
    fc.record({
      key: fc.string({ minLength: 1, maxLength: 4 }),
      due: fc.option(fc.constantFrom('2026-11-01', today, '2027-01-01')),
      amount: fc.option(fc.integer({ min: 0, max: 5 })),
    }),
    { selector: ({ key }) => key, maxLength: 12 },
  )
  fc.assert(
    fc.property(some, (given) => {
      const entries = given.map(({ key, due, amount }) =>
        entry(key, { due, stake: amount === null ? null : stake(amount, 0.5) }),
      )
      expect(rank(entries.toReversed(), today)).toEqual(rank(entries, today))
    }),
    { seed: testSeed },
  )
})
