// Which days count and how much: weekdays, holidays, exceptions, and whose calendar has the last word.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { addDays, daysBetween } from '../../../basics/period.ts'
import {
  type CalendarBook,
  type CalendarEntry,
  type CalendarException,
  dayFor,
  daysFor,
  type Holiday,
  hoursFor,
  ownersOn,
  placeKey,
  rulesOn,
  timeFor,
  type Whose,
  weekdayOf,
} from './calendar-book.ts'
import { dayCounter, workingDays } from './working-days.ts'

const org = 'org'
const everybody: Whose = { kind: 'organisation' }
const ana: Whose = { kind: 'seller', id: 'ana' }
const christmas: Holiday = { day: '2026-12-25', name: { en: 'Christmas', de: 'Weihnachten' } }
const germany = { country: 'DE' }

const entry = (ownerId: string, more: Partial<CalendarEntry>): CalendarEntry => ({
  ownerId,
  validFrom: '0001-01-01',
  place: null,
  weekdays: null,
  hours: null,
  ...more,
})
const off = (
  ownerId: string,
  from: string,
  until: string,
  more: Partial<CalendarException> = {},
): CalendarException => ({
  id: `${ownerId} ${from} ${more.kind ?? 'off'}`,
  ownerId,
  from,
  until,
  kind: 'off',
  share: 1,
  reason: null,
  ...more,
})

function book(
  given: { entries?: CalendarEntry[]; exceptions?: CalendarException[] } = {},
): CalendarBook {
  return {
    orgId: org,
    entries: Map.groupBy(given.entries ?? [], ({ ownerId }) => ownerId),
    exceptions: Map.groupBy(given.exceptions ?? [], ({ ownerId }) => ownerId),
    parents: new Map([
      ['south', 'sales'],
      ['north', 'sales'],
      ['sales', null],
    ]),
    memberships: new Map([
      [
        'ana',
        [
          { teamId: 'south', from: '2020-01-01', until: '2026-07-01' },
          { teamId: 'north', from: '2026-07-01', until: '9999-12-31' },
        ],
      ],
    ]),
    holidays: new Map([[placeKey(germany), new Map([[christmas.day, christmas]])]]),
  }
}
const daysIn = (given: CalendarBook, whose: Whose, from: string, until: string) =>
  workingDays(timeFor(given, whose, from, until), from, until)

describe('without any setting', () => {
  test('Monday to Friday count, nothing is a holiday', () => {
    expect(daysIn(book(), everybody, '2026-11-01', '2026-12-01')).toBe(21)
    expect(daysIn(book(), everybody, '2026-12-21', '2026-12-28')).toBe(5)
  })
  test('a leap year has 366 days, and 29 February is one of them', () => {
    expect(daysFor(book(), everybody, '2028-01-01', '2029-01-01')).toHaveLength(366)
    expect(daysIn(book(), everybody, '2028-02-29', '2028-03-01')).toBe(1)
    expect(daysIn(book(), everybody, '2028-02-01', '2028-03-01')).toBe(21)
  })
  test('the nights in which clocks are changed are days like any other', () => {
    expect(
      daysFor(book(), everybody, '2026-03-28', '2026-03-31').map(({ share }) => share),
    ).toEqual([0, 0, 1])
    expect(
      daysFor(book(), everybody, '2026-10-24', '2026-10-27').map(({ share }) => share),
    ).toEqual([0, 0, 1])
  })
  test('weekdays are those of the calendar, also long ago', () => {
    expect(weekdayOf('2026-11-28')).toBe(5)
    expect(weekdayOf('1900-01-01')).toBe(0)
    expect(weekdayOf('2000-02-29')).toBe(1)
  })
})

