// Swapped days and months are noticed; honest days, however they are spread, hardly ever.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { addDays, type Day } from '../../../basics/period.ts'
import { suspiciousDates } from './suspicious-dates.ts'

const counted = (days: readonly Day[]) =>
  [...Map.groupBy(days, (day) => day)].map(([day, list]) => [day, list.length] as const)

/** What software does that takes the day for the month wherever it can be one. */
const swap = (day: Day): Day => {
  const [year = '', month = '', date = ''] = day.split('-')
  return Number(date) <= 12 ? `${year}-${date}-${month}` : day
}

/** Evenly spread numbers from 0 to 1, the same for the same seed. */
function chances(seed: number, count: number): number[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  })
}

const between = (first: Day, days: number) =>
  Array.from({ length: days }, (_, i) => addDays(first, i))

test('three months of a year with day and month swapped: nine others hold only their numbers', () => {
  const true_ = between('2015-04-01', 91).flatMap((day) => Array.from({ length: 10 }, () => day))
  expect(suspiciousDates(counted(true_))).toBeUndefined()
  expect(suspiciousDates(counted(true_.map(swap)))).toEqual({
    dates: 360,
    of: 910,
    hollow: 9,
    months: 12,
    days: [4, 5, 6],
  })
})

test('swapped facts of a part of a year, or across its turn, are noticed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 700 }),
      fc.integer({ min: 60, max: 210 }),
      fc.integer({ min: 300, max: 900 }),
      fc.integer(),
      (start, length, count, seed) => {
        const first = addDays('2022-01-01', start)
        const days = chances(seed, count).map((at) => addDays(first, Math.floor(at * length)))
        expect(suspiciousDates(counted(days))).toBeUndefined()
        expect(suspiciousDates(counted(days.map(swap)))).toBeDefined()
      },
    ),
    { seed: testSeed, numRuns: 60 },
  )
})

/** How honest days come about: evenly, on working days, growing, by season, at the turn of a month. */
const habits: Record<string, (day: Day) => number> = {
  evenly: () => 1,
  'on working days': (day) => (new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0 ? 0.05 : 1),
  'by season': (day) => (['11', '12'].includes(day.slice(5, 7)) ? 1 : 0.15),
  'on the first days': (day) => (Number(day.slice(8)) <= 5 ? 1 : 0.08),
  'on the last days': (day) => (Number(day.slice(8)) >= 26 ? 1 : 0.08),
  'on the first and the fifteenth': (day) => (['01', '15'].includes(day.slice(8)) ? 1 : 0),
  'mostly in January': (day) => (day.slice(5, 7) === '01' ? 1 : 0.1),
}

test.each(Object.keys(habits))('honest days %s are left in peace', (habit) => {
  const keep = habits[habit] ?? (() => 1)
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2000 }),
      fc.integer({ min: 20, max: 1500 }),
      fc.integer({ min: 0, max: 2500 }),
      fc.integer(),
      (start, length, count, seed) => {
        const first = addDays('2019-01-01', start)
        const kept = chances(seed + 1, count)
        const days = chances(seed, count)
          .map((at) => addDays(first, Math.floor(at * length)))
          .filter((day, i) => (kept[i] ?? 1) < keep(day))
        expect(suspiciousDates(counted(days))).toBeUndefined()
      },
    ),
    { seed: testSeed, numRuns: 50 },
  )
})

test('too few dates, or only one kind of them, say nothing', () => {
  expect(suspiciousDates([])).toBeUndefined()
  expect(suspiciousDates(counted(between('2015-04-01', 20).map(swap)))).toBeUndefined()
  const firsts = Array.from({ length: 90 }, (_, i) => `20${10 + (i % 9)}-0${(i % 9) + 1}-01`)
  expect(suspiciousDates(counted(firsts))).toBeUndefined()
})