describe('whose calendar holds', () => {
  test('the nearest that says it: seller, team of the day, teams above, organisation', () => {
    expect(ownersOn(book(), ana, '2026-06-30')).toEqual(['ana', 'south', 'sales', org])
    expect(ownersOn(book(), ana, '2026-07-01')).toEqual(['ana', 'north', 'sales', org])
    expect(ownersOn(book(), ana, '2019-12-31')).toEqual(['ana', org])
    expect(ownersOn(book(), { kind: 'team', id: 'north' }, '2026-07-01')).toEqual([
      'north',
      'sales',
      org,
    ])
  })
  test('each part is taken on its own', () => {
    const given = book({
      entries: [
        entry(org, { place: germany, weekdays: [1, 1, 1, 1, 1, 0.5, 0] }),
        entry('sales', { place: { country: 'AT' } }),
        entry('ana', { weekdays: [1, 1, 1, 0, 0, 0, 0] }),
      ],
    })
    const rules = rulesOn(given, ownersOn(given, ana, '2026-06-30'), '2026-06-30')
    expect(rules.place).toEqual({ country: 'AT' })
    expect(rules.weekdays).toEqual([1, 1, 1, 0, 0, 0, 0])
    expect(rules.from).toEqual({ place: 'sales', weekdays: 'ana' })
  })
  test('an entry holds from its day until the next one of the same owner', () => {
    const given = book({
      entries: [
        entry('ana', { validFrom: '2026-03-02', weekdays: [1, 1, 1, 0, 0, 0, 0] }),
        entry('ana', { validFrom: '2026-03-16', weekdays: [1, 1, 1, 1, 1, 0, 0] }),
      ],
    })
    expect(daysIn(given, ana, '2026-02-23', '2026-03-02')).toBe(5)
    expect(daysIn(given, ana, '2026-03-02', '2026-03-09')).toBe(3)
    expect(daysIn(given, ana, '2026-03-09', '2026-03-16')).toBe(3)
    expect(daysIn(given, ana, '2026-03-16', '2026-03-23')).toBe(5)
  })
  test('a tree that hangs below itself still comes to an end', () => {
    const given = {
      ...book(),
      parents: new Map([['south', 'north'] as const, ['north', 'south'] as const]),
    }
    expect(ownersOn(given, { kind: 'team', id: 'south' }, '2026-01-01')).toEqual([
      'south',
      'north',
      org,
    ])
  })
})

describe('days that are not as usual', () => {
  const inGermany = entry(org, { place: germany })

  test('a public holiday is free and has its name', () => {
    const given = book({ entries: [inGermany] })
    expect(dayFor(given, ana, '2026-12-25')).toMatchObject({
      share: 0,
      usual: 1,
      holiday: christmas,
    })
    expect(dayFor(given, ana, '2026-12-24')).toMatchObject({ share: 1, holiday: null })
  })
  test('days off are half-open: the day they end on is worked', () => {
    const given = book({ exceptions: [off('ana', '2026-08-03', '2026-08-05')] })
    expect(daysFor(given, ana, '2026-08-03', '2026-08-06').map(({ share }) => share)).toEqual([
      0, 0, 1,
    ])
    expect(daysIn(given, everybody, '2026-08-03', '2026-08-06')).toBe(3)
  })
  test('half a day of a part-time day is half of it, and two halves are the whole', () => {
    const half = { share: 0.5 }
    const entries = [entry('ana', { weekdays: [0.5, 1, 1, 1, 1, 0, 0] })]
    const once = book({ entries, exceptions: [off('ana', '2026-08-03', '2026-08-04', half)] })
    expect(dayFor(once, ana, '2026-08-03').share).toBe(0.25)
    const twice = book({
      entries,
      exceptions: [
        off('ana', '2026-08-03', '2026-08-04', half),
        off('ana', '2026-08-01', '2026-08-10', half),
      ],
    })
    expect(dayFor(twice, ana, '2026-08-03').share).toBe(0)
  })
  test('a day off on a holiday takes nothing away twice', () => {
    const given = book({
      entries: [inGermany],
      exceptions: [off('ana', '2026-12-25', '2026-12-26', { share: 0.5 })],
    })
    expect(dayFor(given, ana, '2026-12-25').share).toBe(0)
  })
  test('who works on a holiday counts, and the nearer calendar has the last word', () => {
    const works = { kind: 'works' as const }
    const team = off('north', '2026-12-25', '2026-12-27', works)
    const given = book({ entries: [inGermany], exceptions: [team] })
    expect(dayFor(given, ana, '2026-12-25').share).toBe(1)
    // A Saturday.
    expect(dayFor(given, ana, '2026-12-26').share).toBe(1)
    expect(dayFor(given, everybody, '2026-12-25').share).toBe(0)
    const away = book({
      entries: [inGermany],
      exceptions: [team, off('ana', '2026-12-25', '2026-12-26')],
    })
    expect(dayFor(away, ana, '2026-12-25').share).toBe(0)
    const company = book({
      exceptions: [
        off(org, '2026-12-28', '2027-01-01'),
        off('ana', '2026-12-29', '2026-12-30', { ...works, share: 0.5 }),
      ],
    })
    expect(daysIn(company, ana, '2026-12-28', '2027-01-01')).toBe(0.5)
  })
})

test('business hours are those of the nearest calendar, and none on a free day', () => {
  const early = { from: '07:00', until: '15:00' }
  const given = book({
    entries: [
      entry(org, { place: germany }),
      entry('ana', { hours: [early, early, early, early, null, null, null] }),
    ],
    exceptions: [
      off('ana', '2026-12-21', '2026-12-22'),
      off('ana', '2026-12-22', '2026-12-23', { share: 0.5 }),
    ],
  })
  // Monday off, Tuesday half, Friday closed, Saturday free.
  expect(hoursFor(given, ana, '2026-12-21')).toBeNull()
  expect(hoursFor(given, ana, '2026-12-22')).toEqual(early)
  expect(hoursFor(given, ana, '2026-12-18')).toBeNull()
  expect(hoursFor(given, ana, '2026-12-19')).toBeNull()
  expect(hoursFor(given, everybody, '2026-12-18')).toEqual({ from: '09:00', until: '17:00' })
})

test('any partition adds up to the whole, to the last decimal', () => {
  const share = fc.integer({ min: 0, max: 100 }).map((n) => n / 100)
  fc.assert(
    fc.property(
      fc.array(share, { minLength: 7, maxLength: 7 }),
      fc.array(fc.integer({ min: 0, max: 799 }), { maxLength: 8 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 799 }), fc.integer({ min: 1, max: 40 }), share), {
        maxLength: 6,
      }),
      (weekdays, cuts, free) => {
        const [from, until] = ['2027-01-01', addDays('2027-01-01', 800)]
        const given = book({
          entries: [entry(org, { weekdays, place: germany })],
          exceptions: free
            .filter(([, , part]) => part > 0)
            .map(([at, days, part]) =>
              off('ana', addDays(from, at), addDays(from, at + days), { share: part }),
            ),
        })
        const time = timeFor(given, ana, from, until)
        expect(time.share).toHaveLength(daysBetween(from, until))
        const borders = [from, ...cuts.sort((a, b) => a - b).map((n) => addDays(from, n)), until]
        const parts = borders.slice(1).map((end, i) => workingDays(time, borders[i] ?? from, end))
        const sum = Math.round(parts.reduce((all, part) => all + part, 0) * 10_000) / 10_000
        expect(sum).toBe(workingDays(time, from, until))
        const counted = dayCounter(time)
        expect(borders.slice(1).map((end, i) => counted(borders[i] ?? from, end))).toEqual(parts)
        expect(time.share.every((one) => one >= 0 && one <= 1)).toBe(true)
      },
    ),
    { seed: testSeed, numRuns: 60 },
  )
})

test('working days outside of the working time are a mistake of the caller', () => {
  const time = timeFor(book(), everybody, '2026-01-01', '2026-02-01')
  expect(() => workingDays(time, '2025-12-31', '2026-01-02')).toThrow()
  expect(() => workingDays(time, '2026-01-31', '2026-02-02')).toThrow()
  expect(workingDays(time, '2026-02-01', '2026-02-01')).toBe(0)
})
